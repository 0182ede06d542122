import ArgumentParser
import Assembly
import Foundation
import Indicators
import Planning
import PostMatching
import Staffing
import Vocabulary

/// `junheng staffing`: schools' staff against their establishment.
struct StaffingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staffing", abstract: "编制与配置：标准编制、在编实有、超编缺编、退休和今后各年的补充需求",
        discussion: "每份工作簿含“学校数据”，另有“教师名册”（全体教职工）才看得出超编缺编，有“编制数据”（各年级人数等）才推算今后。退出码：0 算出，2 输入有误。")

    @Argument(help: "工作簿（.xlsx），可写几份") var files: [String]
    @Option(help: "学校数据另在一份文件时指明") var schools: String?
    @Option(help: "学年起始年份") var year: Int?
    @Option(help: "只看一个县") var county: String?
    @Option(help: "编制规则（.yaml）；不写时用目录里的") var rules: String?
    @Option(help: "目录文件夹") var catalogue: String?
    @Option(help: "结果写成 JSON 文件") var json: String?
    @Option(help: "编制使用情况，.docx；只能是一个县") var report: String?

    func validate() throws {
        if let report, !report.lowercased().hasSuffix(".docx") { throw ValidationError("--report 的文件名以 .docx 结尾") }
    }

    func run() async throws {
        var read: [(file: String, staffing: StaffingFile)] = []
        for file in files {
            let found = try Terminal.staffing(file, schools: schools, county: county, year: year, rules: rules, catalogue: catalogue)
            read += found.map { (URL(fileURLWithPath: file).lastPathComponent, $0) }
        }
        if let json { try Terminal.write(StaffingJSON.surveys(read.map(\.staffing.survey)), to: json) }
        if let report {
            guard read.count == 1, let only = read.first else { try Terminal.fail("--report 只写一个县，请加 --county", 2) }
            try Terminal.write(only.staffing.report(source: only.file, date: Terminal.today()), to: report)
        }
        for entry in read { StaffingCommand.tell(entry.staffing.survey) }
    }

    private static func tell(_ survey: StaffingSurvey) {
        func words(_ number: Int?) -> String { number.map(String.init) ?? "资料不足" }
        let last = survey.sums().last
        let short = "缺编\(survey.count(.short))个单位共\(survey.shortage)人，资料不足\(survey.count(.unknown))个"
        let leaving = survey.leaving.reduce(0) { $0 + $1.count }
        let need = last?.need.map { $0 < 0 ? "多\(-$0)人" : "要补充\($0)人" } ?? "资料不足"
        print(
            "\(survey.county) \(survey.year)：标准编制\(words(survey.establishment()))，在编实有\(words(survey.posted()))；超编\(survey.count(.over))个单位共\(survey.surplus)人，\(short)；到\(last?.year ?? survey.year.start)年底退休\(leaving)人，那年秋季\(need)"
        )
        for note in survey.notes { print("  \(note)") }
    }
}

/// `junheng plan posts`: who goes to which vacant post.
struct PostsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "posts", abstract: "县管校聘：超编学校的人和缺编学校的空岗怎样匹配",
        discussion: "退出码：0 有方案，2 输入有误，3 证明不能把待岗的人全部安置（标准错误上写明缺哪些岗位）。")

    @Argument(help: "工作簿（.xlsx），含“学校数据”和“教师名册”（全体教职工）") var file: String
    @Option(help: "学校数据另在一份文件时指明") var schools: String?
    @Option(help: "学年起始年份") var year: Int?
    @Option(help: "表中有几个县时指明一个") var county: String?
    @Option(help: "编制规则（.yaml）；不写时用目录里的") var rules: String?
    @Option(help: "目录文件夹") var catalogue: String?
    @Flag(help: "待岗的人必须全部安置") var everyone = false
    @Option(help: "结果写成 JSON 文件") var json: String?
    @Option(help: "岗位匹配方案，含名单，.docx") var report: String?
    @Option(help: "公示稿，.xlsx") var published: String?

    func validate() throws {
        if let report, !report.lowercased().hasSuffix(".docx") { throw ValidationError("--report 的文件名以 .docx 结尾") }
        if let published, !published.lowercased().hasSuffix(".xlsx") { throw ValidationError("--published 的文件名以 .xlsx 结尾") }
    }

    func run() async throws {
        let found = try Terminal.staffing(file, schools: schools, county: county, year: year, rules: rules, catalogue: catalogue)
        guard found.count == 1, let use = found.first else {
            try Terminal.fail("请用 --county 指明一个县，表中有：\(found.map(\.survey.county).joined(separator: "、"))", 2)
        }
        guard let draw = use.posts(everyone: everyone) else { try Terminal.fail("\(file): 没有“教师名册”，或名册里没有这个县的人", 2) }
        switch PostMatching(clock: { ProcessInfo.processInfo.systemUptime }).plan(draw.problem) {
        case .plan(let plan, let certificate, let proof):
            let broken = verify(draw.problem, plan, certificate, proof)
            guard broken.isEmpty else { try Terminal.fail(broken.map(\.description).joined(separator: "\n"), 2) }
            if let json { try Terminal.write(StaffingJSON.plan(draw, plan, certificate, proof), to: json) }
            let name = URL(fileURLWithPath: file).lastPathComponent
            if let report {
                try Terminal.write(use.report(draw, plan, certificate, source: name, date: Terminal.today()), to: report)
            }
            if let published { try Terminal.write(use.published(draw, plan, certificate), to: published) }
            tell(draw, plan, certificate)
        case .infeasible(let rules, let shortage, let certificate):
            if let json { try Terminal.write(StaffingJSON.infeasible(draw, rules, shortage, certificate), to: json) }
            let words = shortage.people.prefix(20).joined(separator: "、")
            try Terminal.noPlan(
                rules, "\n  待岗的\(shortage.people.count)人（\(words)\(shortage.people.count > 20 ? "等" : "")）能去的岗位一共只有\(shortage.room)个")
        }
    }

    private func tell(_ draw: PostDraw, _ plan: PostPlan, _ certificate: Certificate) {
        let outcome = PostOutcome(draw.problem, plan)
        let mean = outcome.filled > 0 ? String(format: "%.1f", Double(outcome.metres) / Double(outcome.filled) / 1_000) : "—"
        print(
            "\(draw.problem.region)：空岗\(draw.problem.vacancies)个，补上\(outcome.filled)个，待岗\(draw.problem.waiting)人安置\(outcome.placed)人，平均\(mean)公里，已证明没有更好的方案，用时\(String(format: "%.2f", certificate.seconds))秒"
        )
        for note in draw.notes { print("  \(note)") }
    }
}

extension Terminal {
    /// Reads a workbook's staff; complaints end the command with exit code 2.
    static func staffing(
        _ file: String, schools: String?, county: String?, year: Int?, rules: String?, catalogue: String?
    ) throws -> [StaffingFile] {
        let compiled = try compile { try CatalogueFolder(overlay: catalogue) }
        guard let folder = try? CatalogueFolder(overlay: catalogue) else { throw ExitCode(2) }
        do {
            let reading = StaffingFile.read(
                URL(fileURLWithPath: file), schools: schools.map { URL(fileURLWithPath: $0) }, county: county,
                year: year.map { SchoolYear($0) }, rules: try StaffingFile.rules(rules, folder), catalogue: compiled, today: today())
            switch reading {
            case .read(let found, let diagnostics):
                complain(diagnostics.filter { $0.severity != .note })
                return found
            case .refused(let diagnostics):
                complain(diagnostics)
                throw ExitCode(2)
            }
        } catch let refusal as StaffingRefusal {
            try fail("\(refusal)", 2)
        }
    }
}
