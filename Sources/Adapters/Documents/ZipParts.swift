internal import CZip
public import Foundation

/// Packs texts into a zip archive.
enum ZipParts {
    static func data(_ parts: [(name: String, text: String)]) throws -> Data {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("junheng-\(UUID().uuidString).zip")
        defer { try? FileManager.default.removeItem(at: url) }
        var code: Int32 = 0
        guard let archive = zip_open(url.path, ZIP_CREATE | ZIP_EXCL, &code) else { throw DocumentFailure(description: "临时文件夹写不了文件") }
        for part in parts {
            // libzip reads the bytes when the archive is closed and frees them itself.
            let bytes = Array(part.text.utf8)
            let copy = malloc(Swift.max(bytes.count, 1))
            copy?.copyMemory(from: bytes, byteCount: bytes.count)
            guard let source = zip_source_buffer(archive, copy, zip_uint64_t(bytes.count), 1),
                zip_file_add(archive, part.name, source, zip_flags_t(ZIP_FL_ENC_UTF_8)) >= 0
            else {
                zip_discard(archive)
                throw DocumentFailure(description: "文档打包失败")
            }
        }
        guard zip_close(archive) == 0 else {
            zip_discard(archive)
            throw DocumentFailure(description: "文档打包失败，请核对磁盘空间")
        }
        return try Data(contentsOf: url)
    }
}

/// A zip archive of texts, for exports that are several files.
public enum TextArchive {
    public static func data(_ parts: [(name: String, text: String)]) throws -> Data { try ZipParts.data(parts) }
}
