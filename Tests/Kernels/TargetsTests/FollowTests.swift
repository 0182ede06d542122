import Foundation
import Testing
import Vocabulary

@testable import Targets

@Suite("跟踪规划") struct FollowTests {
    private func day(_ month: Int, _ day: Int) -> Day { SmallPlan.day(month, day) }
    private let items = """
          - { task: a, label: 甲, owner: staff, deadline: 2026-03-04 }
          - { task: b, label: 乙, deadline: 2026-12-31 }
          - { target: c, label: 丙, amount: { atLeast: 10, unit: 所 }, deadline: 2026-12-31 }
        """

    private func assessment(_ entries: [EvidenceEntry], _ today: Day) throws -> PlanAssessment {
        PlanAssessment(
            try #require(SmallPlan.compile(items).plan), facts: PlanFacts(), entries: entries, overrides: [:], counties: [], today: today)
    }

    @Test("本周滑落：只列比上次差的，最差的在前；没有上周就说没有") func slips() throws {
        let entries = [SmallPlan.entry("a", day(2, 1), 0), SmallPlan.entry("b", day(2, 1), 1), SmallPlan.entry("c", day(2, 1), 3)]
        // 3月2日是星期一：2月23日那一周甲已预警。
        let before = try assessment(entries, day(2, 26))
        let now = try assessment(entries, day(3, 6))
        #expect(Slip.list([], now) == nil)
        let slips = try #require(Slip.list(WeekRecord.list(before), now))
        #expect(slips.map(\.id) == ["a"] && slips[0].before == .atRisk && slips[0].now == .late && slips[0].since == day(2, 23))
        // 同一周的记录不拿来比。
        #expect(Slip.list(WeekRecord.list(now), now) == nil)
        let withdrawn = try assessment([entries[0], entries[2]], day(3, 6))
        #expect(try #require(Slip.list(WeekRecord.list(before), withdrawn)).map(\.id) == ["a", "b"])
    }

    @Test("完成走势：累计到今天，计划线过节点到期限") func burnUp() throws {
        let plan = try #require(SmallPlan.compile(items).plan)
        let charge = try #require(plan.charges.first { $0.id == "c" })
        let entries = [
            SmallPlan.entry("c", day(3, 1), 4), SmallPlan.entry("c", day(2, 1), 3), SmallPlan.entry("c", day(3, 5), 9, documents: 0),
        ]
        let burn = BurnUp(charge, plan: plan, entries: entries, today: day(4, 1))
        #expect(burn.reached.map(\.value) == [0, 3, 7, 7])
        #expect(burn.planned == [.init(day: day(1, 1), value: 0), .init(day: day(12, 31), value: 10)])
    }

    @Test("责任链从市级领导到牵头单位，再到县和学校") func chain() throws {
        let plan = try #require(
            SmallPlan.compile(
                "  - { target: t, label: 指标, owner: staff, amount: { atMost: 0.5 }, evidence: { indicator: x, each: county } }"
            ).plan)
        let facts = PlanFacts(["indicator:x": [PlanFact(0.7, county: "甲县", source: "", schools: ["一小", "二小"])]])
        let assessment = PlanAssessment(plan, facts: facts, entries: [], overrides: [:], counties: ["甲县", "乙县"], today: day(3, 1))
        let chain = ResponsibilityChain(try #require(plan.charges.first), plan: plan, assessment: try #require(assessment("t")))
        #expect(chain.links.map(\.office) == ["分管副市长", "人事科", "甲县教育局", "乙县教育局", "一小、二小"])
        #expect(chain.links[3].light == .insufficient)
    }

    @Test("写错的规划说出文件和行") func complaints() {
        func codes(_ items: String, head: String = "") -> [String] {
            SmallPlan.compile(items, head: head).complaints.map { "\($0.code)@\($0.place)" }
        }
        #expect(codes("  - { task: a, label: 甲, owner: stafff }") == ["plan.owner@p.yaml:11:33"])
        #expect(codes("  - { task: a, label: 甲 }\n  - { task: a, label: 乙 }") == ["plan.id.duplicate@p.yaml:12:13"])
        #expect(codes("  - { target: a, label: 甲 }") == ["plan.target@p.yaml:11:5"])
        #expect(codes("  - { target: a, label: 甲, amount: { atLeast: 15, unit: \"%\" } }").first?.hasPrefix("plan.amount.share") == true)
        #expect(codes("  - { task: a, label: 甲, deadline: 2030-01-01 }").first?.hasPrefix("plan.day") == true)
        #expect(codes("  - task: a\n    label: 甲\n    holds: [ { goal: b, label: 乙 } ]").first?.hasPrefix("plan.level.order") == true)
        #expect(
            codes("  - { task: a, label: 甲 }", head: "counts: [ { name: 十大行动, count: 10, of: task } ]").first?.hasPrefix(
                "plan.count@p.yaml:9") == true)
        #expect(codes("  - { target: a, label: 甲, amount: { atLeast: 甲 } }").first?.hasPrefix("definition.number") == true)
    }
}
