import PathToStandard
import Planning
import Testing
import Vocabulary

@Suite("分年安排") struct ScheduleTests {
    private func planned(_ problem: PathProblem) throws -> (PathPlan, PathSchedule)? {
        let method = try method(gap: 1e-3, seconds: 20)
        guard case .plan(let plan, let certificate) = try method.plan(problem) else { return nil }
        #expect(verify(problem, plan, certificate) == [])
        return try method.schedule(problem, plan).map { (plan, $0) }
    }

    @Test("各年合起来是整个方案，每年不超钱，达标的不掉下去；钱早到达标早") func county() throws {
        var problem = UnevenCounty.problem(schools: 20, ceiling: Fraction(4, over: 10))
        guard case .plan(let free, _) = try method(gap: 1e-3, seconds: 20).plan(problem) else {
            Issue.record("no plan")
            return
        }
        let total = PathOutcome(problem, free).cost
        (problem.limits.years, problem.limits.yearly) = (3, total / 3 + 100_000)
        let (plan, schedule) = try #require(try planned(problem))
        #expect(verify(problem, plan, schedule) == [])
        #expect(schedule.years.count <= 3 && schedule.years.count > 1)
        let met = schedule.years.indices.map { PathStanding(PathOutcome(problem, schedule.upTo($0))).units.count }
        #expect(met == met.sorted() && met.last == problem.units.count)
        // A year's money brings at least as many schools as come when schools are taken as they stand in the list.
        #expect(met[0] >= inOrder(problem, plan))
        (problem.limits.years, problem.limits.yearly) = (3, total)
        let (_, early) = try #require(try planned(problem))
        #expect(early.years.count == 1)
    }

    /// Schools that meet the standard after the first year when everything is done in the order of the list until the money is spent.
    private func inOrder(_ problem: PathProblem, _ plan: PathPlan) -> Int {
        var rest = problem.limits.yearly ?? 0
        var part = PathPlan()
        for unit in problem.units {
            for step in plan.steps where step.place == unit.id || step.place == problem.schools[unit.school].id {
                let cost = problem.costs.actions.first { $0.id == step.action }?.cost ?? 0
                let count = Swift.min(step.count, cost == 0 ? step.count : rest / cost)
                rest -= count * cost
                if count > 0 { part.steps.append(.init(action: step.action, place: step.place, count: count)) }
            }
        }
        return PathStanding(PathOutcome(problem, part)).units.count
    }

    @Test("钱不够时说出是分年的限制；一件比一年的钱还贵的措施不用") func tooLittle() throws {
        var problem = UnevenCounty.problem(schools: 12, ceiling: Fraction(4, over: 10))
        (problem.limits.years, problem.limits.yearly) = (2, 30_000)
        guard case .infeasible(let rules, _) = try method(gap: 1e-3, seconds: 10).plan(problem) else {
            Issue.record("a plan for 60,000 yuan")
            return
        }
        let rule = try #require(rules.first { $0.id == "years" })
        #expect(rule.label.zh == "2年做完，每年不超过3万元")
        problem.limits.yearly = 90_000
        problem.limits.years = 10
        problem.costs.actions[2].cost = 95_000
        if case .plan(let plan, _) = try method(gap: 1e-3, seconds: 10).plan(problem) {
            #expect(!plan.steps.contains { $0.action == "hire" })
        }
    }

    @Test("改动过的安排通不过复核") func tampered() throws {
        var problem = UnevenCounty.problem(schools: 20, ceiling: Fraction(4, over: 10))
        guard case .plan(let free, _) = try method(gap: 1e-3, seconds: 20).plan(problem) else { return }
        (problem.limits.years, problem.limits.yearly) = (3, PathOutcome(problem, free).cost / 3 + 100_000)
        let (plan, schedule) = try #require(try planned(problem))
        var lost = schedule
        lost.years[0].steps.removeFirst()
        #expect(verify(problem, plan, lost).contains { $0.message.contains("合起来") })
        let rushed = PathSchedule([plan])
        #expect(verify(problem, plan, rushed).contains { $0.message.contains("超过") })
        var long = schedule
        long.years += [PathPlan(), PathPlan()]
        #expect(verify(problem, plan, long).contains { $0.message.contains("多于3年") })
        // A school that meets the standard gives its teachers away before others are hired.
        let first = PathStanding(PathOutcome(problem, PathPlan())).units.sorted()[0]
        var back = schedule
        back.years[0].moves.append(.init(action: "move", from: first, to: problem.units.first { $0.id != first }?.id ?? "", count: 3))
        #expect(!verify(problem, plan, back).isEmpty)
    }

    @Test("小县与逐一试遍各种先后相同；“怎样排都不超过”不低于试出的最多") func everyOrder() throws {
        var county = SmallCounty(state: 31)
        var (staged, impossible, proved) = (0, 0, 0)
        for round in 0..<14 {
            var problem = county.problem()
            guard case .plan(let plan, _) = try method().plan(problem) else { continue }
            let cost = PathOutcome(problem, plan).cost
            guard cost > 0 else { continue }
            let dearest = problem.costs.actions.map(\.cost).max() ?? 0
            (problem.limits.years, problem.limits.yearly) = (2, Swift.max(dearest, cost * (round % 2 == 0 ? 55 : 75) / 100))
            guard case .plan(let plan, _) = try method().plan(problem) else { continue }
            let best = TryEveryOrder(problem, plan).best
            guard let schedule = try method().schedule(problem, plan) else {
                impossible += 1
                #expect(best == nil, "\(round)")
                continue
            }
            staged += 1
            #expect(verify(problem, plan, schedule) == [])
            let proof = try #require(schedule.proof)
            #expect(proof.reached == best && proof.most >= proof.reached, "\(round): \(proof) \(String(describing: best))")
            if proof.most == proof.reached { proved += 1 }
            for change in [{ $0.reached += 1 }, { $0.most = proof.reached - 1 }, { $0.witness = "" }] as [(inout ScheduleProof) -> Void] {
                var forged = schedule
                var claim = proof
                change(&claim)
                forged.proof = claim
                #expect(verify(problem, plan, forged).contains { $0.rule == "schedule" })
            }
        }
        #expect(staged > 4 && proved > 2, "\(staged) \(impossible) \(proved)")
    }

    @Test("20所学校分三年：证明没有更早的排法，或差几个说得出来") func earliness() throws {
        var problem = UnevenCounty.problem(schools: 20, ceiling: Fraction(4, over: 10))
        guard case .plan(let free, _) = try method(gap: 1e-3, seconds: 20).plan(problem) else {
            Issue.record("no plan")
            return
        }
        (problem.limits.years, problem.limits.yearly) = (3, PathOutcome(problem, free).cost / 3 + 100_000)
        let (plan, schedule) = try #require(try planned(problem))
        let proof = try #require(schedule.proof)
        #expect(verify(problem, plan, schedule) == [])
        #expect(proof.most - proof.reached <= 1 && proof.most <= 60, "\(proof.reached) \(proof.most)")
    }
}

/// The most units that meet the standard at the ends of two years, added up, over every way to divide a plan's work between them. Nil where
/// no way keeps the rules.
private struct TryEveryOrder {
    private(set) var best: Int?

    init(_ problem: PathProblem, _ plan: PathPlan) {
        let counts = plan.steps.map(\.count) + plan.moves.map(\.count)
        var first = counts.map { _ in 0 }
        while true {
            var years = [PathPlan(), PathPlan()]
            for (place, count) in counts.enumerated() {
                for (year, part) in [first[place], count - first[place]].enumerated() where part > 0 {
                    if place < plan.steps.count {
                        var step = plan.steps[place]
                        step.count = part
                        years[year].steps.append(step)
                    } else {
                        var move = plan.moves[place - plan.steps.count]
                        move.count = part
                        years[year].moves.append(move)
                    }
                }
            }
            if verify(problem, plan, PathSchedule(years)).isEmpty {
                let early = PathStanding(PathOutcome(problem, years[0])).units.count
                best = Swift.max(best ?? 0, early + PathStanding(PathOutcome(problem, plan)).units.count)
            }
            guard let place = counts.indices.first(where: { first[$0] < counts[$0] }) else { return }
            first[place] += 1
            for earlier in 0..<place { first[earlier] = 0 }
        }
    }
}
