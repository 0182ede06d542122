public import Foundation
public import Vocabulary

/// One line written into the ledger of special funds. Entries are never changed or taken out; a wrong one is reversed by another.
public struct LedgerEntry: Hashable, Sendable, Identifiable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case budget
        case allotted
        case paid
        /// Money of the year before that may still be spent.
        case carried

        public var label: LocalizedText {
            switch self {
            case .budget: LocalizedText(zh: "预算", en: "Budget")
            case .allotted: LocalizedText(zh: "下达", en: "Allotted")
            case .paid: LocalizedText(zh: "支付", en: "Paid")
            case .carried: LocalizedText(zh: "结转", en: "Carried over")
            }
        }
    }

    /// What money is counted for: one project of one fund at one school in one year.
    public struct Line: Hashable, Sendable, Comparable {
        /// The calendar year of the budget.
        public var year: Int
        public var fund: String
        public var project: String
        /// The school's code; empty for what the county spends itself.
        public var school: String

        public init(year: Int, fund: String, project: String, school: String = "") {
            self.year = year
            self.fund = fund
            self.project = project
            self.school = school
        }

        public static func < (left: Line, right: Line) -> Bool {
            (left.year, left.fund, left.project, left.school) < (right.year, right.fund, right.project, right.school)
        }

        /// The same in another year: where what is left goes to, or came from.
        func moved(_ years: Int) -> Line { Line(year: year + years, fund: fund, project: project, school: school) }
    }

    /// A paper or photo that proves an entry; documents are added and never taken away.
    public struct Document: Hashable, Sendable {
        public var name: String
        public var digest: String
        public var size: Int
        /// What it is by its first bytes.
        public var type: String
        public var addedBy: String
        public var addedAt: Date

        public init(name: String, digest: String, size: Int, type: String, addedBy: String, addedAt: Date) {
            self.name = name
            self.digest = digest
            self.size = size
            self.type = type
            self.addedBy = addedBy
            self.addedAt = addedAt
        }
    }

    public var id: String
    public var county: String
    public var line: Line
    public var schoolName: String
    public var kind: Kind
    /// Negative only for what reverses another entry.
    public var amount: Money
    /// What the money is for, in the words of the rules; empty where not told.
    public var purpose: String
    public var day: Day
    /// Number of the voucher or paper: one number stands in a county's ledger once.
    public var voucher: String
    /// Why the entry goes beyond its limit, or why it reverses another.
    public var reason: String
    /// The entry this one reverses.
    public var reverses: String?
    public var madeBy: String
    public var madeAt: Date
    public var documents: [Document]

    public init(
        id: String, county: String, line: Line, schoolName: String = "", kind: Kind, amount: Money, purpose: String = "", day: Day,
        voucher: String, reason: String = "", reverses: String? = nil, madeBy: String, madeAt: Date, documents: [Document] = []
    ) {
        self.id = id
        self.county = county
        self.line = line
        self.schoolName = schoolName
        self.kind = kind
        self.amount = amount
        self.purpose = purpose
        self.day = day
        self.voucher = voucher
        self.reason = reason
        self.reverses = reverses
        self.madeBy = madeBy
        self.madeAt = madeAt
        self.documents = documents
    }

    /// The entry that takes this one back.
    public func reversal(id: String, day: Day, voucher: String, reason: String, by name: String, at: Date) -> LedgerEntry {
        var entry = self
        (entry.id, entry.amount, entry.day, entry.voucher) = (id, -amount, day, voucher)
        (entry.reason, entry.reverses, entry.madeBy, entry.madeAt) = (reason, self.id, name, at)
        entry.documents = []
        return entry
    }
}
