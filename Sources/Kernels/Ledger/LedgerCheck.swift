internal import Vocabulary

/// What the ledger says to entries before they are written.
///
/// They are judged as they stand together: an entry and its reversal in one batch come to nothing, and a payment may stand in a
/// workbook above the allotment it is paid from.
public struct LedgerCheck: Sendable {
    /// A "no", with the place of its entry among those asked for.
    public struct Complaint: Sendable, Hashable {
        public var place: Int
        public var message: String
    }

    public private(set) var complaints: [Complaint] = []
    /// Entries that may be written though they go beyond a limit, for a reason stands with them, or though a paper is to follow.
    public private(set) var warnings: [Complaint] = []

    private let batch: LedgerBatch
    private let rules: SpendingRules
    private var sums: [LedgerEntry.Line: FundSums]
    private let known: [String: LedgerEntry]

    /// `written` are all entries of the county.
    public init(_ entries: [LedgerEntry], after written: [LedgerEntry], rules: SpendingRules) {
        self.init(LedgerBatch(entries), after: written, rules: rules)
    }

    /// `written` are all entries of the county.
    public init(_ batch: LedgerBatch, after written: [LedgerEntry], rules: SpendingRules) {
        self.batch = batch
        self.rules = rules
        sums = Dictionary(grouping: written) { $0.line }.mapValues { FundSums($0) }
        known = Dictionary((written + batch.entries).map { ($0.id, $0) }) { first, _ in first }
        readOne(by: Set(written.map(\.voucher)), reversed: Set(written.compactMap(\.reverses)))
        weigh()
        complaints.sort { ($0.place, $0.message) < ($1.place, $1.message) }
        warnings.sort { ($0.place, $0.message) < ($1.place, $1.message) }
    }

    private mutating func complain(_ place: Int, _ message: String) { complaints.append(Complaint(place: place, message: message)) }

    // MARK: Each entry by itself

    private mutating func readOne(by taken: Set<String>, reversed already: Set<String>) {
        var (vouchers, reversed) = (taken, already)
        for (place, entry) in batch.entries.enumerated() {
            if !vouchers.insert(entry.voucher).inserted { complain(place, "凭证号“\(entry.voucher)”已经登记过；要更正先冲正原来的一笔，再用新的凭证号登记") }
            if let id = entry.reverses {
                if let wrong = reversalFault(entry, id, reversed) { complain(place, wrong) }
                reversed.insert(id)
            } else {
                if entry.amount <= .zero { complain(place, "金额要大于0；退回、更正请用冲正") }
                if entry.kind == .paid, let wrong = rules.earmark(entry.line.fund)?.complaint(entry.purpose) { complain(place, wrong) }
            }
            if entry.kind != .paid, entry.day.year != entry.line.year { complain(place, "日期\(entry.day)不在\(entry.line.year)年度") }
        }
        for (place, entry) in batch.entries.enumerated()
        where entry.reverses == nil && rules.evidence.contains(entry.kind) && entry.documents.isEmpty && !reversed.contains(entry.id) {
            let words = "\(entry.kind.label.zh)要附凭据（文件或照片）"
            if batch.documentsFollow {
                warnings.append(Complaint(place: place, message: "\(words)；凭证号“\(entry.voucher)”请在台账里补交"))
            } else {
                complain(place, words)
            }
        }
    }

    private func reversalFault(_ entry: LedgerEntry, _ id: String, _ reversed: Set<String>) -> String? {
        guard let old = known[id] else { return "台账里没有要冲正的这一笔" }
        if old.reverses != nil { return "冲正的记录不能再冲正；请重新登记" }
        if reversed.contains(id) { return "凭证号“\(old.voucher)”已经冲正过" }
        if entry.reason.isEmpty { return "冲正要写明理由" }
        guard old.line == entry.line, old.kind == entry.kind, old.amount == -entry.amount else { return "冲正的金额和项目要与原来的一笔相同" }
        return nil
    }

    // MARK: What they come to

    private mutating func weigh() {
        let own = Set(batch.entries.map(\.id))
        let undone = Set(batch.entries.compactMap(\.reverses)).intersection(own)
        let (reversals, fresh) = (
            batch.entries.enumerated().filter { $1.reverses.map { !own.contains($0) } ?? false },
            batch.entries.enumerated().filter { $1.reverses == nil && !undone.contains($1.id) }
        )
        for (_, entry) in reversals { sums[entry.line, default: FundSums()].add(entry) }
        let order: [LedgerEntry.Kind] = [.budget, .carried, .allotted, .paid]
        for year in Set(fresh.map(\.element.line.year)).sorted() {
            for kind in order { for (place, entry) in fresh where entry.line.year == year && entry.kind == kind { add(entry, place) } }
        }
        for (place, entry) in reversals { weigh(reversal: entry, place) }
    }

    /// Where a line stands, with what of it went over into the next year.
    private func standing(_ line: LedgerEntry.Line) -> FundSums {
        var found = sums[line] ?? FundSums()
        found.carriedOn = sums[line.moved(1)]?.carried ?? .zero
        return found
    }

    private mutating func add(_ entry: LedgerEntry, _ place: Int) {
        let line = entry.line
        if entry.kind != .budget, standing(line).isCarriedOn {
            complain(place, "\(line.year)年的结余已经结转到\(line.year + 1)年，请登记到\(line.year + 1)年度")
        }
        if entry.kind == .carried, sums[line.moved(-1)] != nil {
            let before = standing(line.moved(-1))
            if entry.amount > before.rest {
                complain(
                    place,
                    before.isCarriedOn
                        ? "\(line.year - 1)年的结余已经结转过\(before.carriedOn.yuan)元，还剩\(before.rest.yuan)元，不能再结转\(entry.amount.yuan)元；有出入请先冲正结转的那一笔"
                        : "结转超过上年结余：\(line.year - 1)年结余\(before.rest.yuan)元，结转\(entry.amount.yuan)元")
            }
        }
        sums[line, default: FundSums()].add(entry)
        let after = standing(line)
        if entry.kind == .paid, after.rest < .zero {
            complain(place, "支付超过可用数：可用\(after.available.yuan)元，支付合计\(after.paid.yuan)元，超\((-after.rest).yuan)元")
        }
        if entry.kind == .allotted, after.open < .zero {
            let words = "下达超过预算：预算\(after.budget.yuan)元，下达合计\(after.allotted.yuan)元，超\((-after.open).yuan)元"
            if entry.reason.isEmpty {
                complain(place, "\(words)；确要下达请写明理由")
            } else {
                warnings.append(Complaint(place: place, message: "\(words)；理由：\(entry.reason)"))
            }
        }
    }

    /// Taking back what the rest rests upon is refused, whatever the reason.
    private mutating func weigh(reversal entry: LedgerEntry, _ place: Int) {
        let after = standing(entry.line)
        switch entry.kind {
        case .budget:
            guard after.open < .zero else { return }
            complain(
                place, "冲正后预算少于已下达数：预算\(after.budget.yuan)元，已下达\(after.allotted.yuan)元，差\((-after.open).yuan)元；请先冲正下达，或先登记新的预算")
        case .allotted, .carried:
            guard after.rest < .zero else { return }
            let gone = after.isCarriedOn ? "，已结转到下一年\(after.carriedOn.yuan)元" : ""
            complain(
                place, "冲正后已支付的超过可用数：可用\(after.available.yuan)元，支付合计\(after.paid.yuan)元\(gone)，超\((-after.rest).yuan)元")
        case .paid: return
        }
    }
}
