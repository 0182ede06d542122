import Alliances
import Definitions
import Foundation
import Inspection
import Ledger
import Planning
import Storage
import Testing
import Vault
import Vocabulary

/// Rows of the newer rooms moved: columns that are empty, numbers too long for a double, texts with line breaks, bytes, sealed names.
@Suite("搬库：教联体、督导、台账、方案") struct RoomsMoveContract {
    private let at = Date(timeIntervalSince1970: 1_780_000_000.25)
    private let today = Day(year: 2026, month: 3, day: 20)

    private func definition(_ text: String, _ kind: String, _ log: DiagnosticLog) throws -> Definition {
        try #require(DefinitionSet([DefinitionFile(path: "a.yaml", text: text)], log).of(kind: kind).first)
    }

    private func keepAlliances(_ store: any AllianceStore) async throws {
        let log = DiagnosticLog()
        let text = """
            alliances: t
            label: 试
            size: { most: 4 }
            forms: [ { id: a, label: 教联体, document: 某文 } ]
            pairing: a
            subjects: [数学]
            limits: { teachers: 10, days: 100, lessons: 50, visits: 5 }
            """
        let rules = AllianceRules(try definition(text, AllianceRules.documentKind, log), log)
        let from = Day(year: 2024, month: 10, day: 8)
        func school(_ code: String) -> AllianceSchool { AllianceSchool(code: code, name: "\(code)校\n\\“", county: "清河县") }
        let alliance = Alliance(
            id: "g", name: "甲教联体", county: "清河县", form: "a", lead: school("L"), founded: from,
            members: [
                .init(school("A"), .supported, stage: .primary, from: from),
                .init(school("S"), .strong, from: from, until: Day(year: 2025, month: 7, day: 1), reason: "期满"),
            ], plan: "pairing:x", madeBy: "某人", madeAt: at, version: 1)
        func done(_ id: String, _ kind: AllianceActivity.Kind, _ day: Int) -> AllianceActivity {
            AllianceActivity(
                id: id, alliance: "g", kind: kind, day: Day(year: 2025, month: 3, day: day), count: 2, days: kind == .staff ? 10 : nil,
                subject: "数学", from: "L", to: kind == .staff ? "A" : "", evidence: "签到表", madeBy: "某人", madeAt: at)
        }
        let activities = [done("1", .staff, 3), done("2", .lesson, 4)]
        let (today, moment) = (today, at)
        try await store.change(of: nil) { register in
            try register.found([alliance], rules: rules, today: today)
            try register.record(activities, rules: rules, today: today)
            try register.strike("2", of: "g", seen: 2, by: "某人", at: moment, reason: "填\t错")
            try register.end("g", seen: 3, on: today, reason: "到期", today: today)
        }
    }

    private func keepVisits(_ store: any InspectionStore) async throws {
        let visit = Visit(
            id: "v", year: 2026, county: "清河县", school: "A", schoolName: "A校",
            request: .init(
                office: "督导室", rubric: "q", version: "1", from: Day(year: 2026, month: 3, day: 1),
                until: Day(year: 2026, month: 3, day: 20), purpose: "随访", signed: .init(by: "u-1", name: "县督导室", at: at)),
            inspector: "i", inspectorName: "督学甲")
        try await store.add([visit])
        _ = try await store.change(school: "A", year: 2026) { all in
            all.map { one in
                var changed = one
                changed.state = .approved
                return changed
            }
        }
        try await store.assign(
            Responsibility(
                county: "清河县", region: "第一责任区", school: "A", schoolName: "A校", inspector: "i", inspectorName: "督学甲")
        ) { _ in }
    }

    private func keepLedger(_ store: any LedgerStore) async throws {
        let log = DiagnosticLog()
        let text = """
            spending: t
            label: { zh: 试 }
            growth: { document: 某文 }
            training: { document: 某文, share: 0.05 }
            """
        let rules = SpendingRules(try definition(text, SpendingRules.documentKind, log), log)
        // One fen more than a double can tell apart.
        let entry = LedgerEntry(
            id: "e", county: "清河县", line: .init(year: 2026, fund: "某资金", project: "运动场", school: "1"), schoolName: "一小",
            kind: .budget, amount: Money(fen: 900_000_000_000_001), purpose: "修缮", day: today, voucher: "记-1", reason: "说\n明",
            madeBy: "某人", madeAt: at)
        let back = entry.reversal(id: "r", day: today, voucher: "冲-1", reason: "登错", by: "某人", at: at)
        _ = try await store.write([entry], rules: rules)
        _ = try await store.write([back], rules: rules)
        let figures = [
            FinanceFigure(county: "清河县", year: 2025, basis: .final, extent: .stage(.primary), spending: Money(fen: 3), pupils: nil),
            FinanceFigure(
                county: "清河县", year: 2026, basis: .budget, extent: .school("1/2"), name: "一小", running: nil, training: .zero),
        ]
        _ = try await store.write(LedgerBatch(figures: figures), rules: rules)
    }

    private func keepProposals(_ store: any ProposalStore) async throws {
        for (id, county) in [("p1", "清河县"), ("p2", "清河县"), ("p3", "东岭县")] {
            let record = ProposalRecord(
                id: id, method: "pairing", title: "结对", county: county, schoolYear: SchoolYear(2025), standard: "balance-2017",
                cost: 0, problem: "abc", body: "{\"pairs\":\"换\\n行\"}", job: id, made: .init(by: "u", name: "某科", at: at))
            let bytes = (0...255).map { UInt8($0) }
            _ = try await store.add(record, files: [ProposalFile(kind: "report.docx", name: "方案.docx", type: "x/y", bytes: bytes)])
        }
        for id in ["p1", "p2"] { _ = try await store.adopt(id, seen: 1, by: .init(by: "v", name: "某局", at: at)) }
    }

    @Test("原样搬过去，在新库里接着能改", arguments: Engine.allCases, Engine.allCases) func moved(_ from: Engine, _ to: Engine) async throws {
        let desk = try await Desk(from)
        let old = desk.storage
        try await keepAlliances(old.alliances)
        try await keepVisits(old.inspection)
        try await keepLedger(old.ledger)
        try await keepProposals(old.proposals)
        let folder = try await TestFolder.make(to)
        let digests = try await StoreMove(from: from.open(desk.folder), to: to.open(folder), hash: { Sha256.hex($0) }).run()
        let rows = Dictionary(uniqueKeysWithValues: digests.map { ($0.table, $0.rows) })
        for (table, count) in [
            ("alliance", 1), ("alliance_member", 2), ("alliance_activity", 2), ("inspection_visit", 1), ("school_inspector", 1),
            ("fund_entry", 2), ("finance_figure", 2), ("proposal", 3), ("proposal_file", 3),
        ] { #expect(rows[table] == count, "\(table)") }
        let new = try await Storage(to.open(folder), fields: desk.vault)
        #expect(try await new.alliances.alliances() == old.alliances.alliances())
        #expect(try await new.alliances.activities(nil) == old.alliances.activities(nil))
        #expect(try await new.alliances.activities("g").last?.struck?.reason == "填\t错")
        #expect(try await new.inspection.visits(VisitFilter()) == old.inspection.visits(VisitFilter()))
        #expect(try await new.inspection.responsibilities(nil) == old.inspection.responsibilities(nil))
        #expect(try await new.ledger.entries("清河县") == old.ledger.entries("清河县"))
        #expect(try await new.ledger.entries("清河县").first?.amount == Money(fen: 900_000_000_000_001))
        #expect(try await new.ledger.figures("清河县") == old.ledger.figures("清河县"))
        for id in ["p1", "p2", "p3"] {
            #expect(try await new.proposals.plan(id) == old.proposals.plan(id))
            #expect(try await new.proposals.file("report.docx", of: id) == old.proposals.file("report.docx", of: id))
        }
        #expect(try await new.proposals.plan("p1")?.state == .superseded)
        let changed = try await new.inspection.change(school: "A", year: 2026) { all in
            all.map { one in
                var changed = one
                changed.inspector = "j"
                return changed
            }
        }
        #expect(changed.map(\.version) == [3])
        #expect(try await new.proposals.adopt("p3", seen: 1, by: .init(by: "v", name: "某局", at: at)).state == .adopted)
    }
}
