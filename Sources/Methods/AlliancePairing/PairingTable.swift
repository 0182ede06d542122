/// The gains of all pairs that may be, with what leads can carry: the problem as the searches and the bound see it.
struct PairingTable {
    /// Points row after row, a row for each member; `none` where the two may not pair. Searches go over them some million times.
    private(set) var points: [Int]
    static let none = Int.min / 4
    let loads: [Int]
    let capacities: [Int]
    let places: Int
    /// The load all members share, or nil.
    let commonLoad: Int?

    init(_ problem: PairingProblem) {
        let items = Set(problem.members.flatMap(\.needs.keys)).sorted()
        let needs = problem.members.map { member in items.map { member.needs[$0] ?? 0 } }
        let strengths = problem.leads.map { lead in items.map { Swift.max(0, lead.strengths[$0] ?? 0) } }
        let longest = problem.longest
        let capacities = problem.leads.map { problem.capacity($0) }
        var points: [Int] = []
        points.reserveCapacity(problem.members.count * problem.leads.count)
        for (number, member) in problem.members.enumerated() {
            for (place, lead) in problem.leads.enumerated() {
                guard member.load <= capacities[place], problem.bars(lead, member).isEmpty else {
                    points.append(PairingTable.none)
                    continue
                }
                var covered = problem.extra(lead, member, longest: longest)
                for item in items.indices { covered += Swift.min(needs[number][item], strengths[place][item]) }
                points.append(covered)
            }
        }
        self.init(points: points, loads: problem.members.map(\.load), capacities: capacities, places: problem.places)
    }

    init(points: [Int], loads: [Int], capacities: [Int], places: Int) {
        self.points = points
        self.loads = loads
        self.capacities = capacities
        self.places = places
        commonLoad = Set(loads).count <= 1 ? loads.first ?? 1 : nil
    }

    var leads: Range<Int> { 0..<capacities.count }
    var members: Range<Int> { 0..<loads.count }

    /// Nil where the two may not pair.
    func gain(_ member: Int, _ lead: Int) -> Int? {
        let found = points[member * capacities.count + lead]
        return found == PairingTable.none ? nil : found
    }

    /// What a member may gain, lead after lead; those it may not have are left out.
    func gains(_ member: Int) -> [Int] { row(member).filter { $0 != PairingTable.none } }

    private func row(_ member: Int) -> ArraySlice<Int> { points[member * capacities.count..<(member + 1) * capacities.count] }

    /// How many members a lead can take where all ask the same.
    func room(_ lead: Int, load: Int) -> Int { Swift.min(places, capacities[lead] / load) }

    /// Only pairs that gain so much.
    func atLeast(_ least: Int) -> PairingTable {
        var copy = self
        for place in points.indices where points[place] < least { copy.points[place] = PairingTable.none }
        return copy
    }

    /// No pairing of this table gains as little.
    var lowest: Int { -1 - members.reduce(0) { $0 + furthest($1) } }

    /// What the member's best or worst gain is at most, whatever its sign.
    func furthest(_ member: Int) -> Int { row(member).reduce(0) { $1 == PairingTable.none ? $0 : Swift.max($0, abs($1)) } }

    /// How far gains lie apart, nothing being one of them; 1 at least.
    var spread: Int {
        let (least, most) = points.reduce((0, 0)) { $1 == PairingTable.none ? $0 : (Swift.min($0.0, $1), Swift.max($0.1, $1)) }
        return Swift.max(1, most - least)
    }

    /// What must be gained in all once the best total is known. Nothing lies between the lowest total and what is below it.
    func floor(_ best: Int, concession: Int) -> Int { Swift.max(best - abs(best) * Swift.max(0, concession) / 1000, lowest) }

    /// The values a least gain can have, rising.
    var levels: [Int] { Set(points).subtracting([PairingTable.none]).sorted() }

    func total(_ chosen: [Int]) -> Int { members.reduce(0) { $0 + (gain($1, chosen[$1]) ?? 0) } }
    func least(_ chosen: [Int]) -> Int? { members.map { gain($0, chosen[$0]) ?? 0 }.min() }

    func plan(_ problem: PairingProblem, _ chosen: [Int]) -> PairingPlan {
        PairingPlan(
            pairs: zip(problem.members, chosen).map { PairingProblem.Pair(lead: problem.leads[$1].id, member: $0.id) })
    }
}
