internal import CSodium

/// Chance from the operating system, by libsodium.
public enum RandomID {
    /// So many random bytes.
    public static func bytes(_ count: Int) -> [UInt8] {
        // Safe to call again and again; needed once before the first random byte.
        _ = sodium_init()
        var bytes = [UInt8](repeating: 0, count: count)
        randombytes_buf(&bytes, count)
        return bytes
    }

    /// An id nobody guesses and no two of which are the same: 128 random bits as 32 hex digits.
    public static func make() -> String { Hex.text(bytes(16)) }
}
