import Definitions
import Foundation
import Ledger
import Testing
import Vocabulary

enum Shipped {
    static func rules(_ change: (String) -> String = { $0 }) throws -> SpendingRules {
        let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let text = try String(contentsOf: root.appendingPathComponent("Catalogue/national/spending/national.yaml"), encoding: .utf8)
        let log = DiagnosticLog()
        let found = DefinitionSet([DefinitionFile(path: "s.yaml", text: change(text))], log).of(kind: SpendingRules.documentKind)
        let rules = found.first.map { SpendingRules($0, log) }
        #expect(log.diagnostics.map(\.description) == [])
        return try #require(rules)
    }
}

@Suite("专项资金台账") struct LedgerTests {
    private let at = Date(timeIntervalSince1970: 1_780_000_000)

    private func entry(
        _ voucher: String, _ kind: LedgerEntry.Kind, _ wan: Int, month: Int = 3, fund: String = "薄弱环节资金", purpose: String = "",
        reason: String = "", year: Int = 2026
    ) -> LedgerEntry {
        LedgerEntry(
            id: voucher, county: "清河县", line: .init(year: year, fund: fund, project: "运动场", school: "1"), schoolName: "一小", kind: kind,
            amount: Money(fen: wan * 1_000_000), purpose: purpose, day: Day(year: year, month: month, day: 1), voucher: voucher,
            reason: reason, madeBy: "某人", madeAt: at)
    }

    private func said(_ entries: [LedgerEntry], after: [LedgerEntry] = []) throws -> [String] {
        LedgerCheck(entries, after: after, rules: try Shipped.rules()).complaints.map(\.message)
    }

    @Test("金额按分算，元和万元都不丢一分") func money() {
        #expect(Money("12.5", in: .wan)?.fen == 12_500_000)
        #expect(Money("1,250.07", in: .yuan)?.fen == 125_007)
        #expect(Money("0.30000000000000004", in: .yuan)?.fen == 30)
        #expect(Money("0.000001", in: .wan)?.fen == 1)
        for wrong in ["", "12a", "1.2.3", "0.001", "--1", "1e3", "9999999999999999"] { #expect(Money(wrong, in: .yuan) == nil, "\(wrong)") }
        #expect(Money(fen: 12_500_001).wan == "12.500001" && Money(fen: -12_500_000).wan == "-12.5" && Money(fen: 7).yuan == "0.07")
    }

    @Test("预算、下达、支付、结余和执行率") func sums() throws {
        let entries = [entry("a", .budget, 100), entry("b", .carried, 5), entry("c", .allotted, 80), entry("d", .paid, 34)]
        #expect(try said(entries) == [])
        let sums = FundLedger(entries).sums
        #expect(sums.balance == Money(fen: 51_000_000) && sums.open == Money(fen: 20_000_000) && sums.rate == 0.4)
        #expect(FundSums().rate == nil)
    }

    @Test("支付在下达前面也行；超过可用数的支付不收，写理由也不收") func overpaid() throws {
        #expect(try said([entry("d", .paid, 80), entry("c", .allotted, 80), entry("a", .budget, 80)]) == [])
        let wrong = try said([entry("a", .budget, 80), entry("c", .allotted, 80), entry("d", .paid, 81, reason: "急用")])
        #expect(wrong == ["支付超过可用数：可用800000.00元，支付合计810000.00元，超10000.00元"])
    }

    @Test("下达超过预算要写理由，写了只提醒") func overAllotted() throws {
        let budget = entry("a", .budget, 10)
        #expect(try said([entry("c", .allotted, 11)], after: [budget]).first?.contains("确要下达请写明理由") == true)
        let check = LedgerCheck([entry("c", .allotted, 11, reason: "追加")], after: [budget], rules: try Shipped.rules())
        #expect(check.complaints == [] && check.warnings.count == 1)
    }

    @Test("冲正：一笔一次，写理由，金额相同；钱已支付的下达冲不掉") func reversals() throws {
        let written = [entry("a", .budget, 10), entry("c", .allotted, 10)]
        func back(_ old: LedgerEntry, _ voucher: String, reason: String = "登错") -> LedgerEntry {
            old.reversal(id: voucher, day: old.day, voucher: voucher, reason: reason, by: "某人", at: at)
        }
        let gone = back(written[1], "x")
        #expect(try said([gone], after: written) == [])
        #expect(FundSums(written + [gone]).allotted == .zero)
        #expect(try said([back(written[1], "y")], after: written + [gone]).contains("凭证号“c”已经冲正过"))
        #expect(try said([back(gone, "z")], after: written + [gone]).contains("冲正的记录不能再冲正；请重新登记"))
        #expect(try said([back(written[1], "y", reason: "")], after: written) == ["冲正要写明理由"])
        var less = back(written[1], "w")
        less.amount = Money(fen: -1)
        #expect(try said([less], after: written) == ["冲正的金额和项目要与原来的一笔相同"])
        #expect(try said([gone], after: written + [entry("d", .paid, 4)]).first?.hasPrefix("冲正后已支付的超过可用数") == true)
    }

    @Test("预算冲到比已下达的还少，写理由也不收；换一笔够大的新预算可以") func budgetReversals() throws {
        let written = [entry("a", .budget, 10), entry("b", .budget, 5), entry("c", .allotted, 12)]
        func back(_ old: LedgerEntry, _ voucher: String) -> LedgerEntry {
            old.reversal(id: voucher, day: old.day, voucher: voucher, reason: "登错", by: "某人", at: at)
        }
        #expect(
            try said([back(written[0], "x")], after: written)
                == ["冲正后预算少于已下达数：预算50000.00元，已下达120000.00元，差70000.00元；请先冲正下达，或先登记新的预算"])
        #expect(try said([back(written[0], "x"), entry("n", .budget, 7)], after: written) == [])
        #expect(try said([back(written[0], "x"), entry("n", .budget, 6)], after: written).count == 1)
        #expect(try said([back(written[1], "x")], after: [entry("a", .budget, 10), written[1], entry("c", .allotted, 10)]) == [])
    }

    @Test("一批里登记又冲正的不算数，先后不论，跨年的结转也是") func replayed() throws {
        let first = [entry("a", .budget, 10), entry("c", .allotted, 10), entry("d", .paid, 4)]
        let over = FundLedger(first).carryOver(2026, day: Day(year: 2027, month: 1, day: 1), by: "某人", at: at) { "o" }
        let undone = over.map { $0.reversal(id: "u", day: $0.day, voucher: "u", reason: "还有一笔", by: "某人", at: at) }
        let more = first + over + undone + [entry("e", .paid, 1)]
        let again = FundLedger(more).carryOver(2026, day: Day(year: 2027, month: 1, day: 1), by: "某人", at: at) { "p" }
        #expect(again.map(\.voucher) == ["结转-2027-2"] && again.map(\.amount) == [Money(fen: 5_000_000)])
        let whole = more + again
        #expect(try said(whole) == [] && said(whole.reversed()) == [])
        #expect(FundLedger(whole.reversed()).sums == FundLedger(whole).sums)
    }

    @Test("结转过的旧年度不再有结余，也不能再结转；冲正结转后又有") func carriedOn() throws {
        let written = [entry("a", .budget, 10), entry("c", .allotted, 10), entry("d", .paid, 4)]
        let over = FundLedger(written).carryOver(2026, day: Day(year: 2027, month: 1, day: 1), by: "某人", at: at) { "o" }
        let old = try #require(FundLedger(written, among: written + over).rows.first?.sums)
        #expect(old.balance == .zero && old.isCarriedOn && old.carriedOn == Money(fen: 6_000_000) && old.rate == 0.4)
        #expect(FundLedger(written + over).sums(by: \.fund).first?.sums.balance == Money(fen: 6_000_000))
        var twice = try #require(over.first)
        (twice.id, twice.voucher) = ("t", "另一号")
        #expect(try said([twice], after: written + over).first?.hasPrefix("2026年的结余已经结转过60000.00元，还剩0.00元，不能再结转60000.00元") == true)
        #expect(try said([twice, over[0]], after: written).count == 1)
        twice.amount = Money(fen: 6_000_001)
        #expect(try said([twice], after: written) == ["结转超过上年结余：2026年结余60000.00元，结转60000.01元"])
        #expect(FundLedger(written + over).carryOver(2026, day: over[0].day, by: "某人", at: at) { "x" } == [])
        let undone = over[0].reversal(id: "u", day: over[0].day, voucher: "u", reason: "登错", by: "某人", at: at)
        #expect(FundLedger(written, among: written + over + [undone]).sums.balance == Money(fen: 6_000_000))
        #expect(try said([entry("e", .paid, 6)], after: written + over + [undone]) == [])
        #expect(
            try said([written[1].reversal(id: "v", day: over[0].day, voucher: "v", reason: "登错", by: "某人", at: at)], after: written + over)
                .contains { $0.contains("已结转到下一年60000.00元") })
    }

    @Test("规则要凭据的，没有就不收；工作簿里的先收下，提醒补交") func evidence() throws {
        let rules = try Shipped.rules { $0.replacingOccurrences(of: "evidence: []", with: "evidence: [paid]") }
        let written = [entry("a", .budget, 10), entry("c", .allotted, 10)]
        var payment = entry("d", .paid, 4)
        #expect(LedgerCheck([payment], after: written, rules: rules).complaints.map(\.message) == ["支付要附凭据（文件或照片）"])
        let later = LedgerCheck(LedgerBatch([payment], documentsFollow: true), after: written, rules: rules)
        #expect(later.complaints == [] && later.warnings.map(\.message) == ["支付要附凭据（文件或照片）；凭证号“d”请在台账里补交"])
        #expect(try said([payment], after: written) == [])
        let told = ToldFunds("清河县", 2026, written + [payment], [], rules: rules, today: Day(year: 2026, month: 9, day: 1))
        #expect(told.unproved.map(\.voucher) == ["d"])
        payment.documents = [.init(name: "发票.pdf", digest: "d", size: 1, type: "application/pdf", addedBy: "某人", addedAt: at)]
        #expect(LedgerCheck([payment], after: written, rules: rules).complaints == [])
        let back = payment.reversal(id: "r", day: payment.day, voucher: "r", reason: "登错", by: "某人", at: at)
        #expect(back.documents == [] && LedgerCheck([back], after: written + [payment], rules: rules).complaints == [])
    }

    @Test("凭据规则只认下达和支付") func evidenceKinds() throws {
        let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let text = try String(contentsOf: root.appendingPathComponent("Catalogue/national/spending/national.yaml"), encoding: .utf8)
        let log = DiagnosticLog()
        let wrong = text.replacingOccurrences(of: "evidence: []", with: "evidence: [budget]")
        _ = DefinitionSet([DefinitionFile(path: "s.yaml", text: wrong)], log).of(kind: SpendingRules.documentKind).map {
            SpendingRules($0, log)
        }
        #expect(log.diagnostics.map(\.code) == ["spending.evidence"])
    }

    @Test("凭证号不重复，金额大于0，专款专用，日期在年度里") func refusals() throws {
        #expect(try said([entry("a", .budget, 1)], after: [entry("a", .budget, 1)]).first?.hasPrefix("凭证号“a”已经登记过") == true)
        #expect(try said([entry("a", .budget, 0)]) == ["金额要大于0；退回、更正请用冲正"])
        let written = [entry("a", .allotted, 9, fund: "公用经费", reason: "先拨")]
        #expect(try said([entry("p", .paid, 1, fund: "公用经费", purpose: "人员经费")], after: written) == ["“公用经费”不得用于人员经费"])
        #expect(try said([entry("p", .paid, 1, fund: "公用经费", purpose: "水电")], after: written) == [])
        var late = entry("q", .budget, 1)
        late.line.year = 2025
        #expect(try said([late]) == ["日期2026-03-01不在2025年度"])
    }

    @Test("结余逐项结转到下一年，旧年度不再支付") func carryOver() throws {
        let written = [entry("a", .budget, 10), entry("c", .allotted, 10), entry("d", .paid, 4)]
        var number = 0
        let over = FundLedger(written).carryOver(2026, day: Day(year: 2027, month: 1, day: 1), by: "某人", at: at) {
            number += 1
            return "n\(number)"
        }
        #expect(over.map(\.amount) == [Money(fen: 6_000_000)] && over.first?.line.year == 2027 && over.first?.schoolName == "一小")
        #expect(try said(over, after: written) == [])
        #expect(try said([entry("e", .paid, 1)], after: written + over).first == "2026年的结余已经结转到2027年，请登记到2027年度")
        #expect(try said([entry("f", .paid, 6, year: 2027)], after: written + over) == [])
    }

    @Test("只转走一部分的，没转走的在旧年度不再是结余，也不会自动再转；要转还可以再登记一笔") func carriedInPart() throws {
        let written = [entry("a", .budget, 10), entry("c", .allotted, 10), entry("d", .paid, 4)]
        var part = entry("结-1", .carried, 5, month: 1, year: 2027)
        #expect(try said([part], after: written) == [])
        let old = FundLedger(written, among: written + [part]).sums
        #expect(old.balance == .zero && old.stayed == Money(fen: 1_000_000) && old.carriedOn == Money(fen: 5_000_000))
        #expect(FundLedger(written + [part]).carryOver(2026, day: part.day, by: "某人", at: at) { "x" } == [])
        #expect(try said([entry("e", .paid, 1)], after: written + [part]).count == 1)
        let rest = entry("结-2", .carried, 1, month: 1, year: 2027)
        #expect(try said([rest], after: written + [part]) == [])
        let both = FundLedger(written, among: written + [part, rest]).sums
        #expect(both.stayed == .zero && both.balance == .zero && both.carriedOn == Money(fen: 6_000_000))
        part.amount = Money(fen: 5_000_000)
        let other = entry("o", .allotted, 3, fund: "另一项")
        #expect(FundLedger(written + [other], among: written + [part, other]).sums.balance == Money(fen: 3_000_000))
    }

    @Test("各月执行率对照进度") func months() throws {
        let entries = [entry("c", .allotted, 100), entry("d", .paid, 30, month: 3), entry("e", .paid, 10, month: 6)]
        let months = FundLedger(entries).months(2026, until: 6, rules: try Shipped.rules())
        #expect(months.map(\.rate) == [0, 0, 0.3, 0.3, 0.3, 0.4])
        #expect(months.map(\.expected) == [nil, nil, 0.25, 0.25, 0.25, 0.5])
        #expect(months.map(\.isBehind) == [false, false, false, false, false, true])
    }
}

@Suite("经费结论") struct SpendingVerdictTests {
    private func figure(
        _ year: Int, _ basis: FinanceFigure.Basis, _ extent: FinanceFigure.Extent = .whole, spending: Int? = nil, pupils: Int? = nil,
        running: Int? = nil, training: Int? = nil
    ) -> FinanceFigure {
        FinanceFigure(
            county: "清河县", year: year, basis: basis, extent: extent, spending: spending.map { Money(fen: $0) }, pupils: pupils,
            running: running.map { Money(fen: $0) }, training: training.map { Money(fen: $0) })
    }

    @Test("总量和生均都不减才达标；学生少了生均增而总量减，不达标") func growth() throws {
        let rules = try Shipped.rules()
        func verdicts(_ spending: Int, _ pupils: Int) -> [Verdict] {
            let figures = [
                figure(2024, .final, spending: 1_000_000, pupils: 100), figure(2025, .final, spending: spending, pupils: pupils),
            ]
            let verdict = GrowthVerdict(figures, 2025, basis: .final, rules: rules)
            return verdict.rows.map(\.verdict) + [verdict.verdict]
        }
        #expect(verdicts(1_100_000, 105) == [.met, .met, .met])
        #expect(verdicts(990_000, 90) == [.notMet, .met, .notMet])
        #expect(verdicts(1_050_000, 106) == [.met, .notMet, .notMet])
        #expect(verdicts(1_000_000, 100) == [.met, .met, .met])
    }

    @Test("与上年持平算不算是设置") func equal() throws {
        let strict = try Shipped.rules { $0.replacingOccurrences(of: "equalIsMet: true", with: "equalIsMet: false") }
        let figures = [figure(2024, .final, spending: 5, pupils: 1), figure(2025, .final, spending: 5, pupils: 1)]
        #expect(GrowthVerdict(figures, 2025, basis: .final, rules: strict).verdict == .notMet)
    }

    @Test("预算不与决算比，缺数不下结论") func mixing() throws {
        let figures = [figure(2024, .final, spending: 100, pupils: 1), figure(2025, .budget, spending: 200, pupils: 1)]
        let verdict = GrowthVerdict(figures, 2025, basis: .budget, rules: try Shipped.rules())
        #expect(verdict.verdict == .insufficient)
        #expect(verdict.rows.map(\.reason) == Array(repeating: "2024年只有决算数，不能与预算数比", count: 2))
        let none = GrowthVerdict([figure(2025, .final, spending: 1)], 2025, basis: .final, rules: try Shipped.rules())
        #expect(none.rows.map(\.reason) == ["2024年没有决算数", "2024年没有决算数；2025年没有填生均口径学生数"])
    }

    @Test("教师培训经费逐校看5%，正好5%达标，缺数资料不足") func training() throws {
        let figures = [
            figure(2025, .budget, .school("a"), running: 2_000_000, training: 100_000),
            figure(2025, .budget, .school("b"), running: 2_000_000, training: 99_999),
            figure(2025, .budget, .school("c"), running: 2_000_000), figure(2025, .final, .school("d"), running: 1, training: 1),
        ]
        let verdicts = TrainingVerdict.all(figures, 2025, rules: try Shipped.rules())
        #expect(verdicts.map(\.verdict) == [.met, .notMet, .insufficient] && verdicts.map(\.school) == ["a", "b", "c"])
        #expect(verdicts[0].share == 0.05 && verdicts[2].share == nil)
    }
}
