public import Foundation

/// Turns passwords into what may be kept of them.
public protocol PasswordHasher: Sendable {
    /// An encoded hash with a fresh salt. Throws when the machine lacks the memory or too many wait.
    func hash(_ password: String) async throws -> String
    /// Takes as long for a right password as for a wrong one.
    func verify(_ password: String, against hash: String) async throws -> Bool
}

/// One-time codes that change with time (RFC 6238).
public protocol TimeCodes: Sendable {
    /// A fresh secret in Base32.
    func newSecret() -> String
    /// The time step a code belongs to, where it is right for now or one step beside; nil for a wrong one.
    func step(of code: String, secret: String, at: Date) -> Int?
    /// What code generators read (`otpauth://…`).
    func address(secret: String, login: String, issuer: String) -> String
}

/// Chance and digests for tokens.
public struct TokenMaker: Sendable {
    /// Nobody guesses it: 256 random bits, safe in a cookie.
    public var token: @Sendable () -> String
    /// 128 random bits as hex: ids and one-time passwords are made of it.
    public var id: @Sendable () -> String
    /// What is kept of a token.
    public var digest: @Sendable (String) -> String

    public init(
        token: @escaping @Sendable () -> String, id: @escaping @Sendable () -> String, digest: @escaping @Sendable (String) -> String
    ) {
        self.token = token
        self.id = id
        self.digest = digest
    }
}
