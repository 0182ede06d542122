public import Vocabulary

/// How a unit's staff stands against its establishment.
public enum StaffStanding: String, Sendable, Hashable, Codable, CaseIterable {
    /// 超编, 缺编, 满编.
    case over
    case short
    case even
    case unknown

    public var label: LocalizedText {
        switch self {
        case .over: LocalizedText(zh: "超编", en: "Over establishment")
        case .short: LocalizedText(zh: "缺编", en: "Under establishment")
        case .even: LocalizedText(zh: "满编", en: "At establishment")
        case .unknown: LocalizedText(zh: "资料不足", en: "Insufficient data")
        }
    }
}

/// One public unit's staff: establishment, people, subjects, retirements and years to come.
public struct UnitStaffing: Sendable, Hashable, Codable, Identifiable {
    /// Teachers of one subject.
    public struct Subject: Sendable, Hashable, Codable {
        public var name: String
        /// Teachers its lessons need, in thousandths; nil where the rules or the number of classes do not say.
        public var need: Int?
        /// All who teach it first, and those of them on the establishment.
        public var teachers: Int
        public var established: Int

        public init(name: String, need: Int?, teachers: Int, established: Int) {
            self.name = name
            self.need = need
            self.teachers = teachers
            self.established = established
        }

        /// Whole teachers on the establishment too many or, below zero, too few; nothing where a part of one is at stake.
        public var balance: Int? {
            guard let need else { return nil }
            if established * 1_000 >= need { return established - (need + 999) / 1_000 }
            return established - need / 1_000
        }
    }

    /// Retirements of a calendar year.
    public struct Leaving: Sendable, Hashable, Codable {
        public var year: Int
        public var subject: String
        public var count: Int
        /// Who could choose to go in this year and not before.
        public var early: Int

        public init(year: Int, subject: String, count: Int, early: Int) {
            self.year = year
            self.subject = subject
            self.count = count
            self.early = early
        }
    }

    /// A school year to come.
    public struct Ahead: Sendable, Hashable, Codable {
        public var year: Int
        public var pupils: Int?
        /// Whether new pupils were taken to be as many as now.
        public var isAssumed: Bool
        public var classes: Int?
        public var establishment: Int?
        /// Who is still there of today's staff on the establishment.
        public var remaining: Int?

        /// People to be found by then; below zero people too many.
        public var need: Int? { establishment.flatMap { posts in remaining.map { posts - $0 } } }
    }

    public var id: String
    public var school: String
    public var title: String
    public var stage: Stage
    public var setting: String
    public var latitude: Int?
    public var longitude: Int?
    public var pupils: Int?
    public var classes: Int?
    public var establishment: Int?
    public var steps: [String]
    public var approved: Int?
    /// Everybody known to be on the establishment; `isWhole` says whether there can be others.
    public var known: Int
    public var isWhole: Bool
    /// Why the staff is not known whole; empty where it is.
    public var gap: String
    public var offEstablishment: Int
    public var subjects: [Subject]
    public var leaving: [Leaving]
    /// On the establishment, past the age and still in the roster.
    public var overdue: Int
    /// On the establishment, with birth or sex not told.
    public var ageless: Int
    public var ahead: [Ahead]

    /// Staff on the establishment; nil where it is not known whole.
    public var posted: Int? { isWhole ? known : nil }
    /// Staff less establishment.
    public var balance: Int? { establishment.flatMap { posts in posted.map { $0 - posts } } }

    public var standing: StaffStanding {
        guard let establishment else { return .unknown }
        if known > establishment { return .over }
        guard isWhole else { return .unknown }
        return known == establishment ? .even : .short
    }

    /// Retirements of a year, over all subjects.
    public func retiring(_ year: Int) -> Int { leaving.reduce(0) { $1.year == year ? $0 + $1.count : $0 } }
}
