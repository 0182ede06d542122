public import Planning
public import Vocabulary

/// A county after a plan, in exact numbers.
public struct PathOutcome: Sendable {
    /// The problem with the plan's amounts added to its stocks.
    public private(set) var problem: PathProblem
    public private(set) var cost = 0
    public private(set) var hires = 0
    public private(set) var moved = 0
    /// What the plan names that the problem does not know, in words.
    public private(set) var mistakes: [String] = []

    public init(_ problem: PathProblem, _ plan: PathPlan) {
        self.problem = problem
        let actions = Dictionary(problem.costs.actions.map { ($0.id, $0) }) { first, _ in first }
        let schools = Dictionary(problem.schools.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let units = Dictionary(problem.units.enumerated().map { ($1.id, $0) }) { first, _ in first }
        for step in plan.steps {
            guard let action = actions[step.action], action.kind != .move, step.count >= 0 else {
                mistakes.append("没有措施“\(step.action)”，或份数为负")
                continue
            }
            cost += action.cost * step.count
            if action.kind == .hire { hires += step.count }
            if problem.isShared(action) {
                guard let school = schools[step.place] else {
                    mistakes.append("没有学校“\(step.place)”")
                    continue
                }
                PathOutcome.add(action, step.count, to: &self.problem.schools[school].stock)
            } else {
                guard let unit = units[step.place] else {
                    mistakes.append("没有单位“\(step.place)”")
                    continue
                }
                PathOutcome.add(action, step.count, to: &self.problem.units[unit].stock)
            }
        }
        for move in plan.moves {
            guard let action = actions[move.action], action.kind == .move, move.count >= 0, let from = units[move.from],
                let to = units[move.to], problem.units[from].stage == problem.units[to].stage
            else {
                mistakes.append("调动“\(move.action)”从“\(move.from)”到“\(move.to)”不成立")
                continue
            }
            cost += action.cost * move.count
            moved += move.count
            PathOutcome.add(action, -move.count, to: &self.problem.units[from].stock)
            PathOutcome.add(action, move.count, to: &self.problem.units[to].stock)
        }
    }

    private static func add(_ action: PathAction, _ count: Int, to stock: inout [String: Fraction]) {
        for (name, amount) in action.adds { stock[name] = (stock[name] ?? .zero) + amount * Fraction(count) }
    }

    /// Square of the coefficient of variation: P · Σ p·X² ÷ (Σ p·X)² − 1. Nil where the mean is zero.
    public func squaredCV(_ item: PathProblem.Item, _ stage: Stage) -> Fraction? {
        var (pupils, sum, squares) = (Fraction.zero, Fraction.zero, Fraction.zero)
        for unit in problem.units where unit.stage == stage {
            let value = problem.value(item, unit)
            let weight = Fraction(unit.pupils)
            pupils += weight
            sum += weight * value
            squares += weight * value * value
        }
        guard !sum.isZero else { return nil }
        return pupils * squares / (sum * sum) - .one
    }
}
