import ArgumentParser
import Assembly
import Foundation
import Vocabulary

/// `junheng export`: what an installation holds, in the formats of others.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "export", abstract: "按通用格式导出", subcommands: [OneRoster.self])

    /// `junheng export oneroster`: the register of schools as OneRoster 1.2 CSV.
    struct OneRoster: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "oneroster", abstract: "学校名录导出为 OneRoster 1.2 CSV（zip）",
            discussion: "含市、县、学校（orgs.csv）和有数据的学年（academicSessions.csv）。班级、人员、选课这里没有，manifest.csv 写明 absent。")

        @Argument(help: "写到哪个 zip 文件") var output: String
        @Option(help: "数据文件夹（默认 var/data）") var data: String?
        @Option(help: "PostgreSQL 地址；不写则用数据文件夹里的 SQLite") var database: String?
        @Option(help: "学年，如 2025；不写则是有数据的最近一年") var year: String?
        @OptionGroup var more: SettingOptions

        func run() async throws {
            let settings = try more.settings(["data": data, "database": database])
            let chosen = try year.map { text in
                guard let year = SchoolYear(text: text) else { throw ValidationError("--year 应写成 2025 的样子，写的是“\(text)”") }
                return year
            }
            let catalogue = try Terminal.compile { try CatalogueFolder(settings) }
            let folder = settings["data"]
            do {
                let address = try settings.text("database").map { try DatabaseAddress($0) }
                let export = RosterExport(URL(fileURLWithPath: folder), database: address, catalogue: catalogue)
                guard let made = try await export.archive(chosen, organisation: settings["organisation"]) else {
                    Terminal.complain("\(folder): \(chosen.map { "\($0.label.zh)" } ?? "")没有学校数据，没有导出")
                    throw ExitCode(2)
                }
                try Terminal.write(made.data, to: output)
                print("已导出\(made.year.label.zh)的\(made.schools)所学校：\(output)")
            } catch let code as ExitCode {
                throw code
            } catch {
                Terminal.complain("\(error)")
                throw ExitCode(2)
            }
        }
    }
}
