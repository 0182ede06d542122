public import Foundation
internal import Indicators
internal import PostgresDriver
public import Storage
internal import Vault
internal import Vocabulary

/// Moves a whole installation into another database: rows, then the handed-in files.
public struct MoveStore: Sendable {
    public struct Outcome: Sendable {
        public var tables: [TableDigest]
        public var files: Int
        /// Names of handed-in files that were not to be found.
        public var missing: [String]
        /// The old database was changed while it was moved; the new one has the state before.
        public var hasMoved: Bool
    }

    let source: DatabaseAddress
    let target: DatabaseAddress
    let sourceFolder: URL
    let targetFolder: URL

    /// The folders hold the handed-in files, or this server's copies of them; a SQLite file lies in its folder.
    public init(from source: DatabaseAddress, to target: DatabaseAddress, folder: URL) {
        self.source = source
        self.target = target
        sourceFolder = MoveStore.folder(source) ?? folder
        targetFolder = MoveStore.folder(target) ?? folder
    }

    private static func folder(_ address: DatabaseAddress) -> URL? {
        guard case .sqlite(let path) = address else { return nil }
        return URL(fileURLWithPath: path).deletingLastPathComponent()
    }

    /// Throws `StoreRefusal` or `SQLFault` when the move is not made; the new database is then empty as before.
    public func run() async throws -> Outcome {
        if case .sqlite(let path) = source, !FileManager.default.fileExists(atPath: path) {
            throw StoreRefusal(.unknown, "没有旧库文件 \(path)，请核对路径")
        }
        if case .sqlite = target { try FileManager.default.createDirectory(at: targetFolder, withIntermediateDirectories: true) }
        let (from, to) = (try source.open(.patient), try target.open(.patient))
        let tables = try await StoreMove(from: from, to: to, hash: { Sha256.hex($0) }).run()
        let (old, new) = (try await Storage(from), try await Storage(to))
        let (moved, missing) = try await moveFiles(old, new)
        let before = try await new.returns.revision(form: nil, nil)
        return Outcome(
            tables: tables, files: moved, missing: missing, hasMoved: try await old.returns.revision(form: nil, nil) != before)
    }

    private func moveFiles(_ old: Storage, _ new: Storage) async throws -> (Int, [String]) {
        let (from, to) = (Installation.files(sourceFolder, source, old), Installation.files(targetFolder, target, new))
        var (seen, missing): (Set<String>, [String]) = ([], [])
        for record in try await new.imports.records(ImportFilter(limit: .max)) where !record.start.file.digest.isEmpty {
            let file = record.start.file
            guard seen.insert(file.digest).inserted else { continue }
            guard let url = try await from.url(of: file) else {
                missing.append(file.name)
                continue
            }
            _ = try await to.keep(contentsOf: url, name: file.name)
        }
        for digest in try await new.keptDigests() where seen.insert(digest).inserted {
            guard let url = try await from.url(of: KeptFile(name: digest, digest: digest)) else {
                missing.append("材料 \(digest.prefix(12))")
                continue
            }
            _ = try await to.keep(contentsOf: url, name: digest)
        }
        return (seen.count - missing.count, missing)
    }
}
