public import Foundation
public import Vocabulary

/// An alliance as somebody is told of it, with what it did in a school year.
public struct ToldAlliance: Sendable {
    public var alliance: Alliance
    public var form: LocalizedText
    public var year: SchoolYear
    /// The day who is in is told for: today, or the last of a year gone.
    public var day: Day
    /// Of the school year.
    public var tally: AllianceTally
    /// Supported schools to which nothing came in the school year.
    public var idle: [Alliance.Member]
    /// Of all years, by day.
    public var activities: [AllianceActivity]

    public init(
        _ alliance: Alliance, form: LocalizedText, year: SchoolYear, day: Day, tally: AllianceTally, idle: [Alliance.Member],
        activities: [AllianceActivity]
    ) {
        self.alliance = alliance
        self.form = form
        self.year = year
        self.day = day
        self.tally = tally
        self.idle = idle
        self.activities = activities
    }
}

/// How an alliance's supported schools changed, as far as somebody may see them.
public struct ToldEffect: Sendable {
    public var rows: [AllianceEffect.Row]
    public var items: [AllianceEffect.Item]
    /// What the numbers say and what they do not.
    public var note: String

    public init(rows: [AllianceEffect.Row], items: [AllianceEffect.Item], note: String) {
        self.rows = rows
        self.items = items
        self.note = note
    }

    public func item(_ code: String) -> AllianceEffect.Item? { items.first { $0.code == code } }
}

extension AllianceEffect {
    /// A measured item as an effect shows it.
    public struct Item: Hashable, Sendable {
        public var code: String
        public var label: LocalizedText
        public var unit: String
        public var decimals: Int

        public init(code: String, label: LocalizedText, unit: String, decimals: Int) {
            self.code = code
            self.label = label
            self.unit = unit
            self.decimals = decimals
        }
    }
}

/// A plan of pairs that a county adopted.
public struct AdoptedPairing: Hashable, Sendable, Identifiable {
    public struct Pair: Hashable, Sendable {
        /// Units: `school/stage`.
        public var lead, member: String

        public init(lead: String, member: String) {
            self.lead = lead
            self.member = member
        }
    }

    public var id: String
    public var title: String
    public var adoptedBy: String
    public var adoptedAt: Date
    public var standard: String
    /// Fingerprint of the problem it answers.
    public var problem: String
    /// None where what was kept does not read back.
    public var pairs: [Pair]

    public init(
        id: String, title: String, adoptedBy: String, adoptedAt: Date, standard: String, problem: String, pairs: [Pair]
    ) {
        self.id = id
        self.title = title
        self.adoptedBy = adoptedBy
        self.adoptedAt = adoptedAt
        self.standard = standard
        self.problem = problem
        self.pairs = pairs
    }
}

/// What an adopted plan would make of the register today, or what speaks against it.
public struct OfferedPairing: Sendable {
    public var plan: AdoptedPairing
    /// What would be founded; none where something speaks against it.
    public var alliances: [Alliance]
    public var obstacles: [String]

    public init(_ plan: AdoptedPairing, alliances: [Alliance], obstacles: [String]) {
        self.plan = plan
        self.alliances = alliances
        self.obstacles = obstacles
    }
}
