import Definitions
import Foundation
import Ledger
import Storage
import Testing
import Vocabulary

@Suite("专项资金台账的约定") struct LedgerContract {
    private let at = Date(timeIntervalSince1970: 1_780_000_000)

    private func rules() throws -> SpendingRules {
        let text = """
            spending: t
            label: { zh: 试 }
            growth: { document: 某文 }
            training: { document: 某文, share: 0.05 }
            """
        let log = DiagnosticLog()
        let found = DefinitionSet([DefinitionFile(path: "s.yaml", text: text)], log).of(kind: SpendingRules.documentKind)
        return try #require(found.first.map { SpendingRules($0, log) })
    }

    private func entry(_ id: String, _ kind: LedgerEntry.Kind, _ fen: Int, county: String = "清河县", year: Int = 2026) -> LedgerEntry {
        LedgerEntry(
            id: id, county: county, line: .init(year: year, fund: "某资金", project: "运动场", school: "1"), schoolName: "一小", kind: kind,
            amount: Money(fen: fen), purpose: "修缮", day: Day(year: year, month: 3, day: 9), voucher: "记-\(id)", reason: "说明",
            madeBy: "某人", madeAt: at)
    }

    @Test("写进去的原样读出来，按登记先后；一批里一笔不行就都不写", arguments: Engine.allCases) func entries(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let (store, rules) = (desk.storage.ledger, try rules())
        let first = [entry("b", .budget, 900_000_000_000_001), entry("a", .allotted, 500)]
        #expect(try await store.write(first, rules: rules) == [])
        await #expect(throws: LedgerRefusal.self) {
            _ = try await store.write([entry("c", .allotted, 7), entry("d", .paid, 508)], rules: rules)
        }
        #expect(try await store.entries("清河县") == first)
        let back = first[1].reversal(id: "r", day: first[1].day, voucher: "冲-a", reason: "登错", by: "某人", at: at)
        _ = try await store.write([back], rules: rules)
        await #expect(throws: LedgerRefusal.self) { _ = try await store.write([back], rules: rules) }
        #expect(try await store.entries("清河县") == first + [back])
        _ = try await store.write([entry("x", .budget, 5, county: "东岭县"), entry("y", .budget, 5, county: "东岭县", year: 2025)], rules: rules)
        #expect(Set(try await store.entries(year: 2026).map(\.id)) == ["x", "b", "a", "r"])
    }

    @Test("经费数据按县、年度、口径、范围各留一份；空的还是空的", arguments: Engine.allCases) func figures(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.ledger
        let old = FinanceFigure(county: "清河县", year: 2025, basis: .final, extent: .stage(.primary), spending: Money(fen: 3), pupils: nil)
        var new = old
        (new.spending, new.pupils) = (nil, 9)
        let school = FinanceFigure(
            county: "清河县", year: 2026, basis: .budget, extent: .school("1/2"), name: "一小", running: Money(fen: 100), training: .zero)
        _ = try await store.write(LedgerBatch(figures: [old, school]), rules: try rules())
        _ = try await store.write(LedgerBatch(figures: [new]), rules: try rules())
        #expect(try await store.figures("清河县") == [new, school])
        #expect(try await store.figures(year: 2026).count == 2)
        #expect(try await store.figures(year: 2025) == [new])
        #expect(try await store.figures("东岭县") == [])
    }

    @Test("台账和经费数据一起写：台账不行，经费数据也不动", arguments: Engine.allCases) func together(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let (store, rules) = (desk.storage.ledger, try rules())
        let old = FinanceFigure(county: "清河县", year: 2026, basis: .final, extent: .whole, spending: Money(fen: 3))
        _ = try await store.write(LedgerBatch([entry("a", .budget, 9)], figures: [old]), rules: rules)
        var new = old
        new.spending = Money(fen: 8)
        await #expect(throws: LedgerRefusal.self) {
            _ = try await store.write(LedgerBatch([entry("d", .paid, 1)], figures: [new]), rules: rules)
        }
        #expect(try await store.figures("清河县") == [old])
        // The same figure twice breaks off inside the transaction: nothing of the batch is there.
        await #expect(throws: (any Error).self) {
            _ = try await store.write(LedgerBatch([entry("e", .budget, 1), entry("e", .allotted, 1)], figures: [new]), rules: rules)
        }
        #expect(try await store.entries("清河县").map(\.id) == ["a"])
        #expect(try await store.figures("清河县") == [old])
        _ = try await store.write(LedgerBatch([entry("b", .allotted, 9)], figures: [new]), rules: rules)
        #expect(try await store.entries("清河县").map(\.id) == ["a", "b"])
        #expect(try await store.figures("清河县") == [new])
    }

    @Test("凭据跟着登记，可以补交，有个数上限", arguments: Engine.allCases) func documents(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.ledger
        func document(_ name: String) -> LedgerEntry.Document {
            .init(name: name, digest: "d\(name)", size: 7, type: "application/pdf", addedBy: "某人", addedAt: at)
        }
        var one = entry("a", .budget, 9)
        one.documents = [document("乙"), document("甲")]
        _ = try await store.write([one, entry("b", .allotted, 1)], rules: try rules())
        try await store.attach(document("丙"), to: "a")
        #expect(try await store.entries("清河县").map { $0.documents.map(\.name) } == [["乙", "甲", "丙"], []])
        #expect(try await store.entries(year: 2026).first?.documents == one.documents + [document("丙")])
        await #expect(throws: LedgerRefusal.self) { try await store.attach(document("丁"), to: "nothing") }
        for number in 3..<LedgerBatch.mostDocuments { try await store.attach(document("\(number)"), to: "a") }
        await #expect(throws: LedgerRefusal.self) { try await store.attach(document("多"), to: "a") }
        #expect(Set(try await desk.storage.keptDigests()).isSuperset(of: ["d甲", "d丙"]))
    }
}
