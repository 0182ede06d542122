import Casework
import Definitions
import Foundation
import Storage
import Testing
import Vault
import Vocabulary

@Suite("公开的名单") struct CasePublicContract {
    private static let text = """
        posts: test
        list:
          baker: { label: 面包师, level: school, held: [x] }
          mayor: { label: 镇长, level: county, held: [x] }
        ---
        case: fair
        label: 集市
        version: "1"
        effective: { from: 2026-01-01 }
        subject: county
        series: 集
        opens: { by: [baker, mayor], state: asked, form: fair }
        states:
          asked: { label: 待批 }
          held: { label: 已批, until: form.ends }
          over: { label: 结束, end: true }
          dropped: { label: 撤回, end: true, abandoned: true }
        actions:
          allow: { label: 批准, from: asked, to: held, by: [mayor], evidence: [ { kind: photo, atLeast: 0, reuse: refuse } ] }
          end: { label: 结束, from: held, to: over, by: [mayor] }
          drop: { label: 撤回, from: [asked, held], to: dropped, by: [mayor], aside: true }
        forms:
          fair:
            label: 集市
            fields:
              what: { label: 卖什么, type: text, required: true }
              begins: { label: 从, type: date, required: true }
              ends: { label: 到, type: date, required: true }
              stalls: { label: 摊位, type: table, columns: { school: { label: 校, type: school } } }
              secret: { label: 内情, type: text, private: [mayor] }
        publishes:
          title: 集市名单
          states: [held]
          past: [over]
          from: form.begins
          until: form.ends
          schools: form.stalls.school
          fields: [what]
          limit: { each: school, most: 2 }
        journeys:
          - name: 批准
            steps: [ { by: mayor, do: open, on: 2026-03-02, form: { what: 饼, begins: 2026-03-10, ends: 2026-03-12 }, state: asked } ]
        """

    private static let definitions: CaseDefinitions = {
        let log = DiagnosticLog()
        let definitions = CaseDefinitions(DefinitionSet([DefinitionFile(path: "fair.yaml", text: text)], log), rules: [], log)
        definitions.proveJourneys(log)
        if log.hasErrors { Issue.record("\(log.diagnostics)") }
        return definitions
    }()

    private struct Unknown: CaseFactSource {
        func fact(_ name: String, for item: Case) async throws -> CaseFact { .missing("试") }
    }

    private func office(_ desk: Desk) -> CaseOffice {
        let cases = desk.storage.cases(Self.definitions.calendar) { Sha256.hex($0) }
        return CaseOffice(
            store: cases, query: cases, definitions: Self.definitions, facts: Unknown(), cipher: nil, newID: { RandomID.make() })
    }

    private let today = Day(year: 2026, month: 3, day: 2)

    private func mayor(_ county: String) -> CaseActor {
        CaseActor(id: "m-\(county)", name: "\(county)镇长", posts: [.init(role: "mayor", county: county)])
    }

    private func command(
        _ verb: CaseCommand.Verb, _ county: String, answers: [String: FieldValue] = [:], evidence: [Evidence] = []
    ) -> CaseCommand {
        CaseCommand(
            verb, by: mayor(county), at: Date(timeIntervalSince1970: Double(today.ordinal) * 86_400 + 36_000), today: today,
            answers: answers, evidence: evidence)
    }

    /// A fair from a day on for so many days, for some schools or all of a county, allowed or not.
    private func fair(
        _ office: CaseOffice, _ county: String, from: Int, days: Int, _ schools: [String] = [], allowed: Bool = true
    ) async throws -> Case {
        let begins = today.adding(days: from)
        var answers: [String: FieldValue] = [
            "what": .text("饼<b>"), "begins": .date(begins), "ends": .date(begins.adding(days: days)),
        ]
        if !schools.isEmpty { answers["stalls"] = .table(schools.map { ["school": .reference(id: $0, label: "\($0)校")] }) }
        let item = try await office.open(
            "fair", CaseBeginning(title: "\(county)集", place: CasePlace(county: county, label: county), subject: county),
            command(.note, county, answers: answers))
        return allowed ? try await office.act(item.id, seen: 1, command(.act("allow"), county)) : item
    }

    private func listed(
        _ office: CaseOffice, _ phase: CaseEntry.Phase? = .valid, day: Int = 0, year: Int? = nil, county: String? = nil,
        school: String? = nil
    ) async throws -> [String] {
        try await office.query.published(
            CasePublicFilter(
                definition: "fair", phase: phase, today: today.adding(days: day), year: year, county: county, school: school)
        ).map(\.number)
    }

    @Test("只列批准的、在期内的；到期自动没有；按年、县、学校", arguments: Engine.allCases) func lists(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let office = office(desk)
        let one = try await fair(office, "甲县", from: -1, days: 3, ["1", "2"])
        let all = try await fair(office, "甲县", from: 0, days: 0)
        let other = try await fair(office, "乙县", from: 0, days: 400, ["9"])
        let coming = try await fair(office, "甲县", from: 5, days: 1, ["4"])
        _ = try await fair(office, "甲县", from: 0, days: 9, ["1"], allowed: false)
        #expect(try await listed(office) == [one.number, all.number, other.number])
        #expect(try await listed(office, .coming) == [coming.number])
        #expect(try await listed(office, day: 2) == [one.number, other.number])
        #expect(try await listed(office, day: 3) == [other.number])
        #expect(try await listed(office, .over, day: 1) == [all.number])
        #expect(try await listed(office, nil).count == 4)
        #expect(try await listed(office, county: "甲县") == [one.number, all.number])
        #expect(try await listed(office, county: "甲县", school: "2") == [one.number, all.number])
        #expect(try await listed(office, county: "甲县", school: "3") == [all.number])
        #expect(try await listed(office, year: 2025).isEmpty)
        #expect(try await office.query.publishedYears("fair") == [2026])
        let entry = try #require(
            try await office.query.published(CasePublicFilter(definition: "fair", phase: .valid, today: today)).first)
        #expect(entry.words.map(\.text) == ["饼<b>"] && entry.schools == ["1": "1校", "2": "2校"] && entry.county == "甲县")
    }

    @Test("结束的提前下架仍计次，撤回的不计；满了再批被拒", arguments: Engine.allCases) func counts(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let office = office(desk)
        let ended = try await fair(office, "甲县", from: 0, days: 30, ["1"])
        _ = try await office.act(ended.id, seen: 2, command(.act("end"), "甲县"))
        let dropped = try await fair(office, "甲县", from: 0, days: 30, ["1"])
        _ = try await office.act(dropped.id, seen: 2, command(.act("drop"), "甲县"))
        #expect(try await listed(office).isEmpty)
        #expect(try await listed(office, .over) == [ended.number])
        _ = try await fair(office, "甲县", from: 0, days: 30)
        let counts = try await office.query.publishedCounts("fair", year: 2026, besides: nil)
        #expect(counts.cases == 2 && counts.count(of: "1", in: "甲县") == 2 && counts.count(of: "2", in: "甲县") == 1)
        #expect(counts.count(of: "9", in: "乙县") == 0)
        // School 1 has been reached twice: one more is refused, and school 2 may still be asked.
        let third = try await fair(office, "甲县", from: 3, days: 1, ["1", "2"], allowed: false)
        await #expect(throws: CaseRefusal.self) { try await office.act(third.id, seen: 1, command(.act("allow"), "甲县")) }
        #expect(try await fair(office, "甲县", from: 3, days: 1, ["2"]).state == "held")
        // Another year is another count.
        #expect(try await fair(office, "甲县", from: 400, days: 1, ["1"]).state == "held")
        // For every school of the county: school 1 stands in the way.
        await #expect(throws: CaseRefusal.self) { try await fair(office, "甲县", from: 4, days: 1) }
    }

    @Test("重建摘要以后名单还是那样", arguments: Engine.allCases) func rebuilt(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let office = office(desk)
        let one = try await fair(office, "甲县", from: 0, days: 3, ["1"])
        let driver = try engine.open(desk.folder)
        _ = try await driver.write { connection in
            for table in ["case_public", "case_public_school"] { try connection.execute("DELETE FROM \(table)", []) }
        }
        #expect(try await listed(office).isEmpty)
        #expect(try await office.store.rebuild({ Self.definitions[$0] }, ground: "1", progress: { _, _ in }) == 1)
        #expect(try await listed(office) == [one.number])
    }

    @Test("别的办件用过的照片：拒绝，看得到的说编号", arguments: Engine.allCases) func reuse(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let office = office(desk)
        let photo = Evidence(kind: .photo, file: CaseFile(name: "集.jpg", digest: "ab12", size: 5, type: "image/jpeg"))
        let first = try await fair(office, "甲县", from: 0, days: 1, allowed: false)
        _ = try await office.act(first.id, seen: 1, command(.act("allow"), "甲县", evidence: [photo]))
        func words(_ county: String) async throws -> String {
            let next = try await fair(office, county, from: 1, days: 1, allowed: false)
            do {
                _ = try await office.act(next.id, seen: 1, command(.act("allow"), county, evidence: [photo]))
                return ""
            } catch let refusal as CaseRefusal {
                #expect(refusal.code == .evidence)
                return refusal.message
            }
        }
        #expect(try await words("甲县").contains(first.number))
        let elsewhere = try await words("乙县")
        #expect(elsewhere.contains("别的办件") && !elsewhere.contains(first.number))
    }
}
