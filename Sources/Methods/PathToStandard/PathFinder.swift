internal import Foundation
internal import Planning
internal import Vocabulary

/// Finds plans near relaxations: rounds them, or lets the solver choose among the whole numbers beside them. Keeps the best verified one.
struct PathFinder {
    let problem: PathProblem
    let solver: any LinearSolver
    let isCancelled: @Sendable () -> Bool
    private(set) var best: (plan: PathPlan, cost: Int)?

    init(_ problem: PathProblem, _ solver: any LinearSolver, isCancelled: @escaping @Sendable () -> Bool) {
        self.problem = problem
        self.solver = solver
        self.isCancelled = isCancelled
    }

    /// How far the best plan is above a bound in yuan, as a part of its cost; 1 without a plan.
    func gap(_ bound: Double) -> Double {
        guard let best else { return 1 }
        return Swift.max(0, Double(best.cost) - bound) / Swift.max(1, Double(best.cost))
    }

    /// Rounds a relaxation up and mends it.
    mutating func round(_ state: RelaxedRegion, _ base: PathModel) {
        guard !state.values.isEmpty else { return }
        offer(base, state.values.map { ($0 - 1e-6).rounded(.up) })
    }

    /// Takes a relaxation that is whole as it is.
    mutating func offer(_ base: PathModel, _ state: RelaxedRegion) {
        let isWhole = base.linear.columns.enumerated().allSatisfy { place, column in
            !column.isWhole || abs(state.values[place] - state.values[place].rounded()) < 1e-5
        }
        if isWhole { offer(base, state.values) }
    }

    /// Mends what the model lets through, takes off what is not needed, verifies, and keeps the plan if it is the best so far.
    mutating func offer(_ model: PathModel, _ values: [Double]) {
        var draft = PathDraft(model, values)
        guard draft.mend() else { return }
        draft.trim()
        let plan = draft.plan
        let cost = PathOutcome(problem, plan).cost
        guard cost < best?.cost ?? .max else { return }
        let claim = Certificate(
            status: .feasible, objective: Double(cost), solver: "", problem: problem.digest, seconds: 0)
        if verify(problem, plan, claim).isEmpty { best = (plan, cost) }
    }

    /// The best plan whose steps are the whole numbers on either side of a relaxation's.
    mutating func around(_ state: RelaxedRegion, _ relaxation: inout PathRelaxation, reach: Double, seconds: Double) throws {
        guard !state.values.isEmpty else { return }
        let base = relaxation.base
        var region = state.region
        let kept = Set(base.steps.map(\.column) + base.flows.flatMap { [$0.out, $0.into] })
        for column in kept {
            let (value, known) = (state.values[column], base.linear.columns[column])
            let lower = Swift.max(known.lower, (value + 1e-6).rounded(.down) - reach)
            let upper = Swift.min(known.upper, (value - 1e-6).rounded(.up) + reach)
            region.boxes[column] = .init(lower: Int(lower), upper: Int(Swift.max(lower, upper)))
        }
        try solve(region, &relaxation, seconds: seconds, gap: 5e-4)
    }

    /// The best plan that does as much of every action as a relaxation does, wherever: the bound is often reached by dividing the same work
    /// otherwise between the schools.
    mutating func alike(_ state: RelaxedRegion, _ relaxation: inout PathRelaxation, seconds: Double) throws {
        guard !state.values.isEmpty else { return }
        var region = state.region
        region.boxes = region.boxes.filter { box in relaxation.base.totals.contains { $0.column == box.key } }
        for (_, column) in relaxation.base.totals {
            let value = state.values[column]
            region.boxes[column] = .init(lower: Int((value + 1e-6).rounded(.down)), upper: Int((value - 1e-6).rounded(.up)))
        }
        try solve(region, &relaxation, seconds: seconds, gap: 5e-4)
    }

    /// The solver's whole programme of a region, again with what its answers show to be missing. That it finds no plan means nothing.
    mutating func solve(_ region: PathRegion, _ relaxation: inout PathRelaxation, seconds: Double, gap: Double) throws {
        let end = relaxation.clock() + seconds
        for round in 0..<60 {
            let left = end - relaxation.clock()
            if isCancelled() || (round > 0 && left < 0.2) { return }
            var model = relaxation.base.with(relaxation.cuts, region)
            if let best { model.mustCost(less: best.cost) }
            let options = SolverOptions(seconds: Swift.max(0.5, left * 0.7), gap: gap)
            let answer = try solver.solve(model.linear, options, isCancelled: isCancelled)
            if answer.status == .infeasible || answer.status == .unbounded { return }
            guard !answer.values.isEmpty else { return }
            offer(model, answer.values)
            if !relaxation.cut(model, answer.values, region, beyond: 1e-9), answer.status == .optimal { return }
        }
    }
}
