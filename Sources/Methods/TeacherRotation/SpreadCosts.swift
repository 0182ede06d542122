internal import Vocabulary

/// The two kinds of teachers whose spread between schools a plan makes small.
public enum SpreadKind: Int, Sendable, CaseIterable, Codable {
    case backbone, qualified

    public var label: String { self == .backbone ? "骨干教师" : "高于规定学历教师" }
    func holds(_ teacher: RotationProblem.Teacher) -> Bool { self == .backbone ? teacher.isBackbone : teacher.isQualified }
}

/// The square of the coefficient of variation as a sum over units: totals do not change inside a region, so neither does the mean, and
/// the sum is separable and convex in the counts. In whole numbers: 10¹² is a CV of 1.
struct SpreadCosts {
    /// How much a CV² of 1 weighs against hundreds of metres of travel.
    static let weight = 1_000_000_000_000

    private let pupils: [Int]
    private let stagePupils: [Int]
    /// By unit and kind, two places a unit.
    private let totals: [Int]
    /// Counts today.
    let base: [Int]

    init(_ problem: RotationProblem) {
        var base = Array(repeating: 0, count: problem.units.count * 2)
        for teacher in problem.teachers where !problem.isHead(teacher) {
            for kind in SpreadKind.allCases where kind.holds(teacher) { base[teacher.unit * 2 + kind.rawValue] += 1 }
        }
        self.base = base
        pupils = problem.units.map(\.pupils)
        var (sums, counts): ([Stage: Int], [Stage: [Int]]) = ([:], [:])
        for (place, unit) in problem.units.enumerated() {
            sums[unit.stage, default: 0] += unit.pupils
            for kind in 0..<2 { counts[unit.stage, default: [0, 0]][kind] += base[place * 2 + kind] }
        }
        stagePupils = problem.units.map { sums[$0.stage] ?? 0 }
        totals = problem.units.flatMap { counts[$0.stage] ?? [0, 0] }
    }

    /// `weight` × p/P × (c·P/(p·C) − 1)², rounded: what a unit with `count` of a kind adds. Nought where the kind does not occur.
    func cost(_ unit: Int, _ kind: Int, _ count: Int) -> Int {
        let (p, whole, total) = (Int128(pupils[unit]), Int128(stagePupils[unit]), Int128(totals[unit * 2 + kind]))
        guard p > 0, total > 0 else { return 0 }
        let distance = Int128(count) * whole - p * total
        let below = p * whole * total * total
        return Int((Int128(SpreadCosts.weight) * distance * distance + below / 2) / below)
    }
}
