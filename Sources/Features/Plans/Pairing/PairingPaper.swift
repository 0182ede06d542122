public import AlliancePairing
public import Planning
public import Reporting
public import Vocabulary

/// 强弱校结对方案: a pairing as an official paper.
public struct PairingPaper {
    let drawn: DrawPairing
    let plan: PairingPlan
    let total: Certificate
    let least: Certificate
    let date: Day
    let source: String
    private var problem: PairingProblem { drawn.problem }

    public init(_ drawn: DrawPairing, plan: PairingPlan, total: Certificate, least: Certificate, date: Day, source: String) {
        self.drawn = drawn
        self.plan = plan
        self.total = total
        self.least = least
        self.date = date
        self.source = source
    }

    public var document: OfficialDocument {
        OfficialDocument(
            title: "\(problem.title)强弱校结对方案", blocks: conclusion + groups + unchecked, signature: "\(problem.title)教育局",
            date: date.chinese,
            source: "数据来源：\(source)。求解：\(total.solver)，问题摘要\(total.problem)。方案由均衡（Junheng）逐条用整数复核。")
    }

    private var conclusion: [OfficialDocument.Block] {
        let outcome = PairingOutcome(problem, plan)
        return [
            .heading(1, "结论"),
            .paragraph(
                "\(problem.members.count)所不达标的学校各有一所牵头学校，由\(outcome.groups.count)所达标学校带动。得分合计\(outcome.total)，得分最低的一所\(outcome.least ?? 0)。\(PairingWords.proof(problem, total, least))。"
            ),
            .paragraph(
                "得分的算法：每项指标，成员学校低于门槛多少、牵头学校高于门槛多少，取其中较小的，以门槛的千分之一为1分；每公里路程减\(problem.travelPoints)分\(problem.history.isEmpty ? "" : "，结过对的加\(problem.historyPoints)分")。方案先让合计最高，再让得分最低的学校尽量高。"
            ),
            .paragraph("守住的规则：\(problem.rules.map(\.label.zh).joined(separator: "；"))；每所不达标的学校有且只有一所牵头学校。"),
        ]
    }

    private var groups: [OfficialDocument.Block] {
        let rows = PairingWords.rows(drawn, plan).map { row in
            [
                row.lead, row.member, row.metres.map { PairingWords.kilometres($0) } ?? "未登记", "\(row.gain)",
                row.helps.joined(separator: "、"),
            ]
        }
        return [
            .heading(1, "结对名单"),
            .table(
                .init(
                    caption: "牵头学校与成员学校", headers: ["牵头学校", "成员学校", "距离（公里）", "得分", "能帮的指标"], widths: [4, 4, 2, 1, 5], rows: rows,
                    numeric: [2, 3])),
        ]
    }

    private var unchecked: [OfficialDocument.Block] {
        let words = PairingWords.unchecked(drawn)
        return words.isEmpty ? [] : [.heading(1, "没有核对的")] + words.map { .paragraph($0) }
    }
}

/// Pairings in words.
public enum PairingWords {
    public struct Row: Sendable, Encodable {
        public var lead: String
        public var member: String
        /// Nil where one of the two has no coordinates.
        public var metres: Int?
        public var gain: Int
        /// Items in which the lead has what the member lacks.
        public var helps: [String]
    }

    /// One row per pair, group by group.
    public static func rows(_ drawn: DrawPairing, _ plan: PairingPlan) -> [Row] {
        let problem = drawn.problem
        let gains = PairingOutcome(problem, plan).gains
        let members = Dictionary(problem.members.map { ($0.id, $0) }) { first, _ in first }
        return problem.leads.flatMap { lead in
            plan.pairs.enumerated().filter { $0.element.lead == lead.id }.compactMap { place, pair -> Row? in
                guard let member = members[pair.member], gains.indices.contains(place) else { return nil }
                let helps = member.needs.keys.filter { lead.strengths[$0] != nil }.sorted().map { drawn.labels[$0] ?? $0 }
                return Row(
                    lead: lead.title, member: member.title, metres: problem.metres(lead, member), gain: gains[place], helps: helps)
            }
        }
    }

    static func proof(_ problem: PairingProblem, _ total: Certificate, _ least: Certificate) -> String {
        let (best, bound) = (-(total.objective ?? 0), -(total.bound ?? 0))
        let first =
            total.status == .proved
            ? "在这些条件下，没有结对方案的合计能高过\(Int(best))" : total.bound == nil ? "没有证明合计能否更高" : "合计最多可能到\(Int(bound))，未能证明"
        let second = least.status == .proved ? "，也没有办法让得分最低的学校更高" : "，得分最低的学校能否更高未能证明"
        return first + (problem.concession > 0 ? "（允许让出其中的\(problem.concession)‰）" : "") + second
    }

    /// What was not held against the rules, and why.
    public static func unchecked(_ drawn: DrawPairing) -> [String] {
        var found: [String] = []
        let unplaced = drawn.problem.unplaced
        if !unplaced.isEmpty, drawn.problem.reach != nil || drawn.problem.travelPoints > 0 {
            found.append("没有登记经纬度，没有核对距离，路程按最远的计：\(unplaced.joined(separator: "、"))")
        }
        if !drawn.unknown.isEmpty { found.append("资料不足，没有参加结对：\(drawn.unknown.joined(separator: "、"))") }
        return found
    }

    static func kilometres(_ metres: Int) -> String {
        let tenths = (metres + 50) / 100
        return "\(tenths / 10).\(tenths % 10)"
    }
}
