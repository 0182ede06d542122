import Casework
import Foundation
import Testing
import Vocabulary

@Suite("办件的裁决") struct CaseDecisionTests {
    private typealias Show = FlowerShow
    private let day = Day(year: 2026, month: 3, day: 20)

    private func signing(coOwners: [CaseUnit]? = nil) throws -> Case {
        try Show.opened(coOwners: coOwners).after(Show.command(.act("send"), Show.gardener(), answers: ["day": .date(day)]))
    }

    private func shown() throws -> Case { try signing().after(Show.command(.act("sign"), Show.gardener())) }

    @Test("立件：在所在地、编号、期限跳过假日、责任单位") func opening() throws {
        let item = try Show.opened()
        #expect(item.state == "entered" && item.number == "花〔2026〕1号" && item.revision == 1)
        #expect(item.owner == CaseUnit(role: "gardener", county: "甲县", school: "1"))
        // 4 March is a holiday here: three working days after Monday the 2nd are 3, 5 and 6 March.
        #expect(item.due.day == Day(year: 2026, month: 3, day: 6) && item.due.isProvisional == false)
        let elsewhere = CaseBeginning(title: "牡丹", place: CasePlace(county: "乙县", school: "9", label: "乙校"), subject: "9")
        let refused = try Show.definition().decide(Show.command(.open(elsewhere), Show.gardener()), on: nil, with: Show.around)
        #expect(throws: CaseRefusal.self) { try refused.get() }
        if case .failure(let refusal) = refused { #expect(refusal.code == .place) }
    }

    @Test("同一个函数决定按钮：状态、岗位、所在地") func buttons() throws {
        func buttons(_ item: Case, _ actor: CaseActor) throws -> [String] {
            try Show.definition().availableActions(on: item, for: actor, at: Show.start, today: Show.today, with: Show.around).map(\.id)
        }
        let item = try Show.opened()
        #expect(try buttons(item, Show.gardener()) == ["water", "send", "wilt"])
        #expect(try buttons(item, Show.gardener("2")) == [])
        #expect(try buttons(item, Show.judge()) == ["pass"])
        #expect(try buttons(item, Show.judge("k", county: "乙县")) == [])
        #expect(try buttons(try shown(), Show.gardener()) == ["measure", "wilt"])
        #expect(try buttons(try shown(), Show.judge()) == ["prize", "seed"])
    }

    @Test("会签：都签了才往下走，签过的不能再签") func joint() throws {
        let other = CaseUnit(role: "gardener", county: "甲县", school: "2")
        var item = try signing(coOwners: [other])
        let definition = try Show.definition()
        #expect(Set(definition.summary(item).waiting) == [try #require(item.owner), other])
        item = try item.after(Show.command(.act("sign"), Show.gardener()))
        #expect(item.state == "signing" && definition.summary(item).waiting == [other])
        #expect(try item.refusal(Show.command(.act("sign"), Show.gardener()))?.code == .signed)
        #expect(try item.refusal(Show.command(.act("sign"), Show.gardener("3")))?.code == .role)
        #expect(try item.after(Show.command(.act("sign"), Show.gardener("2"))).state == "shown")
        #expect(try item.after(Show.command(.act("wave"), Show.minister)).state == "shown")
    }

    @Test("转办：要选单位和写理由，转走以后原单位不能办") func handOver() throws {
        let item = try Show.opened()
        let target = CaseUnit(role: "gardener", county: "甲县", school: "2")
        #expect(try item.refusal(Show.command(.act("pass"), Show.judge(), target: target))?.code == .reason)
        #expect(try item.refusal(Show.command(.act("pass"), Show.judge(), reason: "太忙"))?.code == .target)
        let wrong = CaseUnit(role: "judge", county: "甲县")
        #expect(try item.refusal(Show.command(.act("pass"), Show.judge(), reason: "太忙", target: wrong))?.code == .target)
        let passed = try item.after(Show.command(.act("pass"), Show.judge(), reason: "太忙", target: target))
        #expect(passed.owner == target && passed.state == "entered" && passed.due == item.due)
        #expect(try passed.refusal(Show.command(.act("water"), Show.gardener()))?.code == .role)
        #expect(try passed.after(Show.command(.act("water"), Show.gardener("2"))).history.last?.label == "浇水")
    }

    @Test("佐证：份数、重复、早于立件、离校太远、没有时间只作记录") func evidence() throws {
        let item = try shown()
        func prize(_ evidence: [Evidence]) -> CaseCommand { Show.command(.act("prize"), Show.judge(), minute: 5, evidence: evidence) }
        func says(_ evidence: [Evidence]) throws -> String { try item.refusal(prize(evidence))?.message ?? "" }
        #expect(try says([Show.photo("a")]).contains("至少要2份，现有1份"))
        #expect(try says([Show.photo("a"), Show.photo("a")]).contains("相同的文件只算一份"))
        #expect(try says([Show.photo("a"), Show.photo("b", at: Show.start.addingTimeInterval(-86_400))]).contains("“b.jpg”是立件以前的"))
        #expect(try says([Show.photo("a"), Show.photo("b", at: Show.start.addingTimeInterval(86_400))]).contains("晚于现在"))
        #expect(try says([Show.photo("a"), Show.photo("b", latitude: 23.01)]).contains("离学校约1112米，超出100米"))
        var blind = Show.photo("b")
        (blind.takenAt, blind.position) = (nil, nil)
        let done = try item.after(prize([Show.photo("a"), blind]))
        #expect(done.state == "won" && done.history.last?.findings.map(\.code) == ["evidence.time", "evidence.place"])
        let unknown = CaseSurroundings(calendar: Show.calendar)
        #expect(
            try item.after(prize([Show.photo("a"), Show.photo("b")]), unknown).history.last?.findings.map(\.code) == [
                "evidence.site", "evidence.site",
            ])
        #expect(try item.refusal(Show.command(.act("measure"), Show.gardener()))?.code == .evidence)
        let wrongUnit = Evidence(kind: .measurement, value: 3, unit: "m")
        #expect(try item.refusal(Show.command(.act("measure"), Show.gardener(), evidence: [wrongUnit]))?.message.contains("单位应是cm") == true)
    }

    @Test("条件不符、子事项未结、办理人不能自己复核") func permissions() throws {
        let proof = [Show.photo("a"), Show.photo("b")]
        var few = try Show.opened(["name": .text("兰"), "stems": .number(2)])
        few = try few.after(Show.command(.act("send"), Show.gardener(), answers: ["day": .date(day)]))
        few = try few.after(Show.command(.act("sign"), Show.gardener()))
        #expect(try few.refusal(Show.command(.act("prize"), Show.judge(), evidence: proof))?.code == .condition)
        var item = try shown()
        item.openSubCases = 1
        #expect(try item.refusal(Show.command(.act("prize"), Show.judge(), evidence: proof))?.code == .subCases)
        item.openSubCases = 0
        let both = CaseActor(id: "g1", name: "园丁兼评委", posts: [.init(role: "judge", county: "甲县")])
        #expect(try item.refusal(Show.command(.act("prize"), both, evidence: proof))?.code == .samePerson)
        #expect(try item.after(Show.command(.act("seed"), Show.judge())).subCases == ["child"])
        let over = try item.after(Show.command(.act("prize"), Show.judge(), evidence: proof))
        #expect(try over.refusal(Show.command(.act("prize"), Show.judge(), evidence: proof))?.code == .ended)
        #expect(try over.refusal(Show.command(.act("fly"), Show.judge()))?.code == .action)
        #expect(try item.refusal(Show.command(.act("wilt"), Show.judge(), reason: "虫"))?.code == .role)
    }

    @Test("逾期升级提醒一次，之后不再提醒；被告知的单位收件箱里有") func escalation() throws {
        let item = try Show.opened()
        let definition = try Show.definition()
        #expect(definition.escalations(of: item, Show.calendar).map(\.day) == [Day(year: 2026, month: 3, day: 9)])
        #expect(try item.refusal(Show.command(.escalate, .clock, day: Day(year: 2026, month: 3, day: 9)))?.code == .notDue)
        let late = Day(year: 2026, month: 3, day: 10)
        let told = try item.after(Show.command(.escalate, .clock, day: late))
        #expect(
            told.history.last?.unit == CaseUnit(role: "minister") && definition.summary(told).waiting.contains(CaseUnit(role: "minister")))
        #expect(try told.refusal(Show.command(.escalate, .clock, day: late))?.code == .notDue)
        #expect(
            definition.summary(told).light(late) == .overdue && definition.summary(told).light(Day(year: 2026, month: 3, day: 5)) == .soon)
        let moved = try told.after(Show.command(.act("send"), Show.gardener(), day: late, answers: ["day": .date(day)]))
        #expect(!definition.summary(moved).waiting.contains(CaseUnit(role: "minister")))
    }

    @Test("回执把这一件自己的话填进去") func notice() throws {
        let item = try Show.opened()
        let text = try #require(try Show.definition().notice(item.history[0], of: item))
        #expect(text.paragraphs == ["牡丹参展已收到，编号花〔2026〕1号，2026年3月6日前送展。花名：牡丹。"])
        #expect(text.addressee == "甲校" && text.title == "报名回执")
    }

    @Test("从事件重新折叠，与一路办来的相同") func folding() throws {
        let item = try shown()
        #expect(Case("c1", events: item.history) == item)
        #expect(item.assignee?.person == "g1" && item.answers["day"] == .date(day) && item.due.day == day)
    }
}
