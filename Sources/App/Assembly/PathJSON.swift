public import Foundation
public import PathToStandard
public import Planning
internal import Vocabulary

/// The answer as JSON: certificate, steps, moves, spreads before and after, prices of rules; or the rules in conflict.
public enum PathJSON {
    fileprivate struct Rule: Codable, Equatable {
        var id: String
        var label: String
        var saved: Int?
    }
    fileprivate struct Spread: Codable, Equatable {
        var stage: String
        var item: String
        var before: Double?
        var after: Double?
        var ceiling: Double?
    }
    fileprivate struct Year: Codable, Equatable {
        var year: Int
        var cost: Int
        var hires: Int
        var moved: Int
        var unitsMet: Int
        var units: Int
        var spreadsMet: Int
        var spreads: Int
        var steps: [PathPlan.Step]
        var moves: [PathPlan.Move]
    }
    fileprivate struct Answer: Codable {
        var county: String
        var standard: String
        var certificate: Certificate
        var gap: Double?
        var cost: Int?
        var steps: [PathPlan.Step]?
        var moves: [PathPlan.Move]?
        var spreads: [Spread]?
        var years: [Year]?
        var earliness: ScheduleProof?
        var rules: [Rule]
    }

    public static func plan(
        _ problem: PathProblem, _ plan: PathPlan, _ certificate: Certificate, _ prices: [(rule: PlanRule, saved: Int?)],
        _ schedule: PathSchedule? = nil
    ) throws -> Data {
        try encode(answer(problem, plan, certificate, prices, schedule))
    }

    fileprivate static func answer(
        _ problem: PathProblem, _ plan: PathPlan, _ certificate: Certificate, _ prices: [(rule: PlanRule, saved: Int?)],
        _ schedule: PathSchedule?
    ) -> Answer {
        let (before, after) = (PathOutcome(problem, PathPlan()), PathOutcome(problem, plan))
        let spreads = problem.stages.flatMap { stage in
            problem.items.map { item in
                let values = [before, after].map { $0.squaredCV(item, stage).map { Swift.max(0, $0.approximate).squareRoot() } }
                return Spread(
                    stage: stage.rawValue, item: item.id, before: values[0], after: values[1],
                    ceiling: problem.standardCeiling(item, stage)?.approximate)
            }
        }
        return Answer(
            county: problem.county, standard: problem.standard, certificate: certificate, gap: certificate.gap, cost: after.cost,
            steps: plan.steps, moves: plan.moves, spreads: spreads, years: schedule.map { years(problem, $0) },
            earliness: schedule?.proof, rules: prices.map { Rule(id: $0.rule.id, label: $0.rule.label.zh, saved: $0.saved) })
    }

    private static func years(_ problem: PathProblem, _ schedule: PathSchedule) -> [Year] {
        schedule.years.enumerated().map { number, part in
            let work = PathOutcome(problem, part)
            let standing = PathStanding(PathOutcome(problem, schedule.upTo(number)))
            return Year(
                year: number + 1, cost: work.cost, hires: work.hires, moved: work.moved, unitsMet: standing.units.count,
                units: problem.units.count, spreadsMet: standing.spreads.count, spreads: problem.spreadCount, steps: part.steps,
                moves: part.moves)
        }
    }

    public static func infeasible(_ problem: PathProblem, _ rules: [PlanRule], _ certificate: Certificate) throws -> Data {
        try encode(
            Answer(
                county: problem.county, standard: problem.standard, certificate: certificate,
                rules: rules.map { Rule(id: $0.id, label: $0.label.zh) }))
    }

    private static func encode(_ answer: Answer) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(answer)
    }
}

/// An answer as `PathJSON` wrote it, read back.
public struct PathReading {
    private let answer: PathJSON.Answer

    /// Nil where the bytes are no such answer.
    public init?(_ bytes: Data) {
        guard let read = try? JSONDecoder().decode(PathJSON.Answer.self, from: bytes) else { return nil }
        answer = read
    }

    private var plan: PathPlan? { answer.steps.map { PathPlan(steps: $0, moves: answer.moves ?? []) } }

    /// What in it does not hold for the problem: its plan, its years, its bound, its figures, or that there is no plan. What the rules
    /// cost it cannot tell: that takes a solver.
    public func flaws(_ problem: PathProblem) -> [Violation] {
        guard let plan else { return verifyNone(problem, rules: answer.rules.map(\.id), answer.certificate) }
        var schedule = answer.years.map { PathSchedule($0.map { PathPlan(steps: $0.steps, moves: $0.moves) }) }
        schedule?.proof = answer.earliness
        return verify(problem, plan, answer.certificate) + (schedule.map { verify(problem, plan, $0) } ?? [])
            + figures(PathJSON.answer(problem, plan, answer.certificate, [], schedule))
    }

    /// Figures that are not what the plan comes to.
    private func figures(_ own: PathJSON.Answer) -> [Violation] {
        [
            (answer.county == own.county && answer.standard == own.standard, "县或标准"), (answer.cost == own.cost, "费用"),
            (answer.gap == own.gap, "离下界的差距"), (answer.spreads == own.spreads, "各项差异系数"), (answer.years == own.years, "各年的数"),
        ].filter { !$0.0 }.map { Violation("figures", "写的\($0.1)，与这份方案算出来的不符") }
    }

    /// What was found to hold, in a sentence.
    public func sentence(_ problem: PathProblem) -> String {
        guard let plan else {
            return "相符：\(problem.county)没有方案，\(answer.rules.count)条规则不能同时满足，依据经重算"
        }
        let bound = answer.certificate.checkedBound.map { "，任何方案不低于\(Int($0))元" } ?? "，没有下界"
        return "相符：\(problem.county)的方案\(PathOutcome(problem, plan).cost)元，逐条符合规则\(bound)"
    }
}
