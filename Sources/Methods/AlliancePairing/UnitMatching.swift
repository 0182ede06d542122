/// The best pairing where all members ask the same of their lead. Leads have prices, members take the lead that leaves them most:
/// bidding (`UnitMatching+bids.swift`) finds prices that are nearly right, then one shortest way per member left over makes them right.
/// Prices and worths prove it the best.
///
/// Where free places are no more than members, each counts as a member that gains nothing anywhere: then all places are taken, and any
/// prices will do to begin with.
struct UnitMatching {
    enum Answer {
        /// The lead of each member, and each member's worth: `PairingBound` gives exactly the total.
        case best([Int], worths: [Int])
        /// Members that reach these leads alone, which are all full, and worths with which the bound falls below any total.
        case short(members: [Int], leads: [Int], worths: [Int])
    }

    let table: PairingTable
    let rooms: [Int]
    /// Members, and behind them the free places that count as members.
    let count: Int
    /// Nobody can pay it: the price of a lead that takes nobody.
    static let closed = Int.max / 4
    /// Worth of a member ≥ its gain with a lead − the lead's price, and equal to it for the lead it has.
    var worths: [Int]
    var prices: [Int]
    /// -1 for none yet.
    var chosen: [Int]
    var led: [[Int]]
    private var distance: [Int]
    private var from: [Int]
    private let nothing: [Int]

    init(_ table: PairingTable, load: Int) {
        self.table = table
        rooms = table.leads.map { table.room($0, load: load) }
        let members = table.members.count
        let free = rooms.reduce(0) { Swift.min($0 + $1, 2 * members + 1) } - members
        count = free > 0 && free <= members ? members + free : members
        worths = [Int](repeating: 0, count: count)
        prices = rooms.map { $0 > 0 ? 0 : UnitMatching.closed }
        chosen = [Int](repeating: -1, count: count)
        led = table.leads.map { _ in [] }
        distance = prices
        from = prices
        nothing = [Int](repeating: 0, count: count > members ? prices.count : 0)
    }

    /// Whether all places will be taken.
    var isFull: Bool { rooms.reduce(0) { Swift.min($0 + $1, count + 1) } == count }

    mutating func run() -> Answer {
        if isFull { bid() }
        for member in 0..<count {
            worths[member] = best(member).value
            if chosen[member] >= 0, worths[member] > left(member, chosen[member]) { release(member) }
        }
        for member in 0..<count where chosen[member] < 0 { if let short = place(member) { return short } }
        // A free place has the lowest price there is: that is taken for zero.
        let least = isFull ? zip(prices, rooms).reduce(UnitMatching.closed) { $1.1 > 0 ? Swift.min($0, $1.0) : $0 } : 0
        return .best(Array(chosen.prefix(table.members.count)), worths: table.members.map { worths[$0] + least })
    }

    // MARK: What a member sees

    /// The gains of a member with all leads.
    func withRow<Result>(_ member: Int, _ body: (UnsafePointer<Int>) -> Result) -> Result? {
        let row = member < table.members.count ? member * rooms.count : 0
        return (member < table.members.count ? table.points : nothing).withUnsafeBufferPointer { points in
            points.baseAddress.map { body($0 + row) }
        }
    }

    /// What remains of a member's gain when the lead's price is paid.
    func left(_ member: Int, _ lead: Int) -> Int {
        (member < table.members.count ? table.points[member * rooms.count + lead] : 0) - prices[lead]
    }

    /// The lead that leaves the member most, and what the next best one leaves. Far below any gain where there is none.
    func best(_ member: Int) -> (lead: Int, value: Int, next: Int) {
        let none = (lead: -1, value: PairingTable.none, next: PairingTable.none)
        return withRow(member) { row in
            prices.withUnsafeBufferPointer { prices in
                var (lead, value, next) = none
                for place in prices.indices {
                    let left = row[place] - prices[place]
                    guard left > next else { continue }
                    if left > value { (lead, value, next) = (place, left, value) } else { next = left }
                }
                return (lead, value, next)
            }
        } ?? none
    }

    mutating func release(_ member: Int) {
        led[chosen[member]].removeAll { $0 == member }
        chosen[member] = -1
    }

    // MARK: Shortest ways

    /// Finds the cheapest way to a lead with room left, moving others on the way; what is wrong where there is none.
    private mutating func place(_ start: Int) -> Answer? {
        for lead in rooms.indices { distance[lead] = .max }
        var settled: [Int] = []
        var open = Array(rooms.indices)
        // Members reached, and how far away.
        var reached = [(member: start, distance: 0)]
        var head = 0
        while true {
            while head < reached.count {
                let (member, base) = reached[head]
                head += 1
                relax(member, base + worths[member], open)
            }
            guard let nearest = nearest(open), distance[open[nearest]] < .max else { return short(reached.map(\.member), settled) }
            let lead = open[nearest]
            if led[lead].count < rooms[lead] {
                finish(at: lead, reached, settled, start)
                return nil
            }
            open[nearest] = open[open.count - 1]
            open.removeLast()
            settled.append(lead)
            for member in led[lead] { reached.append((member, distance[lead])) }
        }
    }

    private func nearest(_ open: [Int]) -> Int? {
        distance.withUnsafeBufferPointer { distance in
            open.withUnsafeBufferPointer { open in
                var (found, least) = (nil as Int?, Int.max)
                for place in open.indices where distance[open[place]] < least { (found, least) = (place, distance[open[place]]) }
                return found
            }
        }
    }

    /// Shortens the ways to the open leads by those through a member.
    private mutating func relax(_ member: Int, _ offset: Int, _ open: [Int]) {
        var (ways, origins) = ([Int](), [Int]())
        swap(&ways, &distance)
        swap(&origins, &from)
        withRow(member) { row in
            prices.withUnsafeBufferPointer { prices in
                ways.withUnsafeMutableBufferPointer { ways in
                    for lead in open {
                        let length = offset - row[lead] + prices[lead]
                        if length < ways[lead], row[lead] != PairingTable.none { (ways[lead], origins[lead]) = (length, member) }
                    }
                }
            }
        }
        swap(&ways, &distance)
        swap(&origins, &from)
    }

    private mutating func finish(at end: Int, _ reached: [(member: Int, distance: Int)], _ settled: [Int], _ start: Int) {
        let length = distance[end]
        for (member, base) in reached { worths[member] -= length - base }
        for lead in settled { prices[lead] += length - distance[lead] }
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
        let all = -table.lowest
        var worths = table.members.map { table.gains($0).reduce(0, Swift.max) }
        for member in members { worths[member] = -4 * all }
        return .short(members: members.sorted(), leads: leads.sorted(), worths: worths)
    }
}
