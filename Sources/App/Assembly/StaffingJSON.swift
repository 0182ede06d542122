public import Foundation
public import Planning
public import PostMatching
public import Staffing
internal import Vocabulary

/// Surveys of staff and plans of posts as JSON.
public enum StaffingJSON {
    private struct Unit: Encodable {
        var unit: UnitStaffing
        func encode(to encoder: any Encoder) throws {
            try unit.encode(to: encoder)
            var more = encoder.container(keyedBy: Key.self)
            try more.encode(unit.standing, forKey: .standing)
            try more.encode(unit.balance, forKey: .balance)
        }
        enum Key: CodingKey { case standing, balance }
    }
    private struct Year: Encodable {
        var year: Int
        var pupils: Int?
        var establishment: Int?
        var remaining: Int?
        var need: Int?
        var missing: Int
        var isAssumed: Bool
    }
    private struct County: Encodable {
        var county: String
        var year: Int
        var rules: String
        var standing: StaffStanding
        var establishment: Int?
        var posted: Int?
        var balance: Int?
        var surplus: Int
        var shortage: Int
        var units: [Unit]
        var leaving: [UnitStaffing.Leaving]
        var ahead: [Year]
        var outlook: [SubjectOutlook]
        var notes: [String]
    }
    private struct Posts: Encodable {
        var region: String
        var year: Int
        var certificate: Certificate
        var proof: PostProof?
        var vacancies: Int
        var candidates: Int
        var waiting: Int
        var filled: Int?
        var placed: Int?
        var points: Int?
        var moves: [PostPlan.Move]?
        var notes: [String]
        var conflict: [String]?
        var shortage: PostShortage?
    }

    public static func surveys(_ surveys: [StaffingSurvey]) throws -> Data {
        try encode(
            surveys.map { survey in
                County(
                    county: survey.county, year: survey.year.start, rules: survey.rules, standing: survey.standing,
                    establishment: survey.establishment(), posted: survey.posted(), balance: survey.balance, surplus: survey.surplus,
                    shortage: survey.shortage, units: survey.units.map { Unit(unit: $0) }, leaving: survey.leaving,
                    ahead: survey.sums().map {
                        Year(
                            year: $0.year, pupils: $0.pupils, establishment: $0.establishment, remaining: $0.remaining, need: $0.need,
                            missing: $0.missing, isAssumed: $0.isAssumed)
                    }, outlook: survey.outlook, notes: survey.notes)
            })
    }

    public static func plan(_ draw: PostDraw, _ plan: PostPlan, _ certificate: Certificate, _ proof: PostProof) throws -> Data {
        var posts = posts(draw, certificate)
        let outcome = PostOutcome(draw.problem, plan)
        (posts.proof, posts.filled, posts.placed, posts.points) = (proof, outcome.filled, outcome.placed, outcome.points)
        posts.moves = plan.moves
        return try encode(posts)
    }

    public static func infeasible(
        _ draw: PostDraw, _ rules: [PlanRule], _ shortage: PostShortage, _ certificate: Certificate
    ) throws -> Data {
        var posts = posts(draw, certificate)
        (posts.conflict, posts.shortage) = (rules.map(\.id), shortage)
        return try encode(posts)
    }

    private static func posts(_ draw: PostDraw, _ certificate: Certificate) -> Posts {
        let problem = draw.problem
        return Posts(
            region: problem.region, year: problem.year.start, certificate: certificate, vacancies: problem.vacancies,
            candidates: problem.candidates.count, waiting: problem.waiting, notes: draw.notes)
    }

    private static func encode(_ answer: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(answer)
    }
}
