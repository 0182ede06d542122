public import Foundation
public import Indicators

/// Keeps handed-in files in a folder, each under the SHA-256 of its bytes: `ab/abcdef…`.
public struct FileVault: ReturnFiles {
    private let folder: URL

    public init(folder: URL) { self.folder = folder }

    public func keep(_ bytes: [UInt8], name: String) async throws -> KeptFile {
        let file = KeptFile(name: name, digest: Sha256.hex(bytes), size: bytes.count)
        let place = url(file)
        guard !FileManager.default.fileExists(atPath: place.path) else { return file }
        try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        // Written beside and renamed: a file under its name is always whole.
        try Data(bytes).write(to: place, options: .atomic)
        return file
    }

    public func bytes(of file: KeptFile) async throws -> [UInt8]? {
        guard isDigest(file.digest), let data = try? Data(contentsOf: url(file)) else { return nil }
        return [UInt8](data)
    }

    /// Where a kept file lies, for readers that want a file; nil when it is gone.
    public func url(of file: KeptFile) -> URL? {
        isDigest(file.digest) && FileManager.default.fileExists(atPath: url(file).path) ? url(file) : nil
    }

    private func url(_ file: KeptFile) -> URL {
        folder.appendingPathComponent(String(file.digest.prefix(2))).appendingPathComponent(file.digest)
    }

    private func isDigest(_ text: String) -> Bool { text.utf8.count == 64 && text.allSatisfy { $0.isHexDigit && $0.isASCII } }
}
