import ArgumentParser
import Assembly
import Foundation
import FundAllocation
import Indicators
import PathToStandard
import Planning
import Plans
import Vocabulary

extension PlanCommand {
    /// `junheng plan funds`: which projects a special fund pays.
    struct Funds: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "专项经费：一笔钱先做哪些项目",
            discussion: "项目由学校数据的短板按费用表生成，整项安排。退出码：0 有方案，2 输入有误，3 已证明没有方案（标准错误上写明哪些规则互相冲突），4 限时内没有找到方案，也没有证明没有。")

        @Argument(help: "学校数据表（.xlsx 或 .csv）") var file: String
        @Option(
            name: .customLong("fund"), parsing: .upToNextOption,
            help: "资金来源，形如 名称=万元 或 名称=万元:用途,用途（用途：build 校舍场地，equip 设备，train 培训，hire 招聘），可写几个") var funds: [String]
        @Option(name: .customLong("share"), parsing: .upToNextOption, help: "至少多少用于哪类学校，形如 乡村=0.4、薄弱=0.3（薄弱：有指标低于底线），可写几个")
        var shares: [String] = []
        @Option(help: "标准的编号") var standard = "balance-2017"
        @Option(help: "学年起始年份") var year: Int?
        @Option(help: "表中有几个县时指明一个") var county: String?
        @Option(help: "费用表（.yaml）；不写时用目录里的缺省单价") var costs: String?
        @Option(help: "目录文件夹") var catalogue: String?
        @Option(help: "限时，秒") var seconds = 30.0
        @Flag(name: .customLong("runner-up"), help: "同时给出次优方案和落选原因") var runnerUp = false
        @Option(help: "算出额度从零到两倍之间几个点各能让多少单位达标") var front = 0
        @Option(help: "结果写成 JSON 文件") var json: String?
        @Option(help: "方案文本，.docx") var report: String?
        @Option(help: "写出实施方案后的学校数据表，.xlsx") var apply: String?

        func validate() throws {
            if !(1...86_400).contains(seconds) { throw ValidationError("--seconds 在 1 到 86400 之间") }
            if !(0...100).contains(front) || front == 1 { throw ValidationError("--front 写 2 到 100 之间的点数") }
            if let report, !report.lowercased().hasSuffix(".docx") { throw ValidationError("--report 的文件名以 .docx 结尾") }
            if let apply, !apply.lowercased().hasSuffix(".xlsx") { throw ValidationError("--apply 的文件名以 .xlsx 结尾") }
            _ = (try sources(), try parts())
        }

        private func sources() throws -> [FundProblem.Source] {
            let kinds = Set(PathAction.Kind.allCases.filter { $0 != .move }.map(\.rawValue))
            return try funds.enumerated().map { number, text in
                let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
                let rest = (sides.last ?? "").split(separator: ":", maxSplits: 1).map(String.init)
                let uses = Set((rest.count > 1 ? rest[1] : "").split(separator: ",").map(String.init))
                guard sides.count == 2, let amount = rest.first.flatMap(Double.init), (0...1e9).contains(amount), uses.isSubset(of: kinds)
                else { throw ValidationError("--fund “\(text)”写成 名称=万元 或 名称=万元:build,equip") }
                return FundProblem.Source(id: "f\(number + 1)", label: sides[0], amount: Int((amount * 10_000).rounded()), kinds: uses)
            }
        }

        private func parts() throws -> [FundProblem.Share] {
            try shares.map { text in
                let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
                guard sides.count == 2, let value = Double(sides[1]), (0...1).contains(value), let part = Fraction(decimal: value) else {
                    throw ValidationError("--share “\(text)”写成 类别=比例，如 乡村=0.4")
                }
                return FundProblem.Share(mark: sides[0], label: sides[0] == DrawProjects.weak ? "薄弱学校" : "\(sides[0])学校", part: part)
            }
        }

        func run() async throws {
            try Terminal.plan(file, standard, year, catalogue) { result, evaluation, folder, compiled in
                let list = try PlanPath.costs(costs, folder, compiled)
                try answer(
                    PlanFunds(evaluation, result, county: county, costs: list, sources: try sources(), shares: try parts()), list)
            }
        }

        private func answer(_ use: PlanFunds, _ list: CostList) throws {
            let (method, missing) = PlanFunds.method(seconds: seconds)
            if let missing { Terminal.complain("\(missing)。改用不带证明的算法") }
            switch try method.plan(use.problem) {
            case .plan(let plan, let units, let lack):
                var second: FundPlan?
                if runnerUp, case .plan(let other, _, _) = try method.plan(use.problem, unlike: [plan]) { second = other }
                let parts = front < 2 ? [] : (0..<front).map { Fraction(2 * $0, over: front - 1) }
                let points = parts.isEmpty ? [] : try method.front(use.problem, parts: parts)
                if let json {
                    try Terminal.write(
                        FundJSON.plan(use.problem, plan, units: units, lack: lack, runnerUp: second, front: points), to: json)
                }
                if let report {
                    let paper = FundPaper(
                        use.problem, plan: plan, units: units, lack: lack, runnerUp: second, front: points, note: list.note,
                        date: Terminal.today(), source: URL(fileURLWithPath: file).lastPathComponent)
                    try Terminal.write(use.report(paper), to: report)
                }
                if let apply { try Terminal.write(use.applied(plan), to: apply) }
                tell(use.problem, plan, units)
            case .infeasible(let rules, let certificate):
                if let json { try Terminal.write(FundJSON.infeasible(use.problem, rules, certificate), to: json) }
                try Terminal.noPlan(rules, isReduced: certificate.isReduced)
            case .undecided(let certificate):
                try Terminal.fail("限时\(Int(seconds))秒内没有找到方案，也没有证明没有方案（\(certificate.solver)）。请加大 --seconds", 4)
            }
        }

        private func tell(_ problem: FundProblem, _ plan: FundPlan, _ units: Certificate) {
            let (before, after) = (FundOutcome(problem, FundPlan()), FundOutcome(problem, plan))
            let proof = units.status == .proved ? "，已证明不能更多" : ""
            print(
                "\(problem.title)：\(plan.projects.count)个项目，\(String(format: "%.1f", Double(after.spent) / 10_000))万元，达标单位由\(problem.units.count - before.short)个增到\(problem.units.count - after.short)个\(proof)，用时\(String(format: "%.1f", units.seconds))秒（\(units.solver)）"
            )
        }
    }
}
