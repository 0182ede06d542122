public import Planning

/// A county after an allocation, in exact numbers.
public struct FundOutcome: Sendable {
    /// Values of the items of every unit.
    public private(set) var values: [[Fraction]]
    public private(set) var spent = 0
    /// What the plan names that the problem does not know, in words.
    public private(set) var mistakes: [String] = []
    /// Units that meet the standard.
    public let met: [Bool]
    /// What pupils still lack: the pupils of every unit short of the standard, and for every item below its threshold the part
    /// that is missing of it, times the unit's pupils.
    public let lack: Fraction
    let chosen: Set<String>

    public init(_ problem: FundProblem, _ plan: FundPlan) {
        values = problem.units.map { $0.items.map(\.value) }
        let known = Dictionary(problem.projects.map { ($0.id, $0) }) { first, _ in first }
        chosen = Set(plan.projects)
        if chosen.count < plan.projects.count { mistakes.append("有项目列了两次") }
        for id in plan.projects {
            guard let project = known[id] else {
                mistakes.append("没有项目“\(id)”")
                continue
            }
            spent += project.cost
            for gain in project.gains { values[gain.unit][gain.item] += gain.amount }
        }
        let values = values
        let met = zip(problem.units, values).map { $0.meets($1) }
        self.met = met
        lack = problem.units.indices.reduce(.zero) { sum, place in
            let unit = problem.units[place]
            let parts = zip(unit.items, values[place]).reduce(Fraction.zero) { part, pair in
                pair.1 >= pair.0.threshold ? part : part + (pair.0.threshold - pair.1) / pair.0.threshold
            }
            return sum + Fraction(unit.pupils) * ((met[place] ? .zero : .one) + parts)
        }
    }

    /// Units left short of the standard.
    public var short: Int { met.count { !$0 } }
}
