internal import Foundation
public import Planning
internal import Vocabulary

/// Which projects a special fund pays: as few units as possible stay short of the standard, then pupils lack as little as possible.
public struct FundAllocation: Sendable {
    /// Nil: plans are made without one, and nothing is proved of how good they are.
    let solver: (any LinearSolver)?
    /// Wall-clock limit for one plan, and the gap at which it counts as proved.
    public var seconds: Double
    public var gap: Double
    private let isCancelled: @Sendable () -> Bool
    /// Seconds since some fixed moment.
    private let clock: @Sendable () -> Double

    public init(
        using solver: (any LinearSolver)?, seconds: Double = 30, gap: Double = 1e-3, clock: @escaping @Sendable () -> Double,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) {
        self.solver = solver
        self.seconds = seconds
        self.gap = gap
        self.clock = clock
        self.isCancelled = isCancelled
    }

    /// Throws `SolverFailure`. With `unlike`, the best plan that differs from each of those in a tenth of its projects or more.
    public func plan(_ problem: FundProblem, unlike plans: [FundPlan] = []) throws -> FundAnswer {
        guard let solver else { return byHand(problem) }
        let begin = clock()
        var units = Certificate(status: .undecided, solver: solver.version, problem: problem.digest, seconds: 0)
        let first = FundModel(problem, .units, unlike: plans)
        let answer = try solver.solve(first.linear, SolverOptions(seconds: seconds * 0.5, gap: 1e-6), isCancelled: isCancelled)
        units.seconds = clock() - begin
        if answer.status == .infeasible {
            units.status = .infeasible
            return .infeasible(plans.isEmpty ? try conflict(problem) : [], units)
        }
        let solved = answer.values.isEmpty ? nil : first.plan(answer.values)
        guard let found = solved ?? (plans.isEmpty ? FundByHand(problem).best() : nil) else { return .undecided(units) }
        let least = FundOutcome(problem, found).short
        // The number of units is whole, so a bound of 11.2 says 12.
        units.bound = answer.bound.isFinite ? (answer.bound - 1e-5).rounded(.up) : nil
        units.checkedBound = try checked(first, solver).map { ($0 - 1e-7).rounded(.up) }
        return try second(problem, found, least, plans, units, begin)
    }

    /// Among the plans that leave no more units short, one that closes the most of what pupils lack.
    private func second(
        _ problem: FundProblem, _ found: FundPlan, _ least: Int, _ plans: [FundPlan], _ units: Certificate, _ begin: Double
    ) throws -> FundAnswer {
        guard let solver else { return byHand(problem) }
        let model = FundModel(problem, .lack(unitsShort: least), unlike: plans)
        let left = Swift.max(1, seconds - (clock() - begin))
        let answer = try solver.solve(model.linear, SolverOptions(seconds: left, gap: gap * 0.5), isCancelled: isCancelled)
        var best = (plan: found, outcome: FundOutcome(problem, found))
        if !answer.values.isEmpty, let plan = model.plan(answer.values) {
            let outcome = FundOutcome(problem, plan)
            if (outcome.short, outcome.lack) < (best.outcome.short, best.outcome.lack) { best = (plan, outcome) }
        }
        best.plan = trimmed(problem, best.plan, best.outcome, isFirst: plans.isEmpty)
        let outcome = FundOutcome(problem, best.plan)
        var (units, lack) = (units, units)
        units.objective = Double(outcome.short)
        lack.objective = outcome.lack.approximate
        lack.bound = answer.bound.isFinite ? Swift.min(answer.bound + model.constant, outcome.lack.approximate) : nil
        lack.checkedBound = try checked(model, solver).map { Swift.min($0 + model.constant, outcome.lack.approximate) }
        units.bound = units.bound.map { Swift.min($0, Double(outcome.short)) }
        units.checkedBound = units.checkedBound.map { Swift.min($0, Double(outcome.short)) }
        units.status = units.bound == Double(outcome.short) ? .proved : .feasible
        lack.status = units.status == .proved && (lack.gap ?? 1) <= gap ? .proved : .feasible
        (units.seconds, lack.seconds) = (clock() - begin, clock() - begin)
        let violations = verify(problem, best.plan, units: units, lack: lack)
        return violations.isEmpty ? .plan(best.plan, units: units, lack: lack) : .undecided(units)
    }

    /// A bound recomputed exactly from the multipliers of the relaxation.
    private func checked(_ model: FundModel, _ solver: any LinearSolver) throws -> Double? {
        let relaxed = try solver.solve(model.linear.relaxed, SolverOptions(seconds: Swift.max(1, seconds * 0.3)), isCancelled: isCancelled)
        guard relaxed.status == .optimal else { return nil }
        return SafeBound.lower(model.linear, multipliers: relaxed.rowDuals).map { Swift.max(0, $0.approximate) }
    }

    /// Leaves out projects whose money changes neither count.
    private func trimmed(_ problem: FundProblem, _ plan: FundPlan, _ outcome: FundOutcome, isFirst: Bool) -> FundPlan {
        let places = Dictionary(problem.projects.enumerated().map { ($1.id, $0) }) { first, _ in first }
        guard isFirst, var draft = FundDraft(problem, Set(plan.projects.compactMap { places[$0] })) else { return plan }
        let required = Set(problem.required.map(\.id))
        let dearest = draft.chosen.sorted { (problem.projects[$1].cost, $0) < (problem.projects[$0].cost, $1) }
        for place in dearest where !required.contains(problem.projects[place].id) {
            var trial = draft
            trial.leave(place)
            guard trial.keepsShares else { continue }
            let after = FundOutcome(problem, trial.plan)
            if after.short == outcome.short, after.lack == outcome.lack { draft = trial }
        }
        return draft.plan
    }

    /// Without a solver: the best of several sorted lists, with no claim on how far it is from the best plan.
    private func byHand(_ problem: FundProblem) -> FundAnswer {
        let begin = clock()
        let plan = FundByHand(problem).best()
        let outcome = FundOutcome(problem, plan)
        var units = Certificate(
            status: .feasible, objective: Double(outcome.short), solver: "没有求解器", problem: problem.digest, seconds: 0)
        var lack = units
        lack.objective = outcome.lack.approximate
        (units.seconds, lack.seconds) = (clock() - begin, clock() - begin)
        return verify(problem, plan, units: units, lack: lack).isEmpty ? .plan(plan, units: units, lack: lack) : .undecided(units)
    }

    /// A smallest set of rules that can't be kept together: each is put aside in turn, and stays aside if the rest are still in conflict.
    func conflict(_ problem: FundProblem) throws -> [PlanRule] {
        guard let solver else { return [] }
        var trial = problem
        var kept: [PlanRule] = []
        for rule in problem.rules {
            trial.waived.insert(rule.id)
            let answer = try solver.solve(
                FundModel(trial, .units).linear, SolverOptions(seconds: Swift.min(seconds, 10), gap: 1), isCancelled: isCancelled)
            guard answer.status != .infeasible else { continue }
            trial.waived.remove(rule.id)
            kept.append(rule)
        }
        return kept
    }

    /// What budgets buy: the sources scaled to every part of `parts` (from 0, rising). A plan for less money serves for more.
    public func front(_ problem: FundProblem, parts: [Fraction]) throws -> [FundPoint] {
        var quick = self
        quick.seconds = Swift.max(1, seconds / Double(Swift.max(1, parts.count)))
        var points: [FundPoint] = []
        for part in parts {
            let scaled = problem.scaled(part)
            guard case .plan(let plan, let units, _) = try quick.plan(scaled) else { continue }
            let outcome = FundOutcome(scaled, plan)
            let met = problem.units.count - outcome.short
            var point = FundPoint(
                budget: scaled.budget, spent: outcome.spent, met: met, most: units.bound.map { problem.units.count - Int($0) })
            if let last = points.last, last.met > met || last.met == met && last.spent < point.spent {
                (point.met, point.spent) = (last.met, last.spent)
            }
            points.append(point)
        }
        return points
    }
}
