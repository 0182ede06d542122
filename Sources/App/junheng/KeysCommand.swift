import ArgumentParser
import Assembly
import Foundation
import Registry
import Storage
import Vault

/// `junheng keys`: the keys personal data are sealed with.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "个人信息密钥：查看、更换、去掉", subcommands: [Show.self, Rotate.self, Forget.self, New.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "有哪几把密钥，各有多少处在用", discussion: "不显示密钥本身。退出码：0 正常，2 打不开。")
        @OptionGroup var place: KeyPlace

        func run() async throws {
            try await place.run { rotation in
                let usage = try await rotation.usage()
                for key in rotation.vault.ring.keys {
                    let isCurrent = key.id == rotation.vault.keyID ? "，现用" : ""
                    print("\(key.id)：\(key.suite.rawValue)，\(key.madeOn) 建\(isCurrent)")
                    for use in usage where use.keyID == key.id { print("    \(use.column.table).\(use.column.column)：\(use.count)处") }
                }
                let known = Set(rotation.vault.keyIDs)
                for use in usage where !(use.keyID.map(known.contains) ?? false) {
                    print("\(use.keyID.map { "\($0)：这里没有这把密钥" } ?? "没有加密")\n    \(use.column.table).\(use.column.column)：\(use.count)处")
                }
            }
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "换一把新密钥，全部个人信息重新加密", discussion: "服务器可以照常工作。中断了再运行一次就接着做完。退出码：0 已换好，2 没有换（原因写在标准错误上）。")
        @OptionGroup var place: KeyPlace

        func run() async throws {
            try await place.run { rotation in
                let outcome = try await rotation.rotate(now: Date()) { count in
                    FileHandle.standardError.write(Data("已重新加密 \(count) 处\n".utf8))
                }
                print(
                    outcome.madeKey == nil
                        ? "上次没有换完，已接着做完：现用密钥 \(outcome.current)，\(outcome.changed)处" : "已换成密钥 \(outcome.current)，重新加密\(outcome.changed)处")
                print("请把密钥文件另外备份一份；旧密钥留着，才能校验以前的审计记录和恢复以前的备份")
            }
        }
    }

    struct Forget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "去掉一把不再用的密钥")
        @Argument(help: "密钥编号，见 junheng keys show") var id: String
        @OptionGroup var place: KeyPlace

        func run() async throws {
            try await place.run { rotation in
                try await rotation.forget(id, now: Date())
                print("已去掉密钥 \(id)")
            }
        }
    }

    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "生成一行密钥，写进环境变量或机要设备时用")
        @Option(help: "算法：xchacha20-poly1305 或 sm4-gcm") var suite = FieldSuite.xchacha.rawValue

        func run() throws {
            guard let suite = FieldSuite(rawValue: suite) else { throw ValidationError("--suite 只能是 xchacha20-poly1305 或 sm4-gcm") }
            print(FieldKey(suite, madeOn: PersonalKeys.day(Date())).line)
        }
    }
}

/// Which installation a command about keys speaks of.
struct KeyPlace: ParsableArguments {
    @Option(help: "数据文件夹（默认 var/data）") var data: String?
    @Option(help: "PostgreSQL 地址；不写则是数据文件夹里的 SQLite") var database: String?
    @OptionGroup var more: SettingOptions

    func run(_ work: (KeyRotation) async throws -> Void) async throws {
        let settings = try more.settings(["data": data, "database": database])
        do {
            let address = try settings.text("database").map { try DatabaseAddress($0) }
            try await work(
                try await KeyRotation(
                    URL(fileURLWithPath: settings["data"]), database: address, keys: PersonalKeys(settings),
                    inventory: try CatalogueFolder(settings).inventory()))
        } catch let code as ExitCode {
            throw code
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode(2)
        }
    }
}
