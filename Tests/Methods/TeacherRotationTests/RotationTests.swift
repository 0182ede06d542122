import Exchanges
import Planning
import TeacherRotation
import Testing
import Vocabulary

@Suite("交流轮岗") struct RotationTests {
    private func cost(_ problem: RotationProblem, alone: Bool = false) throws -> Int? {
        guard case .plan(let plan, let certificate) = try method(alone: alone).plan(problem) else { return nil }
        #expect(verify(problem, plan, certificate) == [])
        return RotationOutcome(problem, plan).cost
    }

    @Test("与逐人逐校试遍的最好方案相同，下界不超过它") func bruteForce() throws {
        var dice = Dice(state: 3)
        var (solved, impossible) = (0, 0)
        for round in 0..<12 {
            var rules = looseRules(rate: [1_000, 2_500, 4_000][round % 3])
            rules.eligibility.years = 4
            rules.travel.school = round % 2 == 0 ? nil : 7_000
            let problem = smallRegion(&dice, rules: rules)
            let best = TryEverybody(problem).best
            switch try method().plan(problem) {
            case .plan(let plan, let certificate):
                solved += 1
                let (cost, least) = (Double(RotationOutcome(problem, plan).cost), try #require(best))
                // Each of six figures is rounded to a whole by itself, and a few kilometres lie below the solver's tolerance:
                // a CV differs by less than a hundred-millionth.
                #expect(cost >= least - 4 && cost <= least + 500, "\(round): \(cost) \(least)")
                #expect(try #require(certificate.checkedBound) <= least + 4)
                #expect(verify(problem, plan, certificate) == [])
            case .infeasible(let rules, let certificate):
                impossible += 1
                #expect(best == nil, "\(round)")
                #expect(verifyNone(problem, rules: rules.map(\.id), certificate) == [])
            case .undecided: #expect(best == nil, "\(round)")
            }
        }
        #expect(solved > 4 && impossible > 0)
    }

    @Test("学校和教师换个次序、改个编号，结果一样") func relabelled() throws {
        var dice = Dice(state: 11)
        for _ in 0..<4 {
            let problem = smallRegion(&dice, schools: 5, teachers: 6, rules: looseRules(rate: 1_000))
            let order = [3, 0, 4, 1, 2]
            let units = order.map { old in
                var unit = problem.units[old]
                (unit.id, unit.school) = ("x\(9 - old)/primary", "x\(9 - old)")
                return unit
            }
            let teachers = problem.teachers.reversed().enumerated().map { number, teacher in
                var copy = teacher
                copy.id = "p\(number * 7 % 97)-\(number)"
                copy.unit = order.firstIndex(of: teacher.unit) ?? 0
                return copy
            }
            let other = RotationProblem(region: "示例县", year: SchoolYear(2025), units: units, teachers: teachers, rules: problem.rules)
            let (one, same) = (try cost(problem), try cost(other))
            #expect((one == nil) == (same == nil) && abs((one ?? 0) - (same ?? 0)) <= 500)
        }
    }

    @Test("去掉一条规则不会更差，距离放宽不会更差") func metamorphic() throws {
        var dice = Dice(state: 21)
        for _ in 0..<4 {
            var rules = looseRules(rate: 1_000, room: 1_000)
            rules.eligibility.years = 3
            (rules.travel.school, rules.travel.nearest) = (6_000, 2)
            var problem = smallRegion(&dice, schools: 5, teachers: 6, rules: rules)
            guard let strict = try cost(problem) else { continue }
            for rule in problem.planRules {
                var waived = problem
                waived.waived = [rule.id]
                #expect(try #require(try cost(waived)) <= strict, "\(rule.id)")
            }
            problem.rules.travel.school = 9_000
            problem.rules.travel.nearest = nil
            #expect(try #require(try cost(problem)) <= strict)
        }
    }

    @Test("同一问题两次得到同一份方案；没有求解器也有方案，不会好过下界") func repeats() throws {
        var dice = Dice(state: 31)
        let problem = smallRegion(&dice, schools: 12, teachers: 15, rules: looseRules(rate: 1_500, room: 200))
        guard case .plan(let first, let certificate) = try method(gap: 1e-4).plan(problem),
            case .plan(let second, _) = try method(gap: 1e-4).plan(problem)
        else {
            Issue.record("no plan")
            return
        }
        #expect(first == second)
        guard case .plan(let plain, let other) = try method(alone: true).plan(problem) else {
            Issue.record("no plan without a solver")
            return
        }
        #expect(verify(problem, plain, other) == [])
        #expect(other.checkedBound == nil && other.status == .feasible)
        let (best, rings) = (RotationOutcome(problem, first).cost, RotationOutcome(problem, plain).cost)
        let bound = try #require(certificate.checkedBound)
        #expect(Double(rings) >= bound)
        #expect(Double(rings) <= 1.5 * Double(best))
        // Both make the schools far more alike than they were.
        #expect(Double(best) < 0.5 * Double(RotationOutcome(problem, RotationPlan()).cost))
    }

    @Test("改动过的方案通不过复核") func tampered() throws {
        var dice = Dice(state: 41)
        var rules = looseRules(rate: 1_500, room: 500)
        rules.eligibility.years = 2
        let problem = smallRegion(&dice, schools: 6, teachers: 8, rules: rules)
        guard case .plan(let plan, let certificate) = try method().plan(problem) else {
            Issue.record("no plan")
            return
        }
        func broken(_ change: (inout RotationPlan, inout Certificate) -> Void) -> Set<String> {
            var (copy, claim) = (plan, certificate)
            change(&copy, &claim)
            return Set(verify(problem, copy, claim).map(\.rule))
        }
        #expect(broken { plan, _ in plan.moves.removeLast() }.contains("staffing"))
        #expect(broken { plan, _ in plan.moves.append(plan.moves[0]) }.contains("plan"))
        #expect(broken { plan, _ in plan.moves[0].to = plan.moves[0].from }.contains("plan"))
        #expect(broken { plan, _ in plan.moves[0].teacher = "nobody" }.contains("plan"))
        let young = try #require(problem.teachers.first { $0.years ?? 0 < 2 })
        #expect(
            broken { plan, _ in plan.moves[0] = .init(teacher: young.id, from: problem.units[young.unit].id, to: plan.moves[0].to) }
                .contains("eligible"))
        #expect(broken { _, claim in claim.objective = (claim.objective ?? 0) - 1 } == ["certificate"])
        #expect(broken { _, claim in claim.checkedBound = (claim.objective ?? 0) + 1 } == ["certificate"])
        #expect(broken { _, claim in claim.problem = "0" } == ["certificate"])
        // A bound is believed only as far as it can be reckoned again.
        let bound = try #require(certificate.checkedBound)
        #expect(broken { _, claim in claim.witness = nil } == ["certificate"])
        #expect(broken { _, claim in claim.witness = PackedMultipliers.text([]) } == ["certificate"])
        #expect(broken { _, claim in (claim.bound, claim.checkedBound) = (bound - 1, bound - 1) } == [])
    }

    @Test("互相冲突的规则说得出来；放宽其中一条就有方案") func conflict() throws {
        var dice = Dice(state: 51)
        var rules = looseRules(rate: 9_000, room: 1_000)
        (rules.eligibility.years, rules.backboneShare) = (6, Share(basis: 0))
        let problem = smallRegion(&dice, schools: 4, teachers: 8, rules: rules)
        guard case .infeasible(let found, let certificate) = try method().plan(problem) else {
            Issue.record("not proved impossible")
            return
        }
        #expect(verifyNone(problem, rules: found.map(\.id), certificate) == [])
        #expect(!verifyNone(problem, rules: ["quota"], certificate).isEmpty)
        var claim = certificate
        claim.witness = PackedMultipliers.text([])
        #expect(!verifyNone(problem, rules: found.map(\.id), claim).isEmpty)
        var other = problem
        other.rules.rate = Share(basis: 1_000)
        claim = certificate
        claim.problem = other.digest
        #expect(!verifyNone(other, rules: found.map(\.id), claim).isEmpty)
        #expect(found.map(\.id) == ["quota", "years"])
        for rule in found {
            var waived = problem
            waived.waived = [rule.id]
            waived.rules.rate = Share(basis: rule.id == "years" ? 5_000 : 9_000)
            #expect(try cost(waived) != nil, "\(rule.id)")
        }
    }

    @Test("几十个随机的县，没有一处违反规则") func manyDistricts() throws {
        var dice = Dice(state: 61)
        var plans = 0
        for round in 0..<40 {
            var rules = looseRules(rate: 500 + dice.roll(2_000), room: 300)
            rules.eligibility = RotationRules.Eligibility()
            (rules.eligibility.years, rules.eligibility.onePerCouple, rules.travel.nearest) = (dice.roll(5), true, 2 + dice.roll(4))
            let problem = smallRegion(&dice, schools: 4 + dice.roll(6), teachers: 5 + dice.roll(8), rules: rules)
            // A plan that breaks a rule would be thrown, not handed out.
            if case .plan(let plan, let certificate) = try method(gap: 0.01, alone: round % 4 != 0).plan(problem) {
                plans += 1
                #expect(verify(problem, plan, certificate) == [])
            }
        }
        #expect(plans > 20)
    }
}
