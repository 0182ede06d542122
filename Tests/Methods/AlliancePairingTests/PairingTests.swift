import Planning
import Testing
import Vocabulary

@testable import AlliancePairing

@Suite("强弱校结对") struct PairingTests {
    struct Solved {
        var plan: PairingPlan
        var total: Certificate
        var least: Certificate
        var proof: PairingProof
    }

    private func solved(_ problem: PairingProblem, _ method: AlliancePairing) throws -> Solved? {
        switch try method.plan(problem) {
        case .plan(let plan, let total, let least, let proof): return Solved(plan: plan, total: total, least: least, proof: proof)
        case .infeasible: return nil
        case .undecided: return try #require(nil as Solved?, "undecided")
        }
    }

    private func agree(_ problem: PairingProblem, _ method: AlliancePairing) throws {
        let truth = TryEverything(problem)
        let found = try solved(problem, method)
        #expect((found == nil) == (truth.total == nil))
        guard let found, let total = truth.total else { return }
        #expect(-(found.total.objective ?? 0) == Double(total) && found.total.status == .proved)
        #expect(PairingOutcome(problem, found.plan).least == truth.least && found.least.status == .proved)
        #expect((found.total.checkedBound ?? 1) <= -Double(total))
        #expect(verify(problem, found.plan, total: found.total, least: found.least, proof: found.proof).isEmpty)
    }

    @Test("学校同样算：与逐一试遍所有结对的结果相同，不用求解器，上界正好相等", arguments: UInt64(1)...60) func everything(seed: UInt64) throws {
        var county = SmallCounty(state: seed)
        let problem = county.problem()
        try agree(problem, method(solver: false))
        if let found = try solved(problem, method(solver: false)) {
            #expect(found.total.checkedBound == found.total.objective && found.least.checkedBound == found.least.objective)
        }
    }

    @Test("试过的小县多数有方案，也有没有的") func mixture() throws {
        for loads in [1...1, 2...9] {
            let plans = (UInt64(1)...40).count { seed in
                var county = SmallCounty(state: seed)
                return TryEverything(county.problem(loads: loads)).total != nil
            }
            #expect((10...39).contains(plans))
        }
    }

    @Test("负担不同：与逐一试遍所有结对的结果相同", arguments: UInt64(1)...40) func weighted(seed: UInt64) throws {
        var county = SmallCounty(state: seed)
        try agree(county.problem(loads: 2...9), method())
    }

    @Test("负担不同又没有求解器：守住每条规则，不比最好的好，上界不低于最好的", arguments: UInt64(1)...40) func withoutSolver(seed: UInt64) throws {
        var county = SmallCounty(state: seed)
        let problem = county.problem(loads: 2...9, reach: nil)
        let truth = TryEverything(problem)
        switch try method(solver: false, seconds: 4).plan(problem) {
        case .plan(let plan, let total, let least, let proof):
            let best = try #require(truth.total)
            #expect(verify(problem, plan, total: total, least: least, proof: proof).isEmpty)
            #expect(-(total.objective ?? 0) <= Double(best) && Double(best) <= -(total.checkedBound ?? 0))
        case .infeasible: #expect(truth.total == nil)
        case .undecided: break
        }
    }

    @Test("与通用的最小费用流同样好", arguments: UInt64(1)...10) func flow(seed: UInt64) throws {
        var county = SmallCounty(state: seed)
        let problem = county.problem(leads: 8, members: 24, reach: nil)
        let table = PairingTable(problem)
        var network = FlowNetwork(nodes: 1 + 8 + 24)
        network.supply[0] = 24
        var arcs: [(arc: Int, cost: Int)] = []
        for lead in table.leads { network.arc(0, 1 + lead, capacity: table.room(lead, load: 1), cost: 0) }
        for member in table.members {
            network.supply[9 + member] = -1
            for lead in table.leads {
                let cost = 2000 - (table.gain(member, lead) ?? 0)
                arcs.append((network.arc(1 + lead, 9 + member, capacity: 1, cost: cost), cost))
            }
        }
        let sent = network.cheapest()
        let found = try solved(problem, method(solver: false))
        #expect((sent == nil) == (found == nil))
        guard let sent, let found else { return }
        #expect(arcs.reduce(0) { $0 + sent[$1.arc] * $1.cost } == 24 * 2000 + Int(found.total.objective ?? 0))
    }

    @Test("能力大了不会差，放宽一条规则不会差，换名字换次序结果不变", arguments: UInt64(21)...32) func metamorphic(seed: UInt64) throws {
        var county = SmallCounty(state: seed)
        var problem = county.problem(leads: 5, members: 14, loads: seed % 2 == 0 ? 1...1 : 2...9, reach: 20...40)
        problem.concession = 0
        let method = try method()
        guard let base = try solved(problem, method)?.total.objective else { return }
        func value(_ problem: PairingProblem) throws -> Double { try solved(problem, method)?.total.objective ?? .infinity }
        var larger = problem
        for place in larger.leads.indices { larger.leads[place].capacity += 3 }
        #expect(try value(larger) <= base)
        for rule in problem.rules where rule.id != "distance" || problem.travelPoints > 0 {
            var free = problem
            free.waived.insert(rule.id)
            #expect(try value(free) <= base)
        }
        var renamed = problem
        renamed.leads.reverse()
        renamed.members.reverse()
        for place in renamed.members.indices { renamed.members[place].id = "x\(renamed.members[place].id)" }
        for place in renamed.leads.indices { renamed.leads[place].id = "y\(renamed.leads[place].id)" }
        renamed.history = Set(problem.history.map { .init(lead: "y\($0.lead)", member: "x\($0.member)") })
        #expect(try value(renamed) == base)
    }

    @Test("改动过的方案或证明通不过检验") func tampered() throws {
        var county = SmallCounty(state: 9)
        let problem = county.problem(leads: 5, members: 12, reach: 40...40)
        let found = try #require(try solved(problem, method(solver: false)))
        func rules(_ plan: PairingPlan, _ total: Certificate, _ least: Certificate, _ proof: PairingProof) -> Set<String> {
            Set(verify(problem, plan, total: total, least: least, proof: proof).map(\.rule))
        }
        var plan = found.plan
        plan.pairs.removeLast()
        #expect(rules(plan, found.total, found.least, found.proof).contains("everyone"))
        plan = found.plan
        for place in plan.pairs.indices { plan.pairs[place].lead = "L0" }
        #expect(rules(plan, found.total, found.least, found.proof).isSuperset(of: ["size", "capacity"]))
        plan = found.plan
        plan.pairs[0].lead = "L9"
        #expect(rules(plan, found.total, found.least, found.proof).contains("everyone"))
        var total = found.total
        total.objective = -1
        #expect(rules(found.plan, total, found.least, found.proof).contains("certificate"))
        total = found.total
        total.checkedBound = (total.checkedBound ?? 0) + 1
        #expect(rules(found.plan, total, found.least, found.proof).contains("proof"))
        var proof = found.proof
        proof.least = proof.least.map { _ in 0 }
        #expect(rules(found.plan, found.total, found.least, proof).contains("proof"))
        proof = found.proof
        proof.total[0] += 1000
        #expect(rules(found.plan, found.total, found.least, proof).contains("proof"))
        total = found.total
        total.problem = "0"
        #expect(rules(found.plan, total, found.least, found.proof).contains("certificate"))
    }

    private func lead(_ id: String, east: Int = 0, capacity: Int = 9, stage: String = "小学") -> PairingProblem.Lead {
        .init(
            id: id, title: "强\(id)", stage: stage, place: .init(latitude: 37_000_000, longitude: 118_000_000 + east), capacity: capacity,
            strengths: ["师": 100])
    }

    private func member(_ id: String, east: Int? = 0, load: Int = 1, stage: String = "小学") -> PairingProblem.Member {
        .init(
            id: id, title: "弱\(id)", stage: stage, place: east.map { .init(latitude: 37_000_000, longitude: 118_000_000 + $0) }, load: load,
            needs: ["师": 80])
    }

    @Test("带不动：说明哪几条规则冲突，是哪几所学校") func conflict() throws {
        // 0.1° of longitude at 37° N is 8.9 km; only A is near B's members.
        let problem = PairingProblem(
            title: "县", leads: [lead("A", capacity: 2), lead("B", east: 900_000)],
            members: [member("1"), member("2"), member("3"), member("4", east: 900_000)], groupSize: 5, reach: 10_000)
        guard case .infeasible(let rules, let shortages, let certificate) = try method(solver: false).plan(problem) else {
            Issue.record("a plan beyond the capacity")
            return
        }
        #expect(Set(rules.map(\.id)) == ["capacity", "distance"] && certificate.status == .infeasible)
        #expect(shortages.map(\.words) == ["“弱1、弱2、弱3”共3所只能由“强A”带动，而它们至多能带2所"])
    }

    @Test("没有牵头学校、或没有同学段的：各说各的") func nobody() throws {
        let empty = PairingProblem(title: "县", leads: [], members: [member("1")], groupSize: 3)
        guard case .infeasible(let rules, let shortages, _) = try method(solver: false).plan(empty) else { throw SolverFailure("plan") }
        #expect(rules.map(\.id) == ["everyone"] && shortages.first?.words.contains("没有一所") == true)
        let other = PairingProblem(title: "县", leads: [lead("A")], members: [member("1", stage: "初中")], groupSize: 3)
        guard case .infeasible(let stage, _, _) = try method(solver: false).plan(other) else { throw SolverFailure("plan") }
        #expect(stage.map(\.id) == ["stage"])
    }

    @Test("没有经纬度的学校：不当作距离为零，列为未核对") func unplaced() throws {
        let problem = PairingProblem(
            title: "县", leads: [lead("A")], members: [member("1", east: nil), member("2", east: 10_000)], groupSize: 3, reach: 20_000,
            travelPoints: 2)
        let found = try #require(try solved(problem, method(solver: false)))
        #expect(problem.unplaced == ["弱1"])
        // 80 points less 2 × 20 km, and less 2 × 0.888 km, whole points.
        #expect(PairingOutcome(problem, found.plan).gains == [40, 79])
    }

    @Test("保留与回避：旧结对不动，回避的不配") func keptAndBarred() throws {
        var problem = PairingProblem(
            title: "县", leads: [lead("A"), lead("B", east: 500_000)], members: [member("1"), member("2", east: 500_000)], groupSize: 3,
            travelPoints: 1)
        problem.kept = [.init(lead: "B", member: "1")]
        problem.barred = [.init(lead: "B", member: "2")]
        let found = try #require(try solved(problem, method(solver: false)))
        #expect(found.plan.pairs.map(\.lead) == ["B", "A"])
        problem.barred.insert(.init(lead: "B", member: "1"))
        guard case .infeasible(let rules, _, _) = try method(solver: false).plan(problem) else { throw SolverFailure("plan") }
        #expect(Set(rules.map(\.id)) == ["kept", "barred"])
    }
}
