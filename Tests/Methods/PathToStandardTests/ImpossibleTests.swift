import PathToStandard
import Planning
import Testing
import Vocabulary

@Suite("没有方案要有证明") struct ImpossibleTests {
    /// What the method says of a county where the least cost is known by trying everything.
    private func answers(_ state: UInt64, _ count: Int) throws -> [(problem: PathProblem, best: Int)] {
        var county = SmallCounty(state: state)
        return (0..<count).compactMap { _ in
            var problem = county.problem()
            problem.limits.moves = 0
            let best = TryWithoutMoves(problem).best
            return best < .max && best > 0 ? (problem, best) : nil
        }
    }

    @Test("预算比最省费用少一元：证明没有方案，点名的规则缺一不可") func oneYuanLess() throws {
        var proved = 0
        for (known, best) in try answers(21, 8) {
            var problem = known
            problem.limits.budget = best - 1
            guard case .infeasible(let rules, let certificate) = try method().plan(problem) else {
                Issue.record("not proved: \(best)")
                continue
            }
            proved += 1
            #expect(verifyNone(problem, rules: rules.map(\.id), certificate) == [])
            #expect(rules.contains { $0.id == "budget" })
            #expect(certificate.isReduced == true)
            for rule in rules {
                // Other rules may be in conflict as well; of these, each is needed.
                var eased = problem
                eased.waived = Set(problem.rules.map(\.id)).subtracting(rules.map(\.id)).union([rule.id])
                guard case .plan = try method().plan(eased) else {
                    Issue.record("\(rule.id) was not needed")
                    continue
                }
            }
            problem.limits.budget = best
            let answer = try method().plan(problem)
            guard case .plan(let plan, _) = answer else {
                Issue.record("no plan for \(best): \(answer)")
                continue
            }
            #expect(PathOutcome(problem, plan).cost == best)
        }
        #expect(proved > 3)
    }

    @Test("27所学校，差异系数紧、钱只差千分之二：仍然证明没有方案") func uneven() throws {
        var problem = UnevenCounty.problem(schools: 27, ceiling: Fraction(3, over: 10))
        problem.limits.moves = 0
        guard case .plan(_, let free) = try method(gap: 1e-3, seconds: 60).plan(problem) else {
            Issue.record("no plan")
            return
        }
        problem.limits.budget = Int(try #require(free.checkedBound) * 0.998)
        guard case .infeasible(let rules, let certificate) = try method(gap: 1e-3, seconds: 60).plan(problem) else {
            Issue.record("not proved")
            return
        }
        #expect(rules.contains { $0.id == "budget" })
        #expect(verifyNone(problem, rules: rules.map(\.id), certificate) == [])
    }

    @Test("改动过的“没有方案”通不过复核") func tampered() throws {
        var (problem, best) = try #require(try answers(21, 8).first)
        problem.limits.budget = best / 2
        guard case .infeasible(let rules, let certificate) = try method().plan(problem) else {
            Issue.record("not proved")
            return
        }
        let ids = rules.map(\.id)
        let text = try #require(certificate.witness)
        func broken(_ ids: [String], _ change: (inout Certificate) -> Void = { _ in }) -> Bool {
            var claim = certificate
            change(&claim)
            return !verifyNone(problem, rules: ids, claim).isEmpty
        }
        #expect(!broken(ids))
        #expect(broken(ids) { $0.witness = nil })
        #expect(broken(ids) { $0.witness = text.replacing(/"multipliers":"[^"]*"/) { _ in "\"multipliers\":\"\"" } })
        #expect(broken(ids) { $0.problem = "0" })
        #expect(broken(ids) { $0.status = .proved })
        #expect(broken(ids.filter { $0 != "budget" }))
        #expect(broken(ids + ["hires"]))
        // Where there is a plan, no multipliers whatever say that there is none.
        problem.limits.budget = best
        var chance: UInt64 = 5
        for _ in 0..<20 {
            chance = chance &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let random = (0..<40).map { Double(($0 * Int(chance >> 40)) % 2_000 - 1_000) / 300 }
            var forged = certificate
            forged.problem = problem.digest
            forged.witness = text.replacing(/"multipliers":"[^"]*"/) { _ in "\"multipliers\":\"\(PackedMultipliers.text(random))\"" }
            #expect(!verifyNone(problem, rules: problem.rules.map(\.id), forged).isEmpty)
        }
        var old = certificate
        old.problem = problem.digest
        #expect(!verifyNone(problem, rules: problem.rules.map(\.id), old).isEmpty)
    }

    @Test("求解器说没有方案，程序不信：没有证明就不说没有") func lies() throws {
        let (problem, best) = try #require(try answers(21, 8).first)
        let always = PathToStandard(using: try LyingSolver(about: .everything), seconds: 5, gap: 1e-9, clock: now)
        guard case .undecided(let certificate) = try always.plan(problem) else {
            Issue.record("believed")
            return
        }
        #expect(certificate.status == .undecided)
        // Where it lies about whole numbers alone, the plan is found without it.
        let whole = PathToStandard(using: try LyingSolver(about: .wholeNumbers), seconds: 20, gap: 1e-9, clock: now)
        guard case .plan(let plan, _) = try whole.plan(problem) else {
            Issue.record("no plan")
            return
        }
        #expect(PathOutcome(problem, plan).cost == best)
    }

    @Test("不许调动的代价，等于许调动以后省下的钱") func priceOfMoves() throws {
        var county = SmallCounty(state: 7)
        var dearer = 0
        for _ in 0..<6 {
            var problem = county.problem()
            guard case .plan(let free, _) = try method().plan(problem) else { continue }
            problem.limits.moves = 0
            guard case .plan(let rigid, _) = try method().plan(problem) else { continue }
            let (less, cost) = (PathOutcome(problem, free).cost, PathOutcome(problem, rigid).cost)
            let price = try method().prices(problem, cost: cost).first { $0.rule.id == "moves" }
            #expect(try #require(price).saved == cost - less)
            if cost > less { dearer += 1 }
        }
        #expect(dearer > 0)
    }
}
