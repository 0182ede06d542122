public import Foundation
public import Indicators
public import Ledger
internal import Vocabulary

/// Entries and finance figures out of filled-in forms; what is wrong is told cell by cell.
public struct FundReading: Sendable {
    public private(set) var entries: [LedgerEntry] = []
    public private(set) var figures: [FinanceFigure] = []
    /// The row of the sheet each entry comes from.
    public private(set) var rows: [Int] = []
    public private(set) var complaints: [String] = []

    public init() {}

    /// Reads a sheet of the ledger; `written` are the entries the county's ledger has already, for reversals.
    public mutating func readLedger(
        _ table: ReturnTable, county: String, after written: [LedgerEntry], by name: String, at: Date, newID: () -> String
    ) {
        // What reverses an entry may stand above it: a ledger is handed out with its newest entries on top.
        let told = (0..<table.count).filter { !table.attribute("voucher", $0).isEmpty }
        let ids = told.map { _ in newID() }
        var byVoucher = Dictionary(written.map { ($0.voucher, $0.id) }) { first, _ in first }
        for (row, id) in zip(told, ids) {
            let voucher = Cells(table: table, row: row)["voucher"]
            byVoucher[voucher] = byVoucher[voucher] ?? id
        }
        for (row, id) in zip(told, ids) {
            let cells = Cells(table: table, row: row)
            guard let year = cells.year(&complaints), let kind = kind(cells), let amount = amount(cells), let day = day(cells) else {
                continue
            }
            var entry = LedgerEntry(
                id: id, county: county,
                line: .init(year: year, fund: cells["fund"], project: cells["project"], school: cells["school"]),
                schoolName: cells["school_name"], kind: kind, amount: amount, purpose: cells["purpose"], day: day,
                voucher: cells["voucher"],
                reason: cells["reason"], madeBy: name, madeAt: at)
            if !cells["reverses"].isEmpty {
                guard let old = byVoucher[cells["reverses"]] else {
                    complaints.append(cells.said("reverses", "台账里没有凭证号“\(cells["reverses"].prefix(30))”"))
                    continue
                }
                // Written as it was, or with the minus it has in the ledger.
                (entry.reverses, entry.amount) = (old, amount > .zero ? -amount : amount)
            }
            entries.append(entry)
            rows.append(row)
        }
        oldestFirst()
    }

    /// A sheet whose reversals stand above what they reverse is read from its foot.
    private mutating func oldestFirst() {
        let places = Dictionary(entries.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let isUpsideDown = entries.enumerated().contains { place, entry in
            entry.reverses.flatMap { places[$0] }.map { $0 > place } ?? false
        }
        if isUpsideDown { (entries, rows) = (entries.reversed(), rows.reversed()) }
    }

    private mutating func kind(_ cells: Cells) -> LedgerEntry.Kind? {
        let kind = LedgerEntry.Kind.allCases.first { $0.label.zh == cells["entry"] }
        if kind == nil {
            complaints.append(cells.said("entry", "类型请填：\(LedgerEntry.Kind.allCases.map(\.label.zh).joined(separator: "、"))"))
        }
        return kind
    }

    private mutating func amount(_ cells: Cells) -> Money? {
        guard let unit = Money.Unit(rawValue: cells["unit"]) else {
            complaints.append(cells.said("unit", "单位请填元或万元"))
            return nil
        }
        let amount = Money(cells["amount"], in: unit)
        if amount == nil { complaints.append(cells.said("amount", "“\(cells["amount"].prefix(20))”不是金额；只写数字，最多到分")) }
        return amount
    }

    private mutating func day(_ cells: Cells) -> Day? {
        let day = Day(written: cells["day"])
        if day == nil { complaints.append(cells.said("day", "“\(cells["day"].prefix(20))”不是日期；请写成 2026-03-01")) }
        return day
    }

    /// Reads a sheet of finance figures.
    public mutating func readFigures(_ table: ReturnTable, county: String) {
        var seen: [String: Int] = [:]
        for row in 0..<table.count where !table.attribute("row", row).isEmpty {
            let cells = Cells(table: table, row: row)
            guard let year = cells.year(&complaints),
                let basis = FinanceFigure.Basis.allCases.first(where: { $0.label.zh == cells["basis"] }),
                let extent = extent(cells)
            else {
                if FinanceFigure.Basis.allCases.allSatisfy({ $0.label.zh != cells["basis"] }) {
                    complaints.append(cells.said("basis", "口径请填预算或决算"))
                }
                continue
            }
            if let first = seen.updateValue(row, forKey: "\(year)/\(basis)/\(extent.key)") {
                complaints.append(cells.said("extent", "与第\(table.sheetRow(first))行重复：同一年度、口径、范围只填一行"))
                continue
            }
            let (spending, running, training) = (money("spending", cells), money("running", cells), money("training", cells))
            figures.append(
                FinanceFigure(
                    county: county, year: year, basis: basis, extent: extent, name: cells["school_name"], spending: spending,
                    pupils: pupils(cells), running: running, training: training))
        }
    }

    private mutating func extent(_ cells: Cells) -> FinanceFigure.Extent? {
        let word = cells["extent"]
        if word == "全县" { return .whole }
        if let stage = Stage.allCases.first(where: { $0.label.zh == word }) { return .stage(stage) }
        if word == "学校", !cells["school"].isEmpty { return .school(cells["school"]) }
        complaints.append(
            word == "学校" ? cells.said("school", "范围是“学校”时要填学校标识码") : cells.said("extent", "范围请填：全县、学前、小学、初中、高中、学校"))
        return nil
    }

    private mutating func money(_ id: AttributeID, _ cells: Cells) -> Money? {
        guard !cells[id].isEmpty else { return nil }
        if let money = Money(cells[id], in: .wan), money >= .zero { return money }
        complaints.append(cells.said(id, "“\(cells[id].prefix(20))”不是金额；只写数字，单位万元，最多到分"))
        return nil
    }

    private mutating func pupils(_ cells: Cells) -> Int? {
        guard !cells["pupils"].isEmpty else { return nil }
        if let count = Int(cells["pupils"]), (1...100_000_000).contains(count) { return count }
        complaints.append(cells.said("pupils", "生均口径学生数请填大于0的整数，没有的留空"))
        return nil
    }

    /// The rows' places put before what the ledger refused.
    public func placed(_ refusal: LedgerRefusal, in table: ReturnTable) -> [String] {
        refusal.complaints.map { complaint in
            guard rows.indices.contains(complaint.place) else { return complaint.message }
            let place = table.cell("voucher", rows[complaint.place]).map { "\($0)：" } ?? ""
            return place + complaint.message
        }
    }
}

/// One row of a form.
private struct Cells {
    let table: ReturnTable
    let row: Int

    subscript(_ id: AttributeID) -> String { table.attribute(id, row).trimmingCharacters(in: .whitespaces) }

    func said(_ id: AttributeID, _ message: String) -> String { (table.cell(id, row).map { "\($0)：" } ?? "") + message }

    func year(_ complaints: inout [String]) -> Int? {
        if let year = Int(self["year"].replacingOccurrences(of: "年", with: "")), (2000...2100).contains(year) { return year }
        complaints.append(said("year", "年度请填四位年份，如 2026"))
        return nil
    }
}
