internal import Exchanges
public import Foundation
public import Planning
public import TeacherRotation
internal import Vocabulary

/// A plan of exchange as JSON: certificate, moves by teacher's code, spreads before and after, other rates; or the rules in conflict.
public enum RotationJSON {
    private struct Rule: Encodable {
        var id: String
        var label: String
    }
    private struct Spread: Encodable {
        var stage: String
        var kind: String
        var before: Double
        var after: Double
    }
    private struct Rate: Encodable {
        var rate: String
        var moved: Int?
        var impossible: Bool
        var gap: Double?
        var spreads: [Spread]
    }
    private struct Answer: Encodable {
        var region: String
        var year: Int
        var rules: String
        var certificate: Certificate
        var gap: Double?
        var teachers: Int
        var eligible: Int
        var base: Int
        var moved: Int?
        var backbones: Int?
        var spreads: [Spread]?
        var moves: [RotationPlan.Move]?
        var rates: [Rate]?
        var conflict: [Rule]?
    }

    public static func plan(
        _ problem: RotationProblem, _ plan: RotationPlan, _ certificate: Certificate, _ rates: [RotationRate]
    ) throws -> Data {
        let outcome = RotationOutcome(problem, plan)
        var answer = answer(problem, certificate)
        (answer.gap, answer.moved, answer.backbones) = (certificate.gap, outcome.moved, outcome.backbones)
        (answer.spreads, answer.moves) = (spreads(problem, outcome), plan.moves)
        if !rates.isEmpty {
            answer.rates = rates.map { rate in
                Rate(
                    rate: "\(rate.rate)", moved: rate.outcome?.moved, impossible: rate.isImpossible, gap: rate.gap,
                    spreads: rate.outcome.map { spreads(problem, $0) } ?? [])
            }
        }
        return try encode(answer)
    }

    public static func infeasible(_ problem: RotationProblem, _ rules: [PlanRule], _ certificate: Certificate) throws -> Data {
        var answer = answer(problem, certificate)
        answer.conflict = rules.map { Rule(id: $0.id, label: $0.label.zh) }
        return try encode(answer)
    }

    private static func answer(_ problem: RotationProblem, _ certificate: Certificate) -> Answer {
        let standings = problem.standings
        return Answer(
            region: problem.region, year: problem.year.start, rules: problem.rules.id, certificate: certificate,
            teachers: problem.teachers.count, eligible: standings.count { $0.isEligible }, base: problem.base(standings))
    }

    private static func spreads(_ problem: RotationProblem, _ outcome: RotationOutcome) -> [Spread] {
        problem.stages.flatMap { stage in
            SpreadKind.allCases.compactMap { kind in
                guard let before = outcome.cv(kind, stage, isAfter: false), let after = outcome.cv(kind, stage, isAfter: true) else {
                    return nil
                }
                return Spread(stage: stage.rawValue, kind: kind == .backbone ? "backbone" : "qualified", before: before, after: after)
            }
        }
    }

    private static func encode(_ answer: Answer) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(answer)
    }
}
