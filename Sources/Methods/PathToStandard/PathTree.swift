internal import Foundation
internal import Planning
internal import Vocabulary

/// Splits all plans into regions until the least bound of any is near the best plan, the lowest first.
///
/// First each spread's mean into below, within and above a narrow span: outside of it plans are too dear, within it chords make the spread
/// as tight as whole steps are. Then the totals of actions: what keeps a relaxation below the best plan is mostly the last hire that is
/// half a hire, and a total says so for all schools at once.
struct PathTree {
    private(set) var nodes: [PathProof.Node] = [.init()]
    var leaves: [(node: Int, state: RelaxedRegion, isFinal: Bool)] = []
    var relaxation: PathRelaxation
    /// How much the bound rose per part of a whole step, where columns were branched on.
    var gains: [Int: BranchGain] = [:]

    var base: PathModel { relaxation.base }
    var data: PathData { relaxation.base.data }

    init(_ relaxation: PathRelaxation, root: RelaxedRegion) {
        self.relaxation = relaxation
        leaves = [(0, root, root.values.isEmpty)]
    }

    /// The least bound of any region, in yuan as plans can cost.
    var bound: Double {
        let least = leaves.map(\.state.bound).min() ?? .infinity
        // What the exact check may lose to rounding.
        let safe = least - 1e-3
        return (safe * data.money / Double(data.quantum) - 1e-9).rounded(.up) * Double(data.quantum)
    }

    /// The region to split next: the cheapest of those not given up; nil when the cheapest cannot be split.
    var next: RelaxedRegion? { lowest.flatMap { leaves[$0].isFinal ? nil : leaves[$0].state } }

    /// Whether every spread's mean has its span.
    func isSpanned(_ state: RelaxedRegion) -> Bool { relaxation.cuts.keys.allSatisfy { state.region.spans[$0] != nil } }

    private var lowest: Int? { leaves.indices.min { leaves[$0].state.bound < leaves[$1].state.bound } }

    /// Splits the lowest region. False where nothing is left to split or the time is over.
    mutating func split(until end: Double, target: Double) throws -> Bool {
        guard let place = lowest, !leaves[place].isFinal else { return false }
        let leaf = leaves[place]
        if let cone = relaxation.cuts.keys.sorted(by: { ($0.item, $0.stage) < ($1.item, $1.stage) })
            .first(where: { leaf.state.region.spans[$0] == nil })
        {
            return try splitMean(place, cone, until: end, target: target)
        }
        guard let choice = try choose(leaf.state, until: end) else {
            if let (cone, mean) = broken(leaf.state) {
                let parts = base.split(leaf.state.region, cone, mean, mean)
                return try replace(place, .init(item: cone.item, stage: cone.stage, lower: mean, upper: mean), parts, until: end)
            }
            leaves[place].isFinal = true
            return true
        }
        let parts = base.split(leaf.state.region, choice.column, choice.at)
        return try replace(place, .init(column: choice.column, at: choice.at), parts, solved: choice.solved, until: end)
    }

    private mutating func replace(
        _ place: Int, _ node: PathProof.Node, _ parts: [PathRegion], solved: [Int: RelaxedRegion] = [:], until end: Double
    ) throws -> Bool {
        var states: [RelaxedRegion] = []
        let parent = leaves[place]
        for (number, part) in parts.enumerated() {
            guard let state = try solved[number] ?? solve(part, in: parent.state, until: end) else { return false }
            states.append(state)
        }
        leaves.remove(at: place)
        nodes[parent.node] = node
        for state in states {
            nodes[parent.node].children.append(nodes.count)
            leaves.append((nodes.count, state, state.values.isEmpty))
            nodes.append(.init())
        }
        return true
    }

    /// A part of a region. What holds for the whole holds for its parts, even where the solver has nothing to say about them.
    mutating func solve(_ part: PathRegion, in parent: RelaxedRegion, until end: Double) throws -> RelaxedRegion? {
        let isAlike = parent.region.spans == part.spans
        guard var state = try relaxation.solve(part, until: end) else {
            guard isAlike, clock() < end else { return nil }
            return RelaxedRegion(region: part, bound: parent.bound, values: [], multipliers: parent.multipliers)
        }
        if isAlike {
            state.inherited = parent.multipliers
            state.bound = Swift.max(state.bound, parent.bound)
        }
        return state
    }

    func clock() -> Double { relaxation.clock() }

    /// Chooses the span so wide that below and above it plans cost more than `target`, and narrow enough for chords to be tight.
    private mutating func splitMean(_ place: Int, _ cone: Cone, until end: Double, target: Double) throws -> Bool {
        let state = leaves[place].state
        let values = base.measured(state.values)
        let mean = (data.members[cone.stage] ?? []).reduce(0) { $0 + data.weight[$1] * values[$1][cone.item] }
        var width = (lower: 0.002, upper: 0.002)
        var solved: [Int: RelaxedRegion] = [:]
        var parts: [PathRegion] = []
        var span = (lower: mean, upper: mean)
        for _ in 0..<5 {
            span = (mean * (1 - width.lower), mean * (1 + width.upper))
            parts = base.split(state.region, cone, span.lower, span.upper)
            for side in [0, 2] where solved[side] == nil {
                guard clock() < end else { return false }
                let found = try relaxation.solve(parts[side], until: end, rounds: 3)
                if let found, found.bound * data.money >= target { solved[side] = found }
            }
            if solved.count == 2 { break }
            if solved[0] == nil { width.lower *= 2 }
            if solved[2] == nil { width.upper *= 2 }
        }
        let node = PathProof.Node(item: cone.item, stage: cone.stage, lower: span.lower, upper: span.upper)
        return try replace(place, node, parts, solved: solved, until: end)
    }

    /// A spread that a whole relaxation breaks because its span is too wide, and the mean there.
    private func broken(_ state: RelaxedRegion) -> (cone: Cone, mean: Double)? {
        let values = base.measured(state.values)
        for (cone, span) in state.region.spans.sorted(by: { ($0.key.item, $0.key.stage) < ($1.key.item, $1.key.stage) }) {
            let mean = (data.members[cone.stage] ?? []).reduce(0) { $0 + data.weight[$1] * values[$1][cone.item] }
            guard let ceiling = data.ceiling(cone), data.squaredCV(cone, values) > ceiling * ceiling + 1e-10 else { continue }
            if mean > span.lower + 1e-9, mean < span.upper - 1e-9 { return (cone, mean) }
        }
        return nil
    }

    /// Whether no region is left that could hold a plan.
    var isRefuted: Bool { leaves.allSatisfy(\.state.isEmpty) }

    /// The proof of what was reached.
    var proof: PathProof {
        let names = leaves.reduce(into: Set<String>()) { $0.formUnion($1.state.multipliers.keys) }
        let cuts = relaxation.used(leaves.reduce(into: names) { if $1.state.isEmpty { $0.formUnion($1.state.inherited.keys) } })
        var nodes = nodes
        for leaf in leaves {
            let model = base.with(cuts, leaf.state.region).linear
            func named(_ known: [String: Double]) -> [Double] { model.rows.map { known[$0.name] ?? 0 } }
            var multipliers = named(leaf.state.multipliers)
            if leaf.state.isEmpty {
                let isProved = SafeBound.excludesAll(model, multipliers: multipliers, doubt: PathProof.doubt)
                if isProved { nodes[leaf.node].isEmpty = true } else { multipliers = named(leaf.state.inherited) }
            }
            nodes[leaf.node].multipliers = PackedMultipliers.text(multipliers)
        }
        return PathProof(cuts: cuts, nodes: nodes)
    }
}
