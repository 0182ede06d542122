public import FundAllocation
public import Planning
public import Reporting
public import Vocabulary

/// 专项经费分配方案: an allocation as an official paper.
public struct FundPaper {
    let problem: FundProblem
    let plan: FundPlan
    let units: Certificate
    let lack: Certificate
    let runnerUp: FundPlan?
    let front: [FundPoint]
    let note: String
    let date: Day
    let source: String

    public init(
        _ problem: FundProblem, plan: FundPlan, units: Certificate, lack: Certificate, runnerUp: FundPlan? = nil, front: [FundPoint] = [],
        note: String, date: Day, source: String
    ) {
        self.problem = problem
        self.plan = plan
        self.units = units
        self.lack = lack
        self.runnerUp = runnerUp
        self.front = front
        self.note = note
        self.date = date
        self.source = source
    }

    public var document: OfficialDocument {
        OfficialDocument(
            title: "\(problem.title)专项经费分配方案", blocks: conclusion + projects + sources + second + frontier,
            signature: "\(problem.title)教育局", date: date.chinese,
            source: "数据来源：\(source)。单价：\(note)求解：\(units.solver)，问题摘要\(units.problem)。方案由均衡（Junheng）逐条用整数和精确分数复核。")
    }

    private var conclusion: [OfficialDocument.Block] {
        let (before, after) = (FundOutcome(problem, FundPlan()), FundOutcome(problem, plan))
        let proof =
            units.bound == units.objective
            ? "在这笔钱和这些条件下，没有方案能让更多单位达标" : units.bound.map { "最多可能还有\(after.short - Int($0))个单位能达标，未能证明" } ?? "没有证明能否更好"
        return [
            .heading(1, "结论"),
            .paragraph(
                "可用\(FundWords.money(problem.budget))万元，安排\(plan.projects.count)个项目，共\(FundWords.money(after.spent))万元。达到学校标准的单位由\(problem.units.count - before.short)个增加到\(problem.units.count - after.short)个（共\(problem.units.count)个）；学生所缺由\(FundWords.whole(before.lack))减到\(FundWords.whole(after.lack))。\(proof)。"
            ),
            .paragraph("学生所缺：每个未达标单位计其学生数，再加每项指标低于门槛的部分占门槛的比例乘以学生数。方案先让未达标单位最少，再让学生所缺最少。"),
        ]
    }

    private var projects: [OfficialDocument.Block] {
        let known = Dictionary(problem.projects.map { ($0.id, $0) }) { first, _ in first }
        let labels = Dictionary(problem.sources.map { ($0.id, $0.label) }) { first, _ in first }
        let rows = plan.projects.compactMap { id -> [String]? in
            guard let project = known[id] else { return nil }
            let paid = plan.payments.filter { $0.project == id }.map { "\(labels[$0.source] ?? $0.source)\(FundWords.money($0.amount))" }
            return [project.title, FundWords.money(project.cost), paid.joined(separator: "，")]
        }
        guard !rows.isEmpty else { return [.paragraph("没有安排项目。")] }
        return [
            .heading(1, "项目"),
            .table(.init(caption: "安排的项目", headers: ["项目", "金额（万元）", "来源（万元）"], widths: [7, 2, 4], rows: rows, numeric: [1])),
        ]
    }

    private var sources: [OfficialDocument.Block] {
        let rows = problem.sources.map { source in
            let paid = plan.payments.filter { $0.source == source.id }.reduce(0) { $0 + $1.amount }
            return [source.label, FundWords.money(source.amount), FundWords.money(paid), FundWords.money(source.amount - paid)]
        }
        var blocks: [OfficialDocument.Block] = [
            .heading(1, "资金"),
            .table(
                .init(
                    caption: "资金来源", headers: ["来源", "额度（万元）", "安排（万元）", "结余（万元）"], widths: [4, 2, 2, 2], rows: rows, numeric: [1, 2, 3])),
        ]
        let spent = Set(plan.projects)
        for share in problem.shares {
            let done = problem.projects.filter { spent.contains($0.id) }
            let own = done.filter { $0.marks.contains(share.mark) }.reduce(0) { $0 + $1.cost }
            let all = done.reduce(0) { $0 + $1.cost }
            let part = all == 0 ? "—" : FundWords.percent(Double(own) / Double(all))
            blocks.append(
                .paragraph("用于\(share.label)的\(FundWords.money(own))万元，占\(part)，规定不少于\(FundWords.percent(share.part.approximate))。"))
        }
        return blocks
    }

    private var second: [OfficialDocument.Block] {
        guard let runnerUp else { return [] }
        return [.heading(1, "次优方案及落选原因")] + FundWords.difference(problem, plan, runnerUp).map { .paragraph($0) }
    }

    private var frontier: [OfficialDocument.Block] {
        guard !front.isEmpty else { return [] }
        let rows = front.map { point in
            [
                FundWords.money(point.budget), FundWords.money(point.spent), "\(point.met)",
                point.most.map { $0 == point.met ? "已证明" : "至多\($0)" } ?? "—",
            ]
        }
        return [
            .heading(1, "钱与达标单位"),
            .table(
                .init(
                    caption: "不同额度能让多少单位达标", headers: ["额度（万元）", "用去（万元）", "达标单位", "证明"], widths: [2, 2, 2, 2], rows: rows,
                    numeric: [0, 1, 2])),
        ]
    }
}

/// Allocations in words.
public enum FundWords {
    /// What the plan does that the runner-up does not, and the other way round; and why the latter lost.
    public static func difference(_ problem: FundProblem, _ plan: FundPlan, _ other: FundPlan) -> [String] {
        let (own, others) = (Set(plan.projects), Set(other.projects))
        func titles(_ ids: Set<String>) -> String {
            let names = problem.projects.filter { ids.contains($0.id) }.map(\.title)
            return names.prefix(8).joined(separator: "；") + (names.count > 8 ? "等\(names.count)个" : "")
        }
        let (best, second) = (FundOutcome(problem, plan), FundOutcome(problem, other))
        let reason =
            second.short > best.short
            ? "它使\(second.short)个单位未达标，比采用的方案多\(second.short - best.short)个。"
            : second.lack > best.lack
                ? "达标单位同样多，但学生所缺为\(whole(second.lack))，比采用的方案多\(whole(second.lack - best.lack))。" : "两个方案效果相同，采用哪个可由贵局决定。"
        let lost = own.subtracting(others)
        let gained = others.subtracting(own)
        return [
            "与采用的方案至少有一成项目不同的方案中，最好的一个共\(money(second.spent))万元。\(reason)",
            lost.isEmpty ? "" : "它不做：\(titles(lost))。", gained.isEmpty ? "" : "它改做：\(titles(gained))。",
        ].filter { !$0.isEmpty }
    }

    static func money(_ yuan: Int) -> String { tenths(Double(yuan) / 10_000) }
    static func percent(_ part: Double) -> String { tenths(part * 100) + "%" }
    static func whole(_ value: Fraction) -> String { String(Int(value.approximate.rounded())) }

    private static func tenths(_ value: Double) -> String {
        let whole = Int((value * 10).rounded())
        return "\(whole < 0 ? "-" : "")\(abs(whole) / 10).\(abs(whole) % 10)"
    }
}
