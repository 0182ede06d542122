public import Foundation
public import Registry

/// Codes of six digits that change every 30 seconds: RFC 6238 over HMAC-SHA-1, as every code generator has it.
public struct TimeCodeVault: TimeCodes {
    static let period = 30
    static let digits = 6

    public init() {}

    /// 160 random bits, as long as the digest (RFC 4226, section 4).
    public func newSecret() -> String { Base32.text(RandomID.bytes(20)) }

    public func step(of code: String, secret: String, at: Date) -> Int? {
        let typed = Array(code.filter { !$0.isWhitespace }.utf8)
        guard typed.count == TimeCodeVault.digits, let key = Base32.bytes(secret) else { return nil }
        let now = Int(at.timeIntervalSince1970) / TimeCodeVault.period
        var found: Int?
        // All three are compared whole, so that the time taken tells nothing.
        for step in [now - 1, now, now + 1] where step >= 0 {
            let right = Array(TimeCodeVault.code(key: key, step: step, digits: TimeCodeVault.digits).utf8)
            if zip(right, typed).reduce(UInt8(0), { $0 | ($1.0 ^ $1.1) }) == 0 { found = step }
        }
        return found
    }

    public func address(secret: String, login: String, issuer: String) -> String {
        let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.@")
        func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: plain) ?? "" }
        return
            "otpauth://totp/\(encoded(issuer)):\(encoded(login))?secret=\(secret)&issuer=\(encoded(issuer))&algorithm=SHA1&digits=\(TimeCodeVault.digits)&period=\(TimeCodeVault.period)"
    }

    /// RFC 4226, section 5.3: four bytes from where the last nibble points, as decimal digits.
    static func code(key: [UInt8], step: Int, digits: Int) -> String {
        let counter = (0..<8).reversed().map { UInt8(truncatingIfNeeded: step >> ($0 * 8)) }
        let digest = Sha1.keyed(key, counter)
        let offset = Int(digest[19] & 15)
        let number = digest[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } & 0x7fff_ffff
        let modulus = (0..<digits).reduce(1) { power, _ in power * 10 }
        let text = String(number % modulus)
        return String(repeating: "0", count: digits - text.count) + text
    }
}

/// Base32 of RFC 4648 without padding.
enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var (text, buffer, bits): ([UInt8], Int, Int) = ([], 0, 0)
        for byte in bytes {
            buffer = (buffer << 8 | Int(byte)) & 0xffff
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[(buffer >> bits) & 31])
            }
        }
        if bits > 0 { text.append(alphabet[(buffer << (5 - bits)) & 31]) }
        return String(decoding: text, as: UTF8.self)
    }

    static func bytes(_ text: String) -> [UInt8]? {
        var (bytes, buffer, bits): ([UInt8], Int, Int) = ([], 0, 0)
        for character in text.uppercased().utf8 {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            buffer = (buffer << 5 | value) & 0xffff
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(buffer >> bits & 255))
            }
        }
        return bytes
    }
}
