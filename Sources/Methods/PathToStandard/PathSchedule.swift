public import Planning
internal import Vocabulary

/// What of a plan is done in which year, the first year first.
public struct PathSchedule: Sendable, Hashable, Codable {
    public var years: [PathPlan]
    /// How early it is; nil where that was not looked into, or nothing was proved in time.
    public var proof: ScheduleProof?

    public init(_ years: [PathPlan]) { self.years = years }

    /// Everything done by the end of a year.
    public func upTo(_ year: Int) -> PathPlan {
        years.prefix(year + 1).reduce(into: PathPlan()) { sum, part in
            sum.steps += part.steps
            sum.moves += part.moves
        }
    }
}

/// How early a schedule is, and how early any could be that does the same work.
public struct ScheduleProof: Sendable, Hashable, Codable {
    /// Units that meet the standard at the end of a year, added up over all years there are.
    public var reached: Int
    /// No order of the same work reaches more.
    public var most: Int
    /// What `most` is recomputed from.
    public var witness: String

    public init(reached: Int, most: Int, witness: String) {
        self.reached = reached
        self.most = most
        self.witness = witness
    }
}

extension PathSchedule {
    /// Units that meet the standard at the end of a year, added up over so many years.
    func reached(_ problem: PathProblem, years: Int) -> Int {
        (0..<years).reduce(0) { $0 + PathStanding(PathOutcome(problem, upTo($1))).units.count }
    }
}

/// How a county stands: which units and which spreads meet the standard.
public struct PathStanding: Sendable, Hashable {
    /// By unit id, and by the id of the spread's rule.
    public var units: Set<String>
    public var spreads: Set<String>

    public init(_ outcome: PathOutcome) {
        let problem = outcome.problem
        units = Set(problem.units.filter { problem.meets($0) }.map(\.id))
        spreads = Set(
            problem.stages.flatMap { stage in
                problem.items.compactMap { item -> String? in
                    guard let ceiling = item.ceiling[stage], let square = outcome.squaredCV(item, stage), square <= ceiling * ceiling else {
                        return nil
                    }
                    return PathProblem.dispersionID(item, stage)
                }
            })
    }
}

extension PathProblem {
    /// Whether a unit meets as many items as it must, and none is below its floor.
    func meets(_ unit: Unit) -> Bool {
        let judged = items.filter { $0.threshold[unit.stage] != nil }
        let values = judged.map { value($0, unit) }
        let met = zip(judged, values).count { item, value in item.threshold[unit.stage].map { value >= $0 } ?? true }
        return met >= Swift.min(minimum, judged.count)
            && zip(judged, values).allSatisfy { item, value in item.floor[unit.stage].map { value >= $0 } ?? true }
    }
}

/// Holds a schedule against its plan: together the years are the plan, none is dearer than allowed, every year's end is possible, and no
/// unit and no spread that met the standard falls below it again.
public func verify(_ problem: PathProblem, _ plan: PathPlan, _ schedule: PathSchedule) -> [Violation] {
    var found: [Violation] = []
    if sum(schedule.upTo(schedule.years.count)) != sum(plan) { found.append(Violation("schedule", "各年的措施合起来不是这份方案")) }
    if let years = problem.limits.years, schedule.years.count > years {
        found.append(Violation("schedule", "排了\(schedule.years.count)年，多于\(years)年"))
    }
    var before = PathStanding(PathOutcome(problem, PathPlan()))
    for (year, part) in schedule.years.enumerated() {
        let cost = PathOutcome(problem, part).cost
        if let yearly = problem.limits.yearly, cost > yearly {
            let words = "第\(year + 1)年要\(PathProblem.tenThousands(cost))万元，超过\(PathProblem.tenThousands(yearly))万元"
            found.append(Violation("schedule", words))
        }
        let plan = schedule.upTo(year)
        let outcome = PathOutcome(problem, plan)
        found += outcome.mistakes.map { Violation("schedule", $0) } + verifyNature(problem, outcome, plan)
        let after = PathStanding(outcome)
        let titles = problem.units.filter { before.units.subtracting(after.units).contains($0.id) }.map(\.title)
        if !titles.isEmpty { found.append(Violation("schedule", "第\(year + 1)年\(titles.joined(separator: "、"))由达标变为不达标")) }
        let lost = before.spreads.subtracting(after.spreads).sorted()
        if !lost.isEmpty { found.append(Violation("schedule", "第\(year + 1)年\(lost.joined(separator: "、"))由不超过上限变为超过")) }
        before = after
    }
    return found + verifyEarliness(problem, plan, schedule)
}

private func verifyEarliness(_ problem: PathProblem, _ plan: PathPlan, _ schedule: PathSchedule) -> [Violation] {
    guard let proof = schedule.proof else { return [] }
    guard let (years, yearly) = problem.staging else { return [Violation("schedule", "没有分年，却写了达标的早晚")] }
    var found: [Violation] = []
    let reached = schedule.reached(problem, years: years)
    if proof.reached != reached { found.append(Violation("schedule", "写的各年年末达标的学校单位合计\(proof.reached)个，重算是\(reached)个")) }
    let model = ScheduleModel(PathData(problem), plan, years: years, yearly: yearly, prefersItems: false)
    guard years > 1, let most = BranchProof(text: proof.witness).flatMap(model.most), most <= proof.most else {
        return found + [Violation("schedule", "写的“怎样排都不超过\(proof.most)个”，按依据重算得不出来")]
    }
    return found
}

/// How often each step and move of a plan is done, wherever in its lists it stands.
private func sum(_ plan: PathPlan) -> [String: Int] {
    var counts: [String: Int] = [:]
    for step in plan.steps { counts["\(step.action)|\(step.place)", default: 0] += step.count }
    for move in plan.moves { counts["\(move.action)|\(move.from)|\(move.to)", default: 0] += move.count }
    return counts.filter { $0.value != 0 }
}
