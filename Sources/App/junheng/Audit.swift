import ArgumentParser
import Assembly
import Foundation
import Registry

/// `junheng audit`: questions to the record of what was done.
struct Audit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "审计记录", subcommands: [Verify.self, Head.self])

    /// `junheng audit verify`: exit code 0 when every record is as it was written, 3 when one is not.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "逐条校验审计记录：有没有被改动、删除、调换、截去末尾", discussion: "全部相符时退出码为0，发现问题时为3。把 audit head 显示的一行抄在别处，以后用 --head 比对。")

        @Option(help: "以前抄下的一行（junheng audit head）：记录里必须还有它") var head: String?
        @Option(help: "数据文件夹") var data = "var/data"
        @Option(help: "PostgreSQL 地址；不写则用 JUNHENG_DATABASE，再不写则是数据文件夹里的 SQLite")
        var database: String?

        func run() async throws {
            let anchor = head.flatMap { AuditAnchor($0) }
            if head != nil, anchor == nil {
                FileHandle.standardError.write(Data("--head 应是 序号:64位校验码，见 junheng audit head\n".utf8))
                throw ExitCode(2)
            }
            let check = try await Audit.check(data, database, anchor)
            guard let broken = check.broken else {
                print("\(check.count)条审计记录全部相符，末条校验码 \(check.head)")
                return
            }
            FileHandle.standardError.write(Data("审计记录第\(broken)条起不可信：\(check.reason)。之前的\(broken - 1)条相符\n".utf8))
            throw ExitCode(3)
        }
    }

    /// `junheng audit head`: the end of a chain that verifies, to be written down outside the machine.
    struct Head: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "显示末条的序号和校验码，抄在别处", discussion: "先校验全部记录，相符才显示。退出码：0 相符，3 发现问题。")

        @Option(help: "数据文件夹") var data = "var/data"
        @Option(help: "PostgreSQL 地址；不写则用 JUNHENG_DATABASE，再不写则是数据文件夹里的 SQLite")
        var database: String?

        func run() async throws {
            let check = try await Audit.check(data, database, nil)
            guard check.isIntact else {
                FileHandle.standardError.write(Data("审计记录第\(check.broken ?? 0)条起不可信：\(check.reason)\n".utf8))
                throw ExitCode(3)
            }
            print(check.anchor)
        }
    }

    private static func check(_ data: String, _ database: String?, _ anchor: AuditAnchor?) async throws -> AuditCheck {
        let folder = URL(fileURLWithPath: data)
        let named = database ?? ProcessInfo.processInfo.environment["JUNHENG_DATABASE"]
        guard named != nil || FileManager.default.fileExists(atPath: folder.appendingPathComponent("junheng.sqlite").path) else {
            FileHandle.standardError.write(Data("\(data): 这里没有数据库 junheng.sqlite。请用 --data 指明数据文件夹\n".utf8))
            throw ExitCode(2)
        }
        do {
            return try await Installation.audit(in: folder, database: named.map { try DatabaseAddress($0) }).verify(anchor)
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            throw ExitCode(2)
        }
    }
}
