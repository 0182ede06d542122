internal import Planning

/// Plans some neighbouring schools anew with the rest standing still: small enough for a solver to do exactly.
struct RotationNeighbourhood {
    let data: RotationGroups
    /// The units each exchanges with, nearest first.
    let reach: [[Int]]

    init(_ data: RotationGroups) {
        self.data = data
        var costs = Array(repeating: [Int: Int](), count: data.problem.units.count)
        for arc in data.arcs {
            let from = data.groups[arc.group].unit
            costs[from][arc.to] = Swift.min(arc.cost, costs[from][arc.to] ?? .max)
            costs[arc.to][from] = Swift.min(arc.cost, costs[arc.to][from] ?? .max)
        }
        reach = costs.map { near in near.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key) }
    }

    /// The schools nearest to one, by steps between neighbours and then by distance, the one itself first.
    func around(_ unit: Int, _ count: Int) -> [Int] {
        var found = [unit]
        var seen: Set<Int> = [unit]
        var next = 0
        while next < found.count, found.count < count {
            for other in reach[found[next]] where found.count < count && seen.insert(other).inserted { found.append(other) }
            next += 1
        }
        return found
    }

    /// Centres so that every school lies among the `count` around one of them.
    func cover(_ count: Int, startingAt start: Int) -> [Int] {
        var (centres, covered) = ([Int](), Set<Int>())
        let total = data.problem.units.count
        for step in 0..<total {
            let unit = (start + step) % Swift.max(1, total)
            guard !covered.contains(unit), !reach[unit].isEmpty else { continue }
            centres.append(unit)
            covered.formUnion(around(unit, count))
        }
        return centres
    }

    /// The programme of these schools; `worth` says which idle ways are worth looking at.
    func part(_ units: [Int], _ draft: RotationDraft, worth: (Int) -> Bool) -> RotationModel.Part {
        let inside = Set(units)
        let arcs = data.arcs.indices.filter { number in
            let arc = data.arcs[number]
            guard inside.contains(arc.to), inside.contains(data.groups[arc.group].unit) else { return false }
            return draft.flow[number] > 0 || worth(number)
        }
        return RotationModel.Part(arcs: arcs, units: units, draft: draft)
    }

    /// The draft with a solution of a part put in; nil where it is no better or no plan.
    func better(_ draft: RotationDraft, _ model: RotationModel, _ values: [Double]) -> RotationDraft? {
        var copy = draft
        for (place, arc) in model.arcs.enumerated() {
            let amount = Int(values[place].rounded()) - draft.flow[arc]
            if amount != 0 { copy.add(amount, to: arc) }
        }
        return copy.cost < draft.cost && copy.lack <= draft.lack ? copy : nil
    }
}
