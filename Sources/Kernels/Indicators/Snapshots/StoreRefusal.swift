public import Vocabulary

/// A store's "no" in the user's words.
public struct StoreRefusal: Refusal, Hashable {
    public enum Code: String, Hashable, Sendable {
        /// There is no such thing.
        case unknown
        /// The thing is in a state that does not allow the step.
        case state
        /// Somebody else was quicker; what the person saw is no longer so.
        case stale
        /// The data are being reviewed or frozen.
        case locked
        /// A school belongs to another county.
        case county
        /// The same key twice.
        case duplicate
        /// Nothing to work on.
        case empty
        /// Stored bytes do not read back.
        case damaged
    }

    public var code: Code
    public var message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var ground: RefusalGround {
        switch code {
        case .unknown: .unknown
        case .stale: .stale
        case .state, .locked, .county, .duplicate, .empty, .damaged: .rule
        }
    }
}
