/// Pairings where members ask different loads: worths of the members are adjusted until each is wanted by about one lead; what the
/// leads want then is made a pairing, and bettered by moving and swapping. The lowest bound met on the way is kept with its worths.
struct WeightedSearch {
    private let table: PairingTable
    private(set) var best: [Int]?
    private(set) var bestTotal = Int.min
    private(set) var bound = Int.max
    private(set) var worths: [Int]

    init(_ table: PairingTable, worths: [Int]? = nil) {
        self.table = table
        // What a member would lose without its best lead.
        self.worths =
            worths
            ?? table.gains.map { row in
                let sorted = row.compactMap { $0 }.sorted(by: >)
                return sorted.count > 1 ? sorted[1] : sorted.first ?? 0
            }
    }

    /// Whether it is proved that no pairing gains `goal`.
    func excludes(_ goal: Int) -> Bool { bound < Swift.max(goal, table.lowest) }

    /// Stops early when the best found is proved, `goal` is excluded, or `isOver` says so.
    mutating func run(rounds: Int, goal: Int = .min, isOver: () -> Bool) {
        var current = worths.map(Double.init)
        var (step, idle) = (1.0, 0)
        for round in 0..<rounds {
            let whole = current.map { Int($0.rounded()) }
            var wanted = [[Int]](repeating: [], count: table.loads.count)
            var value = whole.reduce(0, +)
            for lead in table.leads {
                let (part, members) = PairingBound.knapsack(table, lead, whole)
                value += part
                for member in members { wanted[member].append(lead) }
            }
            idle += 1
            if value < bound { (bound, worths, idle) = (value, whole, 0) }
            if round % 8 == 0 || idle == 0 {
                var draft = WeightedDraft(table, wanted: wanted)
                keep(draft.finished())
            }
            if bestTotal == bound || excludes(goal) || isOver() { return }
            if idle >= 12 { (step, idle, current) = (step / 2, 0, worths.map(Double.init)) }
            let slope = wanted.map { 1 - Double($0.count) }
            let length = slope.reduce(0) { $0 + $1 * $1 }
            guard length > 0, step > 1e-4 else { return }
            let target = Double(best == nil ? table.lowest : bestTotal)
            let move = step * Swift.max(1, Double(value) - target) / length
            for member in current.indices { current[member] -= move * slope[member] }
            // A member nobody may lead would fall for ever.
            for member in current.indices { current[member] = Swift.max(current[member], 8 * Double(table.lowest)) }
        }
    }

    /// Takes a pairing found elsewhere, if it is better.
    mutating func keep(_ chosen: [Int]?) {
        guard let chosen else { return }
        let total = table.total(chosen)
        if best == nil || total > bestTotal { (best, bestTotal) = (chosen, total) }
    }
}

/// A pairing in the making.
private struct WeightedDraft {
    private let table: PairingTable
    private var chosen: [Int]
    private var room: [Int]
    private var places: [Int]

    init(_ table: PairingTable, wanted: [[Int]]) {
        self.table = table
        chosen = table.members.map { _ in -1 }
        room = table.capacities
        places = table.leads.map { _ in table.places }
        for member in table.members {
            let leads = wanted[member].sorted { (table.gains[member][$1] ?? 0, $0) < (table.gains[member][$0] ?? 0, $1) }
            if let lead = leads.first(where: { fits(member, $0) }) { put(member, lead) }
        }
    }

    private func fits(_ member: Int, _ lead: Int) -> Bool {
        table.gains[member][lead] != nil && places[lead] > 0 && room[lead] >= table.loads[member]
    }

    private mutating func put(_ member: Int, _ lead: Int) {
        take(member)
        chosen[member] = lead
        room[lead] -= table.loads[member]
        places[lead] -= 1
    }

    private mutating func take(_ member: Int) {
        guard chosen[member] >= 0 else { return }
        room[chosen[member]] += table.loads[member]
        places[chosen[member]] += 1
        chosen[member] = -1
    }

    /// Nil where somebody finds no lead.
    mutating func finished() -> [Int]? {
        var left = table.members.filter { chosen[$0] < 0 }
        while !left.isEmpty {
            // Who has fewest leads left comes first, then the heaviest.
            let counts = left.map { member in table.leads.count { fits(member, $0) } }
            let next =
                left.indices.min { (counts[$0], -table.loads[left[$0]], left[$0]) < (counts[$1], -table.loads[left[$1]], left[$1]) } ?? 0
            guard seat(left[next]) else { return nil }
            left.remove(at: next)
        }
        while better() {}
        return chosen
    }

    private mutating func seat(_ member: Int) -> Bool {
        let open = table.leads.filter { fits(member, $0) }
        if let lead = open.max(by: { (table.gains[member][$0] ?? 0, $1) < (table.gains[member][$1] ?? 0, $0) }) {
            put(member, lead)
            return true
        }
        // Somebody makes room by moving on.
        for lead in table.leads where table.gains[member][lead] != nil {
            for other in table.members where chosen[other] == lead && room[lead] + table.loads[other] >= table.loads[member] {
                guard let away = table.leads.first(where: { $0 != lead && fits(other, $0) }) else { continue }
                put(other, away)
                if fits(member, lead) {
                    put(member, lead)
                    return true
                }
                put(other, lead)
            }
        }
        return false
    }

    /// One round of moves and swaps; whether any brought something.
    private mutating func better() -> Bool {
        var isBetter = false
        for member in table.members {
            guard let gain = table.gains[member][chosen[member]] else { continue }
            let away = table.leads.filter { $0 != chosen[member] && fits(member, $0) && (table.gains[member][$0] ?? gain) > gain }
            if let lead = away.max(by: { (table.gains[member][$0] ?? 0) < (table.gains[member][$1] ?? 0) }) {
                put(member, lead)
                isBetter = true
            }
            for other in table.members where other > member && swap(member, other) { isBetter = true }
        }
        return isBetter
    }

    private mutating func swap(_ one: Int, _ other: Int) -> Bool {
        let (a, b) = (chosen[one], chosen[other])
        guard a != b, let first = table.gains[one][b], let second = table.gains[other][a],
            first + second > (table.gains[one][a] ?? 0) + (table.gains[other][b] ?? 0)
        else { return false }
        let difference = table.loads[one] - table.loads[other]
        guard room[a] + difference >= 0, room[b] - difference >= 0 else { return false }
        take(one)
        put(other, a)
        put(one, b)
        return true
    }
}
