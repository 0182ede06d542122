internal import CSodium

/// Signs texts so that whoever knows the key can tell who wrote them.
public enum KeyedDigest {
    /// HMAC-SHA-256 (RFC 2104) in lower-case hex.
    public static func hex(key: String, _ text: String) -> String {
        var state = crypto_auth_hmacsha256_state()
        let (key, text) = (Array(key.utf8), Array(text.utf8))
        crypto_auth_hmacsha256_init(&state, key, key.count)
        crypto_auth_hmacsha256_update(&state, text, UInt64(text.count))
        var digest = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
        crypto_auth_hmacsha256_final(&state, &digest)
        return Hex.text(digest)
    }
}
