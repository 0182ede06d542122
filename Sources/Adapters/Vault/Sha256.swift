internal import CSodium
public import Foundation

/// SHA-256 by libsodium.
public struct Sha256: Sendable {
    private var state = crypto_hash_sha256_state()

    public init() { crypto_hash_sha256_init(&state) }

    public mutating func update(_ bytes: some Sequence<UInt8>) {
        let chunk = Array(bytes)
        crypto_hash_sha256_update(&state, chunk, UInt64(chunk.count))
    }

    /// The digest in lower-case hex.
    public func hex() -> String {
        var last = state
        var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
        crypto_hash_sha256_final(&last, &digest)
        return Hex.text(digest)
    }

    /// The digest of some bytes in lower-case hex.
    public static func hex(_ bytes: [UInt8]) -> String {
        var digest = Sha256()
        digest.update(bytes)
        return digest.hex()
    }

    /// The digest of a file, read in pieces of a megabyte.
    public static func hex(file: URL) throws -> String {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        var digest = Sha256()
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { digest.update(piece) }
        return digest.hex()
    }
}

enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
