internal import Exchanges
internal import Planning

/// Names the persons: which of a group's teachers go, and where to.
struct RotationNames {
    let data: RotationGroups

    init(_ data: RotationGroups) { self.data = data }

    func plan(_ draft: RotationDraft) -> RotationPlan {
        var moves: [RotationPlan.Move] = []
        for group in data.groups {
            let ways = group.arcs.filter { draft.flow[$0] > 0 }
            if !ways.isEmpty { moves += assign(group, ways, draft) }
        }
        return RotationPlan(moves: moves)
    }

    /// The cheapest assignment of a group's members to the places its arcs offer.
    private func assign(_ group: RotationGroups.Group, _ ways: [Int], _ draft: RotationDraft) -> [RotationPlan.Move] {
        let (members, start) = (group.members, 1)
        var network = FlowNetwork(nodes: 1 + members.count + ways.count)
        var steps: [(arc: Int, member: Int, way: Int)] = []
        for (place, member) in members.enumerated() {
            network.arc(0, start + place, capacity: 1, cost: 0)
            for (number, way) in ways.enumerated() {
                let arc = network.arc(start + place, start + members.count + number, capacity: 1, cost: points(member, data.arcs[way]))
                steps.append((arc, member, way))
            }
        }
        for (number, way) in ways.enumerated() {
            network.supply[start + members.count + number] = -draft.flow[way]
            network.supply[0] += draft.flow[way]
        }
        let amounts = network.cheapest() ?? []
        return steps.filter { amounts.indices.contains($0.arc) && amounts[$0.arc] > 0 }.map { step in
            RotationPlan.Move(
                teacher: data.problem.teachers[step.member].id, from: data.problem.units[group.unit].id,
                to: data.problem.units[data.arcs[step.way].to].id)
        }
    }

    /// Fewer points go first: near home, long at the school, wished for.
    private func points(_ member: Int, _ arc: RotationGroups.Arc) -> Int {
        let (teacher, unit, rules) = (data.problem.teachers[member], data.problem.units[arc.to], data.problem.rules.naming)
        let metres = teacher.home.flatMap { home in unit.place?.metres(to: home) } ?? arc.cost * 100
        let wish = teacher.wishes.contains(unit.school) ? rules.wish : 0
        return metres * rules.kilometre / 1_000 - Swift.min(teacher.years ?? 0, 40) * rules.year - wish
    }
}
