import Foundation
import Testing
import Vocabulary

@testable import Targets

@Suite("规划的灯") struct LightTests {
    private let amount = "amount: { atLeast: 100, unit: 名 }, deadline: 2026-06-30"
    private func day(_ month: Int, _ day: Int, year: Int = 2026) -> Day { SmallPlan.day(month, day, year: year) }

    @Test("什么都不知道就是资料不足，过了期限也不算完成") func nothingKnown() {
        #expect(SmallPlan.judge(amount, on: day(3, 1)).light == .insufficient)
        let after = SmallPlan.judge(amount, on: day(9, 1))
        #expect(after.light == .insufficient && after.value == nil)
        #expect(after.reasons.contains("没有可用的数；还没有填报"))
    }

    @Test("填报累加；到了目标已完成，过期没到滞后，临近预警，其余推进中")
    func sums() {
        let some = [SmallPlan.entry("t", day(2, 1), 40), SmallPlan.entry("t", day(3, 1), 30)]
        #expect(SmallPlan.judge(amount, some, on: day(4, 1)).light == .onTrack)
        #expect(SmallPlan.judge(amount, some, on: day(4, 1)).value == 70)
        #expect(SmallPlan.judge(amount, some, on: day(6, 1)).light == .atRisk)
        #expect(SmallPlan.judge(amount, some, on: day(6, 30)).light == .atRisk)
        #expect(SmallPlan.judge(amount, some, on: day(7, 1)).light == .late)
        #expect(SmallPlan.judge(amount, some + [SmallPlan.entry("t", day(6, 29), 30)], on: day(7, 1)).light == .done)
    }

    @Test("没有佐证材料的、撤回的、以后日期的不算") func uncounted() {
        var taken = SmallPlan.entry("t", day(2, 1), 100)
        taken.withdrawn = .init(reason: "填错", by: taken.by)
        #expect(SmallPlan.judge(amount, [taken], on: day(3, 1)).light == .insufficient)
        let bare = SmallPlan.judge(amount, [SmallPlan.entry("t", day(2, 1), 100, documents: 0)], on: day(3, 1))
        #expect(bare.light == .insufficient && bare.reasons[0].contains("都还没有附上佐证材料"))
        #expect(SmallPlan.judge(amount, [SmallPlan.entry("t", day(5, 1), 100)], on: day(3, 1)).light == .insufficient)
        let two = SmallPlan.judge(amount + ", evidence: { documents: 2 }", [SmallPlan.entry("t", day(2, 1), 100)], on: day(3, 1))
        #expect(two.light == .insufficient)
    }

    @Test("零是一个数：报了0是推进中，不是资料不足") func zero() {
        #expect(SmallPlan.judge(amount, [SmallPlan.entry("t", day(2, 1), 0)], on: day(3, 1)).light == .onTrack)
    }

    @Test("节点没到滞后，节点将近预警") func milestones() {
        let steps = amount + ", milestones: [{ by: 2026-03-31, value: 50 }, { by: 2026-05-31, value: 80 }]"
        let entries = [SmallPlan.entry("t", day(2, 1), 50)]
        #expect(SmallPlan.judge(steps, [SmallPlan.entry("t", day(2, 1), 49)], on: day(4, 1)).light == .late)
        #expect(SmallPlan.judge(steps, entries, on: day(4, 1)).light == .onTrack)
        #expect(SmallPlan.judge(steps, entries, on: day(5, 10)).light == .atRisk)
        #expect(SmallPlan.judge(steps, entries, on: day(6, 1)).light == .late)
    }

    @Test("序时进度：落后于日历的预警") func pace() {
        let paced = "amount: { atLeast: 100, unit: 名, paced: true }, deadline: 2026-12-31"
        // 到7月2日过了182/364天，应有50名。
        #expect(SmallPlan.judge(paced, [SmallPlan.entry("t", day(2, 1), 49)], on: day(7, 2)).light == .atRisk)
        #expect(SmallPlan.judge(paced, [SmallPlan.entry("t", day(2, 1), 50)], on: day(7, 2)).light == .onTrack)
    }

    @Test("每年的目标每年从头计，去年的不算今年") func yearly() {
        let yearly = "amount: { atLeast: 100, unit: 名, per: year }"
        let plan = SmallPlan.judge(yearly, [SmallPlan.entry("t", day(3, 1), 100)], on: day(6, 1))
        #expect(plan.light == .done && plan.due == day(12, 31))
        #expect(SmallPlan.judge(yearly, [SmallPlan.entry("t", day(12, 30, year: 2025), 100)], on: day(6, 1)).light == .insufficient)
    }

    @Test("占比以最近一次为准") func latest() {
        let share = "amount: { atLeast: 0.9, unit: \"%\" }, deadline: 2026-06-30"
        let entries = [SmallPlan.entry("t", day(1, 5), 0.95), SmallPlan.entry("t", day(3, 1), 0.6)]
        let found = SmallPlan.judge(share, entries, on: day(4, 1))
        #expect(found.value == 0.6 && found.light == .onTrack)
    }

    @Test("各县分别判：一县滞后即滞后，一县没数即资料不足，全到才完成") func counties() {
        let rule = "amount: { atMost: 0.5 }, evidence: { indicator: b/cv, each: county }, deadline: 2026-06-30"
        func facts(_ values: [String: Double?]) -> [String: [PlanFact]] {
            ["indicator:b/cv": values.map { PlanFact($0.value, county: $0.key, source: "监测") }]
        }
        func light(_ values: [String: Double?], _ today: Day) -> PlanLight {
            SmallPlan.judge(rule, facts: facts(values), counties: ["甲县", "乙县"], on: today).light
        }
        #expect(light(["甲县": 0.5, "乙县": 0.3], day(3, 1)) == .done)
        #expect(light(["甲县": 0.5, "乙县": nil], day(3, 1)) == .insufficient)
        #expect(light(["甲县": 0.5], day(3, 1)) == .insufficient)
        #expect(light(["甲县": 0.6, "乙县": 0.3], day(3, 1)) == .onTrack)
        #expect(light(["甲县": 0.6, "乙县": nil], day(7, 1)) == .late)
        #expect(SmallPlan.judge(rule, facts: facts([:]), counties: [], on: day(3, 1)).light == .insufficient)
        let words = SmallPlan.judge(rule, facts: facts(["甲县": 0.6, "乙县": nil]), counties: ["甲县", "乙县"], on: day(3, 1)).reasons[0]
        #expect(words == "目标≤ 0.5，2个县（市、区）中0个已达到；未达到：甲县（0.6）；资料不足：乙县")
    }

    @Test("办结件数没有人数过，不是零件") func cases() {
        let rule = "amount: { atLeast: 40, unit: 件 }, evidence: { cases: rectification/closed }"
        #expect(SmallPlan.judge(rule, on: day(3, 1)).light == .insufficient)
        #expect(SmallPlan.judge(rule, facts: ["cases:rectification/closed": [PlanFact(40, source: "整改")]], on: day(3, 1)).light == .done)
    }

    @Test("人工定灯盖过佐证，两盏灯都看得见") func override() {
        let by = PlanSignature(by: "u", name: "督导室", at: Date(timeIntervalSince1970: 0))
        let found = SmallPlan.judge(
            amount, [SmallPlan.entry("t", day(2, 1), 1)], on: day(7, 1),
            override: LightOverride(item: "t", light: .atRisk, reason: "改建中", by: by))
        #expect(found.light == .atRisk && found.computed == .late && found.override?.reason == "改建中")
    }

    @Test("上级看下级：最差的决定，缺一项就是资料不足") func parents() throws {
        let items = """
              - goal: g
                label: 目标
                holds:
                  - { task: a, label: 甲, deadline: 2026-06-30 }
                  - { task: b, label: 乙, deadline: 2026-03-01 }
            """
        let plan = try #require(SmallPlan.compile(items).plan)
        func light(_ entries: [EvidenceEntry]) -> ItemAssessment? {
            PlanAssessment(plan, facts: PlanFacts(), entries: entries, overrides: [:], counties: [], today: day(4, 1))("g")
        }
        #expect(light([SmallPlan.entry("a", day(2, 1), 1)])?.light == .insufficient)
        #expect(light([SmallPlan.entry("a", day(2, 1), 1), SmallPlan.entry("b", day(2, 1), 1)])?.light == .done)
        let late = light([SmallPlan.entry("a", day(2, 1), 1), SmallPlan.entry("b", day(2, 1), 0)])
        #expect(late?.light == .late && late?.reasons == ["2项：已完成1、滞后1"])
    }

    @Test("多填一条佐证不会让灯变差") func monotone() {
        for amounts in [[10.0], [10, 60], [10, 60, 40]] {
            let entries = amounts.map { SmallPlan.entry("t", day(2, 1), $0) }
            for today in [day(3, 1), day(6, 10), day(8, 1)] {
                let before = SmallPlan.judge(amount, Array(entries.dropLast()), on: today).light
                let after = SmallPlan.judge(amount, entries, on: today).light
                // 从资料不足到滞后是知道得更多，不是变差。
                #expect(before == .insufficient || after.severity <= before.severity, "\(amounts) \(today)")
            }
        }
    }
}
