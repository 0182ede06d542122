public import Vocabulary

/// A plan on one day, every line with its light: a pure function of facts, entries and overrides.
public struct PlanAssessment: Sendable {
    public let plan: CityPlan
    public let today: Day
    public private(set) var items: [String: ItemAssessment] = [:]

    /// `counties` are those to judge where every county is asked for: all, or those the reader may see.
    public init(
        _ plan: CityPlan, facts: PlanFacts, entries: [EvidenceEntry], overrides: [String: LightOverride], counties: [String], today: Day
    ) {
        self.plan = plan
        self.today = today
        let byItem = Dictionary(grouping: entries, by: \.item)
        for charge in plan.charges {
            let judge = LeafJudge(
                charge, plan: plan, facts: facts, entries: byItem[charge.id] ?? [], counties: counties, today: today)
            var leaf = judge.assessment
            leaf.override = overrides[charge.id]
            leaf.counts = [leaf.light: 1]
            items[charge.id] = leaf
        }
        for item in plan.items { gather(item, overrides) }
    }

    public func callAsFunction(_ id: String) -> ItemAssessment? { items[id] }

    /// The whole plan.
    public var counts: [PlanLight: Int] { PlanAssessment.sum(plan.items.compactMap { items[$0.id]?.counts }) }
    public var light: PlanLight { PlanLight.all(plan.items.compactMap { items[$0.id]?.light }) }

    @discardableResult
    private mutating func gather(_ item: PlanItem, _ overrides: [String: LightOverride]) -> ItemAssessment? {
        guard !item.isLeaf else { return items[item.id] }
        let below = item.items.compactMap { gather($0, overrides) }
        let counts = PlanAssessment.sum(below.map(\.counts))
        let whole = ItemAssessment(
            id: item.id, computed: PlanLight.all(below.map(\.light)), override: overrides[item.id],
            reasons: [PlanAssessment.words(counts)], value: nil, expected: nil, counts: counts, parts: [], due: item.deadline)
        items[item.id] = whole
        return whole
    }

    private static func sum(_ list: [[PlanLight: Int]]) -> [PlanLight: Int] {
        list.reduce(into: [:]) { sum, counts in sum.merge(counts) { $0 + $1 } }
    }

    /// `12项：已完成3、推进中2、预警1、滞后1、资料不足5`.
    public static func words(_ counts: [PlanLight: Int]) -> String {
        let parts = PlanLight.allCases.compactMap { light in counts[light].map { "\(light.label.zh)\($0)" } }
        return "\(counts.values.reduce(0, +))项：" + parts.joined(separator: "、")
    }
}
