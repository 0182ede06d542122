import ArgumentParser
import Assembly
import Foundation

/// `junheng doctor`: looks an installation over.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "体检：目录、数据库、原表、审计、磁盘、权限、时钟、证书、备份、排版、字体、求解器", discussion: "只看不改。退出码：0 没有 fail，1 有 fail，2 设置有误。")

    @Option(help: "数据文件夹（默认 var/data）") var data: String?
    @Option(help: "PostgreSQL 地址；不写则看设置") var database: String?
    @OptionGroup var more: SettingOptions

    func run() async throws {
        let settings = try more.settings(["data": data, "database": database])
        let findings = await Doctor(settings, python: settings.text("python") ?? Terminal.python, now: Date()).run()
        for finding in findings { print("\(finding.grade.rawValue)\t\(finding.name)：\(finding.words)") }
        if findings.contains(where: { $0.grade == .fail }) { throw ExitCode(1) }
    }
}
