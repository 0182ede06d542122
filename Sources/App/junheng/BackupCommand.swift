import ArgumentParser
import Assembly
import Foundation
import Vault

/// `junheng backup`: the whole installation as one file, while the server works.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "备份整个数据文件夹（服务器可以照常工作）", subcommands: [Make.self, Verify.self, NewKey.self],
        defaultSubcommand: Make.self)

    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "备份", discussion: "写好之后才改成最后的文件名，中途断电不会留下半个备份。退出码：0 已备份，2 没有备份（原因写在标准错误上）。")
        @Option(help: "数据文件夹（默认 var/data）") var data: String?
        @Option(help: "备份文件，如 2026-09-01.junheng") var to: String
        @Option(help: "密钥文件：加密备份") var encrypt: String?
        @Flag(help: "把个人信息密钥也放进备份；最好同时加密") var withKeys = false
        @OptionGroup var more: SettingOptions

        func run() async throws {
            let settings = try more.settings(["data": data])
            let file = PersonalKeys(settings).keyFile(URL(fileURLWithPath: settings["data"]))
            let manifest = try Backups.run {
                let key = try encrypt.map { try SealedFile.key(URL(fileURLWithPath: $0)) }
                return try Backup.make(
                    URL(fileURLWithPath: settings["data"]), to: URL(fileURLWithPath: to), key: key, personalKeys: withKeys ? file.url : nil,
                    program: Junheng.version, at: Date())
            }
            print("已备份到 \(to)：\(Backups.words(manifest))")
            if !withKeys, file.isThere { print("不含个人信息密钥 \(file.url.path)，请另外保存；没有它，恢复出来的个人信息读不出") }
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "核对备份：全部解开，逐个比对，检查数据库")
        @Argument(help: "备份文件") var file: String
        @Option(help: "密钥文件：备份是加密的时候") var key: String?

        func run() async throws {
            let manifest = try Backups.run {
                let key = try key.map { try SealedFile.key(URL(fileURLWithPath: $0)) }
                return try Backup.verify(
                    URL(fileURLWithPath: file), key: key,
                    beside: FileManager.default.temporaryDirectory.appendingPathComponent("junheng-verify"))
            }
            print("备份完好：\(Backups.words(manifest))")
        }
    }

    struct NewKey: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "key", abstract: "生成备份用的密钥文件；请另外妥善保存，丢了就解不开")
        @Argument(help: "密钥文件，不能已经存在") var file: String

        func run() async throws {
            let made = open(file, O_CREAT | O_EXCL | O_WRONLY, 0o600)
            guard made >= 0 else {
                FileHandle.standardError.write(Data("\(file): 文件已经存在，或写不了，没有改动\n".utf8))
                throw ExitCode(2)
            }
            try FileHandle(fileDescriptor: made, closeOnDealloc: true).write(contentsOf: Data(SealedFile.newKey().utf8))
        }
    }
}

/// `junheng restore`: a backup becomes a data folder.
struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "把备份恢复成一个新的数据文件夹", discussion: "全部核对无误之后才放到位。退出码：0 已恢复，2 没有恢复（原因写在标准错误上）。")
    @Argument(help: "备份文件") var file: String
    @Option(help: "数据文件夹，应为空或不存在") var to: String
    @Option(help: "密钥文件：备份是加密的时候") var key: String?

    func run() async throws {
        let manifest = try Backups.run {
            let key = try key.map { try SealedFile.key(URL(fileURLWithPath: $0)) }
            return try Backup.restore(URL(fileURLWithPath: file), to: URL(fileURLWithPath: to), key: key)
        }
        print("已恢复到 \(to)：\(Backups.words(manifest))")
    }
}

enum Backups {
    static func run<Value>(_ work: () throws -> Value) throws -> Value {
        do { return try work() } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            throw ExitCode(2)
        }
    }

    static func words(_ manifest: BackupManifest) -> String {
        let bytes = manifest.entries.reduce(0) { $0 + $1.size }
        return "\(manifest.entries.count)个文件，\(bytes / 1_000)kB，数据库第\(manifest.schemaStep)步，\(manifest.madeAt.formatted(.iso8601))"
    }
}
