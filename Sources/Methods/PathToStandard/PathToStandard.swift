internal import Foundation
public import Planning
internal import Vocabulary

/// The cheapest set of investments, hires and moves after which a county meets a standard.
public struct PathToStandard: Sendable {
    let solver: any LinearSolver
    /// Wall-clock limit, and the gap at which a plan counts as proved.
    public var seconds: Double
    public var gap: Double
    private let isCancelled: @Sendable () -> Bool
    /// Seconds since some fixed moment.
    private let clock: @Sendable () -> Double

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

    /// Every plan handed out has passed `verify`. Throws `SolverFailure`.
    public func plan(_ problem: PathProblem) throws -> Planned<PathPlan> { try search(problem, explains: true) }

    private func search(_ problem: PathProblem, explains: Bool) throws -> Planned<PathPlan> {
        let begin = clock()
        let data = PathData(problem)
        var certificate = Certificate(status: .undecided, solver: solver.version, problem: problem.digest, seconds: 0)
        var cuts: [Cone: [[Double]]] = [:]
        let root = try tighten(data, &cuts, until: begin + seconds * 0.3)
        certificate.checkedBound = root.bound
        var best: (plan: PathPlan, cost: Int)?
        var round = 0
        while !isCancelled(), round < 60 {
            let left = seconds - (clock() - begin)
            if round > 0, left < 0.5 { break }
            round += 1
            let model = PathModel(data, cuts: cuts)
            let options = SolverOptions(seconds: Swift.max(1, left * 0.6), gap: gap * 0.3)
            let answer = try solver.solve(model.linear, options, isCancelled: isCancelled)
            if answer.status == .infeasible || answer.status == .unbounded {
                certificate.status = .infeasible
                certificate.seconds = clock() - begin
                return .infeasible(explains ? try conflict(problem) : [], certificate)
            }
            if answer.bound.isFinite { certificate.bound = Swift.max(certificate.bound ?? 0, answer.bound * PathModel.money) }
            guard !answer.values.isEmpty else { continue }
            if let found = finish(data, model, answer.values), found.cost < best?.cost ?? .max { best = found }
            let isCut = cut(data, model.measured(answer.values), &cuts)
            if let best, let bound = certificate.bound, Double(best.cost) - bound <= gap * Double(best.cost) { break }
            if !isCut, answer.status == .optimal { break }
        }
        certificate.seconds = clock() - begin
        guard let best else { return .undecided(certificate) }
        certificate.objective = Double(best.cost)
        // A bound above a verified plan is a wrong one: then nothing is claimed.
        let most = Double(best.cost)
        certificate.bound = certificate.bound.flatMap { $0 > most * (1 + 1e-6) + 1 ? nil : Swift.min($0, most) }
        certificate.checkedBound = certificate.checkedBound.map { Swift.min($0, most) }
        certificate.status = (certificate.gap ?? 1) <= gap ? .proved : .feasible
        return .plan(best.plan, certificate)
    }

    /// Adds tangents until the relaxation keeps the cones; its multipliers give the bound that is no solver's word, in yuan.
    private func tighten(_ data: PathData, _ cuts: inout [Cone: [[Double]]], until end: Double) throws -> (bound: Double?, rounds: Int) {
        var bound: Double?
        for round in 0..<40 {
            let model = PathModel(data, cuts: cuts)
            let answer = try solver.solve(
                model.linear.relaxed, SolverOptions(seconds: Swift.max(1, end - clock())), isCancelled: isCancelled)
            guard answer.status == .optimal else { return (bound, round) }
            let isLast = !cut(data, model.measured(answer.values), &cuts) || clock() > end || round == 39
            if isLast {
                bound = SafeBound.lower(model.linear, multipliers: answer.rowDuals).map { $0.approximate * PathModel.money }
                return (bound.map { Swift.max(0, $0) }, round)
            }
        }
        return (bound, 40)
    }

    /// Adds a tangent at the values of every unit of each cone they break. False when none is broken.
    private func cut(_ data: PathData, _ values: [[Double]], _ cuts: inout [Cone: [[Double]]]) -> Bool {
        var isCut = false
        for cone in data.cones {
            guard let ceiling = data.ceiling(cone) else { continue }
            let square = data.squaredCV(cone, values)
            guard square.isFinite, square > ceiling * ceiling + 1e-7 else { continue }
            isCut = true
            let ratios = data.ratios(cone, values)
            var known = cuts[cone] ?? ratios.map { _ in [0.5, 1, 2] }
            for (place, ratio) in ratios.enumerated() where !known[place].contains(where: { abs($0 - ratio) < 1e-4 }) {
                known[place].append(ratio)
            }
            cuts[cone] = known
        }
        return isCut
    }

    /// Rounds a solution, mends what the tangents let through, takes off what is not needed, and verifies it.
    private func finish(_ data: PathData, _ model: PathModel, _ values: [Double]) -> (plan: PathPlan, cost: Int)? {
        var draft = PathDraft(model, values)
        guard draft.mend() else { return nil }
        draft.trim()
        let plan = draft.plan
        let cost = PathOutcome(data.problem, plan).cost
        let claim = Certificate(
            status: .feasible, objective: Double(cost), solver: "", problem: data.problem.digest, seconds: 0)
        return verify(data.problem, plan, claim).isEmpty ? (plan, cost) : nil
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
