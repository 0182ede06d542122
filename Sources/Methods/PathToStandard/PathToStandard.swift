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

    /// Every plan handed out has passed `verify`, and its bound is what an exact check of the multipliers says. That there is none is said
    /// only where `verifyNone` agrees; finding out which rules are in conflict may take as long again. Throws `SolverFailure`.
    public func plan(_ problem: PathProblem) throws -> Planned<PathPlan> {
        switch try search(problem, provesCost: true) {
        case .plan(let plan, let certificate): return .plan(plan, certificate)
        case .neither(let certificate): return .undecided(certificate)
        case .impossible(let proof, var certificate):
            let conflict = try conflict(problem, proof)
            certificate.isReduced = conflict.isReduced
            certificate.witness = conflict.proof.text
            return .infeasible(conflict.rules, certificate)
        }
    }

    enum Found {
        case plan(PathPlan, Certificate)
        /// Proved, and not by the solver's word.
        case impossible(PathProof, Certificate)
        case neither(Certificate)
    }

    func search(_ problem: PathProblem, provesCost: Bool) throws -> Found {
        let begin = clock()
        var certificate = Certificate(status: .undecided, solver: solver.version, problem: problem.digest, seconds: 0)
        let data = PathData(problem)
        var relaxation = PathRelaxation(base: PathModel(data), solver: solver, clock: clock, isCancelled: isCancelled)
        var finder = PathFinder(problem, solver, isCancelled: isCancelled)
        let root = try relaxation.solve(PathRegion(), until: begin + seconds * 0.4)
        // What the root no longer leans on only slows the rest; what is missed comes back.
        if let root { relaxation.cuts = relaxation.used(Set(root.multipliers.keys)) }
        if root?.isEmpty != true { try first(&finder, &relaxation, root, begin) }
        if let root {
            var tree = PathTree(relaxation, root: root)
            if finder.best == nil { try settle(&finder, &tree, until: begin + seconds) }
            if finder.best == nil, tree.isRefuted {
                let proof = tree.proof
                guard proof.excludesAll(data) else { return .neither(ended(&certificate, begin)) }
                certificate.status = .infeasible
                return .impossible(proof, ended(&certificate, begin))
            }
            if gap < 1 {
                try improve(&finder, &tree, until: begin + seconds)
                if provesCost, let best = finder.best { prove(tree, data, Double(best.cost), &certificate) }
            }
        }
        guard let best = finder.best else { return .neither(ended(&certificate, begin)) }
        certificate.objective = Double(best.cost)
        certificate.status = (certificate.gap ?? 1) <= gap ? .proved : .feasible
        return .plan(best.plan, ended(&certificate, begin))
    }

    private func ended(_ certificate: inout Certificate, _ begin: Double) -> Certificate {
        certificate.seconds = clock() - begin
        return certificate
    }

    /// A first plan, if rounding or the solver's whole programme has one.
    private func first(
        _ finder: inout PathFinder, _ relaxation: inout PathRelaxation, _ root: RelaxedRegion?, _ begin: Double
    ) throws {
        let money = relaxation.base.data.money
        if let root {
            finder.round(root, relaxation.base)
            if finder.gap(root.bound * money) > Swift.min(gap, 0.5) {
                try finder.around(root, &relaxation, reach: 0, seconds: Swift.min(8, seconds * 0.12))
            }
        }
        guard finder.best == nil else { return }
        let left = Swift.max(1, seconds - (clock() - begin))
        try finder.solve(PathRegion(), &relaxation, seconds: left * 0.5, gap: gap >= 1 ? 1 : 1e-3)
    }

    /// Without a plan so far: splits regions until one turns up in a relaxation, or none is left that could hold one.
    private func settle(_ finder: inout PathFinder, _ tree: inout PathTree, until end: Double) throws {
        while !isCancelled(), clock() < end, finder.best == nil, let state = tree.next {
            finder.offer(tree.relaxation.base, state)
            guard finder.best == nil, try tree.split(until: end, target: .infinity) else { break }
        }
    }

    /// Splits regions and looks for plans in the lowest, until the best plan is near enough to the bound.
    private func improve(_ finder: inout PathFinder, _ tree: inout PathTree, until end: Double) throws {
        var (round, next, tries) = (0, 0, 0)
        while !isCancelled(), clock() < end, finder.gap(tree.bound) > gap, let best = finder.best {
            guard try tree.split(until: end, target: Double(best.cost)) else { break }
            guard let state = tree.next, tree.isSpanned(state) else { continue }
            finder.offer(tree.relaxation.base, state)
            if round == next {
                let most = Swift.max(0.5, Swift.min(8, (end - clock()) * 0.2))
                // Near the relaxation, or as much as it does wherever.
                if tries % 2 == 0 {
                    try finder.around(state, &tree.relaxation, reach: round == 0 ? 0 : 1, seconds: most)
                } else {
                    try finder.alike(state, &tree.relaxation, seconds: most)
                }
                tries += 1
                next = round * 2 + 1
            }
            round += 1
        }
    }

    private func prove(_ tree: PathTree, _ data: PathData, _ cost: Double, _ certificate: inout Certificate) {
        let proof = tree.proof
        guard let bound = proof.bound(data) else { return }
        certificate.checkedBound = Swift.min(Double(bound), cost)
        certificate.bound = certificate.checkedBound
        certificate.witness = proof.text
    }

    /// What each rule costs: yuan saved by putting it aside, nil where no plan was found in time.
    public func prices(_ problem: PathProblem, cost: Int) throws -> [(rule: PlanRule, saved: Int?)] {
        try problem.rules.map { rule in
            var trial = problem
            trial.waived.insert(rule.id)
            guard case .plan(_, let certificate) = try search(trial, provesCost: false), let other = certificate.objective else {
                return (rule, nil)
            }
            return (rule, Swift.max(0, cost - Int(other)))
        }
    }
}
