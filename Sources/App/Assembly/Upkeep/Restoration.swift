public import Foundation
internal import SQLiteDriver
public import Vault

/// A backup back into a data folder, or looked through.
public struct Restoration: Sendable {
    let file: URL
    let key: [UInt8]?

    public init(_ file: URL, key: [UInt8]?) {
        self.file = file
        self.key = key
    }

    /// Unpacks everything beside the target and compares it. Throws `BackupRefusal` when anything is amiss.
    public func verify(beside target: URL) async throws -> BackupManifest {
        try await WorkFolder(beside: target).run { try open($0).manifest }
    }

    /// Puts a verified backup in place by one rename. Throws `BackupRefusal`; then the folder is as it was.
    public func restore(to folder: URL) async throws -> BackupManifest {
        let isThere = FileManager.default.fileExists(atPath: folder.path)
        if isThere, (try? FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty) != true {
            throw BackupRefusal("\(folder.path): 文件夹不是空的，没有恢复。请另选一个空文件夹或新名字")
        }
        return try await WorkFolder(beside: folder).run { work in
            let opened = try open(work)
            guard rename(opened.folder.path, folder.path) == 0, Disk.sync(folder.deletingLastPathComponent()) else {
                throw BackupRefusal("\(folder.path): 放不到这个位置，请核对权限")
            }
            return opened.manifest
        }
    }

    /// Unpacks into a folder of `work`; every file, the database and its rows are as the manifest says.
    func open(_ work: URL) throws -> (manifest: BackupManifest, folder: URL) {
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
        for digest in findings.fileDigests where !digest.isEmpty {
            let path = folder.appendingPathComponent("files/\(digest.prefix(2))/\(digest)").path
            guard FileManager.default.fileExists(atPath: path) else { throw BackupRefusal("\(file.path): 备份里缺少原表 \(digest)") }
        }
        return (manifest, folder)
    }
}
