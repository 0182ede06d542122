import ArgumentParser
import Assembly
import Foundation
import Ledger
import Vocabulary

/// `junheng funds`: special funds, 两个只增不减 and the training share out of a workbook.
struct FundsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "funds", abstract: "专项资金：台账、执行进度、两个只增不减、教师培训经费占比",
        discussion: "工作簿含“专项资金台账”或“经费数据”，或两张都有。退出码：0 算出，2 输入有误（逐格说明）。")

    @Argument(help: "工作簿（.xlsx）") var file: String?
    @Option(help: "县名") var county = "本县"
    @Option(help: "预算年度；不写时用表中最新的一年") var year: Int?
    @Option(help: "经费规则（.yaml）；不写时用目录里的") var rules: String?
    @Option(help: "目录文件夹") var catalogue: String?
    @Option(help: "结果写成 JSON 文件（金额为分）") var json: String?
    @Option(help: "执行情况，.docx") var report: String?

    func validate() throws {
        if file == nil { throw ValidationError("请指明工作簿（.xlsx）") }
        if let report, !report.lowercased().hasSuffix(".docx") { throw ValidationError("--report 的文件名以 .docx 结尾") }
    }

    func run() async throws {
        let compiled = try Terminal.compile { try CatalogueFolder(overlay: catalogue) }
        guard let file, let folder = try? CatalogueFolder(overlay: catalogue) else { throw ExitCode(2) }
        do {
            let url = URL(fileURLWithPath: file)
            let read = try FundsFile(
                url, county: county, year: year, rules: try FundsFile.rules(rules, folder), catalogue: compiled, today: Terminal.today())
            if let json { try Terminal.write(read.json(), to: json) }
            if let report { try Terminal.write(read.report(date: Terminal.today(), source: url.lastPathComponent), to: report) }
            FundsCommand.tell(read)
        } catch let refusal as LedgerRefusal {
            try Terminal.fail("\(refusal)", 2)
        }
    }

    private static func tell(_ read: FundsFile) {
        let sums = read.ledger.sums
        let rate = sums.rate.map { String(format: "%.1f%%", $0 * 100) } ?? "—"
        print(
            "\(read.county) \(read.year)年：预算\(sums.budget.wan)万元，结转\(sums.carried.wan)，下达\(sums.allotted.wan)，支付\(sums.paid.wan)，结余\(sums.balance.wan)，执行率\(rate)"
        )
        for verdict in read.growth {
            print("  两个只增不减（\(verdict.basis.label.zh)）：\(verdict.verdict.label.zh)")
            for row in verdict.rows {
                print("    \(row.label)：\(row.verdict.label.zh)\(row.reason.isEmpty ? "" : "，\(row.reason)")")
            }
        }
        if !read.training.isEmpty {
            func count(_ verdict: Verdict) -> Int { read.training.count { $0.verdict == verdict } }
            print("  教师培训经费：达标\(count(.met))所，不达标\(count(.notMet))所，资料不足\(count(.insufficient))所")
        }
        for warning in read.warnings { print("  提醒：\(warning)") }
    }
}
