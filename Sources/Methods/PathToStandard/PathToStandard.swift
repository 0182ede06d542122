internal import Foundation
public import Planning
internal import Vocabulary

/// The cheapest set of investments, hires and moves after which a county meets a standard.
public struct PathToStandard: Sendable {
    let solver: any LinearSolver
    /// Wall-clock limit, and the gap at which a plan counts as proved.
    public var seconds: Double
    public var gap: Double
    let isCancelled: @Sendable () -> Bool
    /// Seconds since some fixed moment.
    let clock: @Sendable () -> Double

    public init(
        using solver: any LinearSolver, seconds: Double = 60, gap: Double = 1e-3, clock: @escaping @Sendable () -> Double,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) {
        self.solver = solver
        self.seconds = seconds
        self.gap = gap
        self.clock = clock
        self.isCancelled = isCancelled
    }

    /// Every plan handed out has passed `verify`, and its bound is what an exact check of the multipliers says. Throws `SolverFailure`.
    public func plan(_ problem: PathProblem) throws -> Planned<PathPlan> { try search(problem, explains: true) }

    private func search(_ problem: PathProblem, explains: Bool) throws -> Planned<PathPlan> {
        let begin = clock()
        var certificate = Certificate(status: .undecided, solver: solver.version, problem: problem.digest, seconds: 0)
        let data = PathData(problem)
        var relaxation = PathRelaxation(base: PathModel(data), solver: solver, clock: clock, isCancelled: isCancelled)
        var finder = PathFinder(problem, solver, isCancelled: isCancelled)
        let root = try relaxation.solve(PathRegion(), until: begin + seconds * 0.4)
        // What the root no longer leans on only slows the rest; what is missed comes back.
        if let root { relaxation.cuts = relaxation.used(Set(root.multipliers.keys)) }
        var isFeasible = root?.isEmpty != true
        if isFeasible { isFeasible = try first(&finder, &relaxation, root, begin) }
        certificate.seconds = clock() - begin
        guard isFeasible else {
            certificate.status = .infeasible
            return .infeasible(explains ? try conflict(problem) : [], certificate)
        }
        guard finder.best != nil else { return .undecided(certificate) }
        if let root, gap < 1 {
            var tree = PathTree(relaxation, root: root)
            try improve(&finder, &tree, until: begin + seconds)
            if explains, let best = finder.best { prove(tree, data, Double(best.cost), &certificate) }
        }
        guard let best = finder.best else { return .undecided(certificate) }
        certificate.seconds = clock() - begin
        certificate.objective = Double(best.cost)
        certificate.status = (certificate.gap ?? 1) <= gap ? .proved : .feasible
        return .plan(best.plan, certificate)
    }

    /// A first plan. False where the solver says there is none.
    private func first(
        _ finder: inout PathFinder, _ relaxation: inout PathRelaxation, _ root: RelaxedRegion?, _ begin: Double
    ) throws -> Bool {
        let money = relaxation.base.data.money
        if let root {
            finder.round(root, relaxation.base)
            if finder.gap(root.bound * money) > Swift.min(gap, 0.5) {
                try finder.around(root, &relaxation, reach: 0, seconds: Swift.min(8, seconds * 0.12))
            }
        }
        guard finder.best == nil else { return true }
        let left = Swift.max(1, seconds - (clock() - begin))
        return try finder.solve(PathRegion(), &relaxation, seconds: left * 0.6, gap: gap >= 1 ? 1 : 1e-3)
    }

    /// Splits regions and looks for plans in the lowest, until the best plan is near enough to the bound.
    private func improve(_ finder: inout PathFinder, _ tree: inout PathTree, until end: Double) throws {
        var (round, next) = (0, 0)
        while !isCancelled(), clock() < end, finder.gap(tree.bound) > gap, let best = finder.best {
            guard try tree.split(until: end, target: Double(best.cost)) else { break }
            guard let state = tree.next, tree.isSpanned(state) else { continue }
            finder.offer(tree.relaxation.base, state)
            if round == next {
                let left = end - clock()
                try finder.around(state, &tree.relaxation, reach: round == 0 ? 0 : 1, seconds: Swift.max(0.5, Swift.min(8, left * 0.2)))
                next = round * 2 + 1
            }
            round += 1
        }
    }

    private func prove(_ tree: PathTree, _ data: PathData, _ cost: Double, _ certificate: inout Certificate) {
        let proof = tree.proof(beyond: cost)
        guard let bound = proof.bound(data) else { return }
        certificate.checkedBound = Swift.min(Double(bound), cost)
        certificate.bound = certificate.checkedBound
        certificate.witness = proof.text
    }

    /// A smallest set of rules that can't be kept together: each is put aside in turn, and stays aside if the rest are still in conflict.
    func conflict(_ problem: PathProblem) throws -> [PlanRule] {
        var trial = problem
        var kept: [PlanRule] = []
        for rule in problem.rules {
            trial.waived.insert(rule.id)
            guard try isFeasible(trial) else { continue }
            trial.waived.remove(rule.id)
            kept.append(rule)
        }
        return kept
    }

    private func isFeasible(_ problem: PathProblem) throws -> Bool {
        var quick = self
        quick.seconds = Swift.min(seconds, 10)
        quick.gap = 1
        if case .infeasible = try quick.search(problem, explains: false) { return false }
        return true
    }

    /// What each rule costs: yuan saved by putting it aside, nil where no plan was found in time.
    public func prices(_ problem: PathProblem, cost: Int) throws -> [(rule: PlanRule, saved: Int?)] {
        try problem.rules.map { rule in
            var trial = problem
            trial.waived.insert(rule.id)
            guard case .plan(_, let certificate) = try search(trial, explains: false), let other = certificate.objective else {
                return (rule, nil)
            }
            return (rule, Swift.max(0, cost - Int(other)))
        }
    }
}
