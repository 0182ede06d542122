internal import Registry
internal import Synchronization

/// Tokens with their owners as last read: asked for by every request, and good until anything in the database changes.
final class KnownHolders: Sendable {
    struct Holder: Sendable {
        var token: AccessToken
        /// The owner as far as the token lets a program act.
        var person: Person
    }

    private struct State {
        var stamp: [Int] = []
        var holders: [String: Holder] = [:]
    }

    /// More programs than one bureau has.
    private static let limit = 10_000
    private let state = Mutex(State())

    /// `stamp` is the state of the database the asker has read.
    func find(_ digest: String, stamp: [Int]) -> Holder? {
        state.withLock { $0.stamp == stamp ? $0.holders[digest] : nil }
    }

    /// Keeps what was read after `stamp` was.
    func keep(_ holder: Holder, for digest: String, stamp: [Int]) {
        state.withLock { state in
            let isNewer = state.stamp.lexicographicallyPrecedes(stamp)
            if isNewer { state.stamp = stamp }
            if isNewer || state.holders.count >= KnownHolders.limit { state.holders = [:] }
            if state.stamp == stamp { state.holders[digest] = holder }
        }
    }
}
