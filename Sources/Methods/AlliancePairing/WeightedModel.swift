internal import Planning

/// A pairing with different loads as a programme of whole numbers.
struct WeightedModel {
    private(set) var linear = LinearModel()
    private var pairs: [(member: Int, lead: Int, column: Int)] = []
    private let table: PairingTable

    init(_ table: PairingTable) {
        self.table = table
        var (own, carried) = ([[LinearModel.Term]](repeating: [], count: table.loads.count), table.leads.map { _ in [LinearModel.Term]() })
        var counted = carried
        for member in table.members {
            for lead in table.leads {
                guard let gain = table.gain(member, lead) else { continue }
                let column = linear.column("a\(member).\(lead)", 0, 1, cost: -Double(gain), isWhole: true)
                pairs.append((member, lead, column))
                own[member].append(.init(column, 1))
                carried[lead].append(.init(column, Double(table.loads[member])))
                counted[lead].append(.init(column, 1))
            }
        }
        for member in table.members { linear.row("member.\(member)", own[member], atLeast: 1, atMost: 1) }
        for lead in table.leads {
            linear.row("capacity.\(lead)", carried[lead], atMost: Double(table.capacities[lead]))
            linear.row("size.\(lead)", counted[lead], atMost: Double(table.places))
        }
    }

    /// Nil where a member has no lead.
    func chosen(_ values: [Double]) -> [Int]? {
        var chosen = table.members.map { _ in -1 }
        for pair in pairs where values[pair.column] > 0.5 { chosen[pair.member] = pair.lead }
        return chosen.contains(-1) ? nil : chosen
    }

    func values(_ chosen: [Int]) -> [Double] { pairs.map { chosen[$0.member] == $0.lead ? 1 : 0 } }
}
