import Foundation
import Testing
import Vocabulary

@testable import Targets

@Suite("调度清单和填报") struct DispatchTests {
    private func day(_ month: Int, _ day: Int) -> Day { SmallPlan.day(month, day) }
    private let by = PlanSignature(by: "u", name: "人事科", at: Date(timeIntervalSince1970: 0))

    private func plan() throws -> CityPlan {
        try #require(
            SmallPlan.compile(
                """
                  - { task: a, label: 甲, owner: staff, deadline: 2026-12-31 }
                  - { task: b, label: 乙, owner: staff, deadline: 2026-03-04 }
                  - { target: c, label: 丙, amount: { atLeast: 50, unit: "%" }, deadline: 2026-12-31 }
                  - { target: d, label: 丁, amount: { atLeast: 1, unit: 件 }, evidence: { cases: rectification/closed }, deadline: 2026-12-31 }
                """
            ).plan)
    }

    private func meeting(_ number: Int, _ decisions: [(String, Day, Decision.State)]) -> Meeting {
        Meeting(
            id: "m\(number)", plan: "small", number: number, title: "第\(number)次", day: day(1, number),
            decisions: decisions.enumerated().map {
                Decision(
                    id: $1.0, meeting: "m\(number)", number: $0 + 1, text: $1.0, owner: "人事科", due: $1.1, state: $1.2)
            }, by: by)
    }

    @Test("最急的在前，条目先于议定事项；办完的只在全部里") func order() throws {
        let entries = [SmallPlan.entry("a", day(2, 1), 1), SmallPlan.entry("b", day(2, 1), 0)]
        let assessment = PlanAssessment(
            try plan(), facts: PlanFacts(), entries: entries, overrides: [:], counties: [], today: day(4, 1))
        let meetings = [meeting(1, [("迟了", day(3, 1), .open), ("办了", day(3, 1), .done)])]
        func names(_ isWhole: Bool) -> [String] {
            DispatchEntry.list(assessment, meetings, isWhole: isWhole).map {
                switch $0 {
                case .line(let item, _): item.id
                case .decision(let decision, _, _): decision.text
                }
            }
        }
        #expect(names(false).prefix(2) == ["b", "迟了"] && !names(false).contains("a") && !names(false).contains("办了"))
        #expect(names(true).suffix(2) == ["a", "办了"] && names(true).count == 6)
    }

    @Test("下次会先看上次议定的，和更早还没有办结的") func carried() {
        let all = [
            meeting(3, [("新", day(5, 1), .open)]), meeting(2, [("上次办了", day(2, 1), .done)]),
            meeting(1, [("老的没办", day(2, 1), .open), ("老的办了", day(2, 1), .done)]),
        ]
        #expect(all[0].carried(from: all).map(\.decision.text) == ["上次办了", "老的没办"])
        #expect(all[2].carried(from: all).isEmpty)
    }

    @Test("填报不能说以后的事、规划以前的事、超过百分之百的数，也不能填在别处取数的条目") func report() throws {
        let plan = try plan()
        func kept(_ item: String, _ day: Day, _ amount: Double) throws -> EvidenceEntry {
            try EvidenceReport(day: day, amount: amount, document: "文件").entry(
                "e", on: try #require(plan.item(item)), of: plan, county: nil, today: self.day(4, 1), by: by)
        }
        let entry = try kept("c", day(3, 1), 0.5)
        #expect(entry.documents.count == 1 && entry.isCounted(EvidenceRule(documents: 1)) && !entry.isCounted(EvidenceRule(documents: 2)))
        for (item, on, amount, word) in [
            ("c", day(4, 2), 0.5, "还没到"), ("c", SmallPlan.day(12, 31, year: 2025), 0.5, "早于"), ("c", day(3, 1), 1.5, "不会超过100"),
            ("a", day(3, 1), -1, "不小于0"), ("a", day(3, 1), .infinity, "不小于0"), ("d", day(3, 1), 1, "不用填报"),
        ] {
            let refusal = #expect(throws: PlanRefusal.self) { try kept(item, on, amount) }
            #expect(refusal?.message.contains(word) == true, "\(item) \(on) \(amount)")
        }
    }
}
