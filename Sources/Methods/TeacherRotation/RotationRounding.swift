internal import Planning

/// Makes whole people of a programme's parts of people: down to the whole, then the missing ones along the ways the programme used,
/// each post as a network of its own, so that staffing holds again.
struct RotationRounding {
    let data: RotationGroups
    /// Parts of people by arc.
    let flow: [Double]

    /// Nil where the parts do not fit together, which a solver's rounding may cause.
    func draft() -> RotationDraft? {
        var draft = RotationDraft(data)
        let whole = flow.map { Int(($0 + 1e-6).rounded(.down)) }
        for (arc, amount) in whole.enumerated() where amount > 0 { draft.add(amount, to: arc) }
        var network = FlowNetwork(nodes: data.ports.count + data.groups.count)
        var steps: [Int: (arc: Int, isBack: Bool)] = [:]
        var ways = Set<Int>()
        for (number, part) in flow.enumerated() {
            let arc = data.arcs[number]
            let group = data.groups[arc.group]
            network.supply[group.port] -= whole[number]
            network.supply[arc.port] += whole[number]
            let rest = part - Double(whole[number])
            guard rest > 1e-6 || whole[number] > 0 else { continue }
            if rest > 1e-6 {
                if ways.insert(arc.group).inserted {
                    network.arc(group.port, data.ports.count + arc.group, capacity: Swift.max(0, draft.room(arc.group)), cost: 0)
                }
                // The nearer to one, the cheaper.
                let cost = Int((1_000 * (1 - rest)).rounded())
                steps[network.arc(data.ports.count + arc.group, arc.port, capacity: 1, cost: cost)] = (number, false)
            }
            // Last resort: one person less on an arc that has some.
            if whole[number] > 0 { steps[network.arc(arc.port, group.port, capacity: whole[number], cost: 20_000)] = (number, true) }
        }
        guard let amounts = network.cheapest() else { return nil }
        for (step, amount) in amounts.enumerated() where amount > 0 {
            if let found = steps[step] { draft.add(found.isBack ? -amount : amount, to: found.arc) }
        }
        return draft
    }
}
