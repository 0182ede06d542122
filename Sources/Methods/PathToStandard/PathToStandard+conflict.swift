internal import Foundation
public import Planning
internal import Vocabulary

/// Rules of which not all can be kept, with the proof that those alone suffice for there to be no plan.
struct PathConflict {
    var rules: [PlanRule]
    /// Whether each of them is needed: a verified plan was found that breaks it alone.
    var isReduced: Bool
    var proof: PathProof
}

extension PathToStandard {
    /// Rules are put aside one after the other and stay aside while it remains proved that there is no plan. What remains proves itself:
    /// nothing here rests on a solver's word. Out of time the rest is kept, and the set is said not to be reduced.
    func conflict(_ problem: PathProblem, _ proof: PathProof) throws -> PathConflict {
        var search = ConflictSearch(trial: problem, proof: proof)
        search.dropUnusedSpreads()
        let end = clock() + seconds
        var (kept, isReduced): ([PlanRule], Bool) = ([], true)
        for rule in problem.rules where !search.trial.waived.contains(rule.id) {
            var trial = search.trial
            trial.waived.insert(rule.id)
            var quick = self
            quick.seconds = Swift.min(seconds, 10, end - clock())
            quick.gap = 1
            let found = quick.seconds > 0 && !isCancelled() ? try quick.search(trial, provesCost: false) : nil
            switch found {
            case .impossible(let proof, _):
                (search.trial, search.proof) = (trial, proof)
                search.dropUnusedSpreads()
                continue
            case .plan: break
            case .neither, nil: isReduced = false
            }
            kept.append(rule)
        }
        // A spread kept at first may have fallen out of the proof with a rule put aside after it.
        return PathConflict(
            rules: kept.filter { !search.trial.waived.contains($0.id) }, isReduced: isReduced, proof: search.proof)
    }
}

private struct ConflictSearch {
    var trial: PathProblem
    /// That there is no plan even for `trial`.
    var proof: PathProof

    /// Ceilings of spreads that do not stand in the proof are no part of the conflict.
    mutating func dropUnusedSpreads() {
        var other = trial
        for cone in PathData(trial).cones where !proof.cones.contains(cone) {
            other.waived.insert(PathProblem.dispersionID(trial.items[cone.item], cone.stage))
        }
        if proof.excludesAll(PathData(other)) { trial = other }
    }
}

/// Holds the answer that there is no plan against the reported numbers, in exact arithmetic: the rules named, by themselves, leave no
/// plan. No solver has a say.
public func verifyNone(_ problem: PathProblem, rules: [String], _ certificate: Certificate) -> [Violation] {
    certificate.flawsOfNone(problem.digest, rules: problem.rules, named: rules) { witness, waived in
        var bare = problem
        bare.waived.formUnion(waived)
        return witness.flatMap(PathProof.init).map { $0.excludesAll(PathData(bare)) }
    }
}
