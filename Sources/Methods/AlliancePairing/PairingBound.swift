/// The most any pairing can gain, from worths of the members of any origin, in whole numbers.
///
/// Leave out that every member has one lead and charge each its worth instead: what remains falls apart into a knapsack per lead.
enum PairingBound {
    /// Beyond this a knapsack is bounded by its fractional value, which is never less.
    private static let longestKnapsack = 20_000
    /// Cells of a table that counts members as well as their loads.
    private static let largestTable = 4_000_000

    struct Item {
        var member: Int
        var load: Int
        /// What it gains beyond its worth.
        var value: Int
    }

    /// Nil where the worths are not one per member, or too large to add up.
    static func upper(_ table: PairingTable, _ worths: [Int]) -> Int? {
        guard worths.count == table.loads.count, worths.allSatisfy({ abs($0) < 1 << 40 }) else { return nil }
        return table.leads.reduce(worths.reduce(0, +)) { $0 + knapsack(table, $1, worths).value }
    }

    /// The members that gain more than so much beyond their worths with a lead.
    static func items(_ table: PairingTable, _ lead: Int, _ worths: [Int], above least: Int = 0) -> [Item] {
        var items: [Item] = []
        var place = lead
        for member in table.members {
            let gain = table.points[place]
            if gain != PairingTable.none, gain - worths[member] > least {
                items.append(Item(member: member, load: table.loads[member], value: gain - worths[member]))
            }
            place += table.capacities.count
        }
        return items
    }

    /// The best members for a lead beyond their worths. `members` is empty where only a bound was computed.
    static func knapsack(_ table: PairingTable, _ lead: Int, _ worths: [Int]) -> (value: Int, members: [Int]) {
        let items = items(table, lead, worths)
        let capacity = table.capacities[lead]
        // All that pay may come.
        if items.count <= table.places, items.reduce(0, { $0 + $1.load }) <= capacity {
            return (items.reduce(0) { $0 + $1.value }, items.map(\.member))
        }
        if let load = table.commonLoad {
            let taken = sorted(items).prefix(table.room(lead, load: load))
            return (taken.reduce(0) { $0 + $1.value }, taken.map(\.member))
        }
        func limit() -> Int { sorted(items).prefix(table.places).reduce(0) { $0 + $1.value } }
        guard capacity <= longestKnapsack else { return (Swift.min(limit(), fractional(capacity, items)), []) }
        let (value, members) = whole(capacity, items, places: nil)
        if members.count <= table.places { return (value, members) }
        guard items.count * table.places * (capacity + 1) <= largestTable else { return (Swift.min(limit(), value), []) }
        return whole(capacity, items, places: table.places)
    }

    private static func sorted(_ items: [Item]) -> [Item] { items.sorted { ($1.value, $0.member) < ($0.value, $1.member) } }

    /// With no number of places, members are not counted.
    private static func whole(_ capacity: Int, _ items: [Item], places: Int?) -> (Int, [Int]) {
        let width = capacity + 1
        let isCounted = places != nil
        // By members still allowed, then by load still allowed.
        var best = [Int](repeating: 0, count: width * ((places ?? 0) + 1))
        var taken = [Bool](repeating: false, count: items.count * best.count)
        best.withUnsafeMutableBufferPointer { best in
            taken.withUnsafeMutableBufferPointer { taken in
                for (number, item) in items.enumerated() where item.load <= capacity {
                    for level in stride(from: places ?? 0, through: isCounted ? 1 : 0, by: -1) {
                        let (here, below) = (level * width, isCounted ? (level - 1) * width : 0)
                        for room in stride(from: capacity, through: item.load, by: -1) {
                            let value = best[below + room - item.load] + item.value
                            guard value > best[here + room] else { continue }
                            best[here + room] = value
                            taken[number * best.count + here + room] = true
                        }
                    }
                }
            }
        }
        var (members, place) = ([Int](), best.count - 1)
        for number in items.indices.reversed() where taken[number * best.count + place] {
            members.append(items[number].member)
            place -= items[number].load + (isCounted ? width : 0)
        }
        return (best[best.count - 1], members)
    }

    /// Rounded up.
    private static func fractional(_ capacity: Int, _ items: [Item]) -> Int {
        let dense = items.sorted { $0.value * $1.load > $1.value * $0.load }
        var (value, room) = (0, capacity)
        for item in dense {
            if item.load <= room {
                value += item.value
                room -= item.load
            } else {
                return value + (item.value * room + item.load - 1) / item.load
            }
        }
        return value
    }
}
