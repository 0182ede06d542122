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
    /// What is done in a year, and how the county stands at its end.
    public struct Year: Sendable, Codable {
        public var number: Int
        public var cost: Int
        public var hires: Int
        public var moved: Int
        public var units: Int
        public var unitsMet: Int
        public var spreads: Int
        public var spreadsMet: Int
        public var measures: [Measure]
        public var moves: [Move]

        /// Measures and moves alike.
        var lines: [Line] {
            var lines = measures.map { Line(place: $0.place, action: $0.action, count: $0.count, unit: $0.unit, cost: $0.cost) }
            for move in moves {
                lines.append(Line(place: "\(move.from) → \(move.to)", action: move.action, count: move.count, unit: "人", cost: move.cost))
            }
            return lines
        }
    }
    /// School units at the standard at the ends of all years, added up: as staged, and what no order of the same work exceeds.
    public struct Earliness: Sendable, Codable {
        public var years: Int
        public var reached: Int
        public var most: Int

        init?(_ problem: PathProblem, _ schedule: PathSchedule) {
            guard let proof = schedule.proof, let years = problem.limits.years else { return nil }
            (self.years, reached, most) = (years, proof.reached, proof.most)
        }
    }
    struct Line {
        var place: String
        var action: String
        var count: Int
        var unit: String
        var cost: Int
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
    /// Nil where the plan is not staged.
    public var years: [Year]?
    /// How early the years' work meets the standard; nil where nothing is known.
    public var earliness: Earliness?
    public var spreads: [Spread]
    public var prices: [Price]
    public var costs: [Cost]
    public var costNote: String
    /// Limits in words.
    public var limits: [String]
    /// Every school before and after, and how many items the standard wants of a unit. Nil in plans that were kept without.
    public var schools: [PlannedSchool]?
    public var minimum: Int?

    init(
        _ problem: PathProblem, _ plan: PathPlan, _ certificate: Certificate, question: PathQuestion, source: String,
        before: CountyResult, after: CountyResult, prices: [(rule: PlanRule, saved: Int?)], schedule: PathSchedule? = nil
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
        measures = names.measures(plan)
        moves = names.moves(plan)
        years = schedule.map { PathSheet.years(problem, $0, names) }
        earliness = schedule.flatMap { Earliness(problem, $0) }
        spreads = problem.stages.flatMap { stage in
            problem.items.filter { $0.ceiling[stage] != nil }.map { item in
                let values = [old, new].map { $0.squaredCV(item, stage).map { Swift.max(0, $0.approximate).squareRoot() } }
                return Spread(
                    stage: stage.label.zh, item: item.label, before: values[0], after: values[1],
                    ceiling: problem.standardCeiling(item, stage)?.approximate)
            }
        }
        self.prices = prices.map { Price(rule: $0.rule.label.zh, saved: $0.saved) }
        costs = problem.costs.actions.map { Cost(label: $0.label, unit: $0.unit, cost: $0.cost, isOwn: question.costs[$0.id] != nil) }
        costNote = problem.costs.note
        limits =
            problem.rules.filter { ["budget", "years", "hires", "moves", "building", "land"].contains($0.id) }.map(\.label.zh)
            + (question.margin.map { ["差异系数比上限再低\($0)%"] } ?? [])
        schools = PlannedSchool.all(before, after, names.works(plan))
        minimum = problem.minimum
    }

    static func years(_ problem: PathProblem, _ schedule: PathSchedule, _ names: PlaceNames) -> [Year] {
        schedule.years.enumerated().map { number, part in
            let work = PathOutcome(problem, part)
            let standing = PathStanding(PathOutcome(problem, schedule.upTo(number)))
            return Year(
                number: number + 1, cost: work.cost, hires: work.hires, moved: work.moved, units: problem.units.count,
                unitsMet: standing.units.count, spreads: problem.spreadCount, spreadsMet: standing.spreads.count,
                measures: names.measures(part), moves: names.moves(part))
        }
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

extension PathSheet.Spread {
    /// Every spread with a ceiling, as the county was judged before and after.
    static func all(_ before: CountyResult, _ after: CountyResult, _ standard: Standard) -> [PathSheet.Spread] {
        let labels = Dictionary(standard.measured.map { ($0.item.code, $0.item.label.zh) }) { first, _ in first }
        return before.stages.flatMap { stage in
            stage.indicators.filter { $0.ceiling != nil }.map { item in
                PathSheet.Spread(
                    stage: stage.stage.label.zh, item: labels[item.code] ?? item.code, before: item.cv,
                    after: after.stage(stage.stage)?.indicator(item.code)?.cv, ceiling: item.ceiling)
            }
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
    private let actions: [String: PathAction]

    init(_ problem: PathProblem) {
        actions = Dictionary(problem.costs.actions.map { ($0.id, $0) }) { first, _ in first }
        names = Dictionary(problem.schools.map { ($0.id, $0.name) } + problem.units.map { ($0.id, $0.title) }) { first, _ in first }
        codes = Dictionary(problem.units.map { ($0.id, problem.schools[$0.school].id) }) { first, _ in first }
    }

    func name(_ place: String) -> String { names[place] ?? place }
    func school(_ place: String) -> String { codes[place] ?? place }

    func measures(_ plan: PathPlan) -> [PathSheet.Measure] {
        plan.steps.compactMap { step in
            actions[step.action].map {
                .init(
                    school: school(step.place), place: name(step.place), action: $0.label, kind: $0.kind, count: step.count, unit: $0.unit,
                    cost: $0.cost * step.count)
            }
        }
    }

    /// Everything a plan does, at the schools where it does it: a move at both its ends.
    func works(_ plan: PathPlan) -> [SchoolWork] {
        /// A school of several stages says which of them it is about.
        func named(_ place: String, _ what: String) -> String { name(place) == name(school(place)) ? what : "\(name(place))\(what)" }
        let steps = plan.steps.compactMap { step -> SchoolWork? in
            actions[step.action].map {
                SchoolWork(
                    school: school(step.place), what: named(step.place, "\($0.label)\(PathWords.amount(step.count, $0.unit))"),
                    cost: $0.cost * step.count)
            }
        }
        return steps
            + plan.moves.flatMap { move -> [SchoolWork] in
                guard let action = actions[move.action] else { return [] }
                // The money of a move stands where the teacher comes to.
                return [
                    SchoolWork(school: school(move.from), what: named(move.from, "调出\(move.count)人到\(name(move.to))")),
                    SchoolWork(
                        school: school(move.to), what: named(move.to, "从\(name(move.from))调入\(move.count)人"),
                        cost: action.cost * move.count),
                ]
            }
    }

    func moves(_ plan: PathPlan) -> [PathSheet.Move] {
        plan.moves.compactMap { move in
            actions[move.action].map {
                .init(action: $0.label, from: name(move.from), to: name(move.to), count: move.count, cost: $0.cost * move.count)
            }
        }
    }
}
