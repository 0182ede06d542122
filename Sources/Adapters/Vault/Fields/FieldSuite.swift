internal import CGcrypt
internal import CSodium

/// The algorithms personal fields are sealed and looked up with.
public enum FieldSuite: String, Hashable, Sendable, CaseIterable {
    /// XChaCha20-Poly1305 and HMAC-SHA-256, by libsodium.
    case xchacha = "xchacha20-poly1305"
    /// SM4-GCM and HMAC-SM3 (GB/T 32907, GB/T 32905), by libgcrypt: for bureaus that must use the national algorithms.
    case sm4 = "sm4-gcm"

    static let tagLength = 16

    var nonceLength: Int { self == .xchacha ? Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES) : 12 }
    var keyLength: Int { self == .xchacha ? Int(crypto_aead_xchacha20poly1305_ietf_KEYBYTES) : 16 }

    /// Bytes and their tag. Nil when the library is not what it should be.
    func seal(_ plain: [UInt8], key: [UInt8], nonce: [UInt8], with: [UInt8]) -> [UInt8]? {
        guard key.count == keyLength, nonce.count == nonceLength else { return nil }
        switch self {
        case .xchacha:
            guard sodium_init() >= 0 else { return nil }
            var sealed = [UInt8](repeating: 0, count: plain.count + FieldSuite.tagLength)
            let code = crypto_aead_xchacha20poly1305_ietf_encrypt(
                &sealed, nil, plain, UInt64(plain.count), with, UInt64(with.count), nil, nonce, key)
            return code == 0 ? sealed : nil
        case .sm4:
            guard junheng_gcrypt_start() == 1 else { return nil }
            var sealed = [UInt8](repeating: 0, count: max(plain.count, 1))
            var tag = [UInt8](repeating: 0, count: FieldSuite.tagLength)
            let code = junheng_sm4_gcm(0, key, nonce, with, with.count, plain, plain.count, &sealed, &tag)
            return code == 0 ? sealed.prefix(plain.count) + tag : nil
        }
    }

    /// Nil for bytes that are not what was sealed with this key, nonce and surroundings.
    func open(_ sealed: [UInt8], key: [UInt8], nonce: [UInt8], with: [UInt8]) -> [UInt8]? {
        guard key.count == keyLength, nonce.count == nonceLength, sealed.count >= FieldSuite.tagLength else { return nil }
        let length = sealed.count - FieldSuite.tagLength
        var plain = [UInt8](repeating: 0, count: max(length, 1))
        switch self {
        case .xchacha:
            guard sodium_init() >= 0 else { return nil }
            let code = crypto_aead_xchacha20poly1305_ietf_decrypt(
                &plain, nil, nil, sealed, UInt64(sealed.count), with, UInt64(with.count), nonce, key)
            return code == 0 ? Array(plain.prefix(length)) : nil
        case .sm4:
            guard junheng_gcrypt_start() == 1 else { return nil }
            var tag = Array(sealed.suffix(FieldSuite.tagLength))
            let code = junheng_sm4_gcm(1, key, nonce, with, with.count, sealed, length, &plain, &tag)
            return code == 0 ? Array(plain.prefix(length)) : nil
        }
    }

    /// HMAC of 32 bytes. Nil when the library is not what it should be.
    func code(_ message: [UInt8], key: [UInt8]) -> [UInt8]? {
        var code = [UInt8](repeating: 0, count: 32)
        switch self {
        case .xchacha:
            guard sodium_init() >= 0 else { return nil }
            var state = crypto_auth_hmacsha256_state()
            crypto_auth_hmacsha256_init(&state, key, key.count)
            crypto_auth_hmacsha256_update(&state, message, UInt64(message.count))
            crypto_auth_hmacsha256_final(&state, &code)
            return code
        case .sm4:
            guard junheng_gcrypt_start() == 1 else { return nil }
            return junheng_hmac_sm3(key, key.count, message, message.count, &code) == 0 ? code : nil
        }
    }

    /// SM4 on one block, for the standard's own example.
    static func sm4Block(_ block: [UInt8], key: [UInt8]) -> [UInt8]? {
        guard junheng_gcrypt_start() == 1, block.count == 16, key.count == 16 else { return nil }
        var out = [UInt8](repeating: 0, count: 16)
        return junheng_sm4_block(key, block, &out) == 0 ? out : nil
    }
}
