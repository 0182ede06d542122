import Definitions
import Foundation
import Inspection
import Testing
import Vocabulary

@Suite("督导计划与评分") struct InspectionTests {
    static let rules = InspectionRules(
        label: LocalizedText(zh: "规则"), document: "试", visitsPerYear: 2, usualSchools: 2, mostSchools: 3, monthly: 1, metres: 500,
        accuracy: 300, overlap: 1)
    static let levels: [Rubric.Level] = [.init(id: "a", label: "好", points: 100), .init(id: "d", label: "差", points: 0)]
    static func rubric(_ id: String, routine: Bool = false, merges: Bool = true) -> Rubric {
        Rubric(
            id: id, label: LocalizedText(zh: id), document: "试", version: "1", from: Day(year: 2020, month: 1, day: 1), isRoutine: routine,
            mayMerge: merges, levels: levels,
            areas: [
                .init(
                    id: "x", label: "甲",
                    items: [.init(id: "1", label: "一", clause: "一"), .init(id: "2", label: "二", clause: "二", weight: 3)])
            ])
    }
    static let catalogue = InspectionCatalogue(
        rules: rules, rubrics: [rubric("q"), rubric("s"), rubric("r", routine: true), rubric("secret", merges: false)])
    let planner = VisitPlanner(catalogue)
    static let signed = Visit.Signature(by: "u", name: "县督导室", at: Date(timeIntervalSince1970: 0))

    static func visit(_ id: String, _ rubric: String, _ from: Int, _ until: Int, state: Visit.State = .requested) -> Visit {
        var one = Visit(
            id: id, year: 2026, county: "清河县", school: "A", schoolName: "甲校",
            request: .init(
                office: "科室", rubric: rubric, version: "1", from: Day(year: 2026, month: 3, day: from),
                until: Day(year: 2026, month: 3, day: until),
                purpose: "试", signed: signed))
        one.state = state
        return one
    }

    @Test("时间重合的合成最少几次，不打招呼的不合并，超过次数的标出来") func merging() {
        let asked = [
            Self.visit("a", "q", 1, 10), Self.visit("b", "s", 8, 20), Self.visit("c", "q", 12, 25), Self.visit("d", "secret", 1, 30),
        ]
        let found = planner.proposals(asked)
        #expect(found.map { $0.all.map(\.id) } == [["a", "b"], ["c"], ["d"]])
        #expect(found.map(\.cost) == [1, 1, 1] && found.map(\.exceeds) == [false, false, true])
        #expect(found[0].window.map { "\($0.from)/\($0.until)" } == "2026-03-08/2026-03-10")
    }

    @Test("并入已有的一次不增加次数；经常性督导另计") func joining() throws {
        let planned = [Self.visit("p", "q", 1, 20, state: .approved), Self.visit("o", "q", 25, 30, state: .done)]
        let found = planner.proposals(planned + [Self.visit("n", "s", 5, 9), Self.visit("m", "r", 21, 24)])
        #expect(
            found.map { $0.all.map(\.id) } == [["p", "n"], ["m"]] && found.map(\.cost) == [0, 0] && !found.contains(where: \.exceeds))
        let changed = try planner.approve("p", joining: ["n"], in: planned + [Self.visit("n", "s", 5, 9)], exception: "", Self.signed)
        #expect(changed.map(\.state) == [.approved, .merged] && changed[0].requests.count == 2 && changed[1].into == "p")
        #expect(planner.count(planned + [Self.visit("m", "r", 1, 2, state: .done)]) == .init(counted: 2, routine: 1))
        #expect(planner.count(changed).saved == 1)
    }

    @Test("次数用完就不批准，写了例外理由才批准并记下；慢一步的被告知") func budget() throws {
        let all = [Self.visit("p", "q", 1, 2, state: .approved), Self.visit("o", "q", 3, 4, state: .done), Self.visit("n", "s", 10, 12)]
        #expect(throws: InspectionRefusal.self) { _ = try planner.approve("n", joining: [], in: all, exception: "", Self.signed) }
        let one = try #require(try planner.approve("n", joining: [], in: all, exception: "突发事故", Self.signed).first)
        #expect(one.state == .approved && one.decision?.isException == true && one.decision?.reason == "突发事故")
        #expect(throws: InspectionRefusal.self) { _ = try planner.approve("o", joining: [], in: all, exception: "", Self.signed) }
        #expect(throws: InspectionRefusal.self) { _ = try planner.decline("n", in: all, reason: "", Self.signed) }
        let apart = [Self.visit("a", "q", 1, 2), Self.visit("b", "s", 5, 6)]
        #expect(throws: InspectionRefusal.self) { _ = try planner.approve("a", joining: ["b"], in: apart, exception: "", Self.signed) }
    }

    @Test("没有评的不是零分；不适用的不算；按权重") func scoring() throws {
        let rubric = Self.rubric("q")
        func mark(_ level: String) -> VisitMark { VisitMark(level: level, note: "", signed: Self.signed) }
        #expect(RubricScore(rubric, ["1": mark("a")]).value == nil)
        #expect(RubricScore(rubric, ["1": mark("a"), "2": mark("d")]).value == 25)
        #expect(RubricScore(rubric, ["1": mark("a"), "2": mark("na")]).value == 100)
        #expect(RubricScore(rubric, ["1": mark("na"), "2": mark("na")]).value == nil)
        let card = Scorecard(
            id: "c", label: LocalizedText(zh: "试"), subject: .county, document: "试", full: 100,
            parts: [
                .init(id: "x", label: "甲", measure: .visits, weight: 60, basis: "试"),
                .init(id: "y", label: "乙", measure: .findings, weight: 40, basis: "试"),
            ])
        let half = card.judge(["x": .known(0.5, "半")])
        #expect(half.total == nil && half.known.points == 30 && half.known.of == 60)
        #expect(card.judge(["x": .known(0.5, ""), "y": .known(1, "")]).total == 70)
    }

    @Test("签到照实记：在校、不在、精度不足、没有坐标、没有定位；先签到再评分；同一条发现只记一次") func arrival() throws {
        func arrive(_ text: String?, school: VisitPosition? = VisitPosition(longitude: 113, latitude: 23)) -> CheckIn {
            CheckIn(
                signed: Self.signed, position: text.flatMap { VisitPosition(text: $0) }, reason: "不允许定位", school: school, rules: Self.rules)
        }
        #expect(arrive("113.001,23,20").standing == .near && arrive("113.1,23,20").standing == .far)
        #expect(arrive("113,23,900").standing == .vague && arrive("113,23", school: nil).standing == .unplaced)
        // What no device says is not taken for a distance.
        #expect(arrive("113.001,23,1e300").standing == .near && arrive("113.001,23,1e300").sentence.contains("距学校"))
        #expect(arrive(nil).standing == .none && arrive(nil).sentence.contains("不允许定位") && arrive("999,23").standing == .none)
        var one = Self.visit("v", "q", 1, 9, state: .approved)
        let (rubric, mark) = (Self.rubric("q"), VisitMark(level: "a", note: "", signed: Self.signed))
        #expect(throws: InspectionRefusal.self) { try one.judge("1", of: rubric, mark) }
        try one.arrive(arrive(nil))
        try one.judge("1", of: rubric, mark)
        let finding = VisitFinding(
            id: "f", rubric: "q", item: "1", text: "问题", finishBy: Day(year: 2026, month: 5, day: 1), signed: Self.signed)
        try one.add(finding)
        try one.add(finding)
        #expect(one.findings.count == 1)
        #expect(throws: InspectionRefusal.self) { try one.finish([rubric], Self.signed) }
        try one.judge("2", of: rubric, mark)
        try one.finish([rubric], Self.signed)
        #expect(one.state == .done)
        #expect(throws: InspectionRefusal.self) { try one.judge("2", of: rubric, mark) }
    }

    @Test("责任督学：一般几所只提醒，最多几所不收") func responsible() throws {
        func post(_ school: String, region: String = "第一责任区", by inspector: String = "i") -> Responsibility {
            Responsibility(
                county: "清河县", region: region, school: school, schoolName: school, inspector: inspector, inspectorName: "督学")
        }
        let three = [post("A"), post("B"), post("C")]
        #expect(try Self.rules.take(post("B"), in: [post("A")]) == nil)
        #expect(try Self.rules.take(post("C"), in: [post("A"), post("B")]) != nil)
        #expect(try Self.rules.take(post("A"), in: three) != nil)
        #expect(throws: InspectionRefusal.self) { _ = try Self.rules.take(post("D", by: "j"), in: three) }
        #expect(throws: InspectionRefusal.self) { _ = try Self.rules.take(post("D", region: "第二责任区"), in: three) }
        #expect(try Self.rules.take(post("D", region: "第二责任区", by: "j"), in: three) == nil)
        #expect(throws: InspectionRefusal.self) { _ = try Self.rules.take(post("D", region: "", by: "j"), in: []) }
    }

    @Test("评价表换了版本：新申请用施行中的，旧记录仍按原来的；两个版本不合并") func versions() {
        var old = Self.rubric("q")
        old.note = "旧"
        var new = Self.rubric("q")
        (new.version, new.from, new.note) = ("2", Day(year: 2026, month: 3, day: 10), "新")
        let catalogue = InspectionCatalogue(rules: Self.rules, rubrics: [old, new])
        #expect(catalogue.rubric("q", on: Day(year: 2026, month: 3, day: 9))?.note == "旧")
        #expect(catalogue.rubric("q", on: Day(year: 2026, month: 3, day: 10))?.note == "新")
        #expect(catalogue.rubric("q", on: Day(year: 2019, month: 12, day: 31)) == nil)
        #expect(catalogue.current(on: Day(year: 2026, month: 12, day: 1)).map(\.version) == ["2"])
        let first = Self.visit("a", "q", 1, 20)
        var second = Self.visit("b", "q", 10, 20)
        second.requests[0].version = "2"
        #expect(catalogue.rubric("q", of: first)?.note == "旧" && catalogue.rubric("q", of: second)?.note == "新")
        #expect(VisitPlanner(catalogue).obstacle(first, second)?.contains("版本") == true)
    }

    @Test("目录写错，指到文件和行") func diagnostics() {
        let log = DiagnosticLog()
        let text =
            "inspection: n\nlabel: 规则\ndocument: 试\nbudget: { visits: -1 }\nresponsible: { usual: 9, most: 5, monthly: 1 }\ncheckIn: { metres: 1, accuracy: 1 }\nmerge: { overlap: 1 }\n---\nscorecard: c\nlabel: 卡\nsubject: county\ndocument: 试\nfull: 100\nparts:\n  - { id: a, label: 甲, of: visits, weight: 90, basis: 试 }\n"
        _ = InspectionCatalogue(DefinitionSet([DefinitionFile(path: "i.yaml", text: text)], log), log)
        let words = log.diagnostics.map(\.description)
        #expect(words.contains { $0.contains("i.yaml:4") && $0.contains("visits") })
        #expect(words.contains { $0.contains("i.yaml:5") && $0.contains("most") })
        #expect(words.contains { $0.contains("合计90") })
    }
}
