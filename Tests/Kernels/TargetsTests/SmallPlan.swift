import Definitions
import Foundation
import Vocabulary

@testable import Targets

/// A plan small enough to follow by hand, and what offices report on it.
enum SmallPlan {
    static func compile(_ items: String, head: String = "") -> (plan: CityPlan?, complaints: [Diagnostic]) {
        let text = """
            plan: small
            label: 小规划
            document: { title: 文件, issuer: 教育局, date: "2026", source: 测试 }
            from: 2026-01-01
            until: 2026-12-31
            offices:
              - { id: leader, label: 分管副市长, level: cityLeader }
              - { id: staff, label: 人事科, level: section, under: leader }
            \(head)
            items:
            \(items)
            """
        let log = DiagnosticLog()
        let plans = CityPlan.list(DefinitionSet([DefinitionFile(path: "p.yaml", text: text)], log), log)
        return (plans.first, log.diagnostics)
    }

    static func day(_ month: Int, _ day: Int, year: Int = 2026) -> Day { Day(year: year, month: month, day: day) }

    static func entry(
        _ item: String, _ day: Day, _ amount: Double?, documents: Int = 1, county: String? = nil, id: String = UUID().uuidString
    ) -> EvidenceEntry {
        EvidenceEntry(
            id: id, plan: "small", item: item, county: county, day: day, amount: amount,
            documents: (0..<documents).map { EvidenceDocument(name: "材料\($0)") },
            by: PlanSignature(by: "u", name: "人事科", at: Date(timeIntervalSince1970: 0)))
    }

    /// One leaf `t` of a plan, judged.
    static func judge(
        _ attributes: String, _ entries: [EvidenceEntry] = [], facts: [String: [PlanFact]] = [:], counties: [String] = [], on today: Day,
        override: LightOverride? = nil
    ) -> ItemAssessment {
        let plan = compile("  - { target: t, label: 指标, owner: staff, \(attributes) }").plan
        let assessment = plan.map {
            PlanAssessment(
                $0, facts: PlanFacts(facts), entries: entries, overrides: override.map { ["t": $0] } ?? [:], counties: counties,
                today: today)
        }
        return assessment?("t")
            ?? ItemAssessment(
                id: "", computed: .insufficient, override: nil, reasons: ["没有编译"], value: nil, expected: nil, counts: [:], parts: [])
    }
}
