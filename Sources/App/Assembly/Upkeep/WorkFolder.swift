internal import Foundation
internal import Storage
internal import Vault

/// A hidden folder beside a target, so that the last step is a rename on one disk. Gone when the work is done or given up.
struct WorkFolder {
    let target: URL

    init(beside target: URL) { self.target = target }

    /// Takes away what dead runs left. A full disk becomes a `BackupRefusal` that says so.
    func run<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
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
        let full = BackupRefusal("\(parent.path): 磁盘满了，没有写成。请腾出空间后重试，原有的数据没有改动")
        do { return try await body(work) } catch let error as CocoaError where error.code == .fileWriteOutOfSpace {
            throw full
        } catch let fault as SQLFault where fault.kind == .full { throw full }
    }
}
