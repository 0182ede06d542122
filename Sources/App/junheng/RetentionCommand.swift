import ArgumentParser
import Assembly
import Foundation
import Registry
import Storage
import Vocabulary

/// `junheng retention`: what has been kept long enough.
struct RetentionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention", abstract: "按个人信息清单清理到期的信息；不加 --apply 只看不删",
        discussion: "运行中的服务器每天自动清理一次。保全中的人的信息不动。清理了什么记入审计。退出码：0 正常，2 打不开。")

    @Flag(help: "真的清理") var apply = false
    @Option(help: "数据文件夹（默认 var/data）") var data: String?
    @Option(help: "PostgreSQL 地址；不写则是数据文件夹里的 SQLite") var database: String?
    @OptionGroup var more: SettingOptions

    func run() async throws {
        let settings = try more.settings(["data": data, "database": database])
        do {
            let address = try settings.text("database").map { try DatabaseAddress($0) }
            let retention = try await Retention(
                URL(fileURLWithPath: settings["data"]), database: address, keys: PersonalKeys(settings),
                inventory: try CatalogueFolder(settings).inventory())
            let found = apply ? try await retention.apply(Date(), by: "命令行") : try await retention.due(Date())
            for due in found {
                let label = retention.inventory[due.register]?.label.zh ?? due.register
                let does = due.rule.does == .clear ? "清空" : "删去"
                print("\(label)：\(apply ? "已" : "应")\(does)\(due.count)条（\(due.rule.days)天以前的；\(due.rule.reason)）")
            }
            if !apply { print("只是查看，没有改动。加 --apply 才清理") } else if found.isEmpty { print("没有到期的信息") }
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode(2)
        }
    }
}
