internal import Foundation
internal import Planning
internal import Vocabulary

/// An item's spread in a stage, by their places in the problem.
struct Cone: Hashable {
    var item: Int
    var stage: Stage
}

/// The problem as a mixed-integer programme.
///
/// A coefficient of variation under τ is a second-order cone with the mean free: Σ w X² ≤ (1 + τ²) m² with m = Σ w X, w the
/// part of the pupils. Over m it reads Σ w y ≤ (1 + τ²) m with y ≥ X²/m, and y ≥ 2aX − a²m holds for every ratio a because
/// (X − am)² ≥ 0. However few ratios stand in the model, it lets in every plan the cone lets in: its bound is a bound.
struct PathModel {
    /// Costs count in this many yuan.
    static let money = 10_000.0
    let data: PathData
    private(set) var linear = LinearModel()
    /// Steps of an action at a place (school or unit by the action's nature).
    private(set) var steps: [(action: Int, place: Int, column: Int)] = []
    /// Teachers leaving and arriving per action and unit.
    private(set) var flows: [(action: Int, unit: Int, out: Int, into: Int)] = []
    private var parts: [[(column: Int, adds: [String: Double])]]
    private var values: [[Int]] = []

    /// `cuts` holds the ratios of each unit for the cones that are modelled; `slack` takes a little off their ceilings.
    init(_ data: PathData, cuts: [Cone: [[Double]]], slack: Double = 0) {
        self.data = data
        parts = Array(repeating: [], count: data.problem.units.count)
        addSteps()
        addMoves()
        addNature()
        addValues()
        addLimits()
        for (cone, ratios) in cuts.sorted(by: { ($0.key.item, $0.key.stage) < ($1.key.item, $1.key.stage) }) {
            addCone(cone, ratios, slack)
        }
    }

    private mutating func addSteps() {
        let problem = data.problem
        for (number, action) in problem.costs.actions.enumerated() where action.kind != .move {
            let isShared = problem.isShared(action)
            let adds = action.adds.mapValues(\.approximate)
            for place in 0..<(isShared ? problem.schools.count : problem.units.count) {
                let most = data.most(number, place)
                guard most > 0 else { continue }
                let column = linear.column(
                    "\(action.id)@\(place)", 0, Double(most), cost: Double(action.cost) / PathModel.money, isWhole: true)
                steps.append((number, place, column))
                for unit in isShared ? data.unitsOf[place] : [place] { parts[unit].append((column, adds)) }
            }
        }
    }

    private mutating func addMoves() {
        let problem = data.problem
        for (number, action) in problem.costs.actions.enumerated() where action.kind == .move && problem.limits.moves != 0 {
            let adds = action.adds.mapValues(\.approximate)
            for stage in problem.stages {
                var balance: [LinearModel.Term] = []
                for (place, unit) in problem.units.enumerated() where unit.stage == stage {
                    let stock = action.adds.map { ((unit.stock[$0.key] ?? .zero) / $0.value).approximate }.min() ?? 0
                    let out = linear.column(
                        "\(action.id)<\(place)", 0, Swift.max(0, stock.rounded(.down)), cost: Double(action.cost) / PathModel.money,
                        isWhole: true)
                    let into = linear.column("\(action.id)>\(place)", 0, data.mostArriving, isWhole: true)
                    parts[place].append((out, adds.mapValues { -$0 }))
                    parts[place].append((into, adds))
                    flows.append((number, place, out, into))
                    balance += [.init(out, -1), .init(into, 1)]
                }
                linear.row("\(action.id) \(stage.rawValue)", balance, atLeast: 0, atMost: 0)
            }
        }
    }

    private func terms(_ unit: Int, _ worth: (String) -> Double?) -> [LinearModel.Term] {
        parts[unit].map { part in
            .init(part.column, part.adds.reduce(0.0) { $0 + $1.value * (worth($1.key) ?? 0) })
        }
    }

    private mutating func addNature() {
        let problem = data.problem
        let movable = Set(problem.costs.actions.filter { $0.kind == .move }.flatMap(\.adds.keys))
        for (place, unit) in problem.units.enumerated() {
            for pair in problem.costs.within {
                guard let part = unit.stock[pair.part]?.approximate, let whole = unit.stock[pair.whole]?.approximate else { continue }
                let row = terms(place) { $0 == pair.part ? 1 : $0 == pair.whole ? -1 : nil }
                linear.row("within \(pair.part) \(unit.id)", row, atMost: whole - part)
            }
            for name in movable.sorted() where problem.limits.moves != 0 {
                linear.row(
                    "stock \(name) \(unit.id)", terms(place) { $0 == name ? 1 : nil }, atLeast: -(unit.stock[name]?.approximate ?? 0))
            }
        }
    }

    /// Values over thresholds, which of them count as met, and how many must.
    private mutating func addValues() {
        let problem = data.problem
        for (place, unit) in problem.units.enumerated() {
            var row: [Int] = []
            var met: [LinearModel.Term] = []
            for (number, item) in problem.items.enumerated() {
                let unitless = data.scale(number, unit.stage)
                let value = linear.column("X \(item.id) \(unit.id)", 0, data.growth[number][unit.stage] ?? .infinity)
                let sum = terms(place) { data.worth($0, number, place) }
                linear.row(
                    "value \(item.id) \(unit.id)", sum + [.init(value, -1)], atLeast: -data.base[place][number],
                    atMost: -data.base[place][number])
                row.append(value)
                guard item.threshold[unit.stage] != nil else { continue }
                let isMet = linear.column("met \(item.id) \(unit.id)", 0, 1, isWhole: true)
                met.append(.init(isMet, 1))
                let floor = problem.waived.contains("floor") ? 0 : (item.floor[unit.stage]?.approximate ?? 0) / unitless
                linear.row("met \(item.id) \(unit.id)", [.init(value, 1), .init(isMet, floor - 1)], atLeast: floor)
            }
            values.append(row)
            let minimum = problem.waived.contains("schools") ? 0 : Swift.min(problem.minimum, met.count)
            linear.row("schools \(unit.id)", met, atLeast: Double(minimum))
        }
    }

    private mutating func addLimits() {
        let (problem, limits) = (data.problem, data.problem.limits)
        let actions = problem.costs.actions
        if let budget = limits.budget, !problem.waived.contains("budget") {
            let cost = linear.columns.enumerated().filter { $1.cost != 0 }.map { LinearModel.Term($0, $1.cost) }
            linear.row("budget", cost, atMost: Double(budget) / PathModel.money)
        }
        if let hires = limits.hires, !problem.waived.contains("hires") {
            linear.row("hires", steps.filter { actions[$0.action].kind == .hire }.map { .init($0.column, 1) }, atMost: Double(hires))
        }
        if let moves = limits.moves, !problem.waived.contains("moves") {
            linear.row("moves", flows.map { .init($0.out, 1) }, atMost: Double(moves))
        }
        for (place, school) in problem.schools.enumerated() where !problem.waived.contains("land") {
            guard let cap = limits.land[school.id] else { continue }
            let built = steps.filter { actions[$0.action].kind == .build && $0.place == place }
            linear.row(
                "land \(school.id)", built.map { .init($0.column, actions[$0.action].adds.values.reduce(0) { $0 + $1.approximate }) },
                atMost: Double(cap))
        }
        for (place, unit) in problem.units.enumerated() where !flows.isEmpty && !problem.waived.contains("leaving") {
            guard let teachers = unit.stock["teachers"] else { continue }
            let most = (teachers * problem.costs.leaving).approximate
            linear.row(
                "leaving \(unit.id)", flows.filter { $0.unit == place }.map { .init($0.out, 1) }, atMost: (most + 1e-9).rounded(.down))
        }
    }

    private mutating func addCone(_ cone: Cone, _ ratios: [[Double]], _ slack: Double) {
        let places = data.members[cone.stage] ?? []
        let ceiling = (data.ceiling(cone) ?? 0) - slack
        // Bounds the rows imply anyway: without them no bound can be recomputed from rounded multipliers.
        let most = data.growth[cone.item][cone.stage] ?? .infinity
        let mean = linear.column("mean \(cone.item) \(cone.stage.rawValue)", 0, most)
        linear.row(
            "mean", places.map { .init(values[$0][cone.item], data.weight[$0]) } + [.init(mean, -1)], atLeast: 0, atMost: 0)
        var spread: [LinearModel.Term] = [.init(mean, -(1 + ceiling * ceiling))]
        for (number, place) in places.enumerated() {
            let square = linear.column("square \(cone.item) \(place)", 0, (1 + ceiling * ceiling) * most / data.weight[place])
            spread.append(.init(square, data.weight[place]))
            for ratio in ratios[number] {
                linear.row(
                    "tangent", [.init(square, 1), .init(values[place][cone.item], -2 * ratio), .init(mean, ratio * ratio)], atLeast: 0)
            }
        }
        linear.row("dispersion \(cone.item) \(cone.stage.rawValue)", spread, atMost: 0)
    }

    /// Values of items by unit, as a solution has them.
    func measured(_ solution: [Double]) -> [[Double]] { values.map { row in row.map { solution[$0] } } }
}
