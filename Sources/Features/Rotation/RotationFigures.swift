internal import Exchanges
internal import Planning
internal import TeacherRotation
internal import Vocabulary

/// A plan's figures in the words of papers and pages.
struct RotationFigures {
    let problem: RotationProblem
    let plan: RotationPlan
    let outcome: RotationOutcome
    let standings: [Standing]

    init(_ problem: RotationProblem, _ plan: RotationPlan) {
        self.problem = problem
        self.plan = plan
        outcome = RotationOutcome(problem, plan)
        standings = problem.standings
    }

    var base: Int { problem.base(standings) }
    var eligible: Int { standings.count { $0.isEligible } }

    /// How many teachers are spared, by reason, most first.
    var spared: [(reason: String, count: Int)] {
        var counts: [String: Int] = [:]
        for standing in standings where !standing.isEligible { counts[RotationFigures.reason(standing), default: 0] += 1 }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }

    /// Reasons that differ from person to person only in a year are one.
    private static func reason(_ standing: Standing) -> String {
        if case .spared("again", _) = standing { return "近年交流过" }
        return standing.words
    }

    /// Coefficients of variation before and after, by stage and kind.
    var spreads: [(stage: Stage, kind: SpreadKind, before: Double, after: Double)] { RotationFigures.spreads(problem, outcome) }

    static func spreads(
        _ problem: RotationProblem, _ outcome: RotationOutcome
    ) -> [(stage: Stage, kind: SpreadKind, before: Double, after: Double)] {
        problem.stages.flatMap { stage in
            SpreadKind.allCases.compactMap { kind in
                guard let before = outcome.cv(kind, stage, isAfter: false), let after = outcome.cv(kind, stage, isAfter: true) else {
                    return nil
                }
                return (stage, kind, before, after)
            }
        }
    }

    /// The units that send or receive, with how many of whom.
    var traffic: [(unit: Int, out: Int, into: Int)] {
        let places = Dictionary(problem.units.enumerated().map { ($1.id, $0) }) { first, _ in first }
        var counts: [Int: (out: Int, into: Int)] = [:]
        for move in plan.moves {
            if let from = places[move.from] { counts[from, default: (0, 0)].out += 1 }
            if let to = places[move.to] { counts[to, default: (0, 0)].into += 1 }
        }
        return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value.out, $0.value.into) }
    }

    /// Every move with its teacher and titles.
    var persons: [(move: RotationPlan.Move, teacher: RotationProblem.Teacher, from: String, to: String)] {
        let units = Dictionary(problem.units.map { ($0.id, $0.title) }) { first, _ in first }
        let teachers = Dictionary(problem.teachers.map { ($0.id, $0) }) { first, _ in first }
        return plan.moves.compactMap { move in
            teachers[move.teacher].map { (move, $0, units[move.from] ?? move.from, units[move.to] ?? move.to) }
        }
    }

    /// How sure it is that there is no better plan.
    static func proof(_ certificate: Certificate) -> String {
        guard let gap = certificate.gap, certificate.checkedBound != nil else { return "没有求解器，没有算出离最好的方案还有多远" }
        return gap < 0.000_005 ? "经证明没有更均衡的方案" : "经证明与最均衡的方案相差不超过\(percent(gap, 2))"
    }

    static func percent(_ part: Double, _ count: Int = 1) -> String { decimals(part * 100, count) + "%" }

    static func decimals(_ value: Double, _ count: Int) -> String {
        let power = (0..<count).reduce(1) { product, _ in product * 10 }
        let whole = Int((value * Double(power)).rounded())
        let digits = String(abs(whole) % power)
        return "\(whole < 0 ? "-" : "")\(abs(whole) / power)."
            + String(repeating: "0", count: Swift.max(0, count - digits.count)) + digits
    }
}
