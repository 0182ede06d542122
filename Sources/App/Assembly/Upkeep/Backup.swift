public import Foundation
internal import PostgresDriver
internal import SQLiteDriver
internal import Storage
public import Vault

/// A whole installation as one file, made while the server works.
public struct Backup: Sendable {
    let folder: URL
    let database: DatabaseAddress?
    let key: [UInt8]?
    /// The file of the keys of the personal data, where it goes along: without it whoever finds the copy alone cannot read them.
    let personalKeys: URL?
    let program: String
    let inForce: CatalogueInForce?

    /// `database` is a server's; without it the rows are in the folder. Without a catalogue the backup holds no proof of its results.
    public init(
        _ folder: URL, database: DatabaseAddress? = nil, key: [UInt8]?, personalKeys: URL? = nil, program: String,
        inForce: CatalogueInForce?
    ) {
        self.personalKeys = personalKeys
        self.folder = folder
        self.database = database
        self.key = key
        self.program = program
        self.inForce = inForce
    }

    /// Writes the backup under a name of its own beside the target and renames it at the end: under the final name there is
    /// never half a file. Throws `BackupRefusal` and `SQLFault`.
    public func make(to target: URL, at: Date) async throws -> BackupManifest {
        try await WorkFolder(beside: target).run { work in
            let (rows, files) = try await gathered(work)
            let copy = work.appendingPathComponent("junheng.sqlite")
            try SQLiteCopy.copy(rows, to: copy)
            let findings = try SQLiteCopy.look(at: copy)
            guard findings.problems.isEmpty else {
                throw BackupRefusal("数据库有损坏，没有备份：\(findings.problems.prefix(3).joined(separator: "；"))。请运行 junheng doctor")
            }
            var manifest = BackupManifest(program: program, madeAt: at, schemaStep: findings.schemaStep ?? 0, counts: findings.counts)
            if database != nil { manifest.origin = "postgresql" }
            manifest.proof = try await proof(of: copy, step: findings.schemaStep, work)
            let packed = try contents(copy, findings.fileDigests, files)
            let draft = work.appendingPathComponent("backup.zip")
            let written = try BackupArchive.write(packed, manifest, to: draft)
            try put(draft, at: target, work)
            return written
        }
    }

    /// The database file to copy and the folder of the handed-in files. Rows of a server are first moved into a file here:
    /// one consistent state, every table compared.
    private func gathered(_ work: URL) async throws -> (rows: URL, files: URL) {
        guard let database, case .postgres = database else {
            let file = folder.appendingPathComponent("junheng.sqlite")
            guard FileManager.default.fileExists(atPath: file.path) else {
                throw BackupRefusal("\(folder.path): 这里没有数据库 junheng.sqlite，请核对 --data；数据在 PostgreSQL 里时用 --database 或设置文件指明")
            }
            return (file, folder.appendingPathComponent("files"))
        }
        let moved = work.appendingPathComponent("moved")
        let file = moved.appendingPathComponent("junheng.sqlite")
        let outcome: MoveStore.Outcome
        do {
            outcome = try await MoveStore(from: database, to: .sqlite(file.path), folder: folder).run()
        } catch let fault as SQLFault where fault.kind != .full {
            throw BackupRefusal("没有备份：\(fault)")
        }
        if let first = outcome.missing.first { throw BackupRefusal("“\(first)”的原件找不到，没有备份。请运行 junheng doctor") }
        return (file, moved.appendingPathComponent("files"))
    }

    /// Of a second copy, since a look at it opens it. Nil for a schema that is not this program's: bringing it up to date is
    /// not a backup's business.
    private func proof(of copy: URL, step: Int?, _ work: URL) async throws -> BackupProof? {
        guard let inForce, try step == SchemaState.newest() else { return nil }
        let folder = work.appendingPathComponent("proof")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let second = folder.appendingPathComponent("junheng.sqlite")
        try FileManager.default.copyItem(at: copy, to: second)
        do {
            return try await InstallationProof(inForce: inForce).take(second)
        } catch let fault as SQLFault where fault.kind == .other { return nil }
    }

    /// The files come after the copy: whatever the copy speaks of was kept before it, and files never change.
    private func contents(_ copy: URL, _ digests: Set<String>, _ files: URL) throws -> [(path: String, url: URL)] {
        var all = [(path: "junheng.sqlite", url: copy)]
        for digest in digests.sorted() where !digest.isEmpty {
            all.append(("files/\(digest.prefix(2))/\(digest)", files.appendingPathComponent("\(digest.prefix(2))/\(digest)")))
        }
        for name in ["boundaries.geojson", "junheng.yaml"] {
            let url = folder.appendingPathComponent(name)
            if FileManager.default.fileExists(atPath: url.path) { all.append((name, url)) }
        }
        if let personalKeys { all.append((FieldKeyFile.name, personalKeys)) }
        for file in all where !FileManager.default.fileExists(atPath: file.url.path) {
            throw BackupRefusal("\(file.url.path): 数据库里有记录的原表不见了，没有备份。请运行 junheng doctor")
        }
        return all
    }

    private func put(_ archive: URL, at target: URL, _ work: URL) throws {
        var draft = archive
        if let key {
            let sealed = work.appendingPathComponent("backup.sealed")
            try SealedFile.seal(draft, to: sealed, key: key)
            draft = sealed
        }
        chmod(draft.path, 0o600)
        guard Disk.sync(draft), rename(draft.path, target.path) == 0, Disk.sync(target.deletingLastPathComponent()) else {
            throw BackupRefusal("\(target.path): 写不了这个文件")
        }
    }
}
