import ArgumentParser
import Assembly
import Foundation
import Indicators
import Vocabulary

/// `junheng compare`: one year's returns under two standards, or two years under one.
struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "对照两个结果：同一份数据用两个标准，或两个学年用同一标准",
        discussion: """
            同一份数据、两个标准：junheng compare 学校.xlsx --standards balance-2017,balance-2012
            两个学年、同一标准：junheng compare 去年.xlsx 今年.xlsx --years 2024,2025
            退出码：0 已对照，2 数据表不被接受（原因写在标准错误上），64 用法有误。
            """)

    @Argument(help: "一份或两份学校数据表（.xlsx 或 .csv）") var files: [String]
    @Option(help: "一个或两个标准的编号，用逗号分开") var standards = "balance-2017"
    @Option(help: "两份数据的学年起始年份，如 2024,2025；不写则按数据表自己写的学年") var years: String?
    @Option(help: "结果写成 JSON 文件") var json: String?
    @Option(help: "目录文件夹：在国家目录上增加或加严") var catalogue: String?
    @Flag(name: .customLong("good-rows"), help: "有错误的行不计入，只评估其余各行") var goodRows = false

    private var ids: [String] { standards.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
    private var starts: [Int?] { (years ?? "").split(separator: ",").map { Int($0.trimmingCharacters(in: .whitespaces)) } }

    func validate() throws {
        guard (1...2).contains(files.count) else { throw ValidationError("给出一份或两份数据表") }
        guard (1...2).contains(ids.count) else { throw ValidationError("--standards 写一个或两个标准，如 balance-2017,balance-2012") }
        if files.count == 1, Set(ids).count < 2 {
            throw ValidationError("只有一份数据表时，--standards 要写两个不同的标准；或再给一份另一学年的数据表")
        }
        if years != nil {
            guard (1...2).contains(starts.count), starts.allSatisfy({ (1990...2100).contains($0 ?? 0) }) else {
                throw ValidationError("--years 应是 2024,2025 这样的年份")
            }
        }
    }

    func run() async throws {
        let compiled = try Terminal.compile { try CatalogueFolder(overlay: catalogue) }
        let before = try result(compiled, file: files[0], standard: ids[0], year: starts.first ?? nil)
        let after = try result(compiled, file: files[files.count - 1], standard: ids[ids.count - 1], year: starts.last ?? nil)
        let comparison = ResultComparison(before, after, catalogue: compiled)
        if let json {
            try Terminal.write(ComparisonJSON(comparison).data(), to: json)
        } else {
            print(ComparisonTable.text(comparison), terminator: "")
        }
    }

    private func result(_ compiled: IndicatorCatalogue, file: String, standard: String, year: Int?) throws -> StandardResult {
        let use = EvaluateWorkbook(
            URL(fileURLWithPath: file), standard: standard, schoolYear: year.map { SchoolYear($0) }, goodRowsOnly: goodRows,
            catalogue: compiled)
        switch use.run(today: Terminal.today()) {
        case .refused(let diagnostics):
            Terminal.complain(diagnostics)
            throw ExitCode(2)
        case .evaluated(let result, _, let diagnostics):
            Terminal.complain(diagnostics.filter { $0.severity != .note })
            return result
        }
    }
}
