import Planning
import Synchronization
import Testing

@testable import AlliancePairing

/// Tables of gains made up directly: ties, losses, pairs that may not be, leads without room.
private struct SmallTable {
    var county: SmallCounty

    init(_ seed: UInt64) { county = SmallCounty(state: seed &* 7_919) }

    mutating func table(leads: Int, members: Int, gains: ClosedRange<Int>, barred: Int, loads: ClosedRange<Int>, rooms: ClosedRange<Int>)
        -> PairingTable
    {
        var points: [Int] = []
        for _ in 0..<leads * members { points.append(county.next(0...99) < barred ? PairingTable.none : county.next(gains)) }
        let loads = (0..<members).map { _ in county.next(loads) }
        let capacities = (0..<leads).map { _ in county.next(rooms) }
        for member in 0..<members {
            for lead in 0..<leads where loads[member] > capacities[lead] { points[member * leads + lead] = PairingTable.none }
        }
        return PairingTable(points: points, loads: loads, capacities: capacities, places: county.next(1...4))
    }
}

/// The most that can be gained in all, member after member; nil where there is no pairing.
private func tried(_ table: PairingTable, from member: Int = 0, room: [Int]? = nil, count: [Int]? = nil) -> Int? {
    let (room, count) = (room ?? table.capacities, count ?? table.leads.map { _ in 0 })
    guard member < table.members.count else { return 0 }
    var most: Int?
    for lead in table.leads where room[lead] >= table.loads[member] && count[lead] < table.places {
        guard let gain = table.gain(member, lead) else { continue }
        var (left, taken) = (room, count)
        left[lead] -= table.loads[member]
        taken[lead] += 1
        if let rest = tried(table, from: member + 1, room: left, count: taken) { most = Swift.max(most ?? .min, gain + rest) }
    }
    return most
}

@Suite("结对的算法") struct MatchingTests {
    @Test("并列、负收益、禁配、没有空位：与逐一试遍相同，上界正好相等；排不下时上界低于任何结对") func unitLoads() throws {
        var (pairings, shortages, full) = (0, 0, 0)
        for seed in UInt64(1)...400 {
            var small = SmallTable(seed)
            let size = small.county.next(1...6)
            let isSquare = seed % 3 == 0
            let table = small.table(
                leads: isSquare ? size : small.county.next(1...4), members: size, gains: seed % 2 == 0 ? -3...3 : -200...900,
                barred: Int(seed % 4) * 12, loads: 1...1, rooms: isSquare ? 1...1 : 0...4)
            let truth = tried(table)
            var matching = UnitMatching(table, load: 1)
            if matching.isFull { full += 1 }
            switch matching.run() {
            case .best(let chosen, let worths):
                pairings += 1
                #expect(table.total(chosen) == truth && chosen.indices.allSatisfy { table.gain($0, chosen[$0]) != nil }, "\(seed)")
                #expect(table.leads.allSatisfy { lead in chosen.count { $0 == lead } <= table.room(lead, load: 1) }, "\(seed)")
                #expect(PairingBound.upper(table, worths) == truth, "\(seed)")
            case .short(let members, let leads, let worths):
                shortages += 1
                #expect(truth == nil, "\(seed)")
                #expect(leads.reduce(0) { $0 + table.room($1, load: 1) } < members.count, "\(seed)")
                #expect(try #require(PairingBound.upper(table, worths)) < table.lowest, "\(seed)")
            }
        }
        #expect(pairings > 100 && shortages > 50 && full > 100)
    }

    @Test("几十所学校：与通用的最小费用流同样好", arguments: UInt64(1)...12) func flow(seed: UInt64) throws {
        var small = SmallTable(seed)
        let (leads, members) = [(40, 40), (12, 40), (30, 35)][Int(seed % 3)]
        let table = small.table(
            leads: leads, members: members, gains: seed % 2 == 0 ? 0...9 : 0...900, barred: 5, loads: 1...1,
            rooms: leads == members ? 1...1 : 2...5)
        var network = FlowNetwork(nodes: 1 + leads + members)
        network.supply[0] = members
        var arcs: [(arc: Int, cost: Int)] = []
        for lead in table.leads { network.arc(0, 1 + lead, capacity: table.room(lead, load: 1), cost: 0) }
        for member in table.members {
            network.supply[1 + leads + member] = -1
            for lead in table.leads {
                guard let gain = table.gain(member, lead) else { continue }
                arcs.append((network.arc(1 + lead, 1 + leads + member, capacity: 1, cost: 1_000 - gain), 1_000 - gain))
            }
        }
        let sent = network.cheapest()
        var matching = UnitMatching(table, load: 1)
        guard case .best(let chosen, let worths) = matching.run() else {
            #expect(sent == nil)
            return
        }
        let cost = try #require(sent.map { sent in arcs.reduce(0) { $0 + sent[$1.arc] * $1.cost } })
        #expect(table.total(chosen) == members * 1_000 - cost && PairingBound.upper(table, worths) == table.total(chosen))
    }

    @Test("一所牵头学校最多能得多少：与试遍所有组相同，组的大小也算在内") func knapsacks() {
        for seed in UInt64(1)...200 {
            var small = SmallTable(seed)
            let table = small.table(leads: 1, members: 9, gains: 0...60, barred: 10, loads: 2...9, rooms: 10...40)
            let worths = table.members.map { _ in small.county.next(0...40) }
            var most = 0
            for set in 0..<1 << table.members.count {
                let members = table.members.filter { set >> $0 & 1 == 1 }
                guard members.count <= table.places, members.reduce(0, { $0 + table.loads[$1] }) <= table.capacities[0] else { continue }
                let gains = members.compactMap { table.gain($0, 0) }
                if gains.count == members.count { most = Swift.max(most, gains.reduce(0, +) - members.reduce(0) { $0 + worths[$1] }) }
            }
            let (value, members) = PairingBound.knapsack(table, 0, worths)
            #expect(value == most, "\(seed)")
            #expect(members.count <= table.places && members.reduce(0) { $0 + (table.gain($1, 0) ?? 0) - worths[$1] } == most, "\(seed)")
        }
    }

    @Test("任意的价值都给出上界：不低于最好的结对") func anyWorths() {
        for seed in UInt64(1)...120 {
            var small = SmallTable(seed)
            let table = small.table(leads: 3, members: 6, gains: -50...300, barred: 8, loads: 2...9, rooms: 12...24)
            guard let truth = tried(table) else { continue }
            let worths = table.members.map { _ in small.county.next(-100...300) }
            #expect(PairingBound.upper(table, worths) ?? .min >= truth, "\(seed)")
        }
    }

    @Test("负担不同：在整组中挑选，与逐对的整数规划同样好；列全了组就不会漏掉更好的", arguments: UInt64(1)...8) func groups(seed: UInt64) throws {
        var small = SmallTable(seed)
        var table = small.table(leads: 6, members: 18, gains: 0...900, barred: 5, loads: 2...9, rooms: 17...26)
        table = PairingTable(points: table.points, loads: table.loads, capacities: table.capacities, places: 5)
        let solver = try #require(try method().solver)
        let pairs = try solver.solve(WeightedModel(table).linear, SolverOptions(gap: 1e-9)) { false }
        let found = try method(seconds: 30).weighted(table, goal: .min, until: method().clock() + 30)
        guard pairs.status == .optimal else {
            #expect(found.chosen == nil)
            return
        }
        let best = Int((-pairs.objective).rounded())
        #expect(found.chosen.map { table.total($0) } == best && found.bound == best)
        #expect(try #require(PairingBound.upper(table, found.worths)) >= best)
        var search = WeightedSearch(table)
        search.run(rounds: 200) { false }
        let sets = try #require(WeightedSets(table, worths: search.worths, slack: search.bound - best, limit: 50_000))
        let (whole, _) = sets.whole(with: nil)
        let answer = try solver.solve(whole.linear, SolverOptions(gap: 1e-9)) { false }
        #expect(sets.isComplete(above: best - 1) && sets.chosen(whole, answer.values).map { table.total($0) } == best)
    }

    @Test("第一步没有时间找到最好的、第二步碰到总收益更高的：照更高的写进证明书，方案照样给出", arguments: [UInt64(1), 3, 6])
    func betterInTheSecondStep(seed: UInt64) throws {
        var county = SmallCounty(state: seed)
        var problem = county.problem(leads: 8, members: 28, loads: 5...24, reach: nil)
        problem.concession = 0
        // The first step's time is over after one round; the second's lasts for some hundred looks at the clock.
        let calls = Mutex(0)
        let clock: @Sendable () -> Double = {
            calls.withLock { calls in
                calls += 1
                return calls == 1 ? 0 : calls == 2 ? 1 : 8 + Double(calls) * 0.005
            }
        }
        let method = AlliancePairing(using: nil, seconds: 12, clock: clock)
        guard case .plan(let plan, let total, let least, let proof) = try method.plan(problem) else {
            Issue.record("no plan")
            return
        }
        #expect(PairingOutcome(problem, plan).total == -Int(total.objective ?? 0))
        #expect(verify(problem, plan, total: total, least: least, proof: proof).isEmpty)
    }
}
