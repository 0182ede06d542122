internal import Foundation

/// A public key a login service signs with (RFC 7517).
public struct SigningKey: Hashable, Sendable {
    public enum Numbers: Hashable, Sendable {
        case rsa(modulus: [UInt8], exponent: [UInt8])
        /// A point of the curve P-256.
        case p256(x: [UInt8], y: [UInt8])
    }

    public var id: String?
    public var numbers: Numbers

    public init(id: String?, numbers: Numbers) {
        self.id = id
        self.numbers = numbers
    }

    /// The way of signing the key is for.
    public var algorithm: String {
        switch numbers {
        case .rsa: "RS256"
        case .p256: "ES256"
        }
    }

    private struct Document: Decodable {
        struct Key: Decodable {
            var kty: String
            var kid: String?
            var use: String?
            var alg: String?
            var crv: String?
            var n: String?
            var e: String?
            var x: String?
            var y: String?
        }
        var keys: [Key]
    }

    /// The keys of a set that can check an ID token; the others are passed over. Throws `SignOnRefusal` for what is no set.
    public static func set(_ json: [UInt8]) throws -> [SigningKey] {
        guard let found = try? JSONDecoder().decode(Document.self, from: Data(json)) else { throw SignOnRefusal("keys: not readable") }
        return found.keys.compactMap { key -> SigningKey? in
            guard key.use == nil || key.use == "sig", let numbers = numbers(key) else { return nil }
            let made = SigningKey(id: key.kid, numbers: numbers)
            return key.alg == nil || key.alg == made.algorithm ? made : nil
        }
    }

    private static func numbers(_ key: Document.Key) -> Numbers? {
        switch (key.kty, key.crv) {
        case ("RSA", _):
            guard let modulus = Base64URL.bytes(key.n ?? ""), let exponent = Base64URL.bytes(key.e ?? "") else { return nil }
            return .rsa(modulus: Array(modulus.drop { $0 == 0 }), exponent: Array(exponent.drop { $0 == 0 }))
        case ("EC", "P-256"):
            guard let x = Base64URL.bytes(key.x ?? ""), let y = Base64URL.bytes(key.y ?? "") else { return nil }
            return .p256(x: x, y: y)
        default: return nil
        }
    }
}

/// Checks signatures.
public protocol TokenSignatures: Sendable {
    /// False for a signature that is wrong, and for a key or signature of an impossible size.
    func isRight(_ signature: [UInt8], of message: [UInt8], by key: SigningKey) -> Bool
}

/// Base64 for addresses and tokens, without padding (RFC 4648, section 5).
public enum Base64URL {
    public static func text(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Nil for what is not written so, padding included.
    public static func bytes(_ text: String) -> [UInt8]? {
        guard text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "=") }) else { return nil }
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)).map(Array.init)
    }
}
