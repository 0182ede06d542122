import ArgumentParser
import Assembly
import Documents
import Foundation
import Indicators
import Vocabulary

/// `junheng evaluate`: a county's workbook in, the verdict out.
struct Evaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "评估一个县的学校数据表", discussion: "退出码：0 已评估，2 数据表不被接受（原因写在标准错误上），64 用法有误。")

    @Argument(help: "学校数据表（.xlsx 或 .csv）") var file: String
    @Option(help: "标准的编号") var standard = "balance-2017"
    @Option(help: "学年起始年份，如 2025 表示 2025—2026 学年") var year: Int?
    @Option(help: "结果写成 JSON 文件") var json: String?
    @Option(help: "自评报告，.docx 或 .pdf") var report: String?
    @Option(help: "短板清单，.xlsx") var shortfalls: String?
    @Option(help: "数据表不被接受时，把标出错误的同一工作簿写到这里，.xlsx") var errors: String?
    @Option(help: "目录文件夹：在国家目录上增加或加严") var catalogue: String?
    @Flag(name: .customLong("good-rows"), help: "有错误的行不计入，只评估其余各行") var goodRows = false

    func validate() throws {
        if let year, !(1990...2100).contains(year) { throw ValidationError("--year 应是 2025 这样的年份") }
        if let report, !["docx", "pdf"].contains((report as NSString).pathExtension.lowercased()) {
            throw ValidationError("--report 的文件名以 .docx 或 .pdf 结尾")
        }
        for (option, path) in [("--shortfalls", shortfalls), ("--errors", errors)] {
            if let path, (path as NSString).pathExtension.lowercased() != "xlsx" { throw ValidationError("\(option) 的文件名以 .xlsx 结尾") }
        }
    }

    func run() async throws {
        let compiled = try Terminal.compile { try CatalogueFolder(overlay: catalogue) }
        let use = EvaluateWorkbook(
            URL(fileURLWithPath: file), standard: standard, schoolYear: year.map { SchoolYear($0) }, goodRowsOnly: goodRows,
            catalogue: compiled)
        let bar = ProgressBar()
        let outcome = use.run(today: Terminal.today(), progress: bar.show)
        bar.end()
        switch outcome {
        case .refused(let diagnostics):
            Terminal.complain(diagnostics)
            if let errors, let marked = try use.marked(diagnostics) { try Terminal.write(marked, to: errors) }
            throw ExitCode(2)
        case .evaluated(let result, let evaluation, let diagnostics):
            Terminal.complain(diagnostics.filter { $0.severity != .note })
            try write(result, evaluation)
        }
    }

    private func write(_ result: StandardResult, _ evaluation: Evaluation) throws {
        if let json { try Terminal.write(to: json) { try EvaluationJSON(result).write($0) } }
        let papers = EvaluationPapers(result, file: URL(fileURLWithPath: file).lastPathComponent, date: Terminal.today())
        if let shortfalls { try Terminal.write(papers.shortfalls(), to: shortfalls) }
        if let report {
            do {
                try Terminal.write(papers.report(pdf: report.lowercased().hasSuffix(".pdf"), python: Terminal.python), to: report)
            } catch let failure as DocumentFailure {
                FileHandle.standardError.write(Data("\(report): \(failure)\n".utf8))
                throw ExitCode(2)
            }
        }
        if json == nil, report == nil, shortfalls == nil { print(EvaluationTable.text(result), terminator: "") }
    }
}
