import Foundation
import Testing

@testable import Registry

/// Every rule an ID token can break, one at a time.
@Suite("外部登录的令牌") struct IdentityTokenTests {
    private static let provider = LoginProvider(
        id: "unified", label: "统一身份认证", issuer: "https://sso.example", client: "junheng", secret: "s", claim: "preferred_username")
    private static let key = SigningKey(id: "k1", numbers: .rsa(modulus: [1], exponent: [3]))
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    /// Believes the signature `right` and no other.
    private struct Believing: TokenSignatures {
        func isRight(_ signature: [UInt8], of message: [UInt8], by key: SigningKey) -> Bool { signature == Array("right".utf8) }
    }

    private static func token(
        _ change: [String: Any?] = [:], head: [String: Any] = ["alg": "RS256", "kid": "k1"], signature: String = "right"
    ) throws -> IdentityToken {
        var claims: [String: Any] = [
            "iss": provider.issuer, "aud": "junheng", "sub": "u-1", "exp": 1_800_000_300, "iat": 1_800_000_000, "nonce": "n",
            "preferred_username": "Li", "name": "李科员",
        ]
        for (name, value) in change { claims[name] = value }
        func part(_ value: [String: Any]) throws -> String {
            Base64URL.text(Array(try JSONSerialization.data(withJSONObject: value)))
        }
        return try IdentityToken("\(part(head)).\(part(claims)).\(Base64URL.text(Array(signature.utf8)))")
    }

    private static func reason(_ token: IdentityToken, keys: [SigningKey] = [key], nonce: String = "n") -> String? {
        do {
            _ = try token.verified(provider, keys: keys, signatures: Believing(), nonce: nonce, now: now)
            return nil
        } catch { return "\(error)" }
    }

    @Test("样样相符的令牌说得出是谁") func good() throws {
        let found = try Self.token().verified(Self.provider, keys: [Self.key], signatures: Believing(), nonce: "n", now: Self.now)
        #expect(found == VerifiedIdentity(subject: "u-1", name: "li", fullName: "李科员"))
        #expect(Self.reason(try Self.token(["aud": ["junheng", "other"], "azp": "junheng"])) == nil)
    }

    @Test("哪一条不符都不认") func bad() throws {
        #expect(Self.reason(try Self.token(signature: "wrong")) == "token: wrong signature")
        #expect(Self.reason(try Self.token(head: ["alg": "none"], signature: ""))?.contains("no key") == true)
        #expect(Self.reason(try Self.token(head: ["alg": "HS256", "kid": "k1"]))?.contains("no key") == true)
        #expect(Self.reason(try Self.token(head: ["alg": "RS256", "kid": "k2"]))?.contains("no key") == true)
        #expect(Self.reason(try Self.token(head: ["alg": "ES256", "kid": "k1"]))?.contains("no key") == true)
        #expect(Self.reason(try Self.token(head: ["alg": "RS256", "kid": "k1", "crit": ["b64"]]))?.contains("rules") == true)
        #expect(Self.reason(try Self.token(["iss": "https://sso.example/"]))?.contains("another issuer") == true)
        #expect(Self.reason(try Self.token(["aud": "other"]))?.contains("somebody else") == true)
        #expect(Self.reason(try Self.token(["aud": ["junheng", "other"]]))?.contains("somebody else") == true)
        #expect(Self.reason(try Self.token(["azp": "other"]))?.contains("somebody else") == true)
        #expect(Self.reason(try Self.token(["exp": 1_799_999_939])) == "token: expired")
        #expect(Self.reason(try Self.token(["exp": nil])) == "token: expired")
        #expect(Self.reason(try Self.token(["iat": 1_800_000_061])) == "token: not of now")
        #expect(Self.reason(try Self.token(["iat": 1_799_999_300])) == "token: not of now")
        #expect(Self.reason(try Self.token(["nbf": 1_800_000_061])) == "token: not yet good")
        #expect(Self.reason(try Self.token(["nonce": "other"]))?.contains("our question") == true)
        #expect(Self.reason(try Self.token(["nonce": nil]))?.contains("our question") == true)
        #expect(Self.reason(try Self.token(["nonce": ""]), nonce: "")?.contains("our question") == true)
        #expect(Self.reason(try Self.token(["sub": nil])) == "token: of nobody")
        #expect(Self.reason(try Self.token(["preferred_username": nil]))?.contains("preferred_username") == true)
        for text in ["", "a.b", "a.b.c", "....", String(repeating: "a", count: 20_000)] {
            #expect(throws: SignOnRefusal.self) { try IdentityToken(text) }
        }
    }

    @Test("没有写钥匙编号时，只有一把才用") func keys() throws {
        let other = SigningKey(id: "k2", numbers: .rsa(modulus: [2], exponent: [3]))
        let token = try Self.token(head: ["alg": "RS256"])
        #expect(Self.reason(token, keys: [Self.key]) == nil)
        #expect(Self.reason(token, keys: [Self.key, other])?.contains("no key") == true)
    }

    @Test("钥匙集里只取能用的") func keySet() throws {
        let json = """
            {"keys":[{"kty":"RSA","kid":"a","n":"AQAB","e":"AQAB"},{"kty":"RSA","kid":"b","use":"enc","n":"AQAB","e":"AQAB"},
            {"kty":"RSA","kid":"c","alg":"RS512","n":"AQAB","e":"AQAB"},{"kty":"oct","kid":"d"},{"kty":"EC","crv":"P-256","kid":"e","x":"AQ","y":"Ag"},
            {"kty":"EC","crv":"P-384","kid":"f","x":"AQ","y":"Ag"}]}
            """
        #expect(try SigningKey.set(Array(json.utf8)).map(\.id) == ["a", "e"])
        #expect(throws: SignOnRefusal.self) { try SigningKey.set(Array("[]".utf8)) }
    }

    @Test("对方自述的网址要与设置一字不差，也不能降为不加密") func metadata() throws {
        func made(_ issuer: String, _ token: String) throws -> ProviderMetadata {
            let json =
                #"{"issuer":"\#(issuer)","authorization_endpoint":"https://a/x","token_endpoint":"\#(token)","jwks_uri":"https://a/k"}"#
            return try ProviderMetadata(Array(json.utf8), issuer: "https://a")
        }
        #expect(try made("https://a", "https://a/t").postsSecret == false)
        #expect(throws: SignOnRefusal.self) { try made("https://b", "https://a/t") }
        #expect(throws: SignOnRefusal.self) { try made("https://a", "http://a/t") }
        #expect(ProviderMetadata.address(issuer: "https://a/") == "https://a/.well-known/openid-configuration")
    }
}
