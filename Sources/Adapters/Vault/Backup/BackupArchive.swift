internal import CZip
public import Foundation

/// A backup as one zip archive: the files of a data folder and a manifest with the SHA-256 of each.
public enum BackupArchive {
    /// Packs files, named by their places, into a new archive. The manifest answered lists what was packed.
    public static func write(_ files: [(path: String, url: URL)], _ manifest: BackupManifest, to target: URL) throws -> BackupManifest {
        var manifest = manifest
        var code: Int32 = 0
        guard let archive = zip_open(target.path, ZIP_CREATE | ZIP_EXCL, &code) else { throw BackupRefusal("\(target.path): 写不了这个文件") }
        do {
            for file in files {
                let size = try FileManager.default.attributesOfItem(atPath: file.url.path)[.size] as? Int
                manifest.entries.append(.init(path: file.path, size: size ?? 0, sha256: try Sha256.hex(file: file.url)))
                try add(file.path, zip_source_file(archive, file.url.path, 0, -1), archive)
            }
            let encoder = JSONEncoder()
            encoder.dateEncodingStrategy = .iso8601
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            let text = Array(try encoder.encode(manifest))
            // libzip reads the bytes when the archive is closed and frees them itself.
            let copy = malloc(max(text.count, 1))
            copy?.copyMemory(from: text, byteCount: text.count)
            try add(BackupManifest.name, zip_source_buffer(archive, copy, zip_uint64_t(text.count), 1), archive)
        } catch {
            zip_discard(archive)
            throw error
        }
        guard zip_close(archive) == 0 else {
            let reason = String(cString: zip_strerror(archive))
            zip_discard(archive)
            throw BackupRefusal("备份没有写成：\(reason)。请核对磁盘空间，原有的数据没有改动")
        }
        return manifest
    }

    private static func add(_ path: String, _ source: OpaquePointer?, _ archive: OpaquePointer) throws {
        guard let source, zip_file_add(archive, path, source, zip_flags_t(ZIP_FL_ENC_UTF_8)) >= 0 else {
            throw BackupRefusal("\(path): 放不进备份")
        }
    }

    /// Unpacks a backup into an empty folder and compares every file with the manifest. Throws `BackupRefusal` at the first
    /// that differs, is missing or is not listed; what was unpacked until then is of no use.
    public static func unpack(_ file: URL, into folder: URL) throws -> BackupManifest {
        var code: Int32 = 0
        guard let archive = zip_open(file.path, ZIP_RDONLY, &code) else { throw BackupRefusal("\(file.path): 不是备份文件，或没有传完整") }
        defer { zip_discard(archive) }
        var text: [UInt8] = []
        try read(BackupManifest.name, archive, limit: 256_000_000) { text += $0 }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        guard let manifest = try? decoder.decode(BackupManifest.self, from: Data(text)) else {
            throw BackupRefusal("\(file.path): 备份里的清单读不出来")
        }
        if manifest.format > BackupManifest.current { throw BackupRefusal("\(file.path): 由更新版本的程序备份，请用那个版本恢复") }
        guard Int(zip_get_num_entries(archive, 0)) == manifest.entries.count + 1 else { throw BackupRefusal("\(file.path): 备份里的文件与清单不符") }
        for entry in manifest.entries { try unpack(entry, archive, folder) }
        return manifest
    }

    private static func unpack(_ entry: BackupManifest.Entry, _ archive: OpaquePointer, _ folder: URL) throws {
        guard BackupManifest.isAllowed(entry.path) else { throw BackupRefusal("\(entry.path): 备份里不该有这个文件") }
        let target = folder.appendingPathComponent(entry.path)
        try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        guard FileManager.default.createFile(atPath: target.path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw BackupRefusal("\(target.path): 写不了这个文件，请核对权限和磁盘空间")
        }
        let handle = try FileHandle(forWritingTo: target)
        defer { try? handle.close() }
        var digest = Sha256()
        let size = try read(entry.path, archive, limit: entry.size) { piece in
            digest.update(piece)
            try handle.write(contentsOf: piece)
        }
        guard size == entry.size, digest.hex() == entry.sha256 else { throw BackupRefusal("\(entry.path): 内容与清单不符，备份已损坏，没有恢复任何数据") }
        try handle.synchronize()
    }

    /// Hands over an entry piece by piece; never more than `limit` bytes and a piece.
    @discardableResult private static func read(
        _ path: String, _ archive: OpaquePointer, limit: Int, _ body: ([UInt8]) throws -> Void
    ) throws -> Int {
        guard let entry = zip_fopen(archive, path, 0) else { throw BackupRefusal("\(path): 备份里缺少这个文件") }
        defer { zip_fclose(entry) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var total = 0
        while true {
            let count = Int(zip_fread(entry, &buffer, zip_uint64_t(buffer.count)))
            guard count >= 0, total + count <= limit else { throw BackupRefusal("\(path): 内容与清单不符，备份已损坏，没有恢复任何数据") }
            if count == 0 { return total }
            total += count
            try body(Array(buffer[..<count]))
        }
    }
}
