internal import Foundation
internal import Indicators
internal import Jobs
public import PathToStandard
public import Planning
public import Vocabulary

/// A plan as it is kept: everything its page shows, in names and numbers of the day it was made.
public struct PathSheet: Sendable, Codable {
    public struct Measure: Sendable, Codable {
        /// Code of the school, and the place as people call it: the school, or its stage.
        public var school: String
        public var place: String
        public var action: String
        public var kind: PathAction.Kind
        /// How often `unit`.
        public var count: Int
        public var unit: String
        /// Yuan.
        public var cost: Int
    }
    public struct Move: Sendable, Codable {
        public var action: String
        public var from: String
        public var to: String
        public var count: Int
        /// Yuan.
        public var cost: Int
    }
    public struct Spread: Sendable, Codable {
        public var stage: String
        public var item: String
        public var before: Double?
        public var after: Double?
        public var ceiling: Double?
    }
    public struct Price: Sendable, Codable {
        public var rule: String
        public var saved: Int?
    }
    public struct Cost: Sendable, Codable {
        public var label: String
        public var unit: String
        public var cost: Int
        /// Filled in by the bureau, not the catalogue's default.
        public var isOwn: Bool
    }
    /// Verdict, and how many units and spreads met.
    public struct Standing: Sendable, Codable {
        public var verdict: Verdict
        public var sentence: String
        public var units: Int
        public var unitsMet: Int
        public var spreads: Int
        public var spreadsMet: Int
    }

    public var county: String
    public var question: PathQuestion
    public var source: String
    public var plan: PathPlan
    public var certificate: Certificate
    public var cost: Int
    public var hires: Int
    public var moved: Int
    public var before: Standing
    public var after: Standing
    public var measures: [Measure]
    public var moves: [Move]
    public var spreads: [Spread]
    public var prices: [Price]
    public var costs: [Cost]
    public var costNote: String
    /// Limits in words.
    public var limits: [String]

    init(
        _ problem: PathProblem, _ plan: PathPlan, _ certificate: Certificate, question: PathQuestion, source: String,
        before: CountyResult, after: CountyResult, prices: [(rule: PlanRule, saved: Int?)]
    ) {
        let (old, new) = (PathOutcome(problem, PathPlan()), PathOutcome(problem, plan))
        county = problem.county
        self.question = question
        self.source = source
        self.plan = plan
        self.certificate = certificate
        (cost, hires, moved) = (new.cost, new.hires, new.moved)
        (self.before, self.after) = (Standing(before), Standing(after))
        let names = PlaceNames(problem)
        let actions = Dictionary(problem.costs.actions.map { ($0.id, $0) }) { first, _ in first }
        measures = plan.steps.compactMap { step in
            actions[step.action].map {
                Measure(
                    school: names.school(step.place), place: names.name(step.place), action: $0.label, kind: $0.kind, count: step.count,
                    unit: $0.unit, cost: $0.cost * step.count)
            }
        }
        moves = plan.moves.compactMap { move in
            actions[move.action].map {
                Move(action: $0.label, from: names.name(move.from), to: names.name(move.to), count: move.count, cost: $0.cost * move.count)
            }
        }
        spreads = problem.stages.flatMap { stage in
            problem.items.filter { $0.ceiling[stage] != nil }.map { item in
                let values = [old, new].map { $0.squaredCV(item, stage).map { Swift.max(0, $0.approximate).squareRoot() } }
                return Spread(
                    stage: stage.label.zh, item: item.label, before: values[0], after: values[1], ceiling: item.ceiling[stage]?.approximate)
            }
        }
        self.prices = prices.map { Price(rule: $0.rule.label.zh, saved: $0.saved) }
        costs = problem.costs.actions.map { Cost(label: $0.label, unit: $0.unit, cost: $0.cost, isOwn: question.costs[$0.id] != nil) }
        costNote = problem.costs.note
        limits = problem.rules.filter { ["budget", "hires", "moves", "building", "land"].contains($0.id) }.map(\.label.zh)
    }

    var text: String {
        get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }

    /// As it stands in a plan's record. Throws `StoreRefusal` where it does not read back.
    public init(_ record: ProposalRecord) throws {
        do {
            self = try JSONDecoder().decode(PathSheet.self, from: Data(record.body.utf8))
        } catch {
            throw StoreRefusal(.damaged, "“\(record.title)”存下的内容读不出来，可能被改动过。请从备份恢复，或重新算一份")
        }
    }
}

extension PathSheet.Standing {
    init(_ county: CountyResult) {
        let spreads = county.stages.flatMap(\.indicators).filter { $0.ceiling != nil && $0.verdict != .insufficient }
        verdict = Verdict.all(county.stages.filter { $0.units > 0 }.map(\.verdict))
        sentence = VerdictSentence.text(county)
        units = county.units.count
        unitsMet = county.units.count { $0.verdict == .met }
        self.spreads = spreads.count
        spreadsMet = spreads.count { $0.verdict == .met }
    }
}

/// Places of a plan as people call them.
struct PlaceNames {
    private let names: [String: String]
    private let codes: [String: String]

    init(_ problem: PathProblem) {
        names = Dictionary(problem.schools.map { ($0.id, $0.name) } + problem.units.map { ($0.id, $0.title) }) { first, _ in first }
        codes = Dictionary(problem.units.map { ($0.id, problem.schools[$0.school].id) }) { first, _ in first }
    }

    func name(_ place: String) -> String { names[place] ?? place }
    func school(_ place: String) -> String { codes[place] ?? place }
}
