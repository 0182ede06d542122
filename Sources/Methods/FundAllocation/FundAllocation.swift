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
        let relaxed = try relaxed(first, solver)
        // The number of units is whole, so a bound of 11.2 says 12.
        units.checkedBound = checked(first, relaxed).map { ($0 - 1e-7).rounded(.up) }
        var found = plans.isEmpty && relaxed.status == .optimal ? guess(problem, first, relaxed.values) : nil
        let guessed = found.map { Double(FundOutcome(problem, $0).short) }
        if let guessed, let bound = units.checkedBound, guessed <= bound {
            units.bound = bound
        } else {
            var options = SolverOptions(seconds: seconds * 0.5, gap: 1e-6)
            options.start = found.map { first.values($0) }
            let answer = try solver.solve(first.linear, options, isCancelled: isCancelled)
            units.seconds = clock() - begin
            if answer.status == .infeasible, let proof = try impossibility(first.linear, until: begin + seconds) {
                (units.status, units.witness) = (.infeasible, proof.text)
                return .infeasible(plans.isEmpty ? try conflict(problem, &units) : [], units)
            }
            if !answer.values.isEmpty, let plan = first.plan(answer.values) { found = plan }
            units.bound = answer.status != .infeasible && answer.bound.isFinite ? (answer.bound - 1e-5).rounded(.up) : nil
        }
        guard let found = found ?? (plans.isEmpty ? FundByHand(problem).best() : nil) else { return .undecided(units) }
        return try second(problem, found, FundOutcome(problem, found).short, plans, units, begin)
    }

    /// A plan along the relaxation's lines: the units it leaves short least come first.
    private func guess(_ problem: FundProblem, _ model: FundModel, _ values: [Double]) -> FundPlan? {
        let order = model.short.sorted { (values[$0.column], $0.unit) < (values[$1.column], $1.unit) }.map(\.unit)
        let plan = FundByHand(problem).inOrder(order)
        // Where rules are hard to keep, a plan by hand may break one.
        return verifyRules(problem, FundOutcome(problem, plan)).isEmpty ? plan : nil
    }

    /// Among the plans that leave no more units short, one that closes the most of what pupils lack.
    private func second(
        _ problem: FundProblem, _ found: FundPlan, _ least: Int, _ plans: [FundPlan], _ units: Certificate, _ begin: Double
    ) throws -> FundAnswer {
        guard let solver else { return byHand(problem) }
        let model = FundModel(problem, .lack(unitsShort: least), unlike: plans)
        let relaxed = try relaxed(model, solver)
        var best = (plan: found, outcome: FundOutcome(problem, found))
        var left: Double { Swift.max(1, seconds - (clock() - begin)) }
        func keep(_ answer: LinearSolution) {
            guard !answer.values.isEmpty, let plan = model.plan(answer.values) else { return }
            let outcome = FundOutcome(problem, plan)
            if (outcome.short, outcome.lack) < (best.outcome.short, best.outcome.lack) { best = (plan, outcome) }
        }
        // With the units settled as the relaxation leaves them, or all but a few, a very good plan is soon found; then the bound is what
        // remains.
        var isGood = false
        for open in [0, 8] where relaxed.status == .optimal && !isGood {
            let narrow = model.settled(relaxed.values, unitsShort: least, open: open)
            let answer = try solver.solve(narrow, SolverOptions(seconds: left * 0.15, gap: gap * 0.5), isCancelled: isCancelled)
            isGood = answer.status == .optimal
            keep(answer)
        }
        var options = SolverOptions(seconds: left, gap: gap * 0.9, guesses: !isGood)
        options.start = model.values(best.plan)
        let answer = try solver.solve(model.linear, options, isCancelled: isCancelled)
        keep(answer)
        if plans.isEmpty { best.plan = trimmed(problem, best.plan) }
        let outcome = FundOutcome(problem, best.plan)
        var (units, lack) = (units, units)
        units.objective = Double(outcome.short)
        lack.objective = outcome.lack.approximate
        lack.bound = answer.bound.isFinite ? Swift.min(answer.bound + model.constant, outcome.lack.approximate) : nil
        lack.checkedBound = checked(model, relaxed).map { Swift.min($0 + model.constant, outcome.lack.approximate) }
        units.bound = units.bound.map { Swift.min($0, Double(outcome.short)) }
        units.checkedBound = units.checkedBound.map { Swift.min($0, Double(outcome.short)) }
        units.status = units.bound == Double(outcome.short) ? .proved : .feasible
        lack.status = units.status == .proved && (lack.gap ?? 1) <= gap ? .proved : .feasible
        (units.seconds, lack.seconds) = (clock() - begin, clock() - begin)
        let violations = verify(problem, best.plan, units: units, lack: lack)
        return violations.isEmpty ? .plan(best.plan, units: units, lack: lack) : .undecided(units)
    }

    private func relaxed(_ model: FundModel, _ solver: any LinearSolver) throws -> LinearSolution {
        try solver.solve(model.linear.relaxed, SolverOptions(seconds: Swift.max(1, seconds * 0.3)), isCancelled: isCancelled)
    }

    /// A bound recomputed exactly from the multipliers of the relaxation.
    private func checked(_ model: FundModel, _ relaxed: LinearSolution) -> Double? {
        guard relaxed.status == .optimal else { return nil }
        return SafeBound.lower(model.linear, multipliers: relaxed.rowDuals).map { Swift.max(0, $0.approximate) }
    }

    /// Leaves out projects whose money changes neither count.
    private func trimmed(_ problem: FundProblem, _ plan: FundPlan) -> FundPlan {
        let places = Dictionary(problem.projects.enumerated().map { ($1.id, $0) }) { first, _ in first }
        guard var draft = FundDraft(problem, Set(plan.projects.compactMap { places[$0] })) else { return plan }
        let required = Set(problem.required.map(\.id))
        let dearest = draft.chosen.sorted { (problem.projects[$1].cost, $0) < (problem.projects[$0].cost, $1) }
        for place in dearest where !required.contains(problem.projects[place].id) && draft.isIdle(place) {
            var trial = draft
            trial.leave(place)
            if trial.keepsShares { draft = trial }
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

    /// Whether nothing keeps all rules, by our own reckoning; the solver's "infeasible" is only why we ask.
    private func impossibility(_ model: LinearModel, until end: Double) throws -> BranchProof? {
        guard let solver else { return nil }
        return try BranchSearch.impossibility(
            model, solver, until: Swift.max(end, clock() + 1), clock: clock, isCancelled: isCancelled, doubt: FundModel.doubt)
    }

    /// Rules that can't be kept together: each is put aside in turn, and stays aside where the rest are proved to be in conflict still.
    /// The certificate's witness then proves it of those alone, and says whether each is needed.
    func conflict(_ problem: FundProblem, _ certificate: inout Certificate) throws -> [PlanRule] {
        guard let solver else { return [] }
        var trial = problem
        var kept: [PlanRule] = []
        certificate.isReduced = true
        for rule in problem.rules {
            trial.waived.insert(rule.id)
            let model = FundModel(trial, .units).linear
            let limit = Swift.min(seconds, 10)
            let answer = try solver.solve(model, SolverOptions(seconds: limit, gap: 1), isCancelled: isCancelled)
            if answer.status == .infeasible, let proof = try impossibility(model, until: clock() + limit) {
                certificate.witness = proof.text
                continue
            }
            if answer.values.isEmpty { certificate.isReduced = false }
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
