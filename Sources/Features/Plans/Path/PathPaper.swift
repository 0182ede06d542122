public import PathToStandard
public import Planning
public import Reporting
public import Vocabulary

/// 达标路径方案: a plan as an official paper.
public struct PathPaper {
    let problem: PathProblem
    let plan: PathPlan
    let certificate: Certificate
    /// What each rule costs in yuan; empty where that was not asked.
    let prices: [(rule: PlanRule, saved: Int?)]
    let schedule: PathSchedule?
    let date: Day
    let source: String

    public init(
        _ problem: PathProblem, plan: PathPlan, certificate: Certificate, prices: [(rule: PlanRule, saved: Int?)],
        schedule: PathSchedule? = nil, date: Day, source: String
    ) {
        self.problem = problem
        self.plan = plan
        self.certificate = certificate
        self.prices = prices
        self.schedule = schedule
        self.date = date
        self.source = source
    }

    public var document: OfficialDocument {
        OfficialDocument(
            title: "\(problem.county)达标路径方案", subtitle: problem.costs.label.zh,
            blocks: conclusion + work + moves + years + spreads + priceList,
            signature: "\(problem.county)教育局", date: date.chinese,
            source: "数据来源：\(source)。单价：\(problem.costs.note)求解：\(certificate.solver)，问题摘要\(certificate.problem)。方案由均衡（Junheng）逐条用精确分数复核。")
    }

    private var conclusion: [OfficialDocument.Block] {
        let outcome = PathOutcome(problem, plan)
        let proof =
            certificate.gap.map { gap in
                gap < 0.000_05 ? "没有更省的方案" : "离已知最低限不超过\(percent(gap))"
            } ?? "没有证明离最省还有多远"
        return [
            .heading(1, "结论"),
            .paragraph(
                "按本方案，\(problem.county)\(problem.units.count)个学校单位全部达标，各项校际差异系数均不超过上限。共需\(money(outcome.cost))万元，其中招聘\(outcome.hires)人，县内调动\(outcome.moved)人。\(proof)。"
            ),
        ]
    }

    private var work: [OfficialDocument.Block] {
        let rows = plan.steps.compactMap { step -> [String]? in
            guard let action = problem.costs.actions.first(where: { $0.id == step.action }) else { return nil }
            return [name(step.place), action.label, "\(step.count)×\(action.unit)", money(action.cost * step.count)]
        }
        guard !rows.isEmpty else { return [] }
        return [
            .heading(1, "投入与招聘"),
            .table(.init(caption: "各校措施", headers: ["学校", "措施", "数量", "费用（万元）"], widths: [4, 4, 2, 2], rows: rows, numeric: [3])),
        ]
    }

    private var moves: [OfficialDocument.Block] {
        let rows = plan.moves.compactMap { move -> [String]? in
            guard let action = problem.costs.actions.first(where: { $0.id == move.action }) else { return nil }
            return [action.label, name(move.from), name(move.to), "\(move.count)"]
        }
        guard !rows.isEmpty else { return [] }
        return [
            .heading(1, "县内教师调动"),
            .table(.init(caption: "调动", headers: ["类别", "从", "到", "人数"], widths: [3, 4, 4, 1], rows: rows, numeric: [3])),
        ]
    }

    private var years: [OfficialDocument.Block] {
        guard let schedule else { return [] }
        let years = PathSheet.years(problem, schedule, PlaceNames(problem))
        let rows = years.map { year -> [String] in
            [
                "第\(year.number)年", money(year.cost), "\(year.hires)", "\(year.moved)", "\(year.unitsMet)/\(year.units)",
                "\(year.spreadsMet)/\(year.spreads)",
            ]
        }
        let work = years.flatMap { year in
            year.lines.map { line -> [String] in
                ["第\(year.number)年", line.place, line.action, PathWords.amount(line.count, line.unit), money(line.cost)]
            }
        }
        return [
            .heading(1, "分年安排"),
            .paragraph(
                "每件措施整件排进一年。各年费用不超过当年的上限，已经达标的学校和差异系数在以后各年不再掉下去。"
                    + (PathSheet.Earliness(problem, schedule).map(PathWords.earliness) ?? "")),
            .table(
                .init(
                    caption: "各年的费用和年末的情况", headers: ["年度", "费用（万元）", "招聘（人）", "调动（人）", "达标学校单位", "达标差异系数"],
                    widths: [2, 2, 2, 2, 2, 2], rows: rows, numeric: [1, 2, 3])),
            .table(
                .init(
                    caption: "各年的措施", headers: ["年度", "学校", "措施", "数量", "费用（万元）"], widths: [1, 4, 4, 2, 2], rows: work, numeric: [4])),
        ]
    }

    private var spreads: [OfficialDocument.Block] {
        let (before, after) = (PathOutcome(problem, PathPlan()), PathOutcome(problem, plan))
        let rows = problem.stages.flatMap { stage in
            problem.items.map { item -> [String] in
                let values = [before, after].map { outcome in
                    outcome.squaredCV(item, stage).map { decimals(Swift.max(0, $0.approximate).squareRoot(), 3) } ?? "—"
                }
                return [stage.label.zh, item.label] + values + [
                    problem.standardCeiling(item, stage).map { decimals($0.approximate, 2) } ?? "—"
                ]
            }
        }
        return [
            .heading(1, "校际差异系数"),
            .table(
                .init(
                    caption: "方案前后", headers: ["学段", "指标", "现状", "方案后", "上限"], widths: [1, 3, 1, 1, 1], rows: rows,
                    numeric: [2, 3, 4])),
        ]
    }

    private var priceList: [OfficialDocument.Block] {
        let rows = prices.map { [$0.rule.label.zh, $0.saved.map(money) ?? "未算出"] }
        guard !rows.isEmpty else { return [] }
        return [
            .heading(1, "各条规则的代价"),
            .table(.init(caption: "去掉该条可省", headers: ["规则", "可省（万元）"], widths: [6, 2], rows: rows, numeric: [1])),
        ]
    }

    private func name(_ place: String) -> String {
        problem.units.first { $0.id == place }?.title ?? problem.schools.first { $0.id == place }?.name ?? place
    }

    private func money(_ yuan: Int) -> String { decimals(Double(yuan) / 10_000, 1) }
    private func percent(_ part: Double) -> String { decimals(part * 100, 2) + "%" }

    private func decimals(_ value: Double, _ count: Int) -> String {
        let power = (0..<count).reduce(1) { product, _ in product * 10 }
        let whole = Int((value * Double(power)).rounded())
        let digits = String(abs(whole) % power)
        return "\(whole < 0 ? "-" : "")\(abs(whole) / power)." + String(repeating: "0", count: count - digits.count) + digits
    }
}
