/// The gains of all pairs that may be, with what leads can carry: the problem as the searches and the bound see it.
struct PairingTable {
    /// By member, then lead; nil where the two may not pair.
    var gains: [[Int?]]
    let loads: [Int]
    let capacities: [Int]
    let places: Int

    init(_ problem: PairingProblem) {
        let items = Set(problem.members.flatMap(\.needs.keys)).sorted()
        let needs = problem.members.map { member in items.map { member.needs[$0] ?? 0 } }
        let strengths = problem.leads.map { lead in items.map { Swift.max(0, lead.strengths[$0] ?? 0) } }
        let longest = problem.longest
        gains = problem.members.enumerated().map { number, member in
            problem.leads.enumerated().map { place, lead in
                guard member.load <= problem.capacity(lead), problem.bars(lead, member).isEmpty else { return nil }
                var covered = 0
                for item in items.indices { covered += Swift.min(needs[number][item], strengths[place][item]) }
                return covered + problem.extra(lead, member, longest: longest)
            }
        }
        loads = problem.members.map(\.load)
        capacities = problem.leads.map { problem.capacity($0) }
        places = problem.places
    }

    var leads: Range<Int> { 0..<capacities.count }
    var members: Range<Int> { 0..<loads.count }

    /// The load all members share, or nil.
    var commonLoad: Int? { Set(loads).count <= 1 ? loads.first ?? 1 : nil }

    /// How many members a lead can take where all ask the same.
    func room(_ lead: Int, load: Int) -> Int { Swift.min(places, capacities[lead] / load) }

    /// Only pairs that gain so much.
    func atLeast(_ points: Int) -> PairingTable {
        var copy = self
        for member in copy.gains.indices {
            for lead in copy.gains[member].indices {
                if let gain = copy.gains[member][lead], gain < points { copy.gains[member][lead] = nil }
            }
        }
        return copy
    }

    /// No pairing of this table gains as little.
    var lowest: Int { gains.reduce(-1) { sum, row in sum - row.reduce(0) { Swift.max($0, abs($1 ?? 0)) } } }

    /// What must be gained in all once the best total is known. Nothing lies between the lowest total and what is below it.
    func floor(_ best: Int, concession: Int) -> Int { Swift.max(best - abs(best) * Swift.max(0, concession) / 1000, lowest) }

    /// The values a least gain can have, rising.
    var levels: [Int] { Set(gains.flatMap { $0.compactMap { $0 } }).sorted() }

    func total(_ chosen: [Int]) -> Int { members.reduce(0) { $0 + (gains[$1][chosen[$1]] ?? 0) } }
    func least(_ chosen: [Int]) -> Int? { members.map { gains[$0][chosen[$0]] ?? 0 }.min() }

    func plan(_ problem: PairingProblem, _ chosen: [Int]) -> PairingPlan {
        PairingPlan(
            pairs: zip(problem.members, chosen).map { PairingProblem.Pair(lead: problem.leads[$1].id, member: $0.id) })
    }
}
