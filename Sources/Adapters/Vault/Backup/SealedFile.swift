internal import CSodium
public import Foundation

/// Files encrypted and authenticated piece by piece (libsodium secretstream, XChaCha20-Poly1305): a changed, missing or
/// moved piece, or an end cut off, is noticed.
public enum SealedFile {
    private static let mark = Array("JUNHENG-SEALED-1\n".utf8)
    private static let piece = 1 << 20
    private static let overhead = Int(crypto_secretstream_xchacha20poly1305_ABYTES)

    /// The key of a key file: 64 hex digits.
    public static func key(_ file: URL) throws -> [UInt8] {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { throw BackupRefusal("\(file.path): 读不了密钥文件") }
        let digits = text.filter { !$0.isWhitespace }.compactMap(\.hexDigitValue)
        guard digits.count == 64, text.filter({ !$0.isWhitespace }).count == 64 else {
            throw BackupRefusal("\(file.path): 密钥应是64位十六进制数，可用 junheng backup key 生成")
        }
        return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }

    /// A new key as its file's text.
    public static func newKey() -> String { Hex.text(RandomID.bytes(32)) + "\n" }

    public static func isSealed(_ file: URL) -> Bool {
        guard let handle = try? FileHandle(forReadingFrom: file) else { return false }
        defer { try? handle.close() }
        return (try? handle.read(upToCount: mark.count)).map { Array($0) } == mark
    }

    public static func seal(_ source: URL, to target: URL, key: [UInt8]) throws {
        let (input, output) = try handles(source, target)
        defer {
            try? input.close()
            try? output.close()
        }
        var state = crypto_secretstream_xchacha20poly1305_state()
        var header = [UInt8](repeating: 0, count: Int(crypto_secretstream_xchacha20poly1305_HEADERBYTES))
        _ = sodium_init()
        crypto_secretstream_xchacha20poly1305_init_push(&state, &header, key)
        try output.write(contentsOf: mark + header)
        var next = Array(try input.read(upToCount: piece) ?? Data())
        while true {
            let now = next
            next = Array(try input.read(upToCount: piece) ?? Data())
            var sealed = [UInt8](repeating: 0, count: now.count + overhead)
            let tag = next.isEmpty ? UInt8(crypto_secretstream_xchacha20poly1305_TAG_FINAL) : 0
            crypto_secretstream_xchacha20poly1305_push(&state, &sealed, nil, now, UInt64(now.count), nil, 0, tag)
            try output.write(contentsOf: sealed)
            if next.isEmpty { return try output.synchronize() }
        }
    }

    public static func open(_ source: URL, to target: URL, key: [UInt8]) throws {
        let (input, output) = try handles(source, target)
        defer {
            try? input.close()
            try? output.close()
        }
        let damaged = BackupRefusal("\(source.path): 密钥不对，或备份已损坏，没有恢复任何数据")
        var state = crypto_secretstream_xchacha20poly1305_state()
        let length = mark.count + Int(crypto_secretstream_xchacha20poly1305_HEADERBYTES)
        let start = Array(try input.read(upToCount: length) ?? Data())
        guard start.count == length, crypto_secretstream_xchacha20poly1305_init_pull(&state, Array(start[mark.count...]), key) == 0 else {
            throw damaged
        }
        var tag: UInt8 = 0
        while let sealed = try input.read(upToCount: piece + overhead), !sealed.isEmpty {
            guard sealed.count >= overhead, tag == 0 else { throw damaged }
            var plain = [UInt8](repeating: 0, count: max(sealed.count - overhead, 1))
            let code = crypto_secretstream_xchacha20poly1305_pull(&state, &plain, nil, &tag, Array(sealed), UInt64(sealed.count), nil, 0)
            guard code == 0 else { throw damaged }
            try output.write(contentsOf: plain.prefix(sealed.count - overhead))
        }
        guard tag == UInt8(crypto_secretstream_xchacha20poly1305_TAG_FINAL) else { throw damaged }
    }

    private static func handles(_ source: URL, _ target: URL) throws -> (FileHandle, FileHandle) {
        let isMade = FileManager.default.createFile(atPath: target.path, contents: nil, attributes: [.posixPermissions: 0o600])
        guard isMade else { throw BackupRefusal("\(target.path): 写不了这个文件") }
        return (try FileHandle(forReadingFrom: source), try FileHandle(forWritingTo: target))
    }
}
