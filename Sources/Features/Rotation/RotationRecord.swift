internal import Exchanges
internal import Foundation
public import Planning
public import TeacherRotation
internal import Vocabulary

/// A plan as the register keeps it: enough for its page and for adopting it. Codes, no names.
public struct RotationRecord: Codable, Sendable, Equatable {
    struct School: Codable, Sendable, Equatable {
        var id: String
        var code: String
        var title: String
        var setting: String
        var latitude: Int?
        var longitude: Int?
        var out: Int
        var into: Int
        /// Backbone and qualified teachers before and after.
        var before: [Int]
        var after: [Int]

        /// Without the stage that stands behind it where the school has several.
        var name: String {
            for stage in Stage.allCases where title.hasSuffix("（\(stage.label.zh)）") {
                return String(title.dropLast(stage.label.zh.count + 2))
            }
            return title
        }
    }
    struct Move: Codable, Sendable, Equatable {
        var teacher: String
        var stage: String
        var post: String
        var isBackbone: Bool
        /// Places in `schools`.
        var from: Int
        var to: Int
    }
    struct Spread: Codable, Sendable, Equatable {
        var label: String
        var before: Double
        var after: Double
    }
    /// What another rate would bring.
    struct Rate: Codable, Sendable, Equatable {
        var rate: String
        /// Nil where there is no plan.
        var moved: Int?
        var isImpossible: Bool
        var gap: Double?
        var metres: Int?
        var spreads: [Spread]

        init(_ problem: RotationProblem, _ rate: RotationRate) {
            self.rate = "\(rate.rate)"
            (moved, metres, isImpossible, gap) = (rate.outcome?.moved, rate.outcome?.metres, rate.isImpossible, rate.gap)
            spreads = rate.outcome.map { RotationRecord.spreads(problem, $0) } ?? []
        }
    }
    struct Reason: Codable, Sendable, Equatable {
        var words: String
        var count: Int
    }

    var region: String
    var year: Int
    var rules: String
    var document: String
    var rate: String
    var backboneShare: String
    var basisLabel: String
    var teachers: Int
    var eligible: Int
    var base: Int
    var backbones: Int
    var metres: Int
    var proof: String
    var certificate: Certificate
    var schools: [School]
    var moves: [Move]
    var spreads: [Spread]
    var reasons: [Reason]
    /// Nil where other rates were not asked for.
    var rates: [Rate]?

    public init(_ problem: RotationProblem, _ plan: RotationPlan, _ certificate: Certificate) {
        let figures = RotationFigures(problem, plan)
        let outcome = figures.outcome
        region = problem.region
        year = problem.year.start
        rules = problem.rules.label.zh
        document = problem.rules.document
        (rate, backboneShare) = ("\(problem.rules.rate)", "\(problem.rules.backboneShare)")
        basisLabel = problem.rules.basis.label.zh
        (teachers, eligible, base) = (problem.teachers.count, figures.eligible, figures.base)
        (backbones, metres) = (outcome.backbones, outcome.metres)
        proof = RotationFigures.proof(certificate)
        self.certificate = certificate
        let traffic = figures.traffic
        schools = traffic.map { place, out, into in
            let unit = problem.units[place]
            return School(
                id: unit.id, code: unit.school, title: unit.title, setting: unit.setting, latitude: unit.place?.latitude,
                longitude: unit.place?.longitude, out: out, into: into, before: Array(outcome.before[place * 2...place * 2 + 1]),
                after: Array(outcome.after[place * 2...place * 2 + 1]))
        }
        let places = Dictionary(uniqueKeysWithValues: schools.enumerated().map { ($1.id, $0) })
        let stages = Dictionary(problem.units.map { ($0.id, $0.stage) }) { first, _ in first }
        moves = figures.persons.compactMap { person in
            guard let from = places[person.move.from], let to = places[person.move.to] else { return nil }
            return Move(
                teacher: person.teacher.id, stage: (stages[person.move.from] ?? .primary).rawValue, post: person.teacher.post,
                isBackbone: person.teacher.isBackbone, from: from, to: to)
        }
        spreads = RotationRecord.spreads(problem, outcome)
        reasons = figures.spared.map { Reason(words: $0.reason, count: $0.count) }
    }

    private static func spreads(_ problem: RotationProblem, _ outcome: RotationOutcome) -> [Spread] {
        RotationFigures.spreads(problem, outcome).map {
            Spread(label: "\($0.stage.label.zh)每百名学生拥有\($0.kind.label)数", before: $0.before, after: $0.after)
        }
    }

    /// What it brings, in one sentence.
    var headline: String {
        let best = spreads.min { $0.after - $0.before < $1.after - $1.before }
        let gain =
            best.map { "，\($0.label)的差异系数由\(RotationFigures.decimals($0.before, 3))降到\(RotationFigures.decimals($0.after, 3))" } ?? ""
        return "\(region)交流\(moves.count)人\(gain)"
    }

    /// Of whoever moves, between the schools; nil where nobody does.
    var kilometres: String? {
        moves.isEmpty ? nil : RotationFigures.decimals(Double(metres) / Double(moves.count) / 1_000, 1)
    }

    /// The text kept in the register.
    public var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Nil where the text is no record.
    public init?(text: String) {
        guard let record = try? JSONDecoder().decode(RotationRecord.self, from: Data(text.utf8)) else { return nil }
        self = record
    }

    /// The turns the plan stands for, planned.
    func exchanges(plan: String, form: String, newID: () -> String) -> [Exchange] {
        moves.map { move in
            let (from, to) = (schools[move.from], schools[move.to])
            return Exchange(
                id: newID(), county: region, year: SchoolYear(year), teacher: move.teacher, stage: Stage(rawValue: move.stage) ?? .primary,
                post: move.post, isBackbone: move.isBackbone, from: .init(code: from.code, name: from.title, setting: from.setting),
                to: .init(code: to.code, name: to.title, setting: to.setting), form: form, state: .planned, plan: plan)
        }
    }
}
