/// A "no" in the user's words: what is wrong and what to do. Technical faults are other errors.
///
/// `message` is shown as it is; `ground` decides what a page or a program answers.
public protocol Refusal: Error, Sendable, CustomStringConvertible {
    var message: String { get }
    var ground: RefusalGround { get }
}

/// Why something was not done.
public enum RefusalGround: String, Hashable, Sendable, CaseIterable {
    /// There is no such thing.
    case unknown
    /// Somebody else was quicker; what the person saw is no longer so.
    case stale
    /// What was filled in cannot be taken.
    case input
    /// The rules of the work, or the state things are in, do not allow it.
    case rule
}

extension Refusal {
    public var description: String { message }
    public var ground: RefusalGround { .rule }
}
