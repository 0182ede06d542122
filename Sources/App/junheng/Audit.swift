import ArgumentParser
import Assembly
import Foundation
import Registry

/// `junheng audit`: questions to the record of what was done.
struct Audit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "审计记录", subcommands: [Verify.self])

    /// `junheng audit verify`: exit code 0 when every record is as it was written, 3 when one is not.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "逐条校验审计记录：有没有被改动、删除、调换", discussion: "全部相符时退出码为0，发现问题时为3。把显示的校验码抄在别处，以后可以比对。")

        @Option(help: "数据文件夹") var data = "var/data"
        @Option(help: "PostgreSQL 地址；不写则用 JUNHENG_DATABASE，再不写则是数据文件夹里的 SQLite")
        var database: String?

        func run() async throws {
            let folder = URL(fileURLWithPath: data)
            let named = database ?? ProcessInfo.processInfo.environment["JUNHENG_DATABASE"]
            guard named != nil || FileManager.default.fileExists(atPath: folder.appendingPathComponent("junheng.sqlite").path) else {
                FileHandle.standardError.write(Data("\(data): 这里没有数据库 junheng.sqlite。请用 --data 指明数据文件夹\n".utf8))
                throw ExitCode(2)
            }
            let check: AuditCheck
            do {
                check = try await Installation.audit(in: folder, database: named.map { try DatabaseAddress($0) }).verify()
            } catch {
                FileHandle.standardError.write(Data("\(error)\n".utf8))
                throw ExitCode(2)
            }
            guard let broken = check.broken else {
                print("\(check.count)条审计记录全部相符，末条校验码 \(check.head)")
                return
            }
            FileHandle.standardError.write(Data("审计记录第\(broken)条起不可信：\(check.reason)。之前的\(broken - 1)条相符\n".utf8))
            throw ExitCode(3)
        }
    }
}
