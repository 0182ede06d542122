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
        try await store.set([old, school])
        try await store.set([new])
        #expect(try await store.figures("清河县") == [new, school])
        #expect(try await store.figures(year: 2026).count == 2)
        #expect(try await store.figures(year: 2025) == [new])
        #expect(try await store.figures("东岭县") == [])
    }
}
