/// What those who manage accounts do with one. Fields of a post are as typed: `role`, `county`, `school`, `until`.
public enum AccountStep: Hashable, Sendable {
    case rename(String)
    case addPost([String: String])
    /// By its place in the account's list of posts.
    case endPost(Int?)
    /// One, by its id, or all.
    case endSessions(only: String?)
    case disable, enable, reset, cancelCodes

    /// Locks out whoever does it to himself.
    public var isForOthers: Bool {
        switch self {
        case .disable, .enable, .reset, .cancelCodes: true
        default: false
        }
    }
}

/// What came of a step, or of making an account.
public struct AccountDone: Hashable, Sendable {
    public var account: Account
    /// What was done, in a sentence.
    public var said: String
    /// A new one-time password; shown once, kept nowhere.
    public var password: String?

    public init(_ account: Account, said: String, password: String?) {
        self.account = account
        self.said = said
        self.password = password
    }
}
