internal import Planning

/// Plans neighbourhoods anew, one after another, until the plan is near enough to the bound or nothing helps any more.
struct RotationPolish {
    private let data: RotationGroups
    private let solver: any LinearSolver
    private let limit: Limit
    /// How near to its own optimum each part is planned.
    private let precision: Double
    private let places: RotationNeighbourhood
    /// What a person on each arc costs beyond the multipliers' worth, in the model's unit.
    private let reduced: [Double]

    init(
        _ data: RotationGroups, _ model: RotationModel, _ answer: LinearSolution, solver: any LinearSolver, limit: Limit, precision: Double
    ) {
        self.data = data
        self.solver = solver
        self.limit = limit
        self.precision = precision
        places = RotationNeighbourhood(data)
        var reduced = model.linear.columns.prefix(data.arcs.count).map(\.cost)
        for (row, multiplier) in zip(model.linear.rows, answer.rowDuals) where multiplier != 0 {
            for term in row.terms where term.column < reduced.count { reduced[term.column] -= multiplier * term.factor }
        }
        self.reduced = Array(reduced)
    }

    /// `goal` is the cost at which to stop; `told` hears the fraction done and the cost.
    mutating func run(
        _ start: RotationDraft, _ rings: inout RotationRings, _ price: CycleSearch.Price, goal: Double?, told: (Double, Int) -> Void
    ) throws -> RotationDraft {
        var best = start
        var size = 20
        var fruitless = 0
        for sweep in 0..<12 where fruitless < 2 {
            let before = best.cost
            let centres = places.cover(size, startingAt: sweep * 7)
            for (number, centre) in centres.enumerated() {
                told(Double(number) / Double(centres.count), best.cost)
                if limit.isOver || isThere(best, goal) { return best }
                if let better = try replan(places.around(centre, size), best, goal) { best = better }
            }
            rings.improve(&best, price)
            fruitless = best.cost < before ? 0 : fruitless + 1
            if fruitless > 0 { size = size * 3 / 2 }
        }
        return best
    }

    private func isThere(_ draft: RotationDraft, _ goal: Double?) -> Bool { goal.map { Double(draft.cost) <= $0 } ?? false }

    private func replan(_ units: [Int], _ draft: RotationDraft, _ goal: Double?) throws -> RotationDraft? {
        let missing = goal.map { (Double(draft.cost) - $0) / RotationModel.unit } ?? 100
        // A small region is planned whole and exactly; elsewhere ways that cost more than a part of what is missing are left out.
        let threshold = units.count >= data.problem.units.count ? Double.infinity : Swift.max(1, missing / 4)
        let part = places.part(units, draft) { reduced[$0] < threshold }
        let model = RotationModel(data, part, asksWhole: true)
        let start = part.arcs.map { Double(draft.flow[$0]) }
        let options = SolverOptions(
            seconds: Swift.max(0.5, Swift.min(5, limit.left)), nodes: 400, gap: precision,
            start: start + Array(repeating: 0, count: model.linear.columns.count - start.count))
        let answer = try solver.solve(model.linear, options, isCancelled: limit.isCancelled)
        return answer.values.isEmpty ? nil : places.better(draft, model, answer.values)
    }
}
