/// A pairing made lead by lead: worths of the members left are adjusted for a few rounds, the leads that keep wanting the same members,
/// whom nobody else wants, get them, and so on with the rest.
struct WeightedDive {
    private let table: PairingTable
    private(set) var worths: [Int]
    private var current: [Double]
    private var closed: [Bool]
    private var open: [Int]
    /// The lead a member has been given.
    private var given: [Int]
    /// Points by which worths change in a round.
    private let step: Double

    private static let rounds = 10
    /// More than any gain, less than what sums overflow at.
    private static let taken = 1 << 50

    /// `shaken` moves the worths to begin with, each by its own part of -1...1 times some points, so that another pairing comes about.
    init(_ table: PairingTable, worths: [Int], shaken: [Double]) {
        self.table = table
        self.worths = worths
        step = Swift.max(1, Double(table.spread) / 1_000)
        let reach = 2.5 * step
        current = worths.enumerated().map { Double($1) + ($0 < shaken.count ? shaken[$0] * reach : 0) }
        closed = table.members.map { _ in false }
        open = Array(table.leads)
        given = table.members.map { _ in -1 }
    }

    /// The lead each member is given, as a list of one or none; the rest is for `WeightedDraft` to find.
    mutating func run() -> [[Int]] {
        while !open.isEmpty, closed.contains(false), settle(adjust()) {}
        return given.map { $0 < 0 ? [] : [$0] }
    }

    private struct Wish {
        var lead: Int
        var members: [Int]
        /// Rounds in a row in which it stayed the same.
        var rounds = 0
        var likelihood = 0.0
    }

    /// What the open leads want in the end, the most likely first.
    private mutating func adjust() -> [Wish] {
        var wishes = open.map { Wish(lead: $0, members: []) }
        var asked = table.members.map { _ in 0 }
        for _ in 0..<WeightedDive.rounds {
            for member in table.members { worths[member] = closed[member] ? WeightedDive.taken : Int(current[member].rounded()) }
            var counts = table.members.map { _ in 0 }
            for place in wishes.indices {
                let members = PairingBound.knapsack(table, wishes[place].lead, worths).members
                wishes[place].rounds = members == wishes[place].members ? wishes[place].rounds + 1 : 0
                wishes[place].members = members
                for member in members { counts[member] += 1 }
            }
            for member in table.members { asked[member] += counts[member] }
            let left = table.members.filter { !closed[$0] }
            let wrong = left.reduce(0) { $0 + (1 - counts[$1]) * (1 - counts[$1]) }
            if wrong == 0 { break }
            let move = Swift.min(3 * step, step * Double(left.count) / Double(wrong))
            for member in left { current[member] -= move * Double(1 - counts[member]) }
        }
        for place in wishes.indices {
            let members = wishes[place].members
            let strife = members.reduce(0.0) { $0 + abs(Double(asked[$1]) / Double(WeightedDive.rounds) - 1) }
            let load = members.reduce(0) { $0 + table.loads[$1] }
            let fill = Double(load) / Double(Swift.max(1, table.capacities[wishes[place].lead]))
            wishes[place].likelihood = Double(wishes[place].rounds) - 3 * strife + fill
        }
        return wishes.sorted { ($1.likelihood, $0.lead) < ($0.likelihood, $1.lead) }
    }

    /// Grants a tenth of the wishes; false where none can be granted.
    private mutating func settle(_ wishes: [Wish]) -> Bool {
        var granted: Set<Int> = []
        let most = Swift.max(1, open.count / 10)
        for wish in wishes where granted.count < most && !wish.members.isEmpty && !wish.members.contains(where: { closed[$0] }) {
            for member in wish.members { (given[member], closed[member]) = (wish.lead, true) }
            granted.insert(wish.lead)
        }
        open.removeAll { granted.contains($0) }
        return !granted.isEmpty
    }
}
