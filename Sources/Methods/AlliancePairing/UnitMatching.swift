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
    /// Gains row after row, `none` where two may not pair: the inner loop goes over them some hundred million times.
    private let flat: [Int]
    private static let none = Int.min / 4
    /// Cost of a pair (its gain with the sign turned) less both potentials is never below zero, and zero for chosen pairs.
    private var memberPotential: [Int]
    private var leadPotential: [Int]
    private var chosen: [Int]
    private var led: [[Int]]

    init(_ table: PairingTable, load: Int) {
        self.table = table
        rooms = table.leads.map { table.room($0, load: load) }
        flat = table.gains.flatMap { row in row.map { $0 ?? UnitMatching.none } }
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
        var settled: [Int] = []
        var open = Array(rooms.indices)
        // Members reached, and how far away.
        var reached = [(member: start, distance: 0)]
        var head = 0
        while true {
            while head < reached.count {
                let (member, base) = reached[head]
                head += 1
                relax(member, base - memberPotential[member], open, &distance, &from)
            }
            guard let nearest = open.indices.min(by: { distance[open[$0]] < distance[open[$1]] }), distance[open[nearest]] < .max else {
                return short(reached.map(\.member), settled)
            }
            let lead = open[nearest]
            if led[lead].count < rooms[lead] {
                finish(at: lead, distance[lead], reached, settled, distance, from, start)
                return nil
            }
            open.swapAt(nearest, open.count - 1)
            open.removeLast()
            settled.append(lead)
            for member in led[lead] { reached.append((member, distance[lead])) }
        }
    }

    /// Shortens the ways to the open leads by those through a member.
    private func relax(_ member: Int, _ offset: Int, _ open: [Int], _ distance: inout [Int], _ from: inout [Int]) {
        let row = member * rooms.count
        flat.withUnsafeBufferPointer { flat in
            leadPotential.withUnsafeBufferPointer { potential in
                distance.withUnsafeMutableBufferPointer { distance in
                    for lead in open {
                        let gain = flat[row + lead]
                        let length = offset - gain - potential[lead]
                        if length < distance[lead], gain != UnitMatching.none { (distance[lead], from[lead]) = (length, member) }
                    }
                }
            }
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
