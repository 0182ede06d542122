internal import Planning
internal import Vocabulary

/// What actions add to an item of a unit, in whole steps, and how many of them the rules need.
///
/// Everything that moves the item moves it by whole multiples of one step (a teacher, 10 ㎡), so a need of 3.2 steps is a need of 4.
/// Nil where the steps have no common measure, as with an item that counts both the school's and the stage's own.
struct PathLattice {
    /// Steps of the lattice that one step of an action adds; 0 where it adds nothing.
    let amounts: [Int]
    /// What one step of the lattice adds to the value, and the value as reported.
    private let step: Fraction
    private let base: Fraction

    init?(_ problem: PathProblem, _ item: PathProblem.Item, _ unit: PathProblem.Unit) {
        let kinds = Set(item.terms.keys.map { problem.shared.contains($0) })
        guard kinds.count == 1, let isShared = kinds.first else { return nil }
        var millionths: [Int] = []
        for action in problem.costs.actions {
            let amount = action.adds.reduce(Fraction.zero) { $0 + (item.terms[$1.key] ?? .zero) * $1.value }
            let whole = (amount * Fraction(1_000_000)).approximate.rounded()
            guard abs(whole) < 1e15, Fraction(Int(whole), over: 1_000_000) == amount else { return nil }
            millionths.append(Int(whole))
        }
        let measure = millionths.reduce(0, PathLattice.commonDivisor)
        guard measure > 0 else { return nil }
        amounts = millionths.map { $0 / measure }
        let share = isShared ? unit.share : .one
        step = item.factor * Fraction(measure, over: 1_000_000) * share / Fraction(unit.pupils)
        base = problem.value(item, unit)
        guard step > .zero else { return nil }
    }

    static func commonDivisor(_ a: Int, _ b: Int) -> Int {
        var (a, b) = (abs(a), abs(b))
        while b > 0 { (a, b) = (b, a % b) }
        return a
    }

    /// The fewest steps after which the value is no less than `bound`; below zero where steps may be taken away.
    func steps(to bound: Fraction) -> Int {
        var count = Int(((bound - base) / step).approximate.rounded(.up))
        while base + step * Fraction(count) < bound { count += 1 }
        while base + step * Fraction(count - 1) >= bound { count -= 1 }
        return count
    }

    var stepValue: Double { step.approximate }
}

/// The rows of "6 of 7 met, the other no less than 85 %" for one item of a unit, as tight as whole steps allow.
struct PathNeed {
    /// Steps needed anyway, and how many more for the item to count as met; in values where there is no lattice.
    let least: Double
    let more: Double

    /// `lowest` is the lowest the sum of steps (or the value) may be.
    init(_ lattice: PathLattice?, floor: Fraction, threshold: Fraction, lowest: Double, scale: Double) {
        let (low, high) =
            lattice.map { (Double($0.steps(to: floor)), Double($0.steps(to: threshold))) }
            ?? (floor.approximate / scale, threshold.approximate / scale)
        least = Swift.max(low, lowest)
        more = Swift.max(0, high - least)
    }
}

/// How low the steps of an item (its value where there is no lattice) can fall: only who leaves takes something along.
struct PathLowest {
    let problem: PathProblem
    /// Places of the actions that move people.
    let moves: [Int]
    let base: [[Double]]
    let leaving: [Double?]

    init(_ problem: PathProblem, moves: [Int], base: [[Double]], leaving: [Double?]) {
        self.problem = problem
        self.moves = moves
        self.base = base
        self.leaving = leaving
    }

    func of(_ item: Int, _ place: Int, _ lattice: PathLattice?) -> Double {
        let terms = problem.items[item].terms
        let touching = moves.filter { move in problem.costs.actions[move].adds.keys.contains { terms[$0] != nil } }
        guard let lattice else { return touching.isEmpty && terms.values.allSatisfy { $0 >= .zero } ? base[place][item] : 0 }
        // Where some step lowers the value nothing is known; far below anything there is.
        guard lattice.amounts.allSatisfy({ $0 >= 0 }) else { return -1e6 }
        if touching.isEmpty { return 0 }
        return leaving[place].map { -$0 * Double(touching.map { lattice.amounts[$0] }.max() ?? 0) } ?? -1e6
    }
}
