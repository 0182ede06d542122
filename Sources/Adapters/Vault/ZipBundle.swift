internal import CZip
public import Foundation

/// Several files as one zip archive.
public enum ZipBundle {
    /// Throws `CocoaError` when the scratch file cannot be written.
    public static func data(_ files: [(name: String, data: Data)]) throws -> Data {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("junheng-\(RandomID.make()).zip")
        defer { try? FileManager.default.removeItem(at: url) }
        var code: Int32 = 0
        guard let archive = zip_open(url.path, ZIP_CREATE | ZIP_EXCL, &code) else { throw CocoaError(.fileWriteUnknown) }
        for file in files {
            // libzip reads the bytes when the archive is closed and frees them itself.
            let copy = malloc(max(file.data.count, 1))
            file.data.withUnsafeBytes { bytes in
                if let start = bytes.baseAddress { copy?.copyMemory(from: start, byteCount: bytes.count) }
            }
            guard let source = zip_source_buffer(archive, copy, zip_uint64_t(file.data.count), 1),
                zip_file_add(archive, file.name, source, zip_flags_t(ZIP_FL_ENC_UTF_8)) >= 0
            else {
                zip_discard(archive)
                throw CocoaError(.fileWriteUnknown)
            }
        }
        guard zip_close(archive) == 0 else {
            zip_discard(archive)
            throw CocoaError(.fileWriteUnknown)
        }
        // The system's umask may be wide; what is in it may be personal.
        chmod(url.path, 0o600)
        return try Data(contentsOf: url)
    }
}
