import ArgumentParser
import Assembly
import Foundation
import Registry

/// `junheng config`: what is set, and by whom.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "config", abstract: "查看设置", subcommands: [Explain.self])

    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "列出每项设置的值、来源和用途",
            discussion: "先后次序：命令行 > 环境变量 JUNHENG_… > 设置文件 > 默认值。口令不显示。退出码：0 无误，2 设置有误（原因写在标准错误上）。")

        @Option(help: "数据文件夹（默认 var/data）") var data: String?
        @OptionGroup var more: SettingOptions

        func run() async throws {
            let settings = try more.settings(["data": data])
            for entry in settings.entries {
                print("\(entry.setting.key): \(entry.shown.isEmpty ? "（空）" : entry.shown)")
                print("    来源 \(entry.origin)；环境变量 \(entry.setting.environment)")
                print("    \(entry.setting.help)")
            }
            do {
                for provider in try LoginSettings(settings).providers {
                    print("外部登录服务 \(provider.id)：\(provider.label)，\(provider.issuer)")
                    print("    账户名取自 \(provider.claim)；回调网址 \(settings["public-url"])/login/\(provider.id)/back")
                }
            } catch let refusal as SettingsRefusal {
                FileHandle.standardError.write(Data("\(refusal)\n".utf8))
                throw ExitCode(2)
            }
        }
    }
}
