public import Vocabulary

/// Pupils of the years to come: grade by grade where the grades are told, else as somebody else foresees them. Deterministic.
public struct PupilForecast: Sendable {
    public struct Point: Sendable, Hashable {
        /// First calendar year of the school year.
        public var year: Int
        public var pupils: Int?
        public var classes: Int?
        public var isAssumed: Bool

        public init(year: Int, pupils: Int?, classes: Int?, isAssumed: Bool) {
            self.year = year
            self.pupils = pupils
            self.classes = classes
            self.isAssumed = isAssumed
        }
    }

    /// By unit, one for every year ahead.
    public private(set) var points: [[Point]]
    /// What was missing, in words.
    public private(set) var notes: [String] = []

    private let units: [StaffUnit]
    private let rules: StaffingRules

    /// All units of a county, private ones too: their pupils go up with the others.
    public init(_ units: [StaffUnit], year: SchoolYear, _ rules: StaffingRules) {
        self.units = units
        self.rules = rules
        points = units.map { _ in [] }
        var grades = units.map { $0.grades.map { Optional($0) } }
        var assumed = units.map { _ in false }
        for step in 1...Swift.max(1, rules.forecast.ahead) where step <= rules.forecast.ahead {
            let leaving = leavers(grades)
            for place in units.indices where !grades[place].isEmpty {
                var next = grades[place].dropLast().map { $0.map { ($0 * rules.forecast.progress + 500) / 1_000 } }
                let (intake, isAssumed) = intake(place, step, leaving)
                next.insert(intake, at: 0)
                grades[place] = next
                assumed[place] = assumed[place] || isAssumed
            }
            for place in units.indices { points[place].append(point(place, year.start + step, step, grades[place], assumed[place])) }
        }
        notes = told(assumed)
    }

    private func point(_ place: Int, _ year: Int, _ step: Int, _ grades: [Int?], _ isAssumed: Bool) -> Point {
        let unit = units[place]
        let size = rules.forecast.classSize[unit.stage]
        let known = grades.compactMap { $0 }
        if !grades.isEmpty, known.count == grades.count {
            let classes = size.map { size in known.reduce(0) { $0 + ($1 + size - 1) / size } }
            return Point(year: year, pupils: known.reduce(0, +), classes: classes, isAssumed: isAssumed)
        }
        let foreseen = unit.foreseen.indices.contains(step - 1) ? unit.foreseen[step - 1] : nil
        let classes = foreseen.flatMap { pupils in size.map { (pupils + $0 - 1) / $0 } }
        return Point(year: year, pupils: foreseen, classes: classes, isAssumed: false)
    }

    /// Who finishes primary school in the county this year; nil where one school does not say.
    private func leavers(_ grades: [[Int?]]) -> Int? {
        let primaries = units.indices.filter { units[$0].stage == .primary }
        let last = primaries.compactMap { grades[$0].last.flatMap { $0 } }
        return !primaries.isEmpty && last.count == primaries.count ? last.reduce(0, +) : nil
    }

    /// A unit's new pupils: as told, else the county's leavers by the unit's part of today's lowest grade, else as many as now.
    private func intake(_ place: Int, _ step: Int, _ leaving: Int?) -> (Int?, isAssumed: Bool) {
        let unit = units[place]
        if unit.intakes.indices.contains(step - 1), let told = unit.intakes[step - 1] { return (told, false) }
        let peers = units.indices.filter { units[$0].stage == .junior }
        let lowest = peers.compactMap { units[$0].grades.first }
        if unit.stage == .junior, let leaving, lowest.count == peers.count, lowest.reduce(0, +) > 0 {
            let all = (leaving * rules.forecast.transfer + 500) / 1_000
            return (PupilForecast.share(all, lowest)[peers.firstIndex(of: place) ?? 0], false)
        }
        return rules.forecast.intake == .hold ? (unit.grades.first, true) : (nil, false)
    }

    /// Whole parts of a whole by weights, the largest rests rounded up, so that nobody is lost.
    static func share(_ whole: Int, _ weights: [Int]) -> [Int] {
        let sum = Swift.max(1, weights.reduce(0, +))
        var parts = weights.map { whole * $0 / sum }
        let rests = weights.indices.sorted { (whole * weights[$1] % sum, $0) < (whole * weights[$0] % sum, $1) }
        for place in rests.prefix(whole - parts.reduce(0, +)) { parts[place] += 1 }
        return parts
    }

    private func told(_ assumed: [Bool]) -> [String] {
        var notes: [String] = []
        let without = units.indices.filter { units[$0].grades.isEmpty && units[$0].foreseen.allSatisfy { $0 == nil } }
        if !without.isEmpty {
            notes.append("\(without.count)个学校单位既没有各年级人数，也没有在校生预测，以后各年资料不足：\(PupilForecast.some(without.map { units[$0].title }))")
        }
        let held = units.indices.filter { assumed[$0] }
        if !held.isEmpty { notes.append("\(held.count)个学校单位没有填新生预测，假定以后每年新生与今年同样多") }
        for unit in units {
            if let pupils = unit.pupils, !unit.grades.isEmpty, unit.grades.reduce(0, +) != pupils {
                notes.append("\(unit.title)各年级合计\(unit.grades.reduce(0, +))人，在校生数填的是\(pupils)人，请核对")
            }
        }
        return notes
    }

    /// The first few of many.
    static func some(_ words: [String]) -> String {
        words.prefix(5).joined(separator: "、") + (words.count > 5 ? "等\(words.count)个" : "")
    }
}
