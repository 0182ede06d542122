internal import Foundation

/// What a login service tells about itself (OpenID Connect Discovery 1.0, section 3).
public struct ProviderMetadata: Hashable, Sendable {
    public var authorization: String
    public var token: String
    public var keys: String
    /// Whether our name and secret go into the body of the question for a token, not into its head.
    public var postsSecret: Bool

    private struct Document: Decodable {
        var issuer: String
        var authorization_endpoint: String
        var token_endpoint: String
        var jwks_uri: String
        var token_endpoint_auth_methods_supported: [String]?
    }

    /// Where an issuer's document lies.
    public static func address(issuer: String) -> String {
        (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer) + "/.well-known/openid-configuration"
    }

    /// Throws `SignOnRefusal` for a document that is none, or of another issuer.
    public init(_ json: [UInt8], issuer: String) throws {
        guard let found = try? JSONDecoder().decode(Document.self, from: Data(json)) else { throw SignOnRefusal("metadata: not readable") }
        guard found.issuer == issuer else { throw SignOnRefusal("metadata: of another issuer") }
        // A service spoken to in secret must not send people or secrets over an open line.
        let isSafe = [found.authorization_endpoint, found.token_endpoint, found.jwks_uri].allSatisfy { address in
            address.hasPrefix("https://") || (issuer.hasPrefix("http://") && address.hasPrefix("http://"))
        }
        guard isSafe else { throw SignOnRefusal("metadata: addresses without encryption") }
        authorization = found.authorization_endpoint
        token = found.token_endpoint
        keys = found.jwks_uri
        // Without a word about it the head is meant.
        let ways = found.token_endpoint_auth_methods_supported ?? ["client_secret_basic"]
        postsSecret = !ways.contains("client_secret_basic") && ways.contains("client_secret_post")
    }
}
