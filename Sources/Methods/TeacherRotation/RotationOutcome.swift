internal import Exchanges
public import Planning
public import Vocabulary

/// A region after a plan, in exact numbers.
public struct RotationOutcome: Sendable {
    /// Teachers by unit and kind, before and after.
    public let before: [Int]
    public private(set) var after: [Int]
    public private(set) var moved = 0
    public private(set) var backbones = 0
    /// Metres between the schools of all moves together.
    public private(set) var metres = 0
    /// What the certificate's objective says.
    public private(set) var cost = 0
    /// What the plan names that the problem does not know, in words.
    public private(set) var mistakes: [String] = []
    private let problem: RotationProblem

    public init(_ problem: RotationProblem, _ plan: RotationPlan) {
        self.problem = problem
        let spread = SpreadCosts(problem)
        before = spread.base
        after = spread.base
        let units = Dictionary(problem.units.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let teachers = Dictionary(problem.teachers.enumerated().map { ($1.id, $0) }) { first, _ in first }
        var seen: Set<String> = []
        for move in plan.moves {
            guard let place = teachers[move.teacher], let from = units[move.from], let to = units[move.to] else {
                mistakes.append("名册或学校表里没有“\(move.teacher)：\(move.from)→\(move.to)”")
                continue
            }
            if !seen.insert(move.teacher).inserted { mistakes.append("\(move.teacher)安排了两次") }
            let teacher = problem.teachers[place]
            if teacher.unit != from { mistakes.append("\(move.teacher)不在\(problem.units[from].title)") }
            if problem.units[from].stage != problem.units[to].stage || problem.units[from].school == problem.units[to].school {
                mistakes.append("\(move.teacher)没有换到同学段的另一所学校")
            }
            moved += 1
            if teacher.isBackbone { backbones += 1 }
            if !problem.isHead(teacher) {
                for kind in SpreadKind.allCases where kind.holds(teacher) {
                    after[from * 2 + kind.rawValue] -= 1
                    after[to * 2 + kind.rawValue] += 1
                }
            }
            let here = problem.units[from], there = problem.units[to]
            guard let start = here.place, let end = there.place else { continue }
            let distance = start.metres(to: end)
            metres += distance
            let isAllied = !here.alliance.isEmpty && here.alliance == there.alliance
            cost += 1 + (isAllied ? distance * problem.rules.alliance.basis / 10_000 : distance) / 100
        }
        for unit in problem.units.indices { for kind in 0..<2 { cost += spread.cost(unit, kind, after[unit * 2 + kind]) } }
    }

    /// Square of the coefficient of variation of a kind per pupil among the units of a stage. Nil where there is nothing to spread.
    public func squaredCV(_ kind: SpreadKind, _ stage: Stage, isAfter: Bool) -> Fraction? {
        let counts = isAfter ? after : before
        var (pupils, total, squares) = (0, 0, Fraction.zero)
        for (place, unit) in problem.units.enumerated() where unit.stage == stage && unit.pupils > 0 {
            let count = counts[place * 2 + kind.rawValue]
            pupils += unit.pupils
            total += count
            squares += Fraction(count * count, over: unit.pupils)
        }
        guard total > 0 else { return nil }
        return squares * Fraction(pupils) / Fraction(total * total) - .one
    }

    public func cv(_ kind: SpreadKind, _ stage: Stage, isAfter: Bool) -> Double? {
        squaredCV(kind, stage, isAfter: isAfter).map { Swift.max(0, $0.approximate).squareRoot() }
    }
}

extension RotationProblem {
    public var stages: [Stage] { Set(units.map(\.stage)).sorted() }
}
