internal import Foundation
internal import Planning
internal import Vocabulary

/// An item's spread in a stage, by their places in the problem.
struct Cone: Hashable {
    var item: Int
    var stage: Stage
}

/// The problem as a mixed-integer programme; rows of spreads are in `PathModel+cones`.
///
/// Needs are rounded to whole steps (`PathNeed`), which makes the rows of a unit as tight as its whole plans are: without that the
/// relaxation counts items as half met for nothing.
struct PathModel {
    let data: PathData
    var linear = LinearModel()
    /// Steps of an action at a place (school or unit by the action's nature).
    private(set) var steps: [(action: Int, place: Int, column: Int)] = []
    /// Teachers leaving and arriving per action and unit.
    private(set) var flows: [(action: Int, unit: Int, out: Int, into: Int)] = []
    /// All steps of an action together: the first columns to branch on.
    private(set) var totals: [(action: Int, column: Int)] = []
    /// What actions add to items of units where people may move, in steps of the item's lattice: a fraction of it splits all ways there
    /// are to exchange one move for another at once.
    private(set) var nets: [Int] = []
    private(set) var parts: [[(column: Int, action: Int, sign: Double)]]
    private(set) var values: [[Int]] = []

    /// Without any spread.
    init(_ data: PathData) {
        self.data = data
        parts = Array(repeating: [], count: data.problem.units.count)
        addSteps()
        addMoves()
        addTotals()
        addNets()
        addNature()
        addValues()
        addLimits()
    }

    /// `cuts` holds what stands in the model for each spread, the region where its means and whole columns lie.
    func with(_ cuts: [Cone: ConeCuts], _ region: PathRegion) -> PathModel {
        var model = self
        for (cone, cut) in cuts.sorted(by: { ($0.key.item, $0.key.stage) < ($1.key.item, $1.key.stage) }) {
            model.addCone(cone, cut, region.spans[cone])
        }
        for (column, box) in region.boxes where linear.columns.indices.contains(column) {
            let known = linear.columns[column]
            model.linear.setBounds(column, Swift.max(known.lower, Double(box.lower)), Swift.min(known.upper, Double(box.upper)))
        }
        return model
    }

    /// Leaves only plans cheaper than so many yuan.
    mutating func mustCost(less cost: Int) {
        let terms = linear.columns.enumerated().filter { $1.cost != 0 }.map { LinearModel.Term($0, $1.cost) }
        linear.row("cheaper", terms, atMost: (Double(cost - data.quantum) + 0.01) / data.money)
    }

    private mutating func addSteps() {
        let problem = data.problem
        for (number, action) in problem.costs.actions.enumerated() where action.kind != .move {
            let isShared = problem.isShared(action)
            for place in 0..<(isShared ? problem.schools.count : problem.units.count) {
                let most = data.most(number, place)
                guard most > 0 else { continue }
                let column = linear.column(
                    "\(action.id)@\(place)", 0, Double(most), cost: Double(action.cost) / data.money, isWhole: true)
                steps.append((number, place, column))
                for unit in isShared ? data.unitsOf[place] : [place] { parts[unit].append((column, number, 1)) }
            }
        }
    }

    private mutating func addMoves() {
        let problem = data.problem
        for (number, action) in problem.costs.actions.enumerated() where action.kind == .move && problem.allowsMoves {
            if let (_, yearly) = problem.staging, action.cost > yearly { continue }
            for stage in problem.stages {
                var balance: [LinearModel.Term] = []
                for (place, unit) in problem.units.enumerated() where unit.stage == stage {
                    let out = linear.column(
                        "\(action.id)<\(place)", 0, data.mostLeaving[place] ?? data.mostArriving,
                        cost: Double(action.cost) / data.money, isWhole: true)
                    let into = linear.column("\(action.id)>\(place)", 0, data.mostArriving, isWhole: true)
                    parts[place].append((out, number, -1))
                    parts[place].append((into, number, 1))
                    flows.append((number, place, out, into))
                    balance += [.init(out, -1), .init(into, 1)]
                }
                linear.row("balance \(number) \(stage.rawValue)", balance, atLeast: 0, atMost: 0)
            }
        }
    }

    private mutating func addTotals() {
        for number in data.problem.costs.actions.indices {
            let columns = steps.filter { $0.action == number }.map(\.column) + flows.filter { $0.action == number }.map(\.out)
            guard columns.count > 1 else { continue }
            let most = columns.reduce(0) { $0 + linear.columns[$1].upper }
            let total = linear.column("total \(number)", 0, most, isWhole: true)
            totals.append((number, total))
            linear.row("total \(number)", columns.map { .init($0, 1) } + [.init(total, -1)], atLeast: 0, atMost: 0)
        }
    }

    private mutating func addNets() {
        let moves = Set(flows.map(\.action))
        for place in data.problem.units.indices {
            for (item, lattice) in data.lattices[place].enumerated() {
                guard let lattice, moves.contains(where: { lattice.amounts[$0] != 0 }) else { continue }
                let sum = parts[place].map { LinearModel.Term($0.column, $0.sign * Double(lattice.amounts[$0.action])) }
                let ends = sum.reduce((0.0, 0.0)) { ends, term in
                    let most = term.factor * linear.columns[term.column].upper
                    return (ends.0 + Swift.min(0, most), ends.1 + Swift.max(0, most))
                }
                let net = linear.column("net \(item) \(place)", ends.0, ends.1, isWhole: true)
                nets.append(net)
                linear.row("net \(item) \(place)", sum + [.init(net, -1)], atLeast: 0, atMost: 0)
            }
        }
    }

    private func terms(_ unit: Int, _ worth: (String) -> Double?) -> [LinearModel.Term] {
        parts[unit].map { part in
            let adds = data.adds[part.action]
            return .init(part.column, part.sign * adds.reduce(0.0) { $0 + $1.value * (worth($1.key) ?? 0) })
        }
    }

    private mutating func addNature() {
        let problem = data.problem
        let movable = Set(problem.costs.actions.filter { $0.kind == .move }.flatMap(\.adds.keys))
        for (place, unit) in problem.units.enumerated() {
            for pair in problem.costs.within {
                guard let part = unit.stock[pair.part]?.approximate, let whole = unit.stock[pair.whole]?.approximate else { continue }
                let row = terms(place) { $0 == pair.part ? 1 : $0 == pair.whole ? -1 : nil }
                linear.row("within \(pair.part) \(pair.whole) \(unit.id)", row, atMost: whole - part)
            }
            for name in movable.sorted() where problem.allowsMoves {
                linear.row(
                    "stock \(name) \(unit.id)", terms(place) { $0 == name ? 1 : nil }, atLeast: -(unit.stock[name]?.approximate ?? 0))
            }
        }
    }

    /// Values over thresholds, which of them count as met, and how many must.
    private mutating func addValues() {
        let problem = data.problem
        for (place, unit) in problem.units.enumerated() {
            var met: [Int: Int] = [:]
            values.append(
                problem.items.indices.map { number in
                    let item = problem.items[number]
                    let value = linear.column("X \(item.id) \(unit.id)", 0, data.growth[number][unit.stage] ?? .infinity)
                    let sum = terms(place) { data.worth($0, number, place) }
                    let base = -data.base[place][number]
                    linear.row("value \(item.id) \(unit.id)", sum + [.init(value, -1)], atLeast: base, atMost: base)
                    met[number] = addNeed(place, number, value)
                    return value
                })
            let minimum = problem.waived.contains("schools") ? 0 : Swift.min(problem.minimum, met.count)
            linear.row("schools \(unit.id)", met.sorted { $0.key < $1.key }.map { .init($0.value, 1) }, atLeast: Double(minimum))
            addCases(place, met)
        }
    }

    /// The column that says an item is met; nil where the item is not judged in the unit's stage.
    private mutating func addNeed(_ place: Int, _ number: Int, _ value: Int) -> Int? {
        guard let need = data.needs[place][number] else { return nil }
        let isMet = linear.column("met \(number) \(place)", 0, 1, isWhole: true)
        let sum: [LinearModel.Term] =
            data.lattices[place][number].map { lattice in
                parts[place].map { .init($0.column, $0.sign * Double(lattice.amounts[$0.action])) }
            } ?? [.init(value, 1)]
        linear.row("need \(number) \(place)", sum + [.init(isMet, -need.more)], atLeast: need.least)
        return isMet
    }

    private mutating func addLimits() {
        let (problem, limits) = (data.problem, data.problem.limits)
        let actions = problem.costs.actions
        if let budget = limits.budget, !problem.waived.contains("budget") {
            let cost = linear.columns.enumerated().filter { $1.cost != 0 }.map { LinearModel.Term($0, $1.cost) }
            linear.row("budget", cost, atMost: Double(budget) / data.money)
        }
        if let (years, yearly) = problem.staging {
            let cost = linear.columns.enumerated().filter { $1.cost != 0 }.map { LinearModel.Term($0, $1.cost) }
            linear.row("years", cost, atMost: Double(years) * Double(yearly) / data.money)
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
            guard let most = data.mostLeaving[place] else { continue }
            linear.row("leaving \(unit.id)", flows.filter { $0.unit == place }.map { .init($0.out, 1) }, atMost: most)
        }
    }

    /// Values of items by unit, as a solution has them.
    func measured(_ solution: [Double]) -> [[Double]] { values.map { row in row.map { solution[$0] } } }
}
