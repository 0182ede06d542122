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
    private let worths: [[[String: Double]]]
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
        mostArriving = (problem.units.compactMap { $0.stock["teachers"]?.approximate }.reduce(0, +) * problem.costs.leaving.approximate)
            .rounded(.up)
    }

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
        if kind.kind == .hire, limits.hires == 0, !problem.waived.contains("hires") { return 0 }
        if kind.kind == .build, isShared, limits.noBuilding.contains(problem.schools[place].id), !problem.waived.contains("building") {
            return 0
        }
        var most = Double(Int32.max)
        var isUseful = false
        for unit in isShared ? unitsOf[place] : [place] {
            for (item, amount) in effect(kind, on: unit) where amount > 0 {
                isUseful = true
                let room = (growth[item][problem.units[unit].stage] ?? 0) - base[unit][item]
                most = Swift.min(most, (room / amount + 1e-9).rounded(.down))
            }
        }
        // What moves no value may still make room: a hire raises the teachers others are counted among.
        return isUseful ? Int(Swift.max(0, most)) : 0
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
