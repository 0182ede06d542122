import ArgumentParser
import Assembly
import Foundation
import Indicators
import PathToStandard
import Planning
import Vocabulary

/// `junheng plan …`: methods that propose what to do.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "方案：怎样做最省；规划文本变成数据",
        subcommands: [Path.self, Funds.self, Pairing.self, RotationCommand.self, RosterCommand.self, PostsCommand.self, Import.self])

    /// `junheng plan path`: the cheapest way to the standard.
    struct Path: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "达标路径：最省的投入、招聘和调动", discussion: "退出码：0 有方案，2 输入有误或限时内没有方案，3 证明没有方案（标准错误上写明哪些规则互相冲突）。")

        @Argument(help: "学校数据表（.xlsx 或 .csv）") var file: String
        @Option(help: "标准的编号") var standard = "balance-2017"
        @Option(help: "学年起始年份") var year: Int?
        @Option(help: "表中有几个县时指明一个") var county: String?
        @Option(help: "费用表（.yaml）；不写时用目录里的缺省单价") var costs: String?
        @Option(help: "目录文件夹") var catalogue: String?
        @Option(help: "总费用上限，万元") var budget: Double?
        @Option(help: "分几年做完，1 到 10；同时写 --budget-per-year") var years: Int?
        @Option(name: .customLong("budget-per-year"), help: "每年的费用上限，万元") var budgetPerYear: Double?
        @Option(help: "招聘人数上限，0 为不招聘") var hires: Int?
        @Option(help: "调动人数上限，0 为不调动") var moves: Int?
        @Option(name: .customLong("cv-margin"), help: "差异系数要比上限再低百分之几，1 到 50") var margin: Int?
        @Option(name: .customLong("no-build"), help: "不新建的学校，标识码以逗号分开") var noBuild: String?
        @Option(help: "用地上限，形如 标识码=平方米，以逗号分开") var land: String?
        @Option(help: "限时，秒") var seconds = 60.0
        @Option(help: "离下界不超过这一比例即为证明") var gap = 0.001
        @Flag(help: "算出每条规则的代价") var prices = false
        @Option(help: "结果写成 JSON 文件") var json: String?
        @Option(help: "方案文本，.docx") var report: String?
        @Option(help: "写出实施方案后的学校数据表，.xlsx") var apply: String?

        func validate() throws {
            if let budget, !(0...1e9).contains(budget) { throw ValidationError("--budget 以万元为单位，不小于 0") }
            if let years, !(1...10).contains(years) { throw ValidationError("--years 在 1 到 10 之间") }
            if let budgetPerYear, !(0...1e9).contains(budgetPerYear) { throw ValidationError("--budget-per-year 以万元为单位，不小于 0") }
            if (years == nil) != (budgetPerYear == nil) { throw ValidationError("--years 和 --budget-per-year 要一起写") }
            if let hires, hires < 0 { throw ValidationError("--hires 不小于 0") }
            if let moves, moves < 0 { throw ValidationError("--moves 不小于 0") }
            if let margin, !PathLimits.margins.contains(margin) { throw ValidationError("--cv-margin 是 1 到 50 的整数") }
            if !(1...86_400).contains(seconds) { throw ValidationError("--seconds 在 1 到 86400 之间") }
            if !(0...1).contains(gap) { throw ValidationError("--gap 是 0 到 1 之间的数，如 0.001") }
            if let report, !report.lowercased().hasSuffix(".docx") { throw ValidationError("--report 的文件名以 .docx 结尾") }
            if let apply, !apply.lowercased().hasSuffix(".xlsx") { throw ValidationError("--apply 的文件名以 .xlsx 结尾") }
            _ = try limits()
        }

        private func limits() throws -> PathLimits {
            var caps: [String: Int] = [:]
            for pair in (land ?? "").split(separator: ",") {
                let sides = pair.split(separator: "=", maxSplits: 1).map(String.init)
                guard sides.count == 2, let cap = Int(sides[1]), cap >= 0 else { throw ValidationError("--land 写成 标识码=平方米，以逗号分开") }
                caps[sides[0]] = cap
            }
            return PathLimits(
                budget: budget.map { Int(($0 * 10_000).rounded()) }, hires: hires, moves: moves,
                noBuilding: Set((noBuild ?? "").split(separator: ",").map(String.init)), land: caps, years: years,
                yearly: budgetPerYear.map { Int(($0 * 10_000).rounded()) }, margin: margin)
        }

        func run() async throws {
            let folder = try? CatalogueFolder(overlay: catalogue)
            let compiled = try Terminal.compile { try CatalogueFolder(overlay: catalogue) }
            let use = EvaluateWorkbook(
                URL(fileURLWithPath: file), standard: standard, schoolYear: year.map { SchoolYear($0) }, goodRowsOnly: false,
                catalogue: compiled)
            try Terminal.plan(use, named: file) { result, evaluation in
                guard let folder else { throw ExitCode(2) }
                let list = try PlanPath.costs(costs, folder, compiled)
                try answer(PlanPath(evaluation, result, county: county, costs: list, limits: try limits()))
            }
        }

        private func answer(_ use: PlanPath) throws {
            let method = try use.method(seconds: seconds, gap: gap)
            switch try method.plan(use.problem) {
            case .plan(let plan, let certificate):
                let list = prices ? try method.prices(use.problem, cost: Int(certificate.objective ?? 0)) : []
                let schedule = years == nil ? nil : try method.schedule(use.problem, plan)
                if years != nil, schedule == nil {
                    try Terminal.fail("有方案，但整件的措施没有排进各年的费用。请把 --budget-per-year 放宽一点，或多分一年", 2)
                }
                if let json { try Terminal.write(PathJSON.plan(use.problem, plan, certificate, list, schedule), to: json) }
                let name = URL(fileURLWithPath: file).lastPathComponent
                if let report {
                    try Terminal.write(use.report(plan, certificate, list, schedule, file: name, date: Terminal.today()), to: report)
                }
                if let apply { try Terminal.write(use.applied(plan), to: apply) }
                tell(use.problem, plan, certificate)
                if let schedule { tell(use.problem, schedule) }
            case .infeasible(let rules, let certificate):
                if let json { try Terminal.write(PathJSON.infeasible(use.problem, rules, certificate), to: json) }
                try Terminal.noPlan(rules)
            case .undecided(let certificate):
                try Terminal.fail("限时\(Int(seconds))秒内没有找到方案，也没有证明没有方案（\(certificate.solver)）。请加大 --seconds", 2)
            }
        }

        private func tell(_ problem: PathProblem, _ schedule: PathSchedule) {
            for (number, part) in schedule.years.enumerated() {
                let work = PathOutcome(problem, part)
                let standing = PathStanding(PathOutcome(problem, schedule.upTo(number)))
                print(
                    "  第\(number + 1)年：\(String(format: "%.1f", Double(work.cost) / 10_000))万元，年末\(standing.units.count)/\(problem.units.count)个学校单位达标，\(standing.spreads.count)/\(problem.spreadCount)项差异系数不超过上限"
                )
            }
        }

        private func tell(_ problem: PathProblem, _ plan: PathPlan, _ certificate: Certificate) {
            let outcome = PathOutcome(problem, plan)
            let gap = certificate.gap.map { "，离下界 \(String(format: "%.3f", $0 * 100))%" } ?? ""
            print(
                "\(problem.county)：\(String(format: "%.1f", Double(outcome.cost) / 10_000))万元，招聘\(outcome.hires)人，调动\(outcome.moved)人\(gap)，用时\(String(format: "%.1f", certificate.seconds))秒（\(certificate.solver)）"
            )
        }
    }
}
