public import Vocabulary

/// One school unit's values of a year, by item code. What is not known is not there.
public struct UnitFigures: Hashable, Sendable {
    public var school: String
    public var county: String
    public var stage: Stage
    public var values: [String: Double]

    public init(school: String, county: String, stage: Stage, values: [String: Double]) {
        self.school = school
        self.county = county
        self.stage = stage
        self.values = values
    }
}

/// How the values of supported schools changed, beside how those of the county's schools outside any alliance changed in the same years.
///
/// A comparison, not a cause: schools differ in more than their alliance.
public struct AllianceEffect: Sendable {
    public struct Row: Hashable, Sendable {
        public var member: Alliance.Member
        public var stage: Stage
        public var code: String
        /// The last year counted on or before the day of joining.
        public var base: SchoolYear
        public var year: SchoolYear
        public var before: Double?
        public var now: Double?
        /// Means over the other schools whose values of both years are known; nil where there is none.
        public var othersBefore: Double?
        public var othersNow: Double?
        public var others: Int

        public var change: Double? { if let before, let now { now - before } else { nil } }
        public var othersChange: Double? { if let othersBefore, let othersNow { othersNow - othersBefore } else { nil } }
        /// By how much more the member's value rose than that of the others.
        public var ahead: Double? { if let change, let othersChange { change - othersChange } else { nil } }
        /// Changes as parts of the value before; nil where that is 0.
        public var relative: Double? { AllianceEffect.part(change, before) }
        public var othersRelative: Double? { AllianceEffect.part(othersChange, othersBefore) }
    }

    public private(set) var rows: [Row] = []

    /// `all` are the alliances of all counties; `figures` hold the years with data; `items` the codes in their order.
    public init(_ alliance: Alliance, all: [Alliance], figures: [SchoolYear: [UnitFigures]], items: [String]) {
        let units = figures.mapValues { year in Dictionary(grouping: year) { "\($0.county)/\($0.stage.rawValue)" } }
        var means: [String: (before: Double, now: Double, count: Int)] = [:]
        let years = figures.keys.sorted()
        for member in alliance.members where member.role == .supported {
            let base = member.from.schoolYear
            let stages = member.stage.map { [$0] } ?? AllianceEffect.stages(member, figures)
            for stage in stages {
                let county = "\(member.school.county)/\(stage.rawValue)"
                func own(_ year: SchoolYear) -> UnitFigures? { units[year]?[county]?.first { $0.school == member.school.code } }
                for year in years where year > base && AllianceEffect.counts(year, member) {
                    let allied = AllianceEffect.allied(all, from: base.countDay, until: year.countDay)
                    for code in items {
                        let key = "\(county)/\(base.start)/\(year.start)/\(code)"
                        let mean =
                            means[key]
                            ?? AllianceEffect.mean(units[base]?[county] ?? [], units[year]?[county] ?? [], code, without: allied)
                        means[key] = mean
                        rows.append(
                            Row(
                                member: member, stage: stage, code: code, base: base, year: year, before: own(base)?.values[code],
                                now: own(year)?.values[code], othersBefore: mean.count > 0 ? mean.before : nil,
                                othersNow: mean.count > 0 ? mean.now : nil, others: mean.count))
                    }
                }
            }
        }
    }

    /// Years counted while it was in, and the first one after it left: that one still tells of its time.
    private static func counts(_ year: SchoolYear, _ member: Alliance.Member) -> Bool {
        member.until.map { year.previous.countDay < $0 } ?? true
    }

    private static func stages(_ member: Alliance.Member, _ figures: [SchoolYear: [UnitFigures]]) -> [Stage] {
        let own = figures.values.flatMap { $0 }.filter { $0.school == member.school.code }
        return Stage.allCases.filter { stage in own.contains { $0.stage == stage } }
    }

    /// Schools that were in any alliance on a day between the two.
    private static func allied(_ all: [Alliance], from: Day, until: Day) -> Set<String> {
        func touches(_ begin: Day, _ end: Day?) -> Bool { begin <= until && end.map { from <= $0 } ?? true }
        return all.reduce(into: []) { found, alliance in
            if touches(alliance.founded, alliance.ended) { found.insert(alliance.lead.code) }
            for member in alliance.members where touches(member.from, member.until) { found.insert(member.school.code) }
        }
    }

    private static func mean(
        _ before: [UnitFigures], _ now: [UnitFigures], _ code: String, without allied: Set<String>
    ) -> (before: Double, now: Double, count: Int) {
        let later = Dictionary(now.map { ($0.school, $0.values[code]) }) { first, _ in first }
        var (first, second, count) = (0.0, 0.0, 0)
        for unit in before where !allied.contains(unit.school) {
            guard let value = unit.values[code], let new = later[unit.school].flatMap({ $0 }) else { continue }
            first += value
            second += new
            count += 1
        }
        return count > 0 ? (first / Double(count), second / Double(count), count) : (0, 0, 0)
    }

    private static func part(_ change: Double?, _ whole: Double?) -> Double? {
        guard let change, let whole, whole != 0 else { return nil }
        return change / whole
    }
}
