import Foundation
import FundAllocation
import Planning
import Testing
import Vocabulary

@Suite("专项经费分配") struct FundTests {
    private func solved(_ problem: FundProblem, _ method: FundAllocation) throws -> (FundPlan, Certificate, Certificate) {
        guard case .plan(let plan, let units, let lack) = try method.plan(problem) else {
            return try #require(nil as (FundPlan, Certificate, Certificate)?, "no plan")
        }
        return (plan, units, lack)
    }

    @Test("小县：与逐一试遍所有组合的结果相同", arguments: UInt64(1)...12) func everything(seed: UInt64) throws {
        var county = SmallFund(state: seed)
        var problem = county.problem()
        problem.projects = Array(problem.projects.prefix(14))
        let truth = TryEverything(problem)
        let (plan, units, lack) = try solved(problem, method())
        let outcome = FundOutcome(problem, plan)
        #expect(outcome.short == truth.short && abs(outcome.lack.approximate - truth.lack) < 1e-6)
        #expect(units.status == .proved && units.bound == Double(truth.short))
        #expect((lack.bound ?? .infinity) <= truth.lack + 1e-6 && (units.checkedBound ?? 0) <= Double(truth.short))
        #expect(verify(problem, plan, units: units, lack: lack).isEmpty)
    }

    @Test("没有求解器：方案守住每条规则，不比最好的好，也不声称最好", arguments: UInt64(1)...12) func withoutSolver(seed: UInt64) throws {
        var county = SmallFund(state: seed)
        var problem = county.problem()
        problem.projects = Array(problem.projects.prefix(14))
        let (plan, units, lack) = try solved(problem, byHand())
        #expect(verify(problem, plan, units: units, lack: lack).isEmpty)
        #expect(units.bound == nil && units.status == .feasible)
        #expect(FundOutcome(problem, plan).short >= TryEverything(problem).short)
    }

    @Test("钱多了不会差，放宽一条规则不会差，换个名字结果不变", arguments: UInt64(21)...26) func metamorphic(seed: UInt64) throws {
        var county = SmallFund(state: seed)
        let problem = county.problem(units: 8)
        let method = try method()
        func value(_ problem: FundProblem) throws -> (Int, Double) {
            let outcome = FundOutcome(problem, try solved(problem, method).0)
            return (outcome.short, outcome.lack.approximate)
        }
        let base = try value(problem)
        func noWorse(_ other: (Int, Double)) -> Bool { other.0 < base.0 || other.0 == base.0 && other.1 <= base.1 * (1 + 1e-6) + 1e-6 }
        #expect(noWorse(try value(problem.scaled(Fraction(3, over: 2)))))
        for rule in problem.rules {
            var free = problem
            free.waived.insert(rule.id)
            #expect(noWorse(try value(free)))
        }
        var renamed = problem
        for place in renamed.projects.indices { renamed.projects[place].id = "x\(renamed.projects.count - place)" }
        let other = try value(renamed)
        #expect(other.0 == base.0 && abs(other.1 - base.1) < 1e-4)
    }

    @Test("多花钱买到的单位数只增不减，每一点都不超过证明的上限") func front() throws {
        var county = SmallFund(state: 5)
        let problem = county.problem(units: 10)
        let points = try method().front(problem, parts: (0...8).map { Fraction($0, over: 2) })
        #expect(points.count == 9 && points[0].spent == 0)
        #expect(zip(points, points.dropFirst()).allSatisfy { $0.met <= $1.met })
        #expect(points.allSatisfy { point in point.spent <= point.budget && point.most.map { $0 >= point.met } ?? true })
        #expect((points.last?.met ?? 0) > points[0].met)
    }

    @Test("已定项目排不下：说明哪几条规则冲突") func conflict() throws {
        var county = SmallFund(state: 3)
        var problem = county.problem()
        let dear = try #require(problem.projects.firstIndex { $0.kind == "equip" })
        problem.projects[dear].cost = problem.budget + 1
        problem.projects[dear].isRequired = true
        guard case .infeasible(let rules, let certificate) = try method().plan(problem) else {
            Issue.record("a plan beyond the budget")
            return
        }
        #expect(Set(rules.map(\.id)) == ["required", "source.any"] && certificate.status == .infeasible && certificate.isReduced == true)
        #expect(verifyNone(problem, rules: rules.map(\.id), certificate).isEmpty, "reckoned again without a solver")
        #expect(!verifyNone(problem, rules: ["required"], certificate).isEmpty, "one of them alone is no conflict")
        var enough = problem
        enough.projects[dear].cost = 1
        #expect(!verifyNone(enough, rules: rules.map(\.id), certificate).isEmpty)
    }

    @Test("求解器说没有方案，自己证明不了的就不说没有") func solverLies() throws {
        var county = SmallFund(state: 3)
        let liar = FundAllocation(using: Liar(), seconds: 2, clock: { ProcessInfo.processInfo.systemUptime })
        if case .infeasible = try liar.plan(county.problem()) { Issue.record("the solver was believed") }
    }

    @Test("改动过的方案通不过检验") func tampered() throws {
        var county = SmallFund(state: 9)
        let problem = county.problem(units: 8)
        let (plan, units, lack) = try solved(problem, method())
        func rules(_ plan: FundPlan, _ claim: Certificate) -> Set<String> {
            Set(verify(problem, plan, units: claim, lack: lack).map(\.rule))
        }
        var other = plan
        other.payments[0].amount -= 1
        #expect(rules(other, units).contains("payment"))
        other = plan
        other.projects.removeLast()
        #expect(rules(other, units).isSuperset(of: ["payment", "certificate"]))
        let equip = try #require(
            plan.payments.firstIndex { payment in
                problem.projects.contains { $0.id == payment.project && $0.kind == "equip" }
            })
        other = plan
        other.payments[equip].source = "build"
        #expect(rules(other, units).contains("earmark"))
        var claim = units
        claim.objective = 0
        #expect(rules(plan, claim).contains("certificate"))
        claim = units
        claim.problem = "0"
        #expect(rules(plan, claim).contains("certificate"))
    }

    @Test("第二好的方案确有不同，且不更好") func runnerUp() throws {
        var county = SmallFund(state: 14)
        let problem = county.problem(units: 8)
        let method = try method()
        let (plan, _, _) = try solved(problem, method)
        guard case .plan(let second, _, _) = try method.plan(problem, unlike: [plan]) else {
            Issue.record("no second plan")
            return
        }
        let (best, next) = (FundOutcome(problem, plan), FundOutcome(problem, second))
        #expect(Set(second.projects) != Set(plan.projects))
        #expect((best.short, best.lack.approximate) <= (next.short, next.lack.approximate + 1e-6))
    }
}

/// Says of every programme that it has no solution.
private struct Liar: LinearSolver {
    let version = "liar"

    func solve(_ model: LinearModel, _ options: SolverOptions, isCancelled: @escaping @Sendable () -> Bool) throws -> LinearSolution {
        LinearSolution(status: .infeasible, values: [], objective: .infinity, bound: .infinity)
    }
}
