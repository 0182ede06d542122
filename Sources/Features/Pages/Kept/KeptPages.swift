internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Registry
internal import Synchronization
internal import Vocabulary

/// Rendered pages, kept until anything in the database changes. A page is kept for one visitor with just these posts on one day
/// and for nobody else: what one may see is never shown to another.
final class KeptPages: Sendable {
    struct Key: Hashable, Sendable {
        var address: String
        var person: Person
        var others: Int
        var hasSession: Bool
        var today: Day

        init(_ address: String, _ visit: Visit) {
            self.address = address
            person = visit.person
            others = visit.others.count
            hasSession = visit.session != nil
            today = visit.today
        }
    }

    struct Page: Sendable {
        var headers: HTTPFields
        var bytes: ByteBuffer

        var response: Response { Response(status: .ok, headers: headers, body: .init(byteBuffer: bytes)) }
    }

    enum Found {
        case page(Page)
        /// Nobody has it: render it and say so with `end`.
        case mine
        /// Somebody renders it; asked for again when done.
        case soon
    }

    private struct State {
        var stamp: [Int] = []
        var pages: [Key: Page] = [:]
        var bytes = 0
        var waiting: [Key: [CheckedContinuation<Void, Never>]] = [:]
    }

    private let limit: Int
    private let state = Mutex(State())

    /// Keeps this many bytes at most; what is more makes room by dropping all.
    init(limit: Int) { self.limit = limit }

    /// `stamp` is the state of the database the asker has read; it only grows. Who comes with an older one than is known gets nothing kept.
    func find(_ key: Key, stamp: [Int]) -> Found {
        state.withLock { state in
            KeptPages.renew(&state, stamp)
            guard state.stamp == stamp else { return .mine }
            if let page = state.pages[key] { return .page(page) }
            if state.waiting[key] != nil { return .soon }
            state.waiting[key] = []
            return .mine
        }
    }

    /// Waits for whoever renders the page; back at once when nobody does any more.
    func wait(_ key: Key) async {
        await withCheckedContinuation { continuation in
            let isWaiting = state.withLock { state in
                guard state.waiting[key] != nil else { return false }
                state.waiting[key]?.append(continuation)
                return true
            }
            if !isWaiting { continuation.resume() }
        }
    }

    /// Ends a rendering; `page` is nil when there is nothing to keep. Not kept when the database has moved on meanwhile.
    func end(_ key: Key, _ page: Page?, stamp: [Int]) {
        let released = state.withLock { state in
            if let page, state.stamp == stamp, page.bytes.readableBytes <= limit {
                if state.bytes + page.bytes.readableBytes > limit {
                    state.pages = [:]
                    state.bytes = 0
                }
                if state.pages.updateValue(page, forKey: key) == nil { state.bytes += page.bytes.readableBytes }
            }
            return state.waiting.removeValue(forKey: key) ?? []
        }
        for continuation in released { continuation.resume() }
    }

    private static func renew(_ state: inout State, _ stamp: [Int]) {
        guard state.stamp.lexicographicallyPrecedes(stamp) else { return }
        state.stamp = stamp
        state.pages = [:]
        state.bytes = 0
    }
}
