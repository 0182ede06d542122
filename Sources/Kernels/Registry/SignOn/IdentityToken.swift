public import Foundation

/// An ID token as it came: read, not yet believed (OpenID Connect Core 1.0, section 2; RFC 7519).
public struct IdentityToken: Sendable {
    /// Tokens are short; a longer one is not read.
    public static let limit = 16_384
    /// Seconds the clocks of two machines may differ.
    public static let drift = 60.0
    /// Seconds after which a token is too old to be the answer to our question.
    public static let oldest = 600.0

    struct Head: Decodable {
        var alg: String
        var kid: String?
        var crit: [String]?
    }

    let head: Head
    let claims: [String: Claim]
    /// What is signed: head and claims as they came.
    let message: [UInt8]
    let signature: [UInt8]

    /// Throws `SignOnRefusal` for what is no token.
    public init(_ text: String) throws {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= IdentityToken.limit, parts.count == 3 else { throw SignOnRefusal("token: not three parts") }
        guard let first = Base64URL.bytes(String(parts[0])), let second = Base64URL.bytes(String(parts[1])),
            let third = Base64URL.bytes(String(parts[2])), let head = try? JSONDecoder().decode(Head.self, from: Data(first)),
            let claims = try? JSONDecoder().decode([String: Claim].self, from: Data(second))
        else { throw SignOnRefusal("token: not readable") }
        self.head = head
        self.claims = claims
        message = Array("\(parts[0]).\(parts[1])".utf8)
        signature = third
    }

    /// The one key that may have signed it; nil when there is none or no telling which.
    public func key(among keys: [SigningKey]) -> SigningKey? {
        let fitting = keys.filter { $0.algorithm == head.alg && (head.kid == nil || $0.id == head.kid) }
        return fitting.count == 1 ? fitting[0] : nil
    }

    /// Believes the token or throws `SignOnRefusal` with the first rule it breaks (Core, section 3.1.3.7). Only the two ways of signing
    /// named by `SigningKey` exist here: a token that says `none` finds no key.
    public func verified(
        _ provider: LoginProvider, keys: [SigningKey], signatures: any TokenSignatures, nonce: String, now: Date
    ) throws -> VerifiedIdentity {
        guard head.crit == nil else { throw SignOnRefusal("token: asks for rules not known here") }
        guard let key = key(among: keys) else { throw SignOnRefusal("token: no key for \(head.alg.prefix(16))") }
        guard signatures.isRight(signature, of: message, by: key) else { throw SignOnRefusal("token: wrong signature") }
        guard claims["iss"]?.text == provider.issuer else { throw SignOnRefusal("token: of another issuer") }
        let audience = claims["aud"]?.texts ?? []
        guard audience.contains(provider.client) else { throw SignOnRefusal("token: for somebody else") }
        if audience.count > 1 || claims["azp"] != nil {
            guard claims["azp"]?.text == provider.client else { throw SignOnRefusal("token: asked for by somebody else") }
        }
        let time = now.timeIntervalSince1970
        guard let end = claims["exp"]?.number, end > time - IdentityToken.drift else { throw SignOnRefusal("token: expired") }
        guard let begin = claims["iat"]?.number, abs(time - begin) <= IdentityToken.oldest, begin <= time + IdentityToken.drift else {
            throw SignOnRefusal("token: not of now")
        }
        if let notBefore = claims["nbf"]?.number, notBefore > time + IdentityToken.drift { throw SignOnRefusal("token: not yet good") }
        guard !nonce.isEmpty, claims["nonce"]?.text == nonce else { throw SignOnRefusal("token: not the answer to our question") }
        guard let subject = claims["sub"]?.text, !subject.isEmpty, subject.utf8.count <= 255 else {
            throw SignOnRefusal("token: of nobody")
        }
        guard let name = claims[provider.claim]?.text, !name.isEmpty, name.utf8.count <= 255 else {
            throw SignOnRefusal("token: without the claim \(provider.claim)")
        }
        return VerifiedIdentity(subject: subject, name: Account.normal(name), fullName: claims["name"]?.text ?? "")
    }
}

/// Whom a service vouches for.
public struct VerifiedIdentity: Hashable, Sendable {
    public var subject: String
    /// In lower case, like logins.
    public var name: String
    /// As the service shows it; empty where it does not tell.
    public var fullName: String
}

/// The value of a claim, as far as rules ask.
enum Claim: Decodable, Equatable {
    case text(String)
    case number(Double)
    case texts([String])
    case other

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let texts = try? value.decode([String].self) {
            self = .texts(texts)
        } else {
            self = .other
        }
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var number: Double? { if case .number(let number) = self { number } else { nil } }
    var texts: [String] {
        switch self {
        case .text(let text): [text]
        case .texts(let texts): texts
        default: []
        }
    }
}
