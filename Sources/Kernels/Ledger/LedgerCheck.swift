internal import Vocabulary

/// What the ledger says to entries before they are written.
public struct LedgerCheck: Sendable {
    /// A "no", with the place of its entry among those asked for.
    public struct Complaint: Sendable, Hashable {
        public var place: Int
        public var message: String
    }

    public private(set) var complaints: [Complaint] = []
    /// Entries that may be written though they go beyond a limit: a reason stands with them.
    public private(set) var warnings: [Complaint] = []

    private let rules: SpendingRules
    private var vouchers: Set<String>
    private var sums: [LedgerEntry.Line: FundSums]
    private var known: [String: LedgerEntry]
    private var reversed: Set<String>
    /// What of which lines went over into the year given.
    private var carried: Set<LedgerEntry.Line>

    /// `written` are all entries of the county.
    public init(_ entries: [LedgerEntry], after written: [LedgerEntry], rules: SpendingRules) {
        self.rules = rules
        vouchers = Set(written.map(\.voucher))
        sums = Dictionary(grouping: written) { $0.line }.mapValues { FundSums($0) }
        known = Dictionary(written.map { ($0.id, $0) }) { first, _ in first }
        reversed = Set(written.compactMap(\.reverses))
        carried = Set(written.filter { $0.kind == .carried }.map(\.line))
        // A payment may stand in a workbook above the allotment it is paid from.
        let order: [LedgerEntry.Kind] = [.budget, .carried, .allotted, .paid]
        for kind in order { for (place, entry) in entries.enumerated() where entry.kind == kind { take(entry, place) } }
        complaints.sort { ($0.place, $0.message) < ($1.place, $1.message) }
    }

    private mutating func take(_ entry: LedgerEntry, _ place: Int) {
        func complain(_ message: String) -> Complaint { Complaint(place: place, message: message) }
        if !vouchers.insert(entry.voucher).inserted { complaints.append(complain("凭证号“\(entry.voucher)”已经登记过；要更正先冲正原来的一笔，再用新的凭证号登记")) }
        if let id = entry.reverses {
            if let wrong = reversalFault(entry, id) { complaints.append(complain(wrong)) }
            reversed.insert(id)
        } else if entry.amount <= .zero {
            complaints.append(complain("金额要大于0；退回、更正请用冲正"))
        }
        if entry.kind != .paid, entry.day.year != entry.line.year {
            complaints.append(complain("日期\(entry.day)不在\(entry.line.year)年度"))
        }
        if entry.reverses == nil, entry.kind == .paid, let wrong = rules.earmark(entry.line.fund)?.complaint(entry.purpose) {
            complaints.append(complain(wrong))
        }
        var next = entry.line
        next.year += 1
        if entry.kind != .budget, entry.reverses == nil, carried.contains(next) {
            complaints.append(complain("\(entry.line.year)年的结余已经结转到\(next.year)年，请登记到\(next.year)年度"))
        }
        var after = sums[entry.line, default: FundSums()]
        after.add(entry)
        sums[entry.line] = after
        if after.balance < .zero, entry.kind != .budget {
            let words = entry.reverses == nil ? "支付超过可用数" : "冲正后已支付的超过可用数"
            complaints.append(complain("\(words)：可用\(after.available.yuan)元，支付合计\(after.paid.yuan)元，超\((-after.balance).yuan)元"))
        }
        if after.open < .zero, entry.kind == .allotted, entry.reverses == nil {
            let words = "下达超过预算：预算\(after.budget.yuan)元，下达合计\(after.allotted.yuan)元，超\((-after.open).yuan)元"
            if entry.reason.isEmpty {
                complaints.append(complain("\(words)；确要下达请写明理由"))
            } else {
                warnings.append(complain("\(words)；理由：\(entry.reason)"))
            }
        }
        known[entry.id] = entry
    }

    private func reversalFault(_ entry: LedgerEntry, _ id: String) -> String? {
        guard let old = known[id] else { return "台账里没有要冲正的这一笔" }
        if old.reverses != nil { return "冲正的记录不能再冲正；请重新登记" }
        if reversed.contains(id) { return "凭证号“\(old.voucher)”已经冲正过" }
        if entry.reason.isEmpty { return "冲正要写明理由" }
        guard old.line == entry.line, old.kind == entry.kind, old.amount == -entry.amount else { return "冲正的金额和项目要与原来的一笔相同" }
        return nil
    }
}
