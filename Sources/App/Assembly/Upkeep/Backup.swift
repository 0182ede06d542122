public import Foundation
internal import SQLiteDriver
internal import Storage
public import Vault

/// A whole installation as one file, made while the server works, and back.
public enum Backup {
    /// Writes the backup under a name of its own beside the target and renames it at the end: under the final name there is
    /// never half a file. Throws `BackupRefusal` and `SQLFault`.
    /// The keys of the personal data stay where they are, unless their file is named: whoever finds the copy alone cannot read them.
    public static func make(
        _ folder: URL, to target: URL, key: [UInt8]?, personalKeys: URL? = nil, program: String, at: Date
    ) throws -> BackupManifest {
        let database = folder.appendingPathComponent("junheng.sqlite")
        guard FileManager.default.fileExists(atPath: database.path) else {
            throw BackupRefusal("\(folder.path): 这里没有数据库 junheng.sqlite，请核对 --data")
        }
        return try beside(target) { work in
            let copy = work.appendingPathComponent("junheng.sqlite")
            try SQLiteCopy.copy(database, to: copy)
            let findings = try SQLiteCopy.look(at: copy)
            guard findings.problems.isEmpty else {
                throw BackupRefusal("数据库有损坏，没有备份：\(findings.problems.prefix(3).joined(separator: "；"))。请运行 junheng doctor")
            }
            var files = [(path: "junheng.sqlite", url: copy)]
            // The files come after the copy: whatever the copy speaks of was kept before it, and files never change.
            for digest in findings.fileDigests.sorted() {
                let path = "files/\(digest.prefix(2))/\(digest)"
                files.append((path, folder.appendingPathComponent(path)))
            }
            for name in ["boundaries.geojson", "junheng.yaml"] {
                let url = folder.appendingPathComponent(name)
                if FileManager.default.fileExists(atPath: url.path) { files.append((name, url)) }
            }
            if let personalKeys { files.append((FieldKeyFile.name, personalKeys)) }
            for file in files where !FileManager.default.fileExists(atPath: file.url.path) {
                throw BackupRefusal("\(file.url.path): 数据库里有记录的原表不见了，没有备份。请运行 junheng doctor")
            }
            var draft = work.appendingPathComponent("backup.zip")
            let manifest = BackupManifest(program: program, madeAt: at, schemaStep: findings.schemaStep ?? 0, counts: findings.counts)
            let written = try BackupArchive.write(files, manifest, to: draft)
            if let key {
                let sealed = work.appendingPathComponent("backup.sealed")
                try SealedFile.seal(draft, to: sealed, key: key)
                draft = sealed
            }
            chmod(draft.path, 0o600)
            guard Disk.sync(draft), rename(draft.path, target.path) == 0, Disk.sync(target.deletingLastPathComponent()) else {
                throw BackupRefusal("\(target.path): 写不了这个文件")
            }
            return written
        }
    }

    /// Unpacks everything beside the target and compares it. Throws `BackupRefusal` when anything is amiss.
    public static func verify(_ file: URL, key: [UInt8]?, beside target: URL) throws -> BackupManifest {
        try beside(target) { work in try open(file, key: key, work).manifest }
    }

    /// Puts a verified backup in place by one rename. Throws `BackupRefusal`; then the folder is as it was.
    public static func restore(_ file: URL, to folder: URL, key: [UInt8]?) throws -> BackupManifest {
        let isThere = FileManager.default.fileExists(atPath: folder.path)
        if isThere, (try? FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty) != true {
            throw BackupRefusal("\(folder.path): 文件夹不是空的，没有恢复。请另选一个空文件夹或新名字")
        }
        return try beside(folder) { work in
            let opened = try open(file, key: key, work)
            guard rename(opened.folder.path, folder.path) == 0, Disk.sync(folder.deletingLastPathComponent()) else {
                throw BackupRefusal("\(folder.path): 放不到这个位置，请核对权限")
            }
            return opened.manifest
        }
    }

    private static func open(_ file: URL, key: [UInt8]?, _ work: URL) throws -> (manifest: BackupManifest, folder: URL) {
        guard FileManager.default.isReadableFile(atPath: file.path) else { throw BackupRefusal("\(file.path): 读不了这个文件") }
        var archive = file
        if SealedFile.isSealed(file) {
            guard let key else { throw BackupRefusal("\(file.path): 备份是加密的，请用 --key 指明密钥文件") }
            archive = work.appendingPathComponent("backup.zip")
            try SealedFile.open(file, to: archive, key: key)
        }
        let folder = work.appendingPathComponent("data")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        let manifest = try BackupArchive.unpack(archive, into: folder)
        let findings = try SQLiteCopy.look(at: folder.appendingPathComponent("junheng.sqlite"))
        guard findings.problems.isEmpty, findings.counts == manifest.counts else {
            throw BackupRefusal("\(file.path): 备份里的数据库已损坏，没有恢复任何数据")
        }
        for digest in findings.fileDigests {
            let path = folder.appendingPathComponent("files/\(digest.prefix(2))/\(digest)").path
            guard FileManager.default.fileExists(atPath: path) else { throw BackupRefusal("\(file.path): 备份里缺少原表 \(digest)") }
        }
        return (manifest, folder)
    }

    /// Works in a hidden folder beside the target, so that the last step is a rename on one disk. Takes away what dead runs left.
    private static func beside<Value>(_ target: URL, _ body: (URL) throws -> Value) throws -> Value {
        let parent = target.standardizedFileURL.deletingLastPathComponent()
        let start = ".\(target.lastPathComponent).part-"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? [] where name.hasPrefix(start) {
            guard let process = Int32(name.dropFirst(start.count)), kill(process, 0) != 0, errno == ESRCH else { continue }
            try? FileManager.default.removeItem(at: parent.appendingPathComponent(name))
        }
        let work = parent.appendingPathComponent("\(start)\(getpid())")
        do {
            try FileManager.default.createDirectory(at: work, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        } catch { throw BackupRefusal("\(parent.path): 写不了这个文件夹，请核对是否存在、有没有写入权限") }
        defer { try? FileManager.default.removeItem(at: work) }
        do { return try body(work) } catch let error as CocoaError where error.code == .fileWriteOutOfSpace {
            throw BackupRefusal("\(parent.path): 磁盘满了，没有写成。请腾出空间后重试")
        }
    }
}
