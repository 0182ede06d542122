/// Another service people log in at (OpenID Connect Core 1.0): 统一身份认证, or a bridge to 政务钉钉 or 企业微信.
public struct LoginProvider: Hashable, Sendable, Identifiable {
    /// Stands in addresses: `/login/unified`.
    public var id: String
    /// On the button of the login page.
    public var label: String
    /// As the service writes it in its tokens, letter by letter.
    public var issuer: String
    /// What we are called there.
    public var client: String
    public var secret: String
    /// The claim that names the account.
    public var claim: String
    /// Whether a name that is a login here lets in without having been bound before.
    public var matchesLogins: Bool
    /// Whether somebody unknown gets an account, without any post.
    public var createsAccounts: Bool

    public init(
        id: String, label: String, issuer: String, client: String, secret: String, claim: String, matchesLogins: Bool = false,
        createsAccounts: Bool = false
    ) {
        self.id = id
        self.label = label
        self.issuer = issuer
        self.client = client
        self.secret = secret
        self.claim = claim
        self.matchesLogins = matchesLogins
        self.createsAccounts = createsAccounts
    }
}

/// Why a login at another service does not let in.
public struct SignOnRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// For the log: what exactly was wrong. Holds nothing of the token.
    public var reason: String
    public init(_ reason: String) { self.reason = reason }
    public var description: String { reason }
}
