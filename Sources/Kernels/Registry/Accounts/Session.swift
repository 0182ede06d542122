public import Foundation

/// Somebody logged in with one browser.
public struct Session: Hashable, Sendable, Identifiable {
    public enum Stage: String, Hashable, Sendable {
        /// The password was right; the code of the generator is still owed.
        case code
        case full
    }

    /// Names it on pages; is not what the browser holds.
    public var id: String
    public var account: PersonID
    public var stage: Stage
    public var startedAt: Date
    /// Last seen, to the minute.
    public var seenAt: Date
    public var address: String
    /// What the browser says it is, shortened.
    public var agent: String
    /// The other login service that vouched for the person; nil for a password.
    public var provider: String?

    public init(
        id: String, account: PersonID, stage: Stage, startedAt: Date, seenAt: Date, address: String, agent: String,
        provider: String? = nil
    ) {
        self.id = id
        self.account = account
        self.stage = stage
        self.startedAt = startedAt
        self.seenAt = seenAt
        self.address = address
        self.agent = String(agent.prefix(160))
        self.provider = provider
    }
}

/// How long a session lives. Settings; the defaults are those of 等保2.0 三级 practice.
public struct SessionRule: Hashable, Sendable {
    /// Minutes without a request.
    public var idleMinutes = 30
    /// Hours from the login, whatever happens.
    public var hours = 12
    /// Minutes to type the code of the generator.
    public var codeMinutes = 5

    public init() {}

    public func isAlive(_ session: Session, now: Date) -> Bool {
        let age = now.timeIntervalSince(session.startedAt)
        // A clock set back must not make a session live for as long as it was wrong.
        guard age >= -ClockRule.tolerance, now.timeIntervalSince(session.seenAt) >= -ClockRule.tolerance else { return false }
        if session.stage == .code { return age <= Double(codeMinutes) * 60 }
        return age <= Double(hours) * 3600 && now.timeIntervalSince(session.seenAt) <= Double(idleMinutes) * 60
    }
}

/// The sessions of an installation. A token is known only by its digest: who reads the database cannot log in with it.
public protocol SessionStore: Sendable {
    func open(_ session: Session, tokenDigest: String) async throws
    func session(tokenDigest: String) async throws -> Session?
    func touch(_ id: String, at: Date) async throws
    /// Newest first.
    func sessions(of account: PersonID) async throws -> [Session]
    func end(_ id: String, of account: PersonID) async throws
    /// Ends all of an account, but for one to keep.
    func endAll(of account: PersonID, except id: String?) async throws
    /// Forgets sessions begun before a moment.
    func forget(startedBefore: Date) async throws
}
