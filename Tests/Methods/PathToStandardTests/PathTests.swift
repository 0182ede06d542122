import PathToStandard
import Planning
import Testing
import Vocabulary

@Suite("达标路径") struct PathTests {
    private func cost(_ problem: PathProblem) throws -> Int? {
        guard case .plan(let plan, let certificate) = try method().plan(problem) else { return nil }
        #expect(verify(problem, plan, certificate) == [])
        return PathOutcome(problem, plan).cost
    }

    @Test("差异系数留余地的，规则里写明标准的上限是多少") func margin() {
        var county = SmallCounty(state: 1)
        var problem = county.problem(ceiling: Fraction(27, over: 100))
        let plain = problem.rules.map(\.label.zh)
        problem.limits.margin = 10
        let told = problem.rules.map(\.label.zh)
        #expect(plain.contains { $0.hasSuffix("不超过0.27") } && told.contains { $0.hasSuffix("不超过0.27（比标准的0.3再低10%）") })
        #expect(told.count == plain.count)
    }

    @Test("与逐一试遍的最省费用相同") func bruteForce() throws {
        var county = SmallCounty(state: 1)
        var solved = 0
        for _ in 0..<8 {
            let problem = county.problem()
            // The trial moves at most one person in or out of a unit; teachers allow no more to leave.
            let best = TryEverything(problem).best
            let found = try cost(problem)
            if best < .max {
                solved += 1
                // More than one may arrive at a unit, so the method may find what the trial does not look at, never the reverse.
                #expect(found ?? .max <= best)
            }
            var rigid = problem
            rigid.limits.moves = 0
            let trial = TryWithoutMoves(rigid).best
            #expect(try cost(rigid) ?? .max == trial)
        }
        #expect(solved > 3)
    }

    @Test("预算多了不会更贵，去掉规则不会更贵") func metamorphic() throws {
        var county = SmallCounty(state: 5)
        for _ in 0..<5 {
            var problem = county.problem()
            guard let free = try cost(problem) else { continue }
            for budget in [free / 2, free, free + 50_000] {
                problem.limits.budget = budget
                #expect(try cost(problem) == (budget >= free ? free : nil))
            }
            problem.limits.budget = nil
            for rule in problem.rules {
                var waived = problem
                waived.waived = [rule.id]
                #expect(try #require(try cost(waived)) <= free, "\(rule.id)")
            }
        }
    }

    @Test("学校换个次序、改个名，费用不变") func relabelled() throws {
        var county = SmallCounty(state: 9)
        let problem = county.problem()
        var other = problem
        other.schools = [1, 2, 0].map { problem.schools[$0] }
        for place in other.units.indices {
            other.units[place].school = [2, 0, 1][problem.units[place].school]
            other.units[place].id = "u\(place)"
        }
        other.units.reverse()
        #expect(try cost(problem) == cost(other))
    }

    @Test("改动过的方案通不过复核") func tampered() throws {
        var county = SmallCounty(state: 3)
        let problem = county.problem()
        guard case .plan(let plan, let certificate) = try method().plan(problem) else {
            Issue.record("no plan")
            return
        }
        try #require(!plan.steps.isEmpty)
        for place in plan.steps.indices {
            var less = plan
            less.steps[place].count -= 1
            var cheap = certificate
            cheap.objective = Double(PathOutcome(problem, less).cost)
            cheap.bound = nil
            cheap.checkedBound = nil
            #expect(!verify(problem, less, cheap).isEmpty, "\(plan.steps[place])")
        }
        var boast = certificate
        boast.bound = (certificate.objective ?? 0) * 1.01 + 10
        #expect(verify(problem, plan, boast).contains { $0.rule == "certificate" })
        var other = problem
        other.units[0].pupils += 1
        #expect(verify(other, plan, certificate).contains { $0.rule == "certificate" })
        var negative = plan
        negative.steps[0].count = -1
        #expect(verify(problem, negative, certificate).contains { $0.rule == "plan" })
    }

    @Test("做不到时说出互相冲突的规则，少放宽一条就做得到") func conflicts() throws {
        var county = SmallCounty(state: 3)
        var problem = county.problem()
        problem.limits.budget = 1_000
        guard case .infeasible(let rules, let certificate) = try method().plan(problem) else {
            Issue.record("a plan for 1,000 yuan")
            return
        }
        #expect(certificate.status == .infeasible)
        #expect(rules.contains { $0.id == "budget" })
        var relaxed = problem
        relaxed.waived = ["budget"]
        #expect(try cost(relaxed) != nil)
    }

    @Test("证明书的精确下界不高于费用") func bounds() throws {
        var county = SmallCounty(state: 11)
        for _ in 0..<4 {
            guard case .plan(let plan, let certificate) = try method().plan(county.problem()) else { continue }
            let checked = try #require(certificate.checkedBound)
            #expect(certificate.bound == checked)
            #expect(checked > 0 || plan.steps.isEmpty)
        }
    }

    @Test("依据被改动，下界不会因此高过最省费用；没有依据的下界不认") func witness() throws {
        var county = SmallCounty(state: 11)
        var chance: UInt64 = 5
        for _ in 0..<4 {
            var problem = county.problem()
            problem.limits.moves = 0
            guard case .plan(let plan, let certificate) = try method().plan(problem) else { continue }
            let least = Double(TryWithoutMoves(problem).best)
            #expect(try #require(certificate.checkedBound) <= least)
            var bare = certificate
            bare.witness = nil
            #expect(verify(problem, plan, bare).contains { $0.rule == "certificate" })
            // Nobody's multipliers prove a plan's cost away: a dearer plan stays unproved whatever stands in the witness.
            let text = try #require(certificate.witness)
            var dear = plan
            dear.steps.append(.init(action: "train", place: problem.units[0].id, count: 0))
            for _ in 0..<10 {
                chance = chance &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let random = (0..<40).map { Double(($0 * Int(chance >> 40)) % 2_000 - 1_000) / 300 }
                var forged = certificate
                forged.witness = text.replacing(/"multipliers":"[^"]*"/) { _ in "\"multipliers\":\"\(PackedMultipliers.text(random))\"" }
                forged.checkedBound = least + 1
                forged.bound = nil
                #expect(verify(problem, dear, forged).contains { $0.rule == "certificate" })
            }
        }
    }

    @Test("费用上限写成万元", arguments: [(10_000, "1万元"), (12_500, "1.25万元"), (3_000_001, "300.0001万元"), (0, "0万元")])
    func tenThousands(_ budget: Int, _ words: String) throws {
        var county = SmallCounty(state: 3)
        var problem = county.problem()
        problem.limits.budget = budget
        let rule = try #require(problem.rules.first { $0.id == "budget" })
        #expect(rule.label.zh == "总费用不超过\(words)")
    }

    @Test("27所学校，差异系数紧的县：证到千分之一以内，依据由程序自己重算") func county27() throws {
        let problem = UnevenCounty.problem(schools: 27, ceiling: Fraction(3, over: 10))
        guard case .plan(let plan, let certificate) = try method(gap: 1e-3, seconds: 60).plan(problem) else {
            Issue.record("no plan")
            return
        }
        #expect(verify(problem, plan, certificate) == [])
        #expect(try #require(certificate.gap) <= 1e-3)
        #expect(certificate.status == .proved)
    }
}

/// The least cost without moves, rooms and training tried everywhere.
struct TryWithoutMoves {
    let best: Int
    init(_ problem: PathProblem) {
        var still = problem
        still.costs.leaving = .zero
        best = TryEverything(still).best
    }
}
