internal import Indicators
internal import Pages
public import Vocabulary

/// A school as a plan finds it and as it leaves it, judged on the day the plan was made.
public struct PlannedSchool: Sendable, Codable, Hashable {
    /// One of its stages, the unit of judgement.
    public struct Unit: Sendable, Codable, Hashable {
        public var title: String
        public var before: Verdict
        public var after: Verdict
        /// Items met, of `measured`.
        public var metBefore: Int
        public var metAfter: Int
        public var measured: Int
        /// Items below the floor no single one may fall under.
        public var lowBefore: Int
        public var lowAfter: Int
    }

    /// Code.
    public var code: String
    public var name: String
    /// Nil where they are not known.
    public var pupils: Int?
    public var units: [Unit]
    /// What the plan does there, one phrase each.
    public var works: [String]
    /// Yuan.
    public var cost: Int

    public var before: Verdict { Verdict.all(units.map(\.before)) }
    public var after: Verdict { Verdict.all(units.map(\.after)) }
}

/// Something done at a school, for its place on the map.
struct SchoolWork {
    /// Code of the school.
    var school: String
    var what: String
    /// Yuan.
    var cost = 0
}

extension PlannedSchool {
    /// Every school of the county, in the order of its units. `after` is the county judged once the plan is carried out; nil where a plan
    /// changes no figures.
    static func all(_ before: CountyResult, _ after: CountyResult?, _ works: [SchoolWork]) -> [PlannedSchool] {
        let later = Dictionary((after ?? before).units.map { ($0.id, $0) }) { first, _ in first }
        let (low, lowLater) = (before.lowItems, (after ?? before).lowItems)
        let done = Dictionary(grouping: works) { $0.school }
        var order: [String] = []
        let grouped = before.units.reduce(into: [String: [UnitResult]]()) { found, unit in
            if found[unit.school] == nil { order.append(unit.school) }
            found[unit.school, default: []].append(unit)
        }
        return order.compactMap { code in
            guard let units = grouped[code], let first = units.first else { return nil }
            let pupils = units.map(\.pupils)
            return PlannedSchool(
                code: code, name: first.name,
                pupils: pupils.contains(nil) ? nil : Int(pupils.reduce(0) { $0 + ($1 ?? 0) }.rounded()),
                units: units.map { unit in
                    let then = later[unit.id] ?? unit
                    return Unit(
                        title: unit.title, before: unit.verdict, after: then.verdict, metBefore: unit.met, metAfter: then.met,
                        measured: unit.measured, lowBefore: low[unit.id] ?? 0, lowAfter: lowLater[unit.id] ?? 0)
                },
                works: done[code]?.map(\.what) ?? [], cost: done[code]?.reduce(0) { $0 + $1.cost } ?? 0)
        }
    }
}

extension CountyResult {
    /// Items below the floor by unit.
    fileprivate var lowItems: [String: Int] {
        shortfalls.reduce(into: [:]) { found, gap in
            if gap.rule == .belowFloor, let stage = gap.stage { found["\(gap.school)/\(stage.rawValue)", default: 0] += 1 }
        }
    }
}

/// Schools of a plan in words.
enum SchoolWords {
    /// `5/7项 → 7/7项`, for several stages beside each other.
    static func items(_ school: PlannedSchool, isChanging: Bool = true) -> String {
        school.units.map { unit in
            let stage = school.units.count > 1 ? "\(stage(unit, school))：" : ""
            guard isChanging else { return "\(stage)\(unit.metBefore)/\(unit.measured)项" }
            return "\(stage)\(unit.metBefore) → \(unit.metAfter)/\(unit.measured)项"
        }.joined(separator: "；")
    }

    /// What the title of a unit adds to its school's name: `初中部`.
    private static func stage(_ unit: PlannedSchool.Unit, _ school: PlannedSchool) -> String {
        let rest = unit.title.hasPrefix(school.name) ? String(unit.title.dropFirst(school.name.count)) : unit.title
        let words = rest.filter { !"（）()".contains($0) }
        return words.isEmpty ? unit.title : words
    }

    /// What is done and for how much.
    static func works(_ school: PlannedSchool) -> String {
        guard !school.works.isEmpty else { return "" }
        return school.works.joined(separator: "，") + (school.cost > 0 ? "（\(PathWords.money(school.cost))万元）" : "")
    }

    /// What a pointer resting on the school is told.
    static func title(_ school: PlannedSchool) -> String {
        let works = works(school)
        return "\(school.name)：\(school.before.label.zh) → \(school.after.label.zh)，达标的指标\(items(school))"
            + (works.isEmpty ? "；方案在这里不做事" : "；\(works)")
    }
}
