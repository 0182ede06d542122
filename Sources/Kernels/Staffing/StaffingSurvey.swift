public import Vocabulary

/// A county's staff against its establishment, unit by unit, and the years to come. No persons.
public struct StaffingSurvey: Sendable, Hashable, Codable {
    /// A stage, or all stages, over the county in a year.
    public struct Sum: Sendable, Hashable {
        public var year: Int
        public var pupils: Int?
        public var establishment: Int?
        public var remaining: Int?
        /// Units of which something is missing.
        public var missing: Int
        public var isAssumed: Bool
        public var need: Int? { establishment.flatMap { posts in remaining.map { posts - $0 } } }
    }

    public var county: String
    public var year: SchoolYear
    /// The rules it was counted by, as papers cite them.
    public var rules: String
    public var hasRoster: Bool
    /// Public units in the order of their ids.
    public var units: [UnitStaffing]
    /// Subjects in the years to come, over the county.
    public var outlook: [SubjectOutlook]
    /// What was missing, in words.
    public var notes: [String]

    /// `members` is nil where there is no roster. Only schools whose sponsor has an establishment are counted.
    public init(county: String, year: SchoolYear, units: [StaffUnit], members: [StaffMember]?, rules: StaffingRules) {
        self.county = county
        self.year = year
        self.rules = rules.citation
        hasRoster = members != nil
        let forecast = PupilForecast(units, year: year, rules)
        let own = Dictionary(grouping: members ?? []) { $0.unit }
        let places = units.indices.filter { rules.sponsors.contains(units[$0].sponsor) && rules.ratios[units[$0].stage] != nil }
        let order = places.sorted { units[$0].id < units[$1].id }
        self.units = order.map { place in
            UnitStaffing(units[place], members == nil ? nil : own[place] ?? [], year: year, ahead: forecast.points[place], rules)
        }
        outlook = SubjectOutlook.all(self.units, places: order, members: members ?? [], rules)
        notes = forecast.notes
        let skipped = units.count - places.count
        if skipped > 0 { notes.append("\(skipped)个非公办或没有编制标准的学校单位不核编") }
        let ageless = self.units.reduce(0) { $0 + $1.ageless }
        if ageless > 0 { notes.append("\(ageless)名在编人员没有填出生年月或性别，算不出退休时间，所在学校的补充需求资料不足") }
        let overdue = self.units.reduce(0) { $0 + $1.overdue }
        if overdue > 0 { notes.append("\(overdue)名在编人员已到法定退休年龄，还在名册里，请核对") }
    }

    public func units(_ stage: Stage?) -> [UnitStaffing] { stage.map { stage in units.filter { $0.stage == stage } } ?? units }
    public var stages: [Stage] { Set(units.map(\.stage)).sorted() }

    /// Nil where one unit's is not known.
    public func establishment(_ stage: Stage? = nil) -> Int? { StaffingSurvey.sum(units(stage).map(\.establishment)) }
    public func posted(_ stage: Stage? = nil) -> Int? { StaffingSurvey.sum(units(stage).map(\.posted)) }
    /// Over a county one unit may be over and another short: the sum says whether there are people enough at all.
    public var balance: Int? { StaffingSurvey.sum(units.map(\.balance)) }
    public func count(_ standing: StaffStanding) -> Int { units.count { $0.standing == standing } }
    /// People too many, over the units that are over; the same for those that are short, as a number above zero.
    public var surplus: Int { units.reduce(0) { $0 + Swift.max(0, $1.balance ?? 0) } }
    public var shortage: Int { units.reduce(0) { $0 + Swift.max(0, -($1.balance ?? 0)) } }

    public var standing: StaffStanding {
        guard let balance, !units.isEmpty else { return .unknown }
        return balance > 0 ? .over : balance < 0 ? .short : .even
    }

    /// Subjects over the county's units of a stage, in the order of the rules.
    public func subjects(_ stage: Stage) -> [UnitStaffing.Subject] {
        var order: [String] = []
        var sums: [String: UnitStaffing.Subject] = [:]
        for subject in units(stage).flatMap(\.subjects) {
            guard var sum = sums[subject.name] else {
                order.append(subject.name)
                sums[subject.name] = subject
                continue
            }
            sum.need = sum.need.flatMap { need in subject.need.map { need + $0 } }
            sum.teachers += subject.teachers
            sum.established += subject.established
            sums[subject.name] = sum
        }
        return order.compactMap { sums[$0] }
    }

    /// Retirements by calendar year, from the survey's on.
    public var leaving: [UnitStaffing.Leaving] {
        var sums: [String: UnitStaffing.Leaving] = [:]
        for row in units.flatMap(\.leaving) {
            let key = "\(row.year)|\(row.subject)"
            sums[key, default: UnitStaffing.Leaving(year: row.year, subject: row.subject, count: 0, early: 0)].count += row.count
            sums[key]?.early += row.early
        }
        return sums.values.sorted { ($0.year, $0.subject) < ($1.year, $1.subject) }
    }

    /// The years retirements are counted for.
    public var years: [Int] {
        let ahead = units.first?.ahead.last?.year ?? year.start
        return Array(year.start...Swift.max(year.start, ahead))
    }

    public func sums(_ stage: Stage? = nil) -> [Sum] {
        let units = units(stage)
        return (units.first?.ahead ?? []).indices.map { step in
            let rows = units.map { $0.ahead[step] }
            return Sum(
                year: rows[0].year, pupils: StaffingSurvey.sum(rows.map(\.pupils)),
                establishment: StaffingSurvey.sum(rows.map(\.establishment)), remaining: StaffingSurvey.sum(rows.map(\.remaining)),
                missing: rows.count { $0.need == nil }, isAssumed: rows.contains { $0.isAssumed })
        }
    }

    private static func sum(_ numbers: [Int?]) -> Int? {
        let known = numbers.compactMap { $0 }
        return known.count == numbers.count ? known.reduce(0, +) : nil
    }
}
