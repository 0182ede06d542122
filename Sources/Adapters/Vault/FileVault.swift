internal import Dispatch
public import Foundation
public import Indicators

/// Keeps handed-in files in a folder, each under the SHA-256 of its bytes: `ab/abcdef…`.
public struct FileVault: ReturnFiles {
    private let folder: URL
    /// Files are read and written here and not on the cooperative pool.
    private let queue = DispatchQueue(label: "junheng.vault", attributes: .concurrent)

    public init(folder: URL) { self.folder = folder }

    public func keep(_ bytes: [UInt8], name: String) async throws -> KeptFile {
        try await working {
            let file = KeptFile(name: name, digest: Sha256.hex(bytes), size: bytes.count)
            return try add(file) { try Data(bytes).write(to: $0) }
        }
    }

    public func keep(contentsOf source: URL, name: String) async throws -> KeptFile {
        try await working {
            let size = try FileManager.default.attributesOfItem(atPath: source.path)[.size] as? Int
            let file = KeptFile(name: name, digest: try Sha256.hex(file: source), size: size ?? 0)
            return try add(file) { try FileManager.default.copyItem(at: source, to: $0) }
        }
    }

    public func bytes(of file: KeptFile) async throws -> [UInt8]? {
        try await working { try found(file).map { [UInt8](try Data(contentsOf: $0)) } }
    }

    public func url(of file: KeptFile) async throws -> URL? { try await working { found(file) } }

    /// Written beside and renamed: a file under its name is always whole.
    private func add(_ file: KeptFile, write: (URL) throws -> Void) throws -> KeptFile {
        let place = place(file)
        if FileManager.default.fileExists(atPath: place.path) { return file }
        try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        let beside = place.appendingPathExtension(RandomID.make())
        do {
            try write(beside)
            try FileManager.default.moveItem(at: beside, to: place)
        } catch {
            try? FileManager.default.removeItem(at: beside)
            // Somebody else kept the same bytes in the meantime.
            if !FileManager.default.fileExists(atPath: place.path) { throw error }
        }
        return file
    }

    private func found(_ file: KeptFile) -> URL? {
        let isDigest = file.digest.utf8.count == 64 && file.digest.allSatisfy { $0.isHexDigit && $0.isASCII }
        return isDigest && FileManager.default.fileExists(atPath: place(file).path) ? place(file) : nil
    }

    private func place(_ file: KeptFile) -> URL {
        folder.appendingPathComponent(String(file.digest.prefix(2))).appendingPathComponent(file.digest)
    }

    private func working<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }
}
