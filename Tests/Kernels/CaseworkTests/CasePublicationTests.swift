import Casework
import Definitions
import Foundation
import Testing
import Vocabulary

@Suite("公开的名单与次数上限") struct CasePublicationTests {
    private typealias Show = FlowerShow
    private static let published =
        """
        publishes:
          title: 花展名单
          states: [shown]
          past: [won]
          from: form.day
          schools: form.guests.school
          fields: [name, stems]
          limit: { each: school, most: 2, note: 试 }
        notices:
        """
    private static let text = Show.text.replacing("notices:", with: published)
        .replacing(
            "pots: { label: 花盆",
            with: "guests: { label: 做客, type: table, columns: { school: { label: 校, type: school } } }\n      pots: { label: 花盆")

    private func definition(_ text: String = text) throws -> CaseDefinition {
        let (definitions, diagnostics) = Show.compile(text)
        try #require(diagnostics.isEmpty, "\(diagnostics.map(\.description))")
        return try #require(definitions.current("flower-show", on: Show.today))
    }

    private func codes(_ old: String, _ new: String) -> Set<String> {
        Set(Show.compile(Self.text.replacing(old, with: new)).1.map(\.code))
    }

    @Test("写错的公开：保密栏目、不是日期、没有的栏目都说出来") func mistakes() {
        #expect(codes("fields: [name, stems]", "fields: [name, grower]") == ["case.published.private"])
        #expect(codes("fields: [name, stems]", "fields: [name, stem]") == ["case.published.field"])
        #expect(codes("from: form.day", "from: form.name") == ["case.published.field"])
        #expect(codes("from: form.day", "from: form.born") == ["case.published.field"])
        #expect(codes("from: form.day", "from: day").contains("case.published.field"))
        #expect(codes("form.guests.school", "form.guests.name") == ["case.published.field"])
        #expect(codes("states: [shown]", "states: [show]") == ["case.state.unknown"])
        #expect(codes("past: [won]", "past: [won]\n  otherwise: nothing") == ["case.published.otherwise"])
    }

    /// On the way to being shown: entered on the first day, sent, waiting for one signature.
    private func waiting(_ definition: CaseDefinition, guests: [String] = []) throws -> Case {
        var answers: [String: FieldValue] = ["name": .text("牡丹"), "stems": .number(3), "grower": .reference(id: "p", label: "某人")]
        if !guests.isEmpty { answers["guests"] = .table(guests.map { ["school": .reference(id: $0, label: "\($0)校")] }) }
        let beginning = CaseBeginning(number: "花〔2026〕1号", title: "牡丹展", place: Show.garden, subject: "1")
        let links = [CaseLink(kind: "flower", target: "1", label: "花")]
        let open = CaseCommand(
            .open(beginning), by: Show.gardener(), at: Show.start, today: Show.today, answers: answers, links: links)
        var item = try #require(Case("c", events: [try definition.decide(open, on: nil, with: Show.around).get()]))
        let day = Show.today.adding(days: 10)
        item.apply(
            try definition.decide(Show.command(.act("send"), Show.gardener(), answers: ["day": .date(day)]), on: item, with: Show.around)
                .get())
        return item
    }

    private func shown(_ item: Case, _ definition: CaseDefinition, _ counts: CaseFact?) -> Result<CaseEvent, CaseRefusal> {
        var around = Show.around
        if let counts { around.facts.values[CaseFacts.publishedCounts] = counts }
        return definition.decide(Show.command(.act("sign"), Show.gardener()), on: item, with: around)
    }

    @Test("批准以后才公开，只有写明的栏目，撤下就没有") func entry() throws {
        let definition = try definition()
        var item = try waiting(definition, guests: ["7", "8"])
        #expect(definition.entry(item) == nil)
        item.apply(try shown(item, definition, .counts([:])).get())
        let entry = try #require(definition.entry(item))
        #expect(entry.words.map(\.text) == ["牡丹", "3枝"] && entry.isListed && entry.county == "甲县")
        #expect(entry.schools == ["1": "甲校", "7": "7校", "8": "8校"])
        #expect(entry.from == Show.today.adding(days: 10) && entry.phase(Show.today) == .coming)
        #expect(entry.phase(Show.today.adding(days: 10)) == .valid && entry.phase(Show.today.adding(days: 400)) == .valid)
        let wilt = Show.command(.act("wilt"), Show.gardener(), reason: "谢了")
        item.apply(try definition.decide(wilt, on: item, with: Show.around).get())
        #expect(definition.entry(item) == nil)
    }

    @Test("到了上限不能再批；只提醒的记在经过里；查不到次数不当作零") func limits() throws {
        let definition = try definition()
        let item = try waiting(definition)
        #expect(try shown(item, definition, .counts(["甲校": 1])).get().findings.isEmpty)
        guard case .failure(let refusal) = shown(item, definition, .counts(["甲校": 2, "乙校": 1])) else {
            Issue.record("应被拒绝")
            return
        }
        #expect(refusal.code == .limit && refusal.message.contains("甲校（已有2次）") && !refusal.message.contains("乙校"))
        #expect(try shown(item, definition, nil).get().findings.map(\.code) == ["published.unknown"])
        let soft = try self.definition(Self.text.replacing("most: 2, note", with: "most: 2, refuses: false, note"))
        #expect(try shown(try waiting(soft), soft, .counts(["甲校": 5])).get().findings.map(\.code) == ["published.limit"])
    }

    @Test("下级岗位可以为上级的地方立件，别的县的不行") func lowerPosts() throws {
        let county = Show.text.replacing("subject: school", with: "subject: county").replacing("owner: gardener, ", with: "")
            .replacing("by: [owner]", with: "by: [judge]").replacing("of: owners", with: "of: [judge, minister]")
            .replacing("to: gardener, from: judge", with: "to: judge, from: judge").replacing(
                "handOver: { to: [gardener] }", with: "handOver: { to: [judge] }")
        let definition = try definition(county)
        func open(_ name: String) -> CaseRefusal.Code? {
            let beginning = CaseBeginning(number: "1", title: "花", place: CasePlace(county: name, label: name), subject: name)
            let command = CaseCommand(
                .open(beginning), by: Show.gardener(), at: Show.start, today: Show.today,
                answers: ["name": .text("兰"), "stems": .number(3)])
            if case .failure(let refusal) = definition.decide(command, on: nil, with: Show.around) { return refusal.code }
            return nil
        }
        #expect(open("甲县") == nil && open("乙县") == .place)
    }

    @Test("立件的人不能办写明 opening 的一步") func notOpener() throws {
        let definition = try definition(
            Self.text.replacing("by: [judge, minister] }, aside", with: "by: [judge, minister] }, notAfter: [opening], aside").replacing(
                "of: [judge, minister] }, aside", with: "of: [judge, minister] }, notAfter: [opening], aside"))
        var item = try waiting(definition)
        item.openedBy = .init(person: "j", name: "评委j")
        let opening = item.history[0]
        var own = opening
        own.person = "j"
        item.history[0] = own
        func wave(_ by: CaseActor) -> CaseRefusal.Code? {
            if case .failure(let refusal) = definition.decide(Show.command(.act("wave"), by), on: item, with: Show.around) {
                refusal.code
            } else {
                nil
            }
        }
        #expect(wave(Show.judge("j")) == .samePerson && wave(Show.judge("k")) == nil)
    }
}

@Suite("佐证在别的办件里用过") struct EvidenceReuseTests {
    private typealias Show = FlowerShow

    /// Of a definition whose rule about reuse is `reuse`: what handing in a used photo comes to.
    private func result(_ reuse: String, _ used: [String: EvidenceUse]) throws -> Result<CaseEvent, CaseRefusal> {
        let text = Show.text.replacing("kind: measurement, atLeast: 1, unit: cm", with: "kind: photo, atLeast: 1\(reuse)")
        let (definitions, diagnostics) = Show.compile(text)
        try #require(diagnostics.isEmpty, "\(diagnostics.map(\.description))")
        let definition = try #require(definitions.current("flower-show", on: Show.today))
        let beginning = CaseBeginning(number: "花〔2026〕1号", title: "牡丹", place: Show.garden, subject: "1")
        let open = CaseCommand(
            .open(beginning), by: Show.gardener(), at: Show.start, today: Show.today, answers: ["name": .text("牡丹"), "stems": .number(3)])
        var item = try #require(Case("c", events: [try definition.decide(open, on: nil, with: Show.around).get()]))
        for (action, answers) in [("send", ["day": FieldValue.date(Show.today.adding(days: 9))]), ("sign", [:])] {
            item.apply(
                try definition.decide(Show.command(.act(action), Show.gardener(), answers: answers), on: item, with: Show.around).get())
        }
        var around = Show.around
        around.used = used
        let photo = Evidence(kind: .photo, file: CaseFile(name: "桥.jpg", digest: "ab", size: 1, type: "image/jpeg"))
        return definition.decide(Show.command(.act("measure"), Show.gardener(), evidence: [photo]), on: item, with: around)
    }

    private let use = ["ab": EvidenceUse(numbers: ["花〔2026〕9号"], count: 2)]

    @Test("照规则：记下、拒绝、放过；没用过的不说") func settings() throws {
        let noted = try result("", use).get().findings
        #expect(noted.map(\.code) == ["evidence.used"])
        // What is kept is read by people who may not see the other case.
        #expect(noted[0].message.contains("另外2件") && !noted[0].message.contains("9号"))
        guard case .failure(let refusal) = try result(", reuse: refuse", use) else {
            Issue.record("应被拒绝")
            return
        }
        #expect(refusal.code == .evidence && refusal.message.contains("花〔2026〕9号和您看不到的1件"))
        #expect(try result(", reuse: allow", use).get().findings.isEmpty && result("", [:]).get().findings.isEmpty)
    }

    @Test("看不到的办件不说编号") func hidden() throws {
        guard case .failure(let refusal) = try result(", reuse: refuse", ["ab": EvidenceUse(numbers: [], count: 1)]) else {
            Issue.record("应被拒绝")
            return
        }
        #expect(refusal.message.contains("别的办件") && !refusal.message.contains("号"))
    }
}
