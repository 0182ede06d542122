internal import Exchanges
internal import Planning

/// A plan under way: people by arc, with the figures that follow.
struct RotationDraft {
    let data: RotationGroups
    private(set) var flow: [Int]
    private(set) var out: [Int]
    /// Counts by unit and kind.
    private(set) var counts: [Int]
    private(set) var moves = 0
    private(set) var backbones = 0
    private(set) var cost: Int

    init(_ data: RotationGroups) {
        self.data = data
        flow = Array(repeating: 0, count: data.arcs.count)
        out = Array(repeating: 0, count: data.groups.count)
        counts = data.spread.base
        cost = 0
        for unit in data.problem.units.indices { for kind in 0..<2 { cost += data.cost(unit, kind, counts[unit * 2 + kind]) } }
    }

    /// Adds people to an arc, or takes them off it.
    mutating func add(_ amount: Int, to number: Int) {
        let arc = data.arcs[number]
        let group = data.groups[arc.group]
        flow[number] += amount
        out[arc.group] += amount
        moves += amount
        if group.isBackbone { backbones += amount }
        cost += amount * arc.cost
        for kind in 0..<2 where group.kinds >> kind & 1 == 1 {
            shift(group.unit, kind, -amount)
            shift(arc.to, kind, amount)
        }
    }

    private mutating func shift(_ unit: Int, _ kind: Int, _ amount: Int) {
        let place = unit * 2 + kind
        cost += data.cost(unit, kind, counts[place] + amount) - data.cost(unit, kind, counts[place])
        counts[place] += amount
    }

    func room(_ group: Int) -> Int { data.groups[group].members.count - out[group] }

    /// What keeps this from being a plan: people short of the quota, above it, short of the backbone share, or obliged to go and staying.
    var lack: Int {
        let rules = data.problem.rules
        var lack = Swift.max(0, data.quota.least - moves) + Swift.max(0, moves - data.quota.most)
        if !data.problem.waived.contains("backbone") { lack += Swift.max(0, rules.backboneShare.least(of: moves) - backbones) }
        for place in data.musts { lack += room(place) }
        return lack
    }
}
