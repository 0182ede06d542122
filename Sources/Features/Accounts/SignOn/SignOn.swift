internal import Foundation
internal import Registry
internal import Vocabulary

/// Logging in at another service: the authorization code flow of OpenID Connect with PKCE, state and nonce.
struct SignOn: Sendable {
    let desk: AccountsDesk
    let provider: LoginProvider

    /// Where the service sends people back to.
    private var back: String { "\(desk.customs.publicURL)/login/\(provider.id)/back" }

    /// The address to send the browser to, and what the browser keeps to show that it began this login.
    func begin(target: String?) async throws -> (address: String, browser: String) {
        let metadata = try await desk.library.metadata(of: provider)
        let (state, nonce, verifier, browser) = (desk.tokens.token(), desk.tokens.token(), desk.tokens.token(), desk.tokens.token())
        try await desk.identities.begin(
            LoginRound(
                stateDigest: desk.tokens.digest(state), browserDigest: desk.tokens.digest(browser), provider: provider.id, nonce: nonce,
                verifier: verifier, target: SameSitePath.safe(target) ?? "/", begunAt: desk.now()))
        let query = SignOn.form([
            ("response_type", "code"), ("client_id", provider.client), ("redirect_uri", back), ("scope", "openid profile"),
            ("state", state), ("nonce", nonce), ("code_challenge", challenge(verifier)), ("code_challenge_method", "S256"),
        ])
        let join = metadata.authorization.contains("?") ? "&" : "?"
        return (metadata.authorization + join + query, browser)
    }

    /// The account somebody comes back for, and where to go. Throws `SignOnRefusal`, `OutgoingFailure`, or `AccountRefusal` where the
    /// service vouches for somebody who has no account here.
    func finish(state: String, code: String, issuer: String?, browser: String) async throws -> (account: Account, target: String) {
        guard let round = try await desk.identities.takeRound(stateDigest: desk.tokens.digest(state)) else {
            throw SignOnRefusal("state: unknown or used before")
        }
        guard round.provider == provider.id, round.isAlive(desk.now()), round.browserDigest == desk.tokens.digest(browser) else {
            throw SignOnRefusal("state: of another login")
        }
        if let issuer, issuer != provider.issuer { throw SignOnRefusal("answer of another issuer") }
        let token = try IdentityToken(try await exchange(code, round.verifier))
        let keys = try await desk.library.keys(of: provider, for: token)
        let found = try token.verified(
            provider, keys: keys, signatures: desk.tools.signatures, nonce: round.nonce, now: desk.now())
        return (try await account(of: found), round.target)
    }

    private func challenge(_ verifier: String) -> String {
        let hex = Array(desk.tokens.digest(verifier).utf8)
        let bytes = stride(from: 0, to: hex.count, by: 2).compactMap { UInt8(String(decoding: hex[$0..<$0 + 2], as: UTF8.self), radix: 16) }
        return Base64URL.text(bytes)
    }

    private struct TokenAnswer: Decodable {
        var id_token: String
    }

    private func exchange(_ code: String, _ verifier: String) async throws -> String {
        let metadata = try await desk.library.metadata(of: provider)
        var fields = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", back), ("client_id", provider.client),
            ("code_verifier", verifier),
        ]
        var headers = [(name: "Content-Type", value: "application/x-www-form-urlencoded"), (name: "Accept", value: "application/json")]
        if metadata.postsSecret {
            fields.append(("client_secret", provider.secret))
        } else {
            // Name and secret are written as in a form before they are joined (RFC 6749, section 2.3.1).
            let pair = "\(SignOn.encoded(provider.client)):\(SignOn.encoded(provider.secret))"
            headers.append((name: "Authorization", value: "Basic \(Data(pair.utf8).base64EncodedString())"))
        }
        let request = OutgoingRequest("POST", metadata.token, headers: headers, body: Array(SignOn.form(fields).utf8))
        let answer = try await desk.tools.outgoing.answer(to: request)
        guard answer.status == 200, let found = try? JSONDecoder().decode(TokenAnswer.self, from: Data(answer.body)) else {
            throw SignOnRefusal("no token for the code: status \(answer.status)")
        }
        return found.id_token
    }

    // MARK: Whose account

    /// By the subject noted at an earlier login; else by the name an administrator bound; else, where the settings say so, by a login of
    /// the same name or as a new account without posts.
    private func account(of found: VerifiedIdentity) async throws -> Account {
        if let known = try await desk.identities.identity(provider: provider.id, subject: found.subject) {
            return try await existing(known.account)
        }
        if let bound = try await desk.identities.identity(provider: provider.id, name: found.name) {
            // A name given to somebody else later must not open the account of whom it was bound for.
            guard try await desk.identities.note(subject: found.subject, provider: provider.id, name: found.name) else {
                throw AccountRefusal("\(provider.label)的账号“\(found.name)”已经换了人，不能用它登录。请系统管理员先解除绑定，核对后重新绑定")
            }
            return try await existing(bound.account)
        }
        if provider.matchesLogins, let account = try await desk.accounts.account(login: found.name) {
            return try await bind(account, found)
        }
        guard provider.createsAccounts, Account.complaints(login: found.name, name: "某").isEmpty else { throw unknown(found.name) }
        let fullName = found.fullName.trimmingCharacters(in: .whitespacesAndNewlines)
        let name = fullName.isEmpty || fullName.count > 40 ? found.name : fullName
        // Nobody knows the password: it is there so that the account looks like any other.
        let account = Account(
            person: Person(id: desk.tokens.id(), name: name, grants: []), login: found.name, mustChangePassword: false,
            passwordAt: desk.now(), createdAt: desk.now())
        try await desk.accounts.add(account, passwordHash: try await desk.hasher.hash(desk.tokens.token()), asFirst: false)
        return try await bind(account, found)
    }

    private func bind(_ account: Account, _ found: VerifiedIdentity) async throws -> Account {
        guard !account.isDisabled else { throw unknown(found.name) }
        try await desk.identities.bind(
            Identity(
                provider: provider.id, name: found.name, subject: found.subject, account: account.id, boundAt: desk.now()))
        return account
    }

    private func existing(_ id: PersonID) async throws -> Account {
        guard let account = try await desk.accounts.account(id), !account.isDisabled else {
            throw AccountRefusal("您的账户已停用。请联系系统管理员")
        }
        return account
    }

    private func unknown(_ name: String) -> AccountRefusal {
        AccountRefusal("\(provider.label)的账号“\(name.prefix(64))”在这里还没有对应的账户。请把这个账号告诉系统管理员，由管理员绑定")
    }

    // MARK: Forms

    private static let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~")

    private static func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: plain) ?? "" }

    private static func form(_ fields: [(String, String)]) -> String {
        fields.map { "\($0.0)=\(encoded($0.1))" }.joined(separator: "&")
    }
}
