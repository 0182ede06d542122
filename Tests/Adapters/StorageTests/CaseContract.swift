import Casework
import Definitions
import Foundation
import Storage
import Testing
import Vault
import Vocabulary

/// Two kinds of invented work, small enough to follow by eye.
enum SmallCases {
    static let definitions: CaseDefinitions = {
        let log = DiagnosticLog()
        let definitions = CaseDefinitions(DefinitionSet([DefinitionFile(path: "small.yaml", text: text)], log), rules: [], log)
        definitions.proveJourneys(log)
        if log.hasErrors { Issue.record("\(log.diagnostics)") }
        return definitions
    }()

    static func definition(_ id: String = "bridge") throws -> CaseDefinition {
        try #require(definitions.current(id, on: today))
    }

    static let today = Day(year: 2026, month: 3, day: 2)
    static func mason(_ school: String, _ county: String = "甲县") -> CaseActor {
        CaseActor(id: "m\(school)", name: "石匠\(school)", posts: [.init(role: "mason", county: county, school: school)])
    }
    static func reeve(_ county: String = "甲县") -> CaseActor {
        CaseActor(id: "r-\(county)", name: "\(county)里正", posts: [.init(role: "reeve", county: county)])
    }

    static func office(_ desk: Desk) -> CaseOffice { office(desk.storage) }

    static func office(_ storage: Storage) -> CaseOffice {
        let cases = storage.cases(definitions.calendar) { Sha256.hex($0) }
        return CaseOffice(
            store: cases, query: cases, definitions: definitions, facts: NoFacts(), cipher: nil, newID: { RandomID.make() })
    }

    static func command(
        _ verb: CaseCommand.Verb, _ by: CaseActor, day: Day = today, answers: [String: FieldValue] = [:], evidence: [Evidence] = [],
        links: [CaseLink] = []
    ) -> CaseCommand {
        let at = Date(timeIntervalSince1970: Double(day.ordinal) * 86_400 + 36_000.123)
        return CaseCommand(verb, by: by, at: at, today: day, answers: answers, evidence: evidence, links: links)
    }

    static func open(
        _ office: CaseOffice, school: String = "1", county: String = "甲县", day: Day = today, title: String = "修桥", gap: String? = nil
    ) async throws -> Case {
        let place = CasePlace(county: county, school: school, label: "\(school)校")
        let links = gap.map { [CaseLink(kind: "gap", target: $0, label: "缺口\($0)")] } ?? []
        return try await office.open(
            "bridge", CaseBeginning(title: title, place: place, subject: school),
            command(.note, reeve(county), day: day, answers: ["stones": .number(3)], links: links))
    }

    private static let text = """
        posts: test
        list:
          mason: { label: 石匠, level: school, held: [x] }
          reeve: { label: 里正, level: county, held: [x] }
        ---
        case: bridge
        label: 修桥
        version: "1"
        effective: { from: 2026-01-01 }
        subject: school
        opens: { by: [reeve], state: ordered, form: order, unique: gap, owner: mason }
        states:
          ordered: { label: 已派, within: { workingDays: 3 }, escalate: [ { after: 0, to: reeve, label: 报里正 } ] }
          built: { label: 已修, within: { days: 30 } }
          done: { label: 完工, end: true }
          dropped: { label: 不修了, end: true, abandoned: true }
        actions:
          take: { label: 领活, from: ordered, by: [mason], takes: true }
          build: { label: 报修好, from: ordered, to: built, by: [mason], evidence: [ { kind: photo, atLeast: 1 } ] }
          toll: { label: 另修收费亭, from: [ordered, built], by: [reeve], subCase: { case: toll-house, carries: { bricks: stones } }, aside: true }
          check: { label: 验收, from: built, to: done, by: [reeve], waitsFor: subCases }
          drop: { label: 不修, from: any, to: dropped, by: [reeve], aside: true }
        forms:
          order: { label: 派活, fields: { stones: { label: 石头, type: number, required: true } } }
        journeys: [ { name: 派活, steps: [ { by: reeve, do: open, on: 2026-03-02, form: { stones: 3 }, due: 2026-03-05 } ] } ]
        ---
        case: toll-house
        label: 收费亭
        version: "1"
        effective: { from: 2026-01-01 }
        subject: school
        opens: { by: [reeve], state: ordered, form: order, owner: mason }
        states: { ordered: { label: 已派 }, done: { label: 完工, end: true } }
        actions: { finish: { label: 完工, from: ordered, to: done, by: [mason] } }
        forms: { order: { label: 派活, fields: { bricks: { label: 砖, type: number, required: true } } } }
        journeys: [ { name: 派活, steps: [ { by: reeve, do: open, on: 2026-03-02, form: { bricks: 3 } } ] } ]
        """
}

private struct NoFacts: CaseFactSource {
    func fact(_ name: String, for item: Case) async throws -> CaseFact { .missing("试") }
}

/// The refusal a step ends in.
func caseRefusal(_ action: () async throws -> Void) async -> CaseRefusal? {
    do {
        try await action()
        return nil
    } catch {
        return error as? CaseRefusal
    }
}

@Suite("办件的保存") struct CaseContract {
    private typealias Small = SmallCases
    private let photo = Evidence(kind: .photo, file: CaseFile(name: "桥.jpg", digest: "ab12", size: 5, type: "image/jpeg"))

    @Test("存了再读，与折叠的相同；编号逐年从1起", arguments: Engine.allCases) func kept(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let office = Small.office(desk)
        let first = try await Small.open(office)
        #expect(first.number == "修桥〔2026〕1号")
        #expect(try await Small.open(office, school: "2").number == "修桥〔2026〕2号")
        #expect(try await Small.open(office, day: Day(year: 2027, month: 1, day: 4)).number == "修桥〔2027〕1号")
        let built = try await office.act(
            first.id, seen: first.revision, Small.command(.act("build"), Small.mason("1"), evidence: [photo]))
        let read = try await office.find(first.id).item
        #expect(read == built && read.state == "built" && read.evidence == [photo] && read.revision == 2)
        #expect(try await Small.office(desk.reopened()).find(first.id).item == built)
        #expect(try await office.store.broken(first.id) == nil)
        #expect(try await office.query.casesWithFile("ab12", besides: nil) == [first.id])
        #expect(await caseRefusal { _ = try await office.find("nothing") }?.code == .unknown)
    }

    @Test("两人同时办，只有一人办成，另一人看到谁办了什么", arguments: Engine.allCases) func twoAtOnce(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let (one, other) = (Small.office(desk), Small.office(try await desk.reopened()))
        let item = try await Small.open(one)
        let outcomes = await withTaskGroup(of: CaseRefusal?.self) { group in
            for number in 0..<10 {
                group.addTask {
                    await caseRefusal {
                        let office = number % 2 == 0 ? one : other
                        _ = try await office.act(item.id, seen: item.revision, Small.command(.act("take"), Small.mason("1")))
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == nil } == 1)
        let told = Set(outcomes.compactMap { $0 })
        #expect(told.map(\.code) == [.stale])
        #expect(told.first?.message == "石匠1刚刚办了“领活”，这件现在是“已派”。您的操作没有生效，请看过之后再办")
        #expect(try await one.find(item.id).item.revision == 2)
    }

    @Test("五十对人同时办五十件，每一对恰好一人办成，另一人被告知", arguments: Engine.allCases) func pairs(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        // Two servers over one database, each of a pair at another.
        let offices = [Small.office(desk), Small.office(try await desk.reopened())]
        var items: [Case] = []
        for _ in 0..<50 { items.append(try await Small.open(offices[0])) }
        let outcomes = try await withThrowingTaskGroup(of: (CaseID, String, CaseRefusal?).self) { group in
            for (place, item) in items.enumerated() {
                for side in 0..<2 {
                    let office = offices[(place + side) % 2]
                    let (verb, by) = side == 0 ? ("take", Small.mason("1")) : ("drop", Small.reeve())
                    group.addTask {
                        (item.id, verb, await caseRefusal { _ = try await office.act(item.id, seen: 1, Small.command(.act(verb), by)) })
                    }
                }
            }
            return try await group.reduce(into: [CaseID: [(verb: String, refusal: CaseRefusal?)]]()) {
                $0[$1.0, default: []].append(($1.1, $1.2))
            }
        }
        for item in items {
            let both = try #require(outcomes[item.id])
            let (won, lost) = (both.filter { $0.refusal == nil }, both.filter { $0.refusal != nil })
            #expect(won.count == 1 && lost.count == 1)
            let now = try await offices[0].find(item.id).item
            #expect(now.revision == 2 && now.history[1].action == won.first?.verb)
            let words = won.first?.verb == "take" ? "石匠1刚刚办了“领活”，这件现在是“已派”" : "甲县里正刚刚办了“不修”，这件现在是“不修了”"
            #expect(lost.first?.refusal == CaseRefusal(.stale, "\(words)。您的操作没有生效，请看过之后再办"))
        }
        #expect(try await offices[1].store.verify { _, _ in } == [])
    }

    @Test("看过之后别人办了几步，都说出来", arguments: Engine.allCases) func severalSteps(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let office = Small.office(desk)
        let item = try await Small.open(office)
        _ = try await office.act(item.id, seen: 1, Small.command(.act("take"), Small.mason("1")))
        _ = try await office.act(item.id, seen: 2, Small.command(.act("build"), Small.mason("1"), evidence: [photo]))
        let told = await caseRefusal { _ = try await office.act(item.id, seen: 1, Small.command(.act("drop"), Small.reeve())) }
        #expect(told?.message == "石匠1办了“领活”，石匠1刚刚办了“报修好”，这件现在是“已修”。您的操作没有生效，请看过之后再办")
    }

    @Test("同一缺口没办结不能再立，办结以后可以", arguments: Engine.allCases) func claims(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let office = Small.office(desk)
        let first = try await Small.open(office, gap: "G1")
        let refused = await caseRefusal { _ = try await Small.open(office, gap: "G1") }
        #expect(refused?.code == .duplicate && refused?.message == "“缺口G1”已经立了修桥〔2026〕1号（已派），办结之前不能再立一件")
        #expect(try await office.query.claims("gap", ["G1", "G2"]).mapValues(\.id) == ["G1": first.id])
        _ = try await Small.open(office, gap: "G2")
        _ = try await office.act(first.id, seen: 1, Small.command(.act("drop"), Small.reeve()))
        let again = try await Small.open(office, gap: "G1")
        // The refused opening has used up no number.
        #expect(again.number == "修桥〔2026〕3号")
        #expect(try await office.query.linked("gap", "G1").map(\.id).count == 2)
    }

    @Test("子事项与父事项一起立，没办结父事项不能验收", arguments: Engine.allCases) func subCases(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let office = Small.office(desk)
        var item = try await Small.open(office)
        item = try await office.act(item.id, seen: item.revision, Small.command(.act("toll"), Small.reeve()))
        #expect(item.subCases.count == 1 && item.openSubCases == 1)
        let child = try await office.find(item.subCases[0]).item
        let children = CaseFilter(isOpen: nil, parent: item.id)
        #expect(try await office.query.page(children, after: nil, limit: 9, today: Small.today).rows.map(\.id) == [child.id])
        #expect(child.parent == item.id && child.answers["bricks"] == .number(3) && child.number == "收费亭〔2026〕1号")
        item = try await office.act(item.id, seen: item.revision, Small.command(.act("build"), Small.mason("1"), evidence: [photo]))
        let check = Small.command(.act("check"), Small.reeve())
        let seen = item.revision
        #expect(await caseRefusal { _ = try await office.act(item.id, seen: seen, check) }?.code == .subCases)
        _ = try await office.act(child.id, seen: 1, Small.command(.act("finish"), Small.mason("1")))
        #expect(try await office.act(item.id, seen: seen, check).state == "done")
    }

    @Test("成批办理：各办各的，办不了的说明", arguments: Engine.allCases) func batch(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let office = Small.office(desk)
        let (one, two, other) = (try await Small.open(office), try await Small.open(office), try await Small.open(office, county: "乙县"))
        let results = try await office.act(
            onEach: [(one.id, 1), (two.id, 7), (other.id, 1), ("nothing", 1)], Small.command(.act("drop"), Small.reeve()))
        #expect(results.map { $0.refusal?.code } == [nil, .stale, .place, .unknown])
        #expect(try await office.find(one.id).item.state == "dropped")
        #expect(try await office.find(two.id).item.state == "ordered")
    }

    @Test("改动、删除记录查得出", arguments: Engine.allCases) func tampering(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let office = Small.office(desk)
        let item = try await Small.open(office)
        _ = try await office.act(item.id, seen: 1, Small.command(.act("take"), Small.mason("1")))
        let driver = try engine.open(desk.folder)
        _ = try await driver.write { try $0.execute("DELETE FROM case_event WHERE case_id = $1 AND number = 2", [.text(item.id)]) }
        #expect(try await office.store.broken(item.id) == 2)
        #expect(try await office.store.verify { _, _ in } == [BrokenCase(id: item.id, number: item.number, event: 2)])
        _ = try await driver.write {
            try $0.execute("UPDATE case_event SET body = REPLACE(body, '修桥', '修路') WHERE case_id = $1", [.text(item.id)])
        }
        #expect(try await office.store.broken(item.id) == 1)
        #expect(try await office.store.verify { _, _ in }.map(\.event) == [1])
    }

    @Test("在办之后改动定义而不换版本，不让再立；旧件按原文办", arguments: Engine.allCases) func pinned(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let office = Small.office(desk)
        let item = try await Small.open(office)
        var changed = try Small.definition()
        changed.text += "\n# 改过"
        let definition = changed
        let refused = await caseRefusal {
            _ = try await office.store.open("x", by: definition, year: 2026) { number in
                let place = CasePlace(county: "甲县", school: "1", label: "1校")
                let beginning = CaseBeginning(number: number, title: "修桥", place: place, subject: "1")
                let command = Small.command(.open(beginning), Small.reeve(), answers: ["stones": .number(1)])
                return try definition.decide(command, on: nil, with: Small.definitions.surroundings()).get()
            }
        }
        #expect(refused?.code == .definition && refused?.message.contains("新的版本号") == true)
        let kept = try #require(try await office.store.definition(item.definition))
        // But for the places journeys are told at, which are lines of another text.
        var (again, first) = (try #require(Small.definitions.compile(kept, item.definition)), try Small.definition())
        (again.journeys, first.journeys) = ([], [])
        #expect(again == first)
    }
}
