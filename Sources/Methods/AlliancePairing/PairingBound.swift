/// The most any pairing can gain, from worths of the members of any origin, in whole numbers.
///
/// Leave out that every member has one lead and charge each its worth instead: what remains falls apart into a knapsack per lead.
enum PairingBound {
    /// Beyond this a knapsack is bounded by its fractional value, which is never less.
    private static let longestKnapsack = 20_000

    /// Nil where the worths are not one per member, or too large to add up.
    static func upper(_ table: PairingTable, _ worths: [Int]) -> Int? {
        guard worths.count == table.loads.count, worths.allSatisfy({ abs($0) < 1 << 40 }) else { return nil }
        return table.leads.reduce(worths.reduce(0, +)) { $0 + knapsack(table, $1, worths).value }
    }

    /// The best members for a lead beyond their worths. `members` is empty where only a bound was computed.
    static func knapsack(_ table: PairingTable, _ lead: Int, _ worths: [Int]) -> (value: Int, members: [Int]) {
        var items: [(member: Int, value: Int)] = []
        for member in table.members {
            if let gain = table.gains[member][lead], gain > worths[member] { items.append((member, gain - worths[member])) }
        }
        items.sort { ($1.value, $0.member) < ($0.value, $1.member) }
        let most = items.prefix(table.places)
        // All that pay may come.
        if most.reduce(0, { $0 + table.loads[$1.member] }) <= table.capacities[lead] {
            return (most.reduce(0) { $0 + $1.value }, most.map(\.member))
        }
        if let load = table.commonLoad {
            let taken = items.prefix(table.room(lead, load: load))
            return (taken.reduce(0) { $0 + $1.value }, taken.map(\.member))
        }
        let limit = most.reduce(0) { $0 + $1.value }
        let capacity = table.capacities[lead]
        guard capacity <= longestKnapsack else { return (Swift.min(limit, fractional(table, capacity, items)), []) }
        let (value, members) = whole(table, capacity, items)
        return (Swift.min(limit, value), members.count <= table.places ? members : [])
    }

    private static func whole(_ table: PairingTable, _ capacity: Int, _ items: [(member: Int, value: Int)]) -> (Int, [Int]) {
        var best = [Int](repeating: 0, count: capacity + 1)
        var taken = [Bool](repeating: false, count: items.count * (capacity + 1))
        for (number, item) in items.enumerated() {
            let load = table.loads[item.member]
            guard load <= capacity else { continue }
            for room in stride(from: capacity, through: load, by: -1) where best[room - load] + item.value > best[room] {
                best[room] = best[room - load] + item.value
                taken[number * (capacity + 1) + room] = true
            }
        }
        var (members, room) = ([Int](), capacity)
        for number in items.indices.reversed() where taken[number * (capacity + 1) + room] {
            members.append(items[number].member)
            room -= table.loads[items[number].member]
        }
        return (best[capacity], members)
    }

    /// Rounded up.
    private static func fractional(_ table: PairingTable, _ capacity: Int, _ items: [(member: Int, value: Int)]) -> Int {
        let dense = items.sorted { $0.value * table.loads[$1.member] > $1.value * table.loads[$0.member] }
        var (value, room) = (0, capacity)
        for item in dense {
            let load = table.loads[item.member]
            if load <= room {
                value += item.value
                room -= load
            } else {
                return value + (item.value * room + load - 1) / load
            }
        }
        return value
    }
}
