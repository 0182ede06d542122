public import Planning
internal import Vocabulary

/// How far a search has come.
public struct RotationProgress: Sendable {
    public enum Step: String, Sendable {
        /// The bound: what no plan can be better than.
        case bound
        /// A first plan.
        case draft
        /// Some schools after others planned anew.
        case polish
        case names
    }
    public var step: Step
    /// 0 to 1 within the step.
    public var fraction: Double
    /// Part of the plan's cost by which it may at most be improved; nil before both are known.
    public var gap: Double?
}

/// The exchange of teachers that makes the schools of a region most alike, under the rules of the place. There is no chance in it:
/// the same problem gets the same plan, but for a limit of time.
public struct TeacherRotation: Sendable {
    /// Nil where there is no solver: then a plan is made by rings alone and nothing is proved.
    let solver: (any LinearSolver)?
    /// Wall-clock limit, and the gap at which a plan counts as proved.
    public var seconds: Double
    public var gap: Double
    let isCancelled: @Sendable () -> Bool
    /// Seconds since some fixed moment.
    let clock: @Sendable () -> Double
    let progress: @Sendable (RotationProgress) -> Void

    public init(
        using solver: (any LinearSolver)?, seconds: Double = 120, gap: Double = 0.005, clock: @escaping @Sendable () -> Double,
        isCancelled: @escaping @Sendable () -> Bool = { false }, progress: @escaping @Sendable (RotationProgress) -> Void = { _ in }
    ) {
        self.solver = solver
        self.seconds = seconds
        self.gap = gap
        self.clock = clock
        self.isCancelled = isCancelled
        self.progress = progress
    }

    /// Every plan handed out has passed `verify`. Throws `SolverFailure`.
    public func plan(_ problem: RotationProblem) throws -> Planned<RotationPlan> {
        let begin = clock()
        let data = RotationGroups(problem)
        var certificate = Certificate(
            status: .undecided, solver: solver?.version ?? "环形调换", problem: problem.digest, seconds: 0)
        let limit = Limit(until: begin + seconds, clock: clock, isCancelled: isCancelled)
        var best: RotationDraft?
        if let solver {
            progress(RotationProgress(step: .bound, fraction: 0))
            let relaxed = try relax(data, solver, limit)
            if case .impossible(let witness) = relaxed {
                certificate.status = .infeasible
                let (rules, proof) = try conflict(problem, witness, solver, limit)
                certificate.witness = proof
                certificate.seconds = clock() - begin
                return .infeasible(rules, certificate)
            }
            if case .bound(let model, let answer) = relaxed {
                // Reckoned from what is handed out, so that anybody reckons the same.
                let witness = PackedMultipliers.text(answer.rowDuals)
                certificate.checkedBound = model.bound(witness).map(Double.init)
                if certificate.checkedBound != nil { certificate.witness = witness }
                best = try polish(model, answer, data, solver, limit, certificate.checkedBound)
            }
        }
        if best == nil {
            progress(RotationProgress(step: .draft, fraction: 0))
            var rings = RotationRings(data, limit: limit)
            best = rings.fromNothing()
        }
        progress(RotationProgress(step: .names, fraction: 0))
        guard let draft = best, draft.lack == 0 else {
            certificate.seconds = clock() - begin
            return .undecided(certificate)
        }
        let plan = RotationNames(data).plan(draft)
        certificate.objective = Double(draft.cost)
        certificate.bound = certificate.checkedBound
        certificate.status = (certificate.gap ?? 1) <= gap ? .proved : .feasible
        certificate.seconds = clock() - begin
        let flaws = verify(problem, plan, certificate)
        guard flaws.isEmpty else { throw SolverFailure("方案没有通过复核，没有给出：\(flaws[0])") }
        return .plan(plan, certificate)
    }

    private enum Relaxed {
        case bound(RotationModel, LinearSolution)
        /// The multipliers that say so.
        case impossible(String)
        case unknown
    }

    /// The programme without whole numbers: bound and multipliers, or that there is no plan, by our own reckoning.
    private func relax(_ data: RotationGroups, _ solver: any LinearSolver, _ limit: Limit) throws -> Relaxed {
        let model = RotationModel(data, asksWhole: false)
        // What is left over suffices for a plan by rings, should the bound take too long.
        let options = SolverOptions(seconds: Swift.max(1, limit.left * 0.7), fromInterior: data.arcs.count > 12_000)
        let answer = try solver.solve(model.linear, options, isCancelled: isCancelled)
        if answer.status == .optimal { return .bound(model, answer) }
        // Where presolve cannot tell infeasible from unbounded, or there is nothing to solve, our own reckoning can.
        guard answer.status != .stopped || data.arcs.isEmpty else { return .unknown }
        return try impossibility(data, solver, limit).map { .impossible($0) } ?? .unknown
    }

    /// Why some rule must be broken: multipliers of the programme that counts what is missing, from which exact arithmetic says that
    /// something always is. Nil where that is not proved.
    func impossibility(_ data: RotationGroups, _ solver: any LinearSolver, _ limit: Limit) throws -> String? {
        let model = RotationModel(data, asksWhole: false, elastic: true)
        let answer = try solver.solve(model.linear, SolverOptions(seconds: Swift.max(1, limit.left)), isCancelled: isCancelled)
        guard answer.status == .optimal else { return nil }
        let witness = PackedMultipliers.text(answer.rowDuals)
        return model.bound(witness) ?? 0 > 0 ? witness : nil
    }

    // MARK: From the relaxation to people

    private func polish(
        _ model: RotationModel, _ answer: LinearSolution, _ data: RotationGroups, _ solver: any LinearSolver, _ limit: Limit,
        _ bound: Double?
    ) throws -> RotationDraft? {
        progress(RotationProgress(step: .draft, fraction: 0))
        var rings = RotationRings(data, limit: limit)
        let price = rings.price(of: model, answer)
        let flow = Array(answer.values.prefix(data.arcs.count))
        var draft = RotationRounding(data: data, flow: flow).draft() ?? RotationDraft(data)
        rings.settle(&draft, around: price)
        if draft.lack > 0 {
            guard let whole = try whole(data, solver, limit) else { return nil }
            draft = whole
        }
        var search = RotationPolish(data, model, answer, solver: solver, limit: limit, precision: gap / 100)
        let goal = bound.map { $0 * (1 + gap) }
        var best = try search.run(draft, &rings, price, goal: goal) { fraction, cost in
            let part = bound.map { (Double(cost) - $0) / Swift.max(1, Double(cost)) }
            progress(RotationProgress(step: .polish, fraction: fraction, gap: part))
        }
        // Part by part it may have got stuck above the goal: a county as a whole, from where it stands.
        if let goal, Double(best.cost) > goal, data.arcs.count <= TeacherRotation.mostArcs, !limit.isOver,
            let better = try whole(data, solver, limit, from: best), better.cost < best.cost
        {
            best = better
        }
        // Hundreds of metres lie below a solver's tolerance; rings reckon in whole numbers.
        rings.improve(&best, CycleSearch.Price())
        return best
    }

    /// A programme of more ways than this is not planned as a whole: the time is better spent on its parts.
    static let mostArcs = 20_000

    /// The whole programme in whole numbers, from a draft or where rings and rounding find none. Nil where the solver finds none.
    private func whole(
        _ data: RotationGroups, _ solver: any LinearSolver, _ limit: Limit, from start: RotationDraft? = nil
    ) throws -> RotationDraft? {
        let model = RotationModel(data, asksWhole: true)
        var options = SolverOptions(seconds: Swift.max(0.5, limit.left), gap: gap)
        if let start {
            let flows = model.arcs.map { Double(start.flow[$0]) }
            // The programme leaves the constant out: a part of the whole cost is another part of what it counts.
            options.gap = gap * 0.1 * Double(start.cost) / Swift.max(1, abs(Double(start.cost - model.constant)))
            options.start = flows + Array(repeating: 0, count: model.linear.columns.count - flows.count)
        }
        let answer = try solver.solve(model.linear, options, isCancelled: isCancelled)
        guard !answer.values.isEmpty else { return nil }
        var draft = RotationDraft(data)
        for (place, arc) in model.arcs.enumerated() {
            let amount = Int(answer.values[place].rounded())
            if amount > 0 { draft.add(amount, to: arc) }
        }
        return draft.lack == 0 ? draft : nil
    }
}

/// How long a search may go on.
struct Limit: Sendable {
    let until: Double
    let clock: @Sendable () -> Double
    let isCancelled: @Sendable () -> Bool
    var left: Double { until - clock() }
    var isOver: Bool { isCancelled() || left <= 0 }
}
