internal import Vocabulary

/// How one part's rule for school units (at least so many items, none below the floor) decides on one unit.
struct UnitRuling {
    let part: Standard.Part
    let stage: Stage
    let values: [String: Double]

    init(_ part: Standard.Part, _ stage: Stage, values: [String: Double]) {
        self.part = part
        self.stage = stage
        self.values = values
    }

    /// Items with a threshold for this stage; the others are measured only.
    private var items: [Standard.Item] { part.items.filter { $0.level == .unit && $0.threshold[stage] != nil } }

    /// Items that must be met: what the part's rule says, else all that have a threshold.
    var minimum: Int { part.unitRule?.minimum ?? items.count }

    var missed: [Standard.Item] {
        items.filter { item in
            guard let value = values[item.code], let bound = item.threshold[stage] else { return false }
            return !item.comparison.holds(value, bound)
        }
    }

    var unknown: Int { items.count { values[$0.code] == nil } }

    func isBelowFloor(_ item: Standard.Item) -> Bool {
        guard let value = values[item.code], let floor = UnitRuling.floor(part, item, stage) else { return false }
        return !item.comparison.holds(value, floor)
    }

    /// More items missed for certain than the rule allows.
    var missesTooMany: Bool { items.count - missed.count < Swift.min(minimum, items.count) }

    /// A certain failure decides; otherwise an unknown value, which might lie below the floor, leaves it open.
    var verdict: Verdict {
        if items.isEmpty { return part.items.contains { $0.level == .unit && values[$0.code] == nil } ? .insufficient : .measured }
        if missesTooMany || items.contains(where: isBelowFloor) { return .notMet }
        return unknown > 0 ? .insufficient : .met
    }

    /// Where no single item may fall below: threshold × ratio, or threshold ÷ ratio for an upper bound.
    static func floor(_ part: Standard.Part, _ item: Standard.Item, _ stage: Stage) -> Double? {
        guard let ratio = part.unitRule?.floorRatio, let threshold = item.threshold[stage] else { return nil }
        return item.comparison == .atLeast ? threshold * ratio : threshold / ratio
    }
}
