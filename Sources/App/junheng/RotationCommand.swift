import ArgumentParser
import Assembly
import Exchanges
import Foundation
import Indicators
import Planning
import TeacherRotation
import Vocabulary

/// `junheng plan rotation`: who is exchanged between which schools.
struct RotationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotation", abstract: "交流轮岗：教师在学校间怎样交流最均衡",
        discussion: "退出码：0 有方案，2 输入有误，3 已证明没有方案（标准错误上写明哪些规则互相冲突），4 限时内没有找到方案，也没有证明没有。")

    @Argument(help: "工作簿（.xlsx），含“教师名册”和“学校数据”两张表") var file: String
    @Option(help: "学校数据另在一份文件时指明") var schools: String?
    @Option(help: "学年起始年份") var year: Int?
    @Option(help: "表中有几个县时指明一个") var county: String?
    @Option(help: "交流轮岗规则（.yaml）；不写时用目录里的") var rules: String?
    @Option(help: "目录文件夹") var catalogue: String?
    @Option(help: "交流比例，如 0.15；不写时按规则") var rate: Double?
    @Option(help: "比例的基数：eligible 符合条件教师，full-time 专任教师；不写时按规则") var of: String?
    @Option(help: "最多比规定比例再多这一份，如 0.01") var room: Double?
    @Flag(name: .customLong("what-if"), help: "另算 10%、15%、20%、27%、36% 各有什么效果") var whatIf = false
    @Option(help: "限时，秒") var seconds = 120.0
    @Option(help: "离下界不超过这一比例即为证明") var gap = 0.005
    @Option(help: "结果写成 JSON 文件") var json: String?
    @Option(help: "轮岗方案，含名单，.docx") var report: String?
    @Option(help: "公示稿，.xlsx") var published: String?
    @Option(help: "写出实施方案后的名册和学校数据，.xlsx") var apply: String?

    func validate() throws {
        for (name, part) in [("--rate", rate), ("--room", room)] {
            if let part, Share(decimal: part) == nil { throw ValidationError("\(name) 是 0 到 1 之间的数，如 0.15，最多四位小数") }
        }
        if let of, RotationRules.Basis(rawValue: of) == nil { throw ValidationError("--of 写 eligible 或 full-time") }
        if !(1...86_400).contains(seconds) { throw ValidationError("--seconds 在 1 到 86400 之间") }
        if !(0...1).contains(gap) { throw ValidationError("--gap 是 0 到 1 之间的数，如 0.005") }
        if let report, !report.lowercased().hasSuffix(".docx") { throw ValidationError("--report 的文件名以 .docx 结尾") }
        for (name, path) in [("--published", published), ("--apply", apply)] {
            if let path, !path.lowercased().hasSuffix(".xlsx") { throw ValidationError("\(name) 的文件名以 .xlsx 结尾") }
        }
    }

    func run() async throws {
        let compiled = try Terminal.compile { try CatalogueFolder(overlay: catalogue) }
        guard let folder = try? CatalogueFolder(overlay: catalogue) else { throw ExitCode(2) }
        do {
            var rules = try PlanRotation.rules(rules, folder)
            if let share = rate.flatMap(Share.init(decimal:)) { rules.rate = share }
            if let share = room.flatMap(Share.init(decimal:)) { rules.room = share }
            if let basis = of.flatMap(RotationRules.Basis.init(rawValue:)) { rules.basis = basis }
            let reading = PlanRotation.read(
                URL(fileURLWithPath: file), schools: schools.map { URL(fileURLWithPath: $0) }, county: county,
                year: year.map { SchoolYear($0) }, rules: rules, catalogue: compiled, today: Terminal.today())
            switch reading {
            case .refused(let diagnostics):
                Terminal.complain(diagnostics)
                throw ExitCode(2)
            case .read(let use, let diagnostics):
                Terminal.complain(diagnostics.filter { $0.severity != .note })
                try answer(use)
            }
        } catch let refusal as RotationRefusal {
            try Terminal.fail("\(refusal)", 2)
        } catch let failure as SolverFailure {
            try Terminal.fail("\(failure)", 2)
        }
    }

    private func answer(_ use: PlanRotation) throws {
        let method = PlanRotation.method(seconds: seconds, gap: gap)
        let problem = use.problem
        switch try method.plan(problem) {
        case .plan(let plan, let certificate):
            let steps = whatIf ? RotationRate.steps : []
            let rates = try method.rates(problem, steps)
            if let json { try Terminal.write(RotationJSON.plan(problem, plan, certificate, rates), to: json) }
            let name = URL(fileURLWithPath: file).lastPathComponent
            if let report { try Terminal.write(use.report(plan, certificate, rates, file: name, date: Terminal.today()), to: report) }
            if let published { try Terminal.write(use.published(plan), to: published) }
            if let apply { try Terminal.write(use.applied(plan), to: apply) }
            tell(problem, plan, certificate)
            for rate in rates { tell(problem, rate) }
        case .infeasible(let rules, let certificate):
            if let json { try Terminal.write(RotationJSON.infeasible(problem, rules, certificate), to: json) }
            try Terminal.noPlan(rules)
        case .undecided(let certificate):
            try Terminal.fail("限时\(Int(seconds))秒内没有找到方案，也没有证明没有方案（\(certificate.solver)）。请加大 --seconds，或执行 make setup 装上求解器", 4)
        }
    }

    private func tell(_ problem: RotationProblem, _ plan: RotationPlan, _ certificate: Certificate) {
        let outcome = RotationOutcome(problem, plan)
        let gap = certificate.gap.map { "离下界 \(String(format: "%.3f", $0 * 100))%" } ?? "没有求解器，没有算下界"
        print(
            "\(problem.region)：交流\(outcome.moved)人，骨干\(outcome.backbones)人；\(spreads(problem, outcome))；\(gap)，用时\(String(format: "%.1f", certificate.seconds))秒（\(certificate.solver)）"
        )
    }

    private func tell(_ problem: RotationProblem, _ rate: RotationRate) {
        if let outcome = rate.outcome {
            print("  \(rate.rate)：\(outcome.moved)人；\(spreads(problem, outcome))")
        } else {
            print("  \(rate.rate)：\(rate.isImpossible ? "做不到" : "未算出")")
        }
    }

    private func spreads(_ problem: RotationProblem, _ outcome: RotationOutcome) -> String {
        problem.stages.flatMap { stage in
            SpreadKind.allCases.map { kind in
                let values = [false, true].map { outcome.cv(kind, stage, isAfter: $0).map { String(format: "%.3f", $0) } ?? "—" }
                return "\(stage.label.zh)\(kind.label)差异系数 \(values[0])→\(values[1])"
            }
        }.joined(separator: "，")
    }
}

/// `junheng plan roster`: the empty roster, or the demo city's.
struct RosterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "roster", abstract: "写出空白的教师名册，或演示用的名册和学校数据")

    @Argument(help: "要写的文件，.xlsx") var out: String
    @Option(help: "写出演示县的名册和学校数据，如 清河县") var example: String?
    @Flag(help: "含全体教职工和编制数据，供 junheng staffing 用") var staffing = false
    @Option(help: "学年起始年份") var year: Int?
    @Option(help: "目录文件夹") var catalogue: String?

    func run() async throws {
        let compiled = try Terminal.compile { try CatalogueFolder(overlay: catalogue) }
        do {
            let data = try example.map { try PlanRotation.example(compiled, county: $0, isWhole: staffing) }
            let asked = year.map { SchoolYear($0) } ?? Terminal.today().schoolYear
            try Terminal.write(data ?? PlanRotation.template(compiled, year: asked, isWhole: staffing), to: out)
        } catch let refusal as RotationRefusal {
            Terminal.complain("\(refusal)")
            throw ExitCode(2)
        }
    }
}
