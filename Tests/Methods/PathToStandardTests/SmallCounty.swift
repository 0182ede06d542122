import Foundation
import HighsSolver
import PathToStandard
import Planning
import Vocabulary

/// Invented counties small enough to try every plan.
struct SmallCounty {
    var state: UInt64

    mutating func next(_ range: ClosedRange<Int>) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return range.lowerBound + Int((state >> 33) % UInt64(range.count))
    }

    /// Two schools of one stage and one with two, three items: rooms shared, two kinds of teachers of the stage's own.
    mutating func problem(ceiling: Fraction = Fraction(3, over: 10)) -> PathProblem {
        var schools: [PathProblem.School] = []
        var units: [PathProblem.Unit] = []
        for number in 0..<3 {
            schools.append(.init(id: "s\(number)", name: "校\(number)", stock: ["rooms": Fraction(next(1...6))]))
            let (pupils, others) = (next(80...260), next(60...200))
            let stages: [Stage] = number == 2 ? [.primary, .junior] : [.primary]
            let weighted = Fraction(pupils) + (number == 2 ? Fraction(11, over: 10) * Fraction(others) : .zero)
            for stage in stages {
                let own = stage == .primary ? Fraction(pupils) : Fraction(11, over: 10) * Fraction(others)
                let teachers = next(6...9)
                units.append(
                    .init(
                        id: "s\(number)/\(stage.rawValue)", title: "校\(number)\(stage.label.zh)", school: number, stage: stage,
                        pupils: stage == .primary ? pupils : others, share: own / weighted,
                        stock: ["teachers": Fraction(teachers), "backbone": Fraction(next(0...3))]))
            }
        }
        let threshold: [Stage: Fraction] = [.primary: Fraction(23, over: 10), .junior: Fraction(24, over: 10)]
        func item(_ id: String, _ element: String, _ bound: [Stage: Fraction]) -> PathProblem.Item {
            .init(
                id: id, label: id, factor: Fraction(100), terms: [element: .one], threshold: bound,
                floor: bound.mapValues { $0 * Fraction(17, over: 20) }, ceiling: [.primary: ceiling])
        }
        let one: [Stage: Fraction] = [.primary: .one, .junior: .one]
        let costs = CostList(
            id: "t", label: LocalizedText(zh: "t"),
            actions: [
                .init(id: "room", label: "间", kind: .equip, unit: "间", cost: 30_000, adds: ["rooms": .one]),
                .init(id: "train", label: "培养", kind: .train, unit: "人", cost: 20_000, adds: ["backbone": .one]),
                .init(id: "move", label: "调动", kind: .move, unit: "人", cost: 7_000, adds: ["backbone": .one, "teachers": .one]),
            ], within: [.init(part: "backbone", whole: "teachers")], leaving: Fraction(2, over: 10), growth: Fraction(2))
        return PathProblem(
            county: "小县", standard: "t", schools: schools, units: units,
            items: [item("R", "rooms", threshold), item("B", "backbone", one)], minimum: 1, shared: ["rooms"], costs: costs)
    }
}

func method(gap: Double = 1e-9, seconds: Double = 20) throws -> PathToStandard {
    let library = try HighsLibrary(candidates: HighsLibrary.candidates(ProcessInfo.processInfo.environment, home: NSHomeDirectory()))
    return PathToStandard(using: HighsSolver(library), seconds: seconds, gap: gap, clock: { ProcessInfo.processInfo.systemUptime })
}

/// The least cost by trying everything: training and moves per unit, rooms per school; the rules written out once more.
struct TryEverything {
    let problem: PathProblem
    private(set) var best = Int.max

    init(_ problem: PathProblem) {
        self.problem = problem
        let rooms = every(problem.schools.count, 0...9)
        let trained = every(problem.units.count, 0...4)
        // Where units of one stage exchange: from −1 to 1 in each, balanced by stage.
        let moved = every(problem.units.count, -1...1).filter { flows in
            problem.stages.allSatisfy { stage in
                problem.units.indices.filter { problem.units[$0].stage == stage }.reduce(0) { $0 + flows[$1] } == 0
            }
        }
        let roomPlans = rooms.filter { holds(0, $0.map(Double.init)) != .never }
        let rules = roomPlans.map { ($0.reduce(0, +) * 30_000, met(0, $0.map(Double.init))) }
        for flows in moved where leavingHolds(flows) {
            for steps in trained {
                let added = zip(steps, flows).map { Double($0 + $1) }
                guard within(steps, flows), holds(1, added) != .never else { continue }
                let good = met(1, added)
                let cost = steps.reduce(0, +) * 20_000 + flows.filter { $0 > 0 }.reduce(0, +) * 7_000
                for rule in rules where rule.0 + cost < best && zip(rule.1, good).allSatisfy({ $0 || $1 }) { best = rule.0 + cost }
            }
        }
    }

    private enum Answer { case never, perhaps }

    private func every(_ count: Int, _ range: ClosedRange<Int>) -> [[Int]] {
        (0..<count).reduce([[]]) { lists, _ in lists.flatMap { list in range.map { list + [$0] } } }
    }

    private func values(_ item: Int, _ added: [Double]) -> [Double] {
        problem.units.map { unit in
            if item == 0 {
                let stock = problem.schools[unit.school].stock["rooms"]?.approximate ?? 0
                return (stock + added[unit.school]) * unit.share.approximate / Double(unit.pupils) * 100
            }
            let place = problem.units.firstIndex { $0.id == unit.id } ?? 0
            return ((unit.stock["backbone"]?.approximate ?? 0) + added[place]) / Double(unit.pupils) * 100
        }
    }

    private func met(_ item: Int, _ added: [Double]) -> [Bool] {
        zip(values(item, added), problem.units).map { $0 >= (problem.items[item].threshold[$1.stage]?.approximate ?? 0) - 1e-12 }
    }

    private func holds(_ item: Int, _ added: [Double]) -> Answer {
        let values = values(item, added)
        for (value, unit) in zip(values, problem.units) {
            if value < (problem.items[item].floor[unit.stage]?.approximate ?? 0) - 1e-12 { return .never }
            if value > problem.growthCeiling(problem.items[item], unit.stage).approximate + 1e-12 { return .never }
        }
        let primary = problem.units.indices.filter { problem.units[$0].stage == .primary }
        let pupils = primary.reduce(0.0) { $0 + Double(problem.units[$1].pupils) }
        let mean = primary.reduce(0.0) { $0 + Double(problem.units[$1].pupils) * values[$1] } / pupils
        let spread = primary.reduce(0.0) { $0 + Double(problem.units[$1].pupils) * (values[$1] - mean) * (values[$1] - mean) } / pupils
        let ceiling = problem.items[item].ceiling[.primary]?.approximate ?? .infinity
        return spread.squareRoot() / mean > ceiling + 1e-12 ? .never : .perhaps
    }

    private func within(_ steps: [Int], _ flows: [Int]) -> Bool {
        problem.units.indices.allSatisfy { place in
            let stock = problem.units[place].stock
            let backbone = (stock["backbone"]?.approximate ?? 0) + Double(steps[place] + flows[place])
            let teachers = (stock["teachers"]?.approximate ?? 0) + Double(flows[place])
            return backbone >= 0 && backbone <= teachers && (stock["backbone"]?.approximate ?? 0) + Double(Swift.min(0, flows[place])) >= 0
        }
    }

    private func leavingHolds(_ flows: [Int]) -> Bool {
        problem.units.indices.allSatisfy {
            Double(-flows[$0]) <= (problem.units[$0].stock["teachers"]?.approximate ?? 0) * problem.costs.leaving.approximate
        }
    }
}

@Sendable func now() -> Double { ProcessInfo.processInfo.systemUptime }

/// A solver that says there is no solution where there is one.
struct LyingSolver: LinearSolver {
    enum Subject { case everything, wholeNumbers }
    let honest: HighsSolver
    let subject: Subject
    var version: String { "lies" }

    init(about subject: Subject) throws {
        let library = try HighsLibrary(candidates: HighsLibrary.candidates(ProcessInfo.processInfo.environment, home: NSHomeDirectory()))
        honest = HighsSolver(library)
        self.subject = subject
    }

    func solve(_ model: LinearModel, _ options: SolverOptions, isCancelled: @escaping @Sendable () -> Bool) throws -> LinearSolution {
        if subject == .everything || model.columns.contains(where: \.isWhole) {
            return LinearSolution(status: .infeasible, values: [], objective: .infinity, bound: .infinity)
        }
        return try honest.solve(model, options, isCancelled: isCancelled)
    }
}
