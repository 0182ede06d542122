internal import Exchanges
internal import Planning

/// The groups' flows as a programme: people by arc, and each school's counts as unit segments with their exact convex costs.
struct RotationModel {
    /// The model's costs are the true ones divided by this, which keeps them in a solver's comfortable range.
    static let unit = 1e6

    /// What is left free; the rest stands as the draft has it.
    struct Part {
        /// Arcs that may change.
        var arcs: [Int]
        /// Units whose counts may change.
        var units: [Int]
        var draft: RotationDraft?
    }

    private(set) var linear = LinearModel()
    /// True costs of the columns.
    private(set) var costs: [Int] = []
    /// What the fixed counts cost.
    private(set) var constant = 0
    /// The arc of each of the first columns.
    let arcs: [Int]
    private let data: RotationGroups

    /// `asksWhole` for a plan, else for the bound. `elastic` asks only how far the rules can be kept.
    init(_ data: RotationGroups, _ part: Part? = nil, asksWhole: Bool, elastic: Bool = false) {
        self.data = data
        let part = part ?? Part(arcs: Array(data.arcs.indices), units: Array(data.problem.units.indices), draft: nil)
        arcs = part.arcs
        var places = Array(repeating: -1, count: data.arcs.count)
        let fixed = part.draft.map { FixedFlows(data, $0, without: part.arcs) } ?? FixedFlows(data)
        for (place, arc) in part.arcs.enumerated() {
            places[arc] = place
            let group = data.groups[data.arcs[arc].group]
            _ = add("y\(arc)", group.members.count - fixed.out[data.arcs[arc].group], elastic ? 0 : data.arcs[arc].cost, asksWhole)
        }
        addFlows(part, fixed, elastic)
        if !elastic { addCounts(part, fixed, asksWhole) }
    }

    private mutating func add(_ name: String, _ upper: Int, _ cost: Int, _ isWhole: Bool) -> Int {
        costs.append(cost)
        return linear.column(name, 0, Double(Swift.max(0, upper)), cost: Double(cost) / RotationModel.unit, isWhole: isWhole)
    }

    private mutating func addFlows(_ part: Part, _ fixed: FixedFlows, _ elastic: Bool) {
        var byGroup: [Int: [LinearModel.Term]] = [:]
        var byPort: [Int: [LinearModel.Term]] = [:]
        var (all, share): ([LinearModel.Term], [LinearModel.Term]) = ([], [])
        let basis = data.problem.rules.backboneShare.basis
        for (place, number) in part.arcs.enumerated() {
            let arc = data.arcs[number]
            let group = data.groups[arc.group]
            byGroup[arc.group, default: []].append(.init(place, 1))
            byPort[group.port, default: []].append(.init(place, 1))
            byPort[arc.port, default: []].append(.init(place, -1))
            all.append(.init(place, 1))
            share.append(.init(place, Double((group.isBackbone ? 10_000 : 0) - basis)))
        }
        for (group, terms) in byGroup.sorted(by: { $0.key < $1.key }) {
            let left = Double(data.groups[group].members.count - fixed.out[group])
            if !data.groups[group].must {
                linear.row("g\(group)", terms, atMost: left)
            } else if elastic {
                let missing = add("e\(group)", data.groups[group].members.count, Int(RotationModel.unit), false)
                linear.row("g\(group)", terms + [.init(missing, 1)], atLeast: left, atMost: left)
            } else {
                linear.row("g\(group)", terms, atLeast: left, atMost: left)
            }
        }
        for (port, terms) in byPort.sorted(by: { $0.key < $1.key }) {
            linear.row("p\(port)", terms, atLeast: Double(-fixed.net[port]), atMost: Double(-fixed.net[port]))
        }
        let (least, most) = (Double(data.quota.least - fixed.moves), Double(data.quota.most - fixed.moves))
        if elastic { all.append(.init(add("e", data.quota.least, Int(RotationModel.unit), false), 1)) }
        linear.row("quota", all, atLeast: least, atMost: most)
        if !data.problem.waived.contains("backbone") {
            linear.row("backbone", share, atLeast: Double(fixed.moves * basis - fixed.backbones * 10_000))
        }
    }

    private mutating func addCounts(_ part: Part, _ fixed: FixedFlows, _ asksWhole: Bool) {
        var terms: [Int: [LinearModel.Term]] = [:]
        for (place, number) in part.arcs.enumerated() {
            let arc = data.arcs[number]
            let group = data.groups[arc.group]
            for kind in 0..<2 where group.kinds >> kind & 1 == 1 {
                terms[group.unit * 2 + kind, default: []].append(.init(place, -1))
                terms[arc.to * 2 + kind, default: []].append(.init(place, 1))
            }
        }
        for unit in part.units {
            for kind in 0..<2 {
                let place = unit * 2 + kind
                guard let flows = terms[place] else {
                    constant += data.cost(unit, kind, fixed.counts[place])
                    continue
                }
                let (low, high) = data.ranges[place]
                constant += data.cost(unit, kind, low)
                var row = flows
                for count in low..<Swift.max(low, high) {
                    let slope = data.cost(unit, kind, count + 1) - data.cost(unit, kind, count)
                    row.append(.init(add("c", 1, slope, false), -1))
                }
                let side = Double(low - fixed.counts[place])
                linear.row("c\(place)", row, atLeast: side, atMost: side)
            }
        }
    }

    /// No plan costs less, in exact arithmetic, whatever multipliers a solver hands in. Nil where they prove nothing.
    func bound(_ multipliers: [Double]) -> Int? {
        WholeBound.lower(linear, costs: costs, unit: RotationModel.unit, multipliers: multipliers).map { $0 + constant }
    }

    /// The same of multipliers as `PackedMultipliers` writes them.
    func bound(_ witness: String) -> Int? { PackedMultipliers.read(witness, count: linear.rows.count).flatMap(bound) }
}

/// What stands still while a part is planned anew.
struct FixedFlows {
    /// People leaving by group.
    var out: [Int]
    /// Leaving less arriving by port.
    var net: [Int]
    /// Counts by unit and kind.
    var counts: [Int]
    var moves = 0
    var backbones = 0

    init(_ data: RotationGroups) {
        out = Array(repeating: 0, count: data.groups.count)
        net = Array(repeating: 0, count: data.ports.count)
        counts = data.spread.base
    }

    init(_ data: RotationGroups, _ draft: RotationDraft, without free: [Int]) {
        self.init(data)
        var isFree = Array(repeating: false, count: data.arcs.count)
        for arc in free { isFree[arc] = true }
        for (number, amount) in draft.flow.enumerated() where amount > 0 && !isFree[number] {
            let arc = data.arcs[number]
            let group = data.groups[arc.group]
            out[arc.group] += amount
            net[group.port] += amount
            net[arc.port] -= amount
            moves += amount
            if group.isBackbone { backbones += amount }
            for kind in 0..<2 where group.kinds >> kind & 1 == 1 {
                counts[group.unit * 2 + kind] -= amount
                counts[arc.to * 2 + kind] += amount
            }
        }
    }
}
