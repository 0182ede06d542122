public import Exchanges
internal import Planning
internal import Vocabulary

extension TeacherRotation {
    /// Rules that can't be kept together, with the multipliers that prove it of them alone: each is put aside in turn, and stays aside
    /// where the rest are proved to be in conflict still.
    func conflict(
        _ problem: RotationProblem, _ witness: String, _ solver: any LinearSolver, _ limit: Limit
    ) throws -> (rules: [PlanRule], witness: String) {
        var trial = problem
        var (kept, proof): ([PlanRule], String) = ([], witness)
        for rule in problem.planRules where !isCancelled() {
            trial.waived.insert(rule.id)
            if let found = try impossibility(RotationGroups(trial), solver, limit) {
                proof = found
                continue
            }
            trial.waived.remove(rule.id)
            kept.append(rule)
        }
        return (kept, proof)
    }

    /// The same problem at several rates: people moved, spread left and how sure it is. Throws `SolverFailure`.
    public func rates(_ problem: RotationProblem, _ rates: [Share]) throws -> [RotationRate] {
        try rates.map { rate in
            var trial = problem
            trial.rules.rate = rate
            switch try plan(trial) {
            case .plan(let plan, let certificate):
                return RotationRate(rate: rate, outcome: RotationOutcome(trial, plan), gap: certificate.gap, isImpossible: false)
            case .infeasible: return RotationRate(rate: rate, outcome: nil, gap: nil, isImpossible: true)
            case .undecided: return RotationRate(rate: rate, outcome: nil, gap: nil, isImpossible: false)
            }
        }
    }
}

/// What a rate of exchange brings.
public struct RotationRate: Sendable {
    /// The rates one usually asks about.
    public static let steps = [1_000, 1_500, 2_000, 2_700, 3_600].map { Share(basis: $0) }

    public var rate: Share
    /// Nil where there is no plan.
    public var outcome: RotationOutcome?
    public var gap: Double?
    /// Proved that no plan keeps the rules at this rate.
    public var isImpossible: Bool
}
