public import Foundation

/// Who somebody is at another login service, bound to an account here.
public struct Identity: Hashable, Sendable {
    /// Id of the service in the settings.
    public var provider: String
    /// The name the service gives the person, as the settings say which claim holds it.
    public var name: String
    /// What the service never gives to anybody else (`sub`); nil until the first login.
    public var subject: String?
    public var account: PersonID
    public var boundAt: Date

    public init(provider: String, name: String, subject: String? = nil, account: PersonID, boundAt: Date) {
        self.provider = provider
        self.name = name
        self.subject = subject
        self.account = account
        self.boundAt = boundAt
    }
}

/// A login begun at another service: good once, for the browser it was begun with.
public struct LoginRound: Hashable, Sendable {
    public var stateDigest: String
    public var browserDigest: String
    public var provider: String
    public var nonce: String
    /// What proves to the service that the one who asks for the token began the login (PKCE, RFC 7636).
    public var verifier: String
    /// Where to go afterwards.
    public var target: String
    public var begunAt: Date

    public init(
        stateDigest: String, browserDigest: String, provider: String, nonce: String, verifier: String, target: String, begunAt: Date
    ) {
        self.stateDigest = stateDigest
        self.browserDigest = browserDigest
        self.provider = provider
        self.nonce = nonce
        self.verifier = verifier
        self.target = target
        self.begunAt = begunAt
    }

    /// Minutes to log in at the service.
    public static let minutes = 10

    public func isAlive(_ now: Date) -> Bool {
        let age = now.timeIntervalSince(begunAt)
        return age >= -60 && age <= Double(LoginRound.minutes) * 60
    }
}

/// Identities and logins under way.
public protocol IdentityStore: Sendable {
    func identities(of account: PersonID) async throws -> [Identity]
    func identity(provider: String, subject: String) async throws -> Identity?
    func identity(provider: String, name: String) async throws -> Identity?
    /// Throws `AccountRefusal` when the name is bound already, or the account does not exist.
    func bind(_ identity: Identity) async throws
    /// Notes the subject of the first login. False when another one is noted already.
    func note(subject: String, provider: String, name: String) async throws -> Bool
    func unbind(provider: String, name: String, of account: PersonID) async throws

    /// Keeps a login under way and forgets those nobody came back from.
    func begin(_ round: LoginRound) async throws
    /// Hands a login under way out, once.
    func takeRound(stateDigest: String) async throws -> LoginRound?
}
