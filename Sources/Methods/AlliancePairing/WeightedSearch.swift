/// Pairings where members ask different loads: worths of the members are adjusted until each is wanted by about one lead; what the
/// leads want then is made a pairing, and bettered by moving and swapping. The lowest bound met on the way is kept with its worths.
struct WeightedSearch {
    private let table: PairingTable
    private(set) var best: [Int]?
    private(set) var bestTotal = Int.min
    private(set) var bound = Int.max
    private(set) var worths: [Int]
    private var dives = 0
    private var state: UInt64 = 77

    init(_ table: PairingTable) {
        self.table = table
        // What a member would lose without its best lead.
        worths = table.members.map { member in
            let sorted = table.gains(member).sorted(by: >)
            return sorted.count > 1 ? sorted[1] : sorted.first ?? 0
        }
    }

    /// Whether it is proved that no pairing gains `goal`.
    func excludes(_ goal: Int) -> Bool { bound < Swift.max(goal, table.lowest) }

    /// Stops early when the best found is proved, `goal` is reached or excluded, or `isOver` says so.
    mutating func run(rounds: Int, goal: Int = .min, isOver: () -> Bool) {
        let lowest = table.lowest
        var current = worths.map(Double.init)
        var direction = current.map { _ in 0.0 }
        var (step, idle) = (1.0, 0)
        for round in 0..<rounds {
            let whole = current.map { Int($0.rounded()) }
            let (value, wanted) = asked(whole)
            idle += 1
            if value < bound {
                // Creeping is as good as standing.
                if bound == .max || Double(bound - value) > 0.002 * Double(bound - Swift.max(bestTotal, lowest)) { idle = 0 }
                (bound, worths) = (value, whole)
            }
            if round % 20 == 0 { draw(whole, wanted, isThorough: round * 2 >= rounds) }
            if bestTotal == bound || excludes(goal) || goal != .min && bestTotal >= goal || isOver() { break }
            if idle >= 20 { (step, idle, current) = (step * 0.7, 0, worths.map(Double.init)) }
            // Part of the last direction is kept: going to and fro between two leads costs rounds.
            for member in table.members { direction[member] = 1 - Double(wanted[member].count) + 0.7 * direction[member] }
            let length = direction.reduce(0) { $0 + $1 * $1 }
            guard length > 0, step > 1e-4 else { break }
            let target = best == nil && round > rounds / 4 ? Double(lowest) : hoped(value)
            let move = step * Swift.max(1, Double(value) - target) / length
            // A member nobody may lead would fall for ever.
            for member in table.members { current[member] = Swift.max(current[member] - move * direction[member], 8 * Double(lowest)) }
        }
        if bestTotal < bound, !excludes(goal), !isOver() {
            draw(worths, asked(worths).wanted, isThorough: true)
        }
    }

    /// Where the bound may fall to: somewhat below where it stands, but not below a pairing that was found.
    private func hoped(_ value: Int) -> Double {
        let part = best == nil ? 0.05 : 0.0015
        return Swift.max(Double(bestTotal), Double(bound) - Swift.max(1, part * abs(Double(value))))
    }

    /// The bound with these worths, and the leads that want each member.
    private func asked(_ worths: [Int]) -> (value: Int, wanted: [[Int]]) {
        var wanted = [[Int]](repeating: [], count: table.loads.count)
        var value = worths.reduce(0, +)
        for lead in table.leads {
            let (part, members) = PairingBound.knapsack(table, lead, worths)
            value += part
            for member in members { wanted[member].append(lead) }
        }
        return (value, wanted)
    }

    private mutating func draw(_ worths: [Int], _ wanted: [[Int]], isThorough: Bool) {
        var draft = WeightedDraft(table, wanted: wanted, worths: worths)
        keep(draft.finished(isThorough: isThorough))
    }

    /// Takes a pairing found elsewhere, if it is better.
    mutating func keep(_ chosen: [Int]?) {
        guard let chosen else { return }
        let total = table.total(chosen)
        if best == nil || total > bestTotal { (best, bestTotal) = (chosen, total) }
    }

    /// Makes pairings lead by lead from worths a little away from the best, until one is good enough or `isOver` says so.
    mutating func dive(times: Int, goal: Int = .min, isOver: () -> Bool) {
        for _ in 0..<times where bestTotal < bound && (goal == .min || bestTotal < goal) && !isOver() {
            let shaken = dives == 0 ? [] : table.members.map { _ in chance() }
            dives += 1
            var dive = WeightedDive(table, worths: worths, shaken: shaken)
            var draft = WeightedDraft(table, wanted: dive.run(), worths: worths)
            keep(draft.finished(isThorough: true))
        }
    }

    /// -1...1, the same every time the search is made anew.
    private mutating func chance() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 33) / Double(1 << 30) - 1
    }

    /// Betters a pairing found elsewhere, and keeps it.
    mutating func better(_ chosen: [Int]) {
        var draft = WeightedDraft(table, wanted: chosen.map { [$0] }, worths: worths)
        keep(draft.finished(isThorough: true))
    }
}
