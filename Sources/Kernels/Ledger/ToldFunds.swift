public import Vocabulary

/// A county's ledger of a year, or one school's or one fund's part of it, with what the rules say.
public struct ToldFunds: Sendable {
    public var county: String
    public var year: Int
    /// Nil for the whole county.
    public var school: String?
    /// Nil for every fund.
    public var fund: String?
    public var ledger: FundLedger
    public var months: [FundLedger.Month]
    /// Empty for a part.
    public var growth: [GrowthVerdict]
    public var training: [TrainingVerdict]
    /// The county's voucher numbers by entry, for what reverses what.
    public var vouchers: [String: String]
    /// Entries somebody has reversed.
    public var reversed: Set<String>
    /// Kinds of entries the rules want a paper or photo of.
    public var evidence: Set<LedgerEntry.Kind>

    /// `entries` and `figures` are the county's of every year; months are told until today.
    public init(
        _ county: String, _ year: Int, school: String? = nil, fund: String? = nil, _ entries: [LedgerEntry], _ figures: [FinanceFigure],
        rules: SpendingRules, today: Day
    ) {
        (self.county, self.year, self.school, self.fund) = (county, year, school, fund)
        let own = entries.filter {
            $0.line.year == year && (school == nil || $0.line.school == school) && (fund == nil || $0.line.fund == fund)
        }
        ledger = FundLedger(own, among: entries)
        months = ledger.months(year, until: year < today.year ? 12 : today.month, rules: rules)
        let isWhole = school == nil && fund == nil
        growth = isWhole ? GrowthVerdict.told(figures, year, rules: rules) : []
        training =
            fund == nil ? TrainingVerdict.all(figures, year, rules: rules).filter { school == nil || $0.school == school } : []
        vouchers = Dictionary(entries.map { ($0.id, $0.voucher) }) { first, _ in first }
        reversed = Set(entries.compactMap(\.reverses))
        evidence = rules.evidence
    }

    /// The school as its entries call it.
    public var schoolName: String? {
        school.map { code in ledger.entries.first { !$0.schoolName.isEmpty }?.schoolName ?? code }
    }

    /// What may still be reversed.
    public func isOpen(_ entry: LedgerEntry) -> Bool { entry.reverses == nil && !reversed.contains(entry.id) }

    /// Entries the rules want a paper of that have none.
    public var unproved: [LedgerEntry] {
        ledger.entries.filter { evidence.contains($0.kind) && isOpen($0) && $0.documents.isEmpty }
    }
}

/// An entry as somebody means to write it.
public struct EntryDraft: Hashable, Sendable {
    public var kind: LedgerEntry.Kind
    public var line: LedgerEntry.Line
    public var schoolName: String
    public var amount: Money
    public var purpose: String
    public var day: Day
    public var voucher: String
    public var reason: String

    public init(
        kind: LedgerEntry.Kind, line: LedgerEntry.Line, schoolName: String = "", amount: Money, purpose: String = "", day: Day,
        voucher: String, reason: String = ""
    ) {
        self.kind = kind
        self.line = line
        self.schoolName = schoolName
        self.amount = amount
        self.purpose = purpose
        self.day = day
        self.voucher = voucher
        self.reason = reason
    }
}

/// What was written into a ledger.
public struct WrittenFunds: Sendable {
    public var entries: [LedgerEntry]
    public var figures: [FinanceFigure]
    public var warnings: [String]

    public init(_ entries: [LedgerEntry], figures: [FinanceFigure] = [], warnings: [String]) {
        self.entries = entries
        self.figures = figures
        self.warnings = warnings
    }

    public var amount: Money { entries.reduce(Money.zero) { $0 + $1.amount } }
    /// The newest budget year of what was written.
    public var year: Int? { entries.map(\.line.year).max() ?? figures.map(\.year).max() }
}
