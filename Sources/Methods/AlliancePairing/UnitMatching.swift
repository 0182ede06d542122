/// The best pairing where all members ask the same of their lead: a cheapest flow, widened by one shortest way per member, with
/// potentials that prove it the best.
struct UnitMatching {
    enum Answer {
        /// The lead of each member, and each member's worth: `PairingBound` gives exactly the total.
        case best([Int], worths: [Int])
        /// Members that reach these leads alone, which are all full, and worths with which the bound falls below any total.
        case short(members: [Int], leads: [Int], worths: [Int])
    }

    private let table: PairingTable
    private let rooms: [Int]
    /// Cost of a pair (its gain with the sign turned) less both potentials is never below zero, and zero for chosen pairs.
    private var memberPotential: [Int]
    private var leadPotential: [Int]
    private var chosen: [Int]
    private var led: [[Int]]

    init(_ table: PairingTable, load: Int) {
        self.table = table
        rooms = table.leads.map { table.room($0, load: load) }
        memberPotential = table.members.map { _ in 0 }
        leadPotential = table.leads.map { _ in 0 }
        chosen = table.members.map { _ in -1 }
        led = table.leads.map { _ in [] }
    }

    mutating func run() -> Answer {
        for member in table.members { if let short = place(member) { return short } }
        return .best(chosen, worths: memberPotential.map { -$0 })
    }

    /// Finds the cheapest way to a lead with room left, moving others on the way; what is wrong where there is none.
    private mutating func place(_ start: Int) -> Answer? {
        var distance = [Int](repeating: .max, count: rooms.count)
        var from = [Int](repeating: -1, count: rooms.count)
        var isSettled = [Bool](repeating: false, count: rooms.count)
        var settled: [Int] = []
        // Members reached, and how far away.
        var reached = [(member: start, distance: 0)]
        var head = 0
        while true {
            while head < reached.count {
                let (member, base) = reached[head]
                head += 1
                let offset = base - memberPotential[member]
                table.gains[member].withUnsafeBufferPointer { gains in
                    for lead in gains.indices where !isSettled[lead] {
                        guard let gain = gains[lead] else { continue }
                        let length = offset - gain - leadPotential[lead]
                        if length < distance[lead] { (distance[lead], from[lead]) = (length, member) }
                    }
                }
            }
            var nearest = -1
            for lead in distance.indices where !isSettled[lead] && distance[lead] < .max {
                if nearest < 0 || distance[lead] < distance[nearest] { nearest = lead }
            }
            guard nearest >= 0 else { return short(reached.map(\.member), settled) }
            if led[nearest].count < rooms[nearest] {
                finish(at: nearest, distance[nearest], reached, settled, distance, from, start)
                return nil
            }
            isSettled[nearest] = true
            settled.append(nearest)
            for member in led[nearest] { reached.append((member, distance[nearest])) }
        }
    }

    private mutating func finish(
        at end: Int, _ length: Int, _ reached: [(member: Int, distance: Int)], _ settled: [Int], _ distance: [Int], _ from: [Int],
        _ start: Int
    ) {
        for (member, base) in reached { memberPotential[member] += length - base }
        for lead in settled { leadPotential[lead] -= length - distance[lead] }
        var lead = end
        while true {
            let member = from[lead]
            let before = chosen[member]
            chosen[member] = lead
            led[lead].append(member)
            if member == start { return }
            led[before].removeAll { $0 == member }
            lead = before
        }
    }

    private func short(_ members: [Int], _ leads: [Int]) -> Answer {
        // More than all gains together: one member too many pulls the bound below every total.
        let all = table.gains.reduce(1) { sum, row in sum + row.reduce(0) { Swift.max($0, abs($1 ?? 0)) } }
        var worths = table.gains.map { row in row.reduce(0) { Swift.max($0, $1 ?? 0) } }
        for member in members { worths[member] = -4 * all }
        return .short(members: members.sorted(), leads: leads.sorted(), worths: worths)
    }
}
