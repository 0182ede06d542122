internal import Foundation
internal import Indicators

/// Keeps handed-in files in the database, so that every server that shares it finds them. Copies lie in `cache` beside each server:
/// readers want a file, and a file is asked for many times.
struct StoredFiles: ReturnFiles {
    /// Bytes of one stored piece and of one transaction; others write in between.
    static let chunk = 1 << 20

    let driver: any SQLDriver
    let cache: any ReturnFiles

    func keep(_ bytes: [UInt8], name: String) async throws -> KeptFile { try await store(cache.keep(bytes, name: name)) }

    func keep(contentsOf file: URL, name: String) async throws -> KeptFile {
        try await store(cache.keep(contentsOf: file, name: name))
    }

    func bytes(of file: KeptFile) async throws -> [UInt8]? {
        guard let url = try await url(of: file) else { return nil }
        return try await cache.bytes(of: KeptFile(name: url.lastPathComponent, digest: file.digest, size: file.size))
    }

    func url(of file: KeptFile) async throws -> URL? {
        if let near = try await cache.url(of: file) { return near }
        guard !file.digest.isEmpty, try await isWhole(file.digest) else { return nil }
        let draft = FileManager.default.temporaryDirectory.appendingPathComponent("junheng-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: draft) }
        try await fetch(file.digest, into: draft)
        let kept = try await cache.keep(contentsOf: draft, name: file.name)
        guard kept.digest == file.digest else {
            throw StoreRefusal(.damaged, "“\(file.name)”存在数据库里的原件与交来时不同，可能被改动过。请从备份恢复")
        }
        return try await cache.url(of: file)
    }

    private func isWhole(_ digest: String) async throws -> Bool {
        try await driver.read { try $0.integer("SELECT COUNT(*) FROM kept_file WHERE digest = $1 AND is_whole = 1", [.text(digest)]) > 0 }
    }

    /// Piece by piece: a server that dies in between leaves a file that is not whole, which the next to keep it completes.
    private func store(_ file: KeptFile) async throws -> KeptFile {
        if try await isWhole(file.digest) { return file }
        guard let url = try await cache.url(of: file) else { throw StoreRefusal(.damaged, "“\(file.name)”刚存下就不见了，请核对磁盘后重新上传") }
        _ = try await driver.write { connection in
            try connection.execute(
                "INSERT INTO kept_file (digest, size) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING",
                [.text(file.digest), .integer(file.size)])
        }
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        var number = 0
        while let piece = try handle.read(upToCount: StoredFiles.chunk), !piece.isEmpty {
            let values: [SQLValue] = [.text(file.digest), .integer(number), .bytes([UInt8](piece))]
            _ = try await driver.write { connection in
                try connection.execute(
                    "INSERT INTO kept_chunk (digest, number, body) VALUES ($1, $2, $3) ON CONFLICT (digest, number) DO NOTHING", values)
            }
            number += 1
        }
        _ = try await driver.write { try $0.execute("UPDATE kept_file SET is_whole = 1 WHERE digest = $1", [.text(file.digest)]) }
        return file
    }

    private func fetch(_ digest: String, into draft: URL) async throws {
        guard FileManager.default.createFile(atPath: draft.path, contents: nil) else { throw CocoaError(.fileWriteUnknown) }
        let handle = try FileHandle(forWritingTo: draft)
        defer { try? handle.close() }
        var number = 0
        while let piece = try await chunk(number, of: digest) {
            try handle.write(contentsOf: Data(piece))
            number += 1
        }
    }

    private func chunk(_ number: Int, of digest: String) async throws -> [UInt8]? {
        try await driver.read { connection in
            try connection.first(
                "SELECT body FROM kept_chunk WHERE digest = $1 AND number = $2", [.text(digest), .integer(number)]
            ) { try $0.bytes(0) }
        }
    }
}
