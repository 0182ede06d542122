internal import Foundation
internal import Planning
internal import Vocabulary

/// The problem in floating point, values over thresholds, for searching. What is found is checked in fractions.
struct PathData {
    let problem: PathProblem
    /// Units of a school.
    let unitsOf: [[Int]]
    let members: [Stage: [Int]]
    /// A unit's part of the pupils of its stage.
    let weight: [Double]
    /// Values as reported, by unit and item.
    let base: [[Double]]
    /// The most a value may become.
    let growth: [[Stage: Double]]
    /// More teachers than this never arrive at one unit.
    let mostArriving: Double
    /// More teachers than this never leave a unit; nil where that is not known or not limited.
    let mostLeaving: [Double?]
    /// What a step of an action adds, by element.
    let adds: [[String: Double]]
    /// Steps of values and what the rules need of them, by unit and item.
    let lattices: [[PathLattice?]]
    let needs: [[PathNeed?]]
    let groups: [PathGroup]
    /// Costs count in so many yuan, and every plan costs a multiple of `quantum`.
    let money: Double
    let quantum: Int
    private let worths: [[[String: Double]]]
    private let latticeSteps: [[Double?]]
    private let scales: [[Stage: Double]]

    init(_ problem: PathProblem) {
        self.problem = problem
        unitsOf = problem.schools.indices.map { school in problem.units.indices.filter { problem.units[$0].school == school } }
        let members = Dictionary(grouping: problem.units.indices) { problem.units[$0].stage }
        self.members = members
        let pupils = members.mapValues { $0.reduce(0) { $0 + problem.units[$1].pupils } }
        weight = problem.units.map { Double($0.pupils) / Double(pupils[$0.stage] ?? 1) }
        let scales = problem.items.map { item in
            Dictionary(uniqueKeysWithValues: problem.stages.map { ($0, item.threshold[$0]?.approximate ?? 1) })
        }
        self.scales = scales
        base = problem.units.map { unit in
            problem.items.enumerated().map { problem.value($1, unit).approximate / (scales[$0][unit.stage] ?? 1) }
        }
        growth = problem.items.enumerated().map { number, item in
            Dictionary(
                uniqueKeysWithValues: problem.stages.map {
                    ($0, problem.growthCeiling(item, $0).approximate / (scales[number][$0] ?? 1))
                })
        }
        worths = problem.units.map { unit in
            problem.items.enumerated().map { number, item in
                Dictionary(
                    uniqueKeysWithValues: item.terms.keys.map {
                        ($0, (problem.worth($0, item, unit)?.approximate ?? 0) / (scales[number][unit.stage] ?? 1))
                    })
            }
        }
        let moves = problem.costs.actions.indices.filter { problem.costs.actions[$0].kind == .move && problem.allowsMoves }
        let isLimited = !problem.waived.contains("leaving")
        mostLeaving = problem.units.map { unit in
            guard isLimited, let teachers = unit.stock["teachers"] else { return nil }
            return ((teachers * problem.costs.leaving).approximate + 1e-9).rounded(.down)
        }
        let teachers = problem.units.map { unit in
            problem.costs.actions.reduce(unit.stock["teachers"]?.approximate ?? 0) { most, action in
                action.kind != .move ? most : action.adds.keys.reduce(most) { Swift.max($0, unit.stock[$1]?.approximate ?? 0) }
            }
        }
        mostArriving = zip(mostLeaving, teachers).reduce(0) { $0 + ($1.0 ?? $1.1) }.rounded(.up)
        adds = problem.costs.actions.map { $0.adds.mapValues(\.approximate) }
        let lattices = problem.units.map { unit in problem.items.map { PathLattice(problem, $0, unit) } }
        self.lattices = lattices
        latticeSteps = lattices.enumerated().map { place, row in
            row.enumerated().map { item, lattice in lattice.map { $0.stepValue / (scales[item][problem.units[place].stage] ?? 1) } }
        }
        let lowest = PathLowest(problem, moves: moves, base: base, leaving: mostLeaving)
        needs = problem.units.enumerated().map { place, unit in
            problem.items.enumerated().map { number, item in
                guard let threshold = item.threshold[unit.stage] else { return nil }
                let floor = problem.waived.contains("floor") ? .zero : item.floor[unit.stage] ?? .zero
                let lattice = lattices[place][number]
                return PathNeed(
                    lattice, floor: floor, threshold: threshold, lowest: lowest.of(number, place, lattice),
                    scale: scales[number][unit.stage] ?? 1)
            }
        }
        groups = PathGroup.all(problem)
        quantum = Swift.max(1, problem.costs.actions.reduce(0) { PathLattice.commonDivisor($0, $1.cost) })
        money = quantum >= 1_000 ? Double(quantum) : 10_000
    }

    func latticeStep(_ item: Int, _ place: Int) -> Double? { latticeSteps[place][item] }
    func scale(_ item: Int, _ stage: Stage) -> Double { scales[item][stage] ?? 1 }
    func worth(_ element: String, _ item: Int, _ unit: Int) -> Double? { worths[unit][item][element] }
    func ceiling(_ cone: Cone) -> Double? { problem.ceiling(problem.items[cone.item], cone.stage)?.approximate }

    var cones: [Cone] {
        problem.stages.flatMap { stage in
            problem.items.indices.map { Cone(item: $0, stage: stage) }.filter { ceiling($0) != nil }
        }
    }

    /// What a step of an action at a place adds to the values of a unit it reaches.
    func effect(_ action: PathAction, on unit: Int) -> [(item: Int, amount: Double)] {
        problem.items.indices.compactMap { item in
            let amount = action.adds.reduce(0.0) { $0 + $1.value.approximate * (worth($1.key, item, unit) ?? 0) }
            return amount == 0 ? nil : (item, amount)
        }
    }

    /// The most steps of an action at a place: growth of no value beyond its ceiling, and what may be built there.
    func most(_ action: Int, _ place: Int) -> Int {
        let kind = problem.costs.actions[action]
        let isShared = problem.isShared(kind)
        let limits = problem.limits
        // What costs more than a year's money is never done, for no step is divided.
        if let (_, yearly) = problem.staging, kind.cost > yearly { return 0 }
        if kind.kind == .hire, limits.hires == 0, !problem.waived.contains("hires") { return 0 }
        if kind.kind == .build, isShared, limits.noBuilding.contains(problem.schools[place].id), !problem.waived.contains("building") {
            return 0
        }
        var most = Double(Int32.max)
        var isUseful = false
        for unit in isShared ? unitsOf[place] : [place] {
            for (item, amount) in effect(kind, on: unit) where amount > 0 {
                isUseful = true
                let room = (growth[item][problem.units[unit].stage] ?? 0) - base[unit][item] + givenAway(item, unit)
                most = Swift.min(most, (room / amount + 1e-9).rounded(.down))
            }
        }
        return isUseful ? Int(Swift.max(0, most)) : makingRoom(kind, place)
    }

    /// How much a value can lose to other units, which leaves more to add.
    private func givenAway(_ item: Int, _ unit: Int) -> Double {
        let amounts = problem.costs.actions.filter { $0.kind == .move && problem.allowsMoves }.map { move in
            effect(move, on: unit).first { $0.item == item }?.amount ?? 0
        }
        return Swift.max(0, amounts.max() ?? 0) * (mostLeaving[unit] ?? mostArriving)
    }

    /// What moves no value may still make room: a hire raises the teachers others are counted among. More than all those others could
    /// ever be, it never does.
    private func makingRoom(_ kind: PathAction, _ place: Int) -> Int {
        guard !problem.isShared(kind) else { return 0 }
        let stage = problem.units[place].stage
        let most = problem.costs.within.compactMap { pair -> Double? in
            guard let amount = kind.adds[pair.whole]?.approximate, amount > 0 else { return nil }
            let parts = problem.items.indices.compactMap { item -> Double? in
                guard let worth = worth(pair.part, item, place), worth > 0 else { return nil }
                return ((growth[item][stage] ?? 0) / worth / amount).rounded(.up)
            }
            return parts.max()
        }
        return Int(most.max() ?? 0)
    }

    /// Square of the coefficient of variation of values by unit.
    func squaredCV(_ cone: Cone, _ values: [[Double]]) -> Double {
        var (sum, squares) = (0.0, 0.0)
        for place in members[cone.stage] ?? [] {
            let value = values[place][cone.item]
            sum += weight[place] * value
            squares += weight[place] * value * value
        }
        return sum > 0 ? squares / (sum * sum) - 1 : .infinity
    }

    /// Ratios of values to their mean.
    func ratios(_ cone: Cone, _ values: [[Double]]) -> [Double] {
        let places = members[cone.stage] ?? []
        let mean = places.reduce(0) { $0 + weight[$1] * values[$1][cone.item] }
        return places.map { mean > 0 ? values[$0][cone.item] / mean : 1 }
    }
}
