import ArgumentParser
import Assembly
import Foundation
import Vault
import Vocabulary

/// `junheng backup`: the whole installation as one file, while the server works.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "备份整个安装（服务器可以照常工作）", subcommands: [Make.self, Verify.self, NewKey.self],
        defaultSubcommand: Make.self)

    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "备份",
            discussion: """
                写好之后才改成最后的文件名，中途断电不会留下半个备份。数据在 PostgreSQL 里时也用这个命令。
                不写 --to 时放进设置 backup-folder 的文件夹，文件名带时间，只留最近 backup-keep 份：给定时任务用。
                退出码：0 已备份，2 没有备份（原因写在标准错误上）。
                """)
        @Option(help: "数据文件夹（默认 var/data）") var data: String?
        @Option(help: "PostgreSQL 地址；不写则看设置，再不写则是数据文件夹里的 SQLite") var database: String?
        @Option(help: "备份文件，如 2026-09-01.junheng") var to: String?
        @Option(help: "密钥文件：加密备份（默认看设置 backup-key）") var encrypt: String?
        @Flag(help: "把个人信息密钥也放进备份；最好同时加密") var withKeys = false
        @OptionGroup var more: SettingOptions

        func run() async throws {
            let settings = try more.settings(["data": data, "database": database, "backup-key": encrypt])
            let backups = to == nil ? settings.text("backup-folder").map { BackupFolder(URL(fileURLWithPath: $0)) } : nil
            let file = PersonalKeys(settings).keyFile(URL(fileURLWithPath: settings["data"]))
            try await Backups.run {
                guard let target = to.map({ URL(fileURLWithPath: $0) }) ?? backups?.place(at: Date()) else {
                    throw BackupRefusal("请用 --to 写明备份文件，或在设置里写 backup-folder")
                }
                let key = try settings.text("backup-key").map { try SealedFile.key(URL(fileURLWithPath: $0)) }
                let backup = Backup(
                    URL(fileURLWithPath: settings["data"]), database: try settings.text("database").map { try DatabaseAddress($0) },
                    key: key, personalKeys: withKeys ? file.url : nil,
                    program: Junheng.version, inForce: Backups.inForce(settings))
                let manifest = try await backup.make(to: target, at: Date())
                print("已备份到 \(target.path)：\(Backups.words(manifest))")
                if !withKeys, file.isThere { print("不含个人信息密钥 \(file.url.path)，请另外保存；没有它，恢复出来的个人信息读不出") }
                if manifest.proof == nil { Terminal.complain("备份里没有评估结果的摘要（目录有错，或数据库是旧版本的结构），演练时只能核对文件、行数、冻结和审计") }
                for old in backups?.prune(keep: settings.number("backup-keep"), justMade: target) ?? [] {
                    print("已删去旧备份 \(old.lastPathComponent)")
                }
            }
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "核对备份：全部解开，逐个比对，检查数据库")
        @Argument(help: "备份文件") var file: String
        @Option(help: "密钥文件：备份是加密的时候") var key: String?

        func run() async throws {
            let manifest = try await Backups.run {
                try await Backups.restoration(file, key: key).verify(
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

/// `junheng restore`: a backup becomes a data folder, or is tried out.
struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "把备份恢复成一个新的数据文件夹，或演练恢复",
        discussion: """
            全部核对无误之后才放到位。退出码：0 已恢复，2 没有恢复（原因写在标准错误上）。
            演练：junheng restore 备份文件 --rehearse。恢复到临时文件夹，逐项比对文件、行数、评估结果、冻结校验码和审计，然后删去，不改动任何东西。
            演练的退出码：0 全部相符，1 有不符，2 恢复不了。
            """)
    @Argument(help: "备份文件；演练时不写则是 backup-folder 里最近的一份") var file: String?
    @Option(help: "数据文件夹，应为空或不存在") var to: String?
    @Flag(help: "演练，不放到位") var rehearse = false
    @Option(help: "密钥文件：备份是加密的时候（默认看设置 backup-key）") var key: String?
    @Option(help: "本地目录文件夹，与服务器用的相同") var catalogue: String?
    @OptionGroup var more: SettingOptions

    func validate() throws {
        if rehearse == (to != nil) { throw ValidationError("写 --to 数据文件夹，或写 --rehearse") }
        if file == nil, !rehearse { throw ValidationError("请写明备份文件") }
    }

    func run() async throws {
        let settings = try more.settings(["overlay": catalogue, "backup-key": key])
        let file = try file ?? Backups.newest(settings)
        let restoration = try Backups.restoration(file, key: settings.text("backup-key"))
        guard let to else { return try await tryOut(restoration, settings) }
        let manifest = try await Backups.run { try await restoration.restore(to: URL(fileURLWithPath: to)) }
        print("已恢复到 \(to)：\(Backups.words(manifest))")
        if manifest.origin == "postgresql" {
            print("这份备份来自 PostgreSQL。放回 PostgreSQL：junheng migrate-store --from sqlite:\(to)/junheng.sqlite --to postgres://…（空库）")
        }
    }

    private func tryOut(_ restoration: Restoration, _ settings: Settings) async throws {
        let (catalogue, digest) = try Terminal.compileSealed { try CatalogueFolder(settings) }
        let keys = try? PersonalKeys(settings).found(URL(fileURLWithPath: settings["data"]))
        let rehearsal = Rehearsal(restoration, inForce: CatalogueInForce(catalogue: catalogue, digest: digest, keys: keys ?? nil))
        let (manifest, findings) = try await Backups.run {
            try await rehearsal.run(beside: FileManager.default.temporaryDirectory.appendingPathComponent("junheng-rehearsal"))
        }
        print("演练恢复：\(Backups.words(manifest))")
        for finding in findings { print("\(finding.grade.rawValue)\t\(finding.name)：\(finding.words)") }
        guard !findings.contains(where: { $0.grade == .fail }) else {
            print("演练没有通过")
            throw ExitCode(1)
        }
        print("演练通过，临时文件夹已删去")
    }
}

/// What the commands about backups share.
enum Backups {
    static func run<Value>(_ work: () async throws -> Value) async throws -> Value {
        do { return try await work() } catch {
            Terminal.complain("\(error)")
            throw ExitCode(2)
        }
    }

    /// The catalogue of the settings; nil where there is none or it has mistakes, which must not stand in the way of a backup.
    static func inForce(_ settings: Settings) -> CatalogueInForce? {
        guard let folder = try? CatalogueFolder(settings) else { return nil }
        let (catalogue, diagnostics) = folder.compile()
        if diagnostics.contains(where: { $0.severity == .error }) { return nil }
        let keys = try? PersonalKeys(settings).found(URL(fileURLWithPath: settings["data"]))
        return CatalogueInForce(catalogue: catalogue, digest: folder.digest, keys: keys ?? nil)
    }

    static func restoration(_ file: String, key: String?) throws -> Restoration {
        do {
            return Restoration(URL(fileURLWithPath: file), key: try key.map { try SealedFile.key(URL(fileURLWithPath: $0)) })
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode(2)
        }
    }

    static func newest(_ settings: Settings) throws -> String {
        if let newest = settings.text("backup-folder").flatMap({ BackupFolder(URL(fileURLWithPath: $0)).backups.last }) {
            return newest.path
        }
        Terminal.complain("没有找到备份。请写明备份文件，或核对设置 backup-folder：“\(settings["backup-folder"])”")
        throw ExitCode(2)
    }

    static func words(_ manifest: BackupManifest) -> String {
        let bytes = manifest.entries.reduce(0) { $0 + $1.size }
        return "\(manifest.entries.count)个文件，\(bytes / 1_000)kB，数据库第\(manifest.schemaStep)步，\(manifest.madeAt.formatted(.iso8601))"
    }
}
