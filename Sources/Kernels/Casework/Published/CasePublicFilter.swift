public import Vocabulary

/// Which lines of a published list.
public struct CasePublicFilter: Hashable, Sendable {
    public var definition: String
    public var phase: CaseEntry.Phase?
    public var today: Day
    public var year: Int?
    /// Lines for every county are among them.
    public var county: String?
    /// Lines for every school of its county are among them; asked together with the county.
    public var school: String?
    public var limit: Int

    public init(
        definition: String, phase: CaseEntry.Phase?, today: Day, year: Int? = nil, county: String? = nil, school: String? = nil,
        limit: Int = 2_000
    ) {
        self.definition = definition
        self.phase = phase
        self.today = today
        self.year = year
        self.county = county
        self.school = school
        self.limit = limit
    }
}

/// How often schools stood on a list in one year, what is over included.
public struct CasePublicCounts: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
        /// nil: every county.
        public var county: String?
        /// Empty: every school of the county.
        public var school: String
        public var name: String
        public var count: Int

        public init(county: String?, school: String, name: String, count: Int) {
            self.county = county
            self.school = school
            self.name = name
            self.count = count
        }

        /// Whether what was for every school was for those of this county, too.
        public func reaches(_ county: String?) -> Bool { self.county == nil || self.county == county }
    }

    /// Cases in all.
    public var cases: Int
    public var rows: [Row]

    public init(cases: Int, rows: [Row]) {
        self.cases = cases
        self.rows = rows
    }

    /// How often one school was reached.
    public func count(of school: String, in county: String) -> Int {
        rows.reduce(0) { sum, row in
            let isOwn = row.school == school || (row.school.isEmpty && row.reaches(county))
            return isOwn ? sum + row.count : sum
        }
    }
}
