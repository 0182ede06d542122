import ArgumentParser
import Foundation
import HighsSolver
import PathToStandard
import Planning
import Vocabulary

/// The cheapest path for an invented county, or for a city county by county, against filling up the worst as people do in a spreadsheet.
struct Path: AsyncParsableCommand {
    @Option(help: "units of one stage") var units = 150
    @Option(help: "ceiling of every coefficient of variation, in thousandths") var ceiling = 300
    @Option var seconds = 60.0
    @Option var gap = 0.003
    @Option var seed: UInt64 = 1
    @Flag(help: "with teacher moves inside the county") var moves = false
    @Option(help: "where to write the county for other solvers") var write: String?
    @Option(help: "counties of so many units each, as many at a time as there are cores; their seeds follow one another") var counties = 1

    func run() async throws {
        if counties > 1 { return print(try await city()) }
        let problem = InventedPath(seed: seed).problem(units: units, ceiling: Fraction(ceiling, over: 1_000), moves: moves)
        let method = PathToStandard(
            using: try HighsSolver.found(), seconds: seconds, gap: gap, clock: { ProcessInfo.processInfo.systemUptime })
        if let write { try PathTable(problem).write(write) }
        let practice = WorstFirst(problem)
        guard case .plan(let plan, let certificate) = try method.plan(problem), let cost = certificate.objective else {
            print("no plan")
            return
        }
        let flaws = verify(problem, plan, certificate)
        let words = [
            "units \(units)", "cost \(Int(cost))", "bound \(Int(certificate.bound ?? 0))",
            String(format: "gap %.3f%%", (certificate.gap ?? 1) * 100), "checked bound \(Int(certificate.checkedBound ?? 0))",
            String(format: "%.1f s", certificate.seconds), "violations \(flaws.count)", "worst first \(practice.cost)",
            String(format: "ratio %.3f", Double(practice.cost) / cost),
        ]
        print(words.joined(separator: ", "))
    }

    /// A city is done when its last county is.
    private func city() async throws -> String {
        let begin = ProcessInfo.processInfo.systemUptime
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let found = try await withThrowingTaskGroup(of: County?.self) { group in
            var (next, done) = (0, [County?]())
            while next < Swift.min(cores, counties) {
                add(next, to: &group)
                next += 1
            }
            while let county = try await group.next() {
                done.append(county)
                if next < counties { add(next, to: &group) }
                next += 1
            }
            return done
        }
        let planned = found.compactMap { $0 }
        let (cost, practice) = planned.reduce((0.0, 0.0)) { ($0.0 + $1.cost, $0.1 + $1.practice) }
        let time = String(format: "%.1f s", ProcessInfo.processInfo.systemUptime - begin)
        let words = [
            "\(counties) counties of \(units) units on \(cores) cores", time,
            "planned \(planned.count)", String(format: "worst gap %.3f%%", (planned.map(\.gap).max() ?? 1) * 100),
            String(format: "slowest county %.1f s", planned.map(\.seconds).max() ?? 0),
            "violations \(planned.reduce(0) { $0 + $1.violations })", "cost \(Int(cost))", "worst first \(Int(practice))",
            String(format: "ratio %.3f", practice / Swift.max(1, cost)),
        ]
        return words.joined(separator: ", ")
    }

    private struct County: Sendable {
        var cost, practice, gap, seconds: Double
        var violations: Int
    }

    private func add(_ number: Int, to group: inout ThrowingTaskGroup<County?, any Error>) {
        let (units, ceiling, moves, seed) = (units, ceiling, moves, seed + UInt64(number))
        let (seconds, gap) = (seconds, gap)
        group.addTask {
            let problem = InventedPath(seed: seed).problem(units: units, ceiling: Fraction(ceiling, over: 1_000), moves: moves)
            let method = PathToStandard(
                using: try HighsSolver.found(), seconds: seconds, gap: gap, clock: { ProcessInfo.processInfo.systemUptime })
            guard case .plan(let plan, let certificate) = try method.plan(problem), let cost = certificate.objective else { return nil }
            return County(
                cost: cost, practice: Double(WorstFirst(problem).cost), gap: certificate.gap ?? 1, seconds: certificate.seconds,
                violations: verify(problem, plan, certificate).count)
        }
    }
}

/// A county without moves as plain numbers, from which another solver's programme is made anew.
struct PathTable: Encodable {
    struct Item: Encodable {
        var element: String
        var factor, threshold, floor, ceiling, cap: Double
    }
    struct Action: Encodable {
        var cost: Double
        var adds: [String: Double]
    }
    var pupils: [Int]
    var stock: [[String: Double]]
    var items: [Item]
    var actions: [Action]
    var within: [[String]]
    var minimum: Int

    init(_ problem: PathProblem) {
        func number(_ value: Fraction?) -> Double { value?.approximate ?? 0 }
        pupils = problem.units.map(\.pupils)
        stock = problem.units.map { unit in
            unit.stock.merging(problem.schools[unit.school].stock) { own, _ in own }.mapValues(\.approximate)
        }
        items = problem.items.map { item in
            Item(
                element: item.terms.keys.first ?? "", factor: item.factor.approximate, threshold: number(item.threshold[.primary]),
                floor: number(item.floor[.primary]), ceiling: number(item.ceiling[.primary]),
                cap: problem.growthCeiling(item, .primary).approximate)
        }
        actions = problem.costs.actions.map { Action(cost: Double($0.cost), adds: $0.adds.mapValues(\.approximate)) }
        within = problem.costs.within.map { [$0.part, $0.whole] }
        minimum = problem.minimum
    }

    func write(_ path: String) throws { try JSONEncoder().encode(self).write(to: URL(fileURLWithPath: path)) }
}

/// A county with uneven schools, the same for the same seed.
struct InventedPath {
    private var luck: Chance

    init(seed: UInt64) { luck = Chance(seed &+ 77) }

    func problem(units: Int, ceiling: Fraction, moves: Bool) -> PathProblem {
        var copy = self
        return copy.make(units, ceiling, moves)
    }

    private mutating func make(_ count: Int, _ ceiling: Fraction, _ moves: Bool) -> PathProblem {
        // Element, threshold per pupil × factor, factor, spread of what schools have.
        let kinds: [(String, Double, Double, Double)] = [
            ("qualified_teachers", 4.2, 100, 0.4), ("backbone_teachers", 1, 100, 1.1), ("arts_pe_teachers", 0.9, 100, 1.0),
            ("teaching_area", 4.5, 1, 0.7), ("sports_area", 7.5, 1, 0.9), ("equipment_value", 2000, 1, 0.9),
            ("networked_classrooms", 2.3, 100, 0.6),
        ]
        let shared: Set<String> = ["teaching_area", "sports_area", "equipment_value", "networked_classrooms"]
        var schools: [PathProblem.School] = []
        var list: [PathProblem.Unit] = []
        for number in 0..<count {
            let size = luck.next()
            let pupils = Int(60 + 1_900 * size * size)
            var stock: [String: Fraction] = ["teachers": Fraction(Int(Double(pupils) / 15) + 4)]
            for (name, bound, factor, spread) in kinds {
                let level = 0.75 + spread * (luck.next() + luck.next()) * (0.4 + luck.next())
                stock[name] = Fraction(Int(level * bound * Double(pupils) / factor))
            }
            let teachers = stock["teachers"] ?? .zero
            for name in ["qualified_teachers", "backbone_teachers", "arts_pe_teachers"] {
                if let part = stock[name], part > teachers { stock[name] = teachers }
            }
            schools.append(.init(id: "s\(number)", name: "S\(number)", stock: stock.filter { shared.contains($0.key) }))
            list.append(
                .init(
                    id: "s\(number)/primary", title: "S\(number)", school: number, stage: .primary, pupils: pupils, share: .one,
                    stock: stock.filter { !shared.contains($0.key) }))
        }
        let items = kinds.enumerated().map { number, kind in
            let bound = Fraction(decimal: kind.1) ?? .one
            return PathProblem.Item(
                id: "L\(number + 1)", label: kind.0, factor: Fraction(Int(kind.2)), terms: [kind.0: .one], threshold: [.primary: bound],
                floor: [.primary: bound * Fraction(17, over: 20)], ceiling: [.primary: ceiling])
        }
        func action(_ id: String, _ kind: PathAction.Kind, _ cost: Int, _ adds: [String: Int]) -> PathAction {
            .init(id: id, label: id, kind: kind, unit: "1", cost: cost, adds: adds.mapValues { Fraction($0) })
        }
        var actions = [
            action("degree", .train, 15_000, ["qualified_teachers": 1]), action("backbone", .train, 20_000, ["backbone_teachers": 1]),
            action("arts", .hire, 100_000, ["teachers": 1, "qualified_teachers": 1, "arts_pe_teachers": 1]),
            action("rooms", .build, 35_000, ["teaching_area": 10]), action("grounds", .build, 20_000, ["sports_area": 50]),
            action("equipment", .equip, 10_000, ["equipment_value": 10_000]),
            action("classroom", .equip, 30_000, ["networked_classrooms": 1]),
        ]
        if moves {
            actions += [
                action("move-backbone", .move, 10_000, ["teachers": 1, "qualified_teachers": 1, "backbone_teachers": 1]),
                action("move-arts", .move, 8_000, ["teachers": 1, "qualified_teachers": 1, "arts_pe_teachers": 1]),
            ]
        }
        let within = ["qualified_teachers", "backbone_teachers", "arts_pe_teachers"].map { CostList.Within(part: $0, whole: "teachers") }
        let costs = CostList(
            id: "bench", label: LocalizedText(zh: "bench"), actions: actions, within: within, leaving: Fraction(1, over: 5),
            growth: Fraction(3))
        return PathProblem(
            county: "Invented", standard: "balance-2017", schools: schools, units: list, items: items, minimum: 6, shared: shared,
            costs: costs)
    }
}

/// Spreadsheet practice: every item of every school up to its threshold, then the worst school one step up until the spread holds.
struct WorstFirst {
    private(set) var cost = 0

    init(_ problem: PathProblem) {
        let cheapest = problem.items.map { item in
            problem.costs.actions.first {
                $0.kind != .move && $0.adds.keys.contains { item.terms[$0] != nil } && $0.id != "arts" || $0.id == "arts" && item.id == "L3"
            }
        }
        for (item, action) in zip(problem.items, cheapest) {
            guard let action, let amount = action.adds.first(where: { item.terms[$0.key] != nil })?.value.approximate else { continue }
            let threshold = item.threshold[.primary]?.approximate ?? 0
            let pupils = problem.units.map { Double($0.pupils) }
            var values = problem.units.map { problem.value(item, $0).approximate }
            let step = pupils.map { amount * item.factor.approximate / $0 }
            for place in values.indices {
                while values[place] < threshold - 1e-9 {
                    values[place] += step[place]
                    cost += action.cost
                }
            }
            let (total, ceiling) = (pupils.reduce(0, +), item.ceiling[.primary]?.approximate ?? .infinity)
            while true {
                let mean = zip(values, pupils).reduce(0) { $0 + $1.0 * $1.1 } / total
                let spread = zip(values, pupils).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) } / total
                guard spread.squareRoot() / mean > ceiling, let worst = values.indices.min(by: { values[$0] < values[$1] }) else { break }
                values[worst] += step[worst]
                cost += action.cost
            }
        }
    }
}
