public import Foundation
public import Vocabulary

/// Where a line, or several together, stand.
public struct FundSums: Hashable, Sendable {
    public var budget = Money.zero
    public var carried = Money.zero
    public var allotted = Money.zero
    public var paid = Money.zero
    /// Left at the year's end and carried over into the next one, where it is `carried`.
    public var carriedOn = Money.zero
    /// Left when a line went over into the next year and not taken along: nothing can be spent of it in the old year any more.
    public var stayed = Money.zero

    public init() {}

    public init(_ entries: some Sequence<LedgerEntry>) { for entry in entries { add(entry) } }

    mutating func add(_ entry: LedgerEntry) {
        switch entry.kind {
        case .budget: budget += entry.amount
        case .carried: carried += entry.amount
        case .allotted: allotted += entry.amount
        case .paid: paid += entry.amount
        }
    }

    public static func + (left: FundSums, right: FundSums) -> FundSums {
        var sums = left
        sums.budget += right.budget
        sums.carried += right.carried
        sums.allotted += right.allotted
        sums.paid += right.paid
        sums.carriedOn += right.carriedOn
        sums.stayed += right.stayed
        return sums
    }

    /// What may be spent: allotted this year and left from the year before.
    public var available: Money { allotted + carried }
    /// Allotted or carried over, not yet paid, and not gone over into the next year: what can still be spent.
    public var balance: Money { rest - stayed }
    /// Neither paid nor gone over, whether it can still be spent or not.
    var rest: Money { available - paid - carriedOn }
    /// In the budget and not yet allotted.
    public var open: Money { budget - allotted }
    /// Paid of what may be spent; nil where there is nothing to spend.
    public var rate: Double? { available > .zero ? Double(paid.fen) / Double(available.fen) : nil }
    /// What was left has gone over into the next year.
    public var isCarriedOn: Bool { carriedOn > .zero }
}

/// A county's ledger read: sums by line, by fund and by school, and what was paid by month.
public struct FundLedger: Sendable {
    public struct Row: Sendable, Hashable {
        public var line: LedgerEntry.Line
        public var schoolName: String
        public var sums: FundSums
    }

    /// Paid until the end of a month.
    public struct Month: Sendable, Hashable {
        public var month: Int
        public var paid: Money
        /// Paid until then of what may be spent in the year; nil where there is nothing to spend.
        public var rate: Double?
        /// The part the rules expect by then; nil where they expect nothing.
        public var expected: Double?
        public var isBehind: Bool { if let rate, let expected { rate < expected } else { false } }
    }

    public let entries: [LedgerEntry]
    public let rows: [Row]

    /// `all` are the county's entries of every year, or of this one and the next: what went over into the next year is read out of them.
    public init(_ entries: [LedgerEntry], among all: [LedgerEntry]? = nil) {
        self.entries = entries
        let next = Dictionary(grouping: (all ?? entries).filter { $0.kind == .carried }) { $0.line }
        rows = Dictionary(grouping: entries) { $0.line }.map { line, own in
            var sums = FundSums(own)
            sums.carriedOn = FundSums(next[line.moved(1)] ?? []).carried
            // A line that went over is closed. What was left behind was left on purpose.
            if sums.isCarriedOn { sums.stayed = sums.rest }
            return Row(line: line, schoolName: own.first { !$0.schoolName.isEmpty }?.schoolName ?? "", sums: sums)
        }.sorted { $0.line < $1.line }
    }

    public var sums: FundSums { rows.reduce(FundSums()) { $0 + $1.sums } }

    /// In the order of their names.
    public func sums(by key: (LedgerEntry.Line) -> String) -> [(name: String, sums: FundSums)] {
        Dictionary(grouping: rows) { key($0.line) }.map { ($0.key, $0.value.reduce(FundSums()) { $0 + $1.sums }) }.sorted { $0.0 < $1.0 }
    }

    /// The months of a year until `last`. What is carried over counts from the beginning of the year.
    public func months(_ year: Int, until last: Int, rules: SpendingRules) -> [Month] {
        let own = entries.filter { $0.line.year == year }
        let available = FundSums(own).available
        return (1...Swift.max(1, Swift.min(12, last))).map { month in
            let paid = own.reduce(Money.zero) { $1.kind == .paid && ($1.day.year, $1.day.month) <= (year, month) ? $0 + $1.amount : $0 }
            return Month(
                month: month, paid: paid, rate: available > .zero ? Double(paid.fen) / Double(available.fen) : nil,
                expected: rules.pace.last { $0.month <= month }.map { Double($0.share) / 10_000 })
        }
    }

    /// What is left of a year, as entries of the next one: one for each line with money left that has not gone over yet.
    public func carryOver(_ year: Int, day: Day, by name: String, at: Date, newID: () -> String) -> [LedgerEntry] {
        let vouchers = Set(entries.map(\.voucher))
        var number = 0
        return rows.filter { $0.line.year == year && $0.sums.balance > .zero }.compactMap { row in
            guard let county = entries.first?.county else { return nil }
            // A number is never used again, also where what bore it was reversed.
            repeat { number += 1 } while vouchers.contains("结转-\(year + 1)-\(number)")
            return LedgerEntry(
                id: newID(), county: county, line: row.line.moved(1), schoolName: row.schoolName, kind: .carried,
                amount: row.sums.balance, day: day, voucher: "结转-\(year + 1)-\(number)", reason: "\(year)年结余结转", madeBy: name, madeAt: at)
        }
    }
}
