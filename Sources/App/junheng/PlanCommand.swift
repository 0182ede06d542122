import ArgumentParser
import Assembly
import Foundation
import PathToStandard
import Planning
import Vocabulary

/// `junheng plan …`: methods that propose what to do.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "方案：怎样做最省；规划文本变成数据",
        subcommands: [
            Path.self, VerifyCommand.self, Funds.self, Pairing.self, RotationCommand.self, RosterCommand.self, PostsCommand.self,
            Import.self,
        ])

    /// `junheng plan path`: the cheapest way to the standard.
    struct Path: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "达标路径：最省的投入、招聘和调动",
            discussion:
                "退出码：0 有方案，2 输入有误，3 已证明没有方案（标准错误上写明哪些规则互相冲突），4 限时内没有找到方案，也没有证明没有。--json 里有证明的依据，junheng plan verify 不用求解器就能核对。")

        @OptionGroup var ask: PathAsk
        @Option(help: "限时，秒") var seconds = 60.0
        @Option(help: "离下界不超过这一比例即为证明") var gap = 0.001
        @Flag(help: "算出每条规则的代价") var prices = false
        @Option(help: "结果写成 JSON 文件") var json: String?
        @Option(help: "方案文本，.docx") var report: String?
        @Option(help: "写出实施方案后的学校数据表，.xlsx") var apply: String?

        func validate() throws {
            if !(1...86_400).contains(seconds) { throw ValidationError("--seconds 在 1 到 86400 之间") }
            if !(0...1).contains(gap) { throw ValidationError("--gap 是 0 到 1 之间的数，如 0.001") }
            if let report, !report.lowercased().hasSuffix(".docx") { throw ValidationError("--report 的文件名以 .docx 结尾") }
            if let apply, !apply.lowercased().hasSuffix(".xlsx") { throw ValidationError("--apply 的文件名以 .xlsx 结尾") }
        }

        func run() async throws { try ask.pose(answer) }

        private func answer(_ use: PlanPath) throws {
            let method = try use.method(seconds: seconds, gap: gap)
            switch try method.plan(use.problem) {
            case .plan(let plan, let certificate):
                let list = prices ? try method.prices(use.problem, cost: Int(certificate.objective ?? 0)) : []
                let schedule = ask.years == nil ? nil : try method.schedule(use.problem, plan)
                if ask.years != nil, schedule == nil {
                    try Terminal.fail("有方案，但整件的措施没有排进各年的费用。请把 --budget-per-year 放宽一点，或多分一年", 4)
                }
                if let json { try Terminal.write(PathJSON.plan(use.problem, plan, certificate, list, schedule), to: json) }
                let name = URL(fileURLWithPath: ask.file).lastPathComponent
                if let report {
                    try Terminal.write(use.report(plan, certificate, list, schedule, file: name, date: Terminal.today()), to: report)
                }
                if let apply { try Terminal.write(use.applied(plan), to: apply) }
                tell(use.problem, plan, certificate)
                if let schedule { tell(use.problem, schedule) }
            case .infeasible(let rules, let certificate):
                if let json { try Terminal.write(PathJSON.infeasible(use.problem, rules, certificate), to: json) }
                try Terminal.noPlan(rules, isReduced: certificate.isReduced)
            case .undecided(let certificate):
                try Terminal.fail("限时\(Int(seconds))秒内没有找到方案，也没有证明没有方案（\(certificate.solver)）。请加大 --seconds", 4)
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
            guard let proof = schedule.proof else { return print("  没有证明还能不能更早达标") }
            let rest = proof.most <= proof.reached ? "同样的措施没有更早的排法" : "同样的措施怎样排都不超过\(proof.most)个"
            print("  各年年末达标的学校单位合计\(proof.reached)个，\(rest)")
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
