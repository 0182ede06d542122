public import Planning
internal import Vocabulary

/// Holds a plan against every rule of its problem, from the reported numbers and in exact fractions. No solver has a say.
public func verify(_ problem: PathProblem, _ plan: PathPlan, _ certificate: Certificate) -> [Violation] {
    let outcome = PathOutcome(problem, plan)
    return outcome.mistakes.map { Violation("plan", $0) }
        + verifyCertificate(problem, outcome, certificate) + verifySchools(problem, outcome) + verifySpread(problem, outcome)
        + verifyLimits(problem, outcome, plan) + verifyNature(problem, outcome, plan)
}

private func verifyCertificate(_ problem: PathProblem, _ outcome: PathOutcome, _ certificate: Certificate) -> [Violation] {
    var found: [Violation] = []
    if certificate.problem != problem.digest { found.append(Violation("certificate", "证明书不是这个问题的")) }
    if certificate.objective != Double(outcome.cost) {
        found.append(Violation("certificate", "证明书写的费用与方案的费用\(outcome.cost)元不符"))
    }
    for bound in [certificate.bound, certificate.checkedBound].compactMap({ $0 }) where bound > Double(outcome.cost) * (1 + 1e-9) + 0.5 {
        found.append(Violation("certificate", "证明书写的下界\(bound)高于方案的费用"))
    }
    guard certificate.bound != nil || certificate.checkedBound != nil else { return found }
    let claimed = Swift.max(certificate.bound ?? 0, certificate.checkedBound ?? 0)
    guard let proof = certificate.witness.flatMap(PathProof.init), let proved = proof.bound(PathData(problem)) else {
        return found + [Violation("certificate", "证明书写了下界\(claimed)元，却没有可以重算的依据")]
    }
    if claimed > Double(proved) { found.append(Violation("certificate", "证明书写的下界\(claimed)元高于按依据重算的\(proved)元")) }
    return found
}

private func verifySchools(_ problem: PathProblem, _ outcome: PathOutcome) -> [Violation] {
    var found: [Violation] = []
    for unit in outcome.problem.units {
        let judged = problem.items.filter { $0.threshold[unit.stage] != nil }
        let values = judged.map { outcome.problem.value($0, unit) }
        let met = zip(judged, values).count { item, value in item.threshold[unit.stage].map { value >= $0 } ?? true }
        if !problem.waived.contains("schools"), met < Swift.min(problem.minimum, judged.count) {
            found.append(Violation("schools", "\(unit.title)只有\(met)项达标"))
        }
        for (item, value) in zip(judged, values) where !problem.waived.contains("floor") {
            if let floor = item.floor[unit.stage], value < floor {
                found.append(Violation("floor", "\(unit.title)的\(item.label)为\(value)，低于\(floor)"))
            }
        }
    }
    return found
}

private func verifySpread(_ problem: PathProblem, _ outcome: PathOutcome) -> [Violation] {
    problem.stages.flatMap { stage in
        problem.items.compactMap { item -> Violation? in
            guard let ceiling = problem.ceiling(item, stage) else { return nil }
            guard let square = outcome.squaredCV(item, stage) else {
                return Violation(PathProblem.dispersionID(item, stage), "\(item.label)全县为零，没有差异系数")
            }
            guard square > ceiling * ceiling else { return nil }
            return Violation(
                PathProblem.dispersionID(item, stage),
                "\(stage.label.zh)\(item.label)的校际差异系数为\(square.approximate.squareRoot())，超过\(ceiling)")
        }
    }
}

private func verifyLimits(_ problem: PathProblem, _ outcome: PathOutcome, _ plan: PathPlan) -> [Violation] {
    let limits = problem.limits
    var found: [Violation] = []
    func exceeds(_ id: String, _ value: Int, _ limit: Int?, _ words: String) {
        if let limit, value > limit, !problem.waived.contains(id) { found.append(Violation(id, "\(words)\(value)，超过\(limit)")) }
    }
    if let budget = limits.budget, outcome.cost > budget, !problem.waived.contains("budget") {
        let (cost, limit) = (PathProblem.tenThousands(outcome.cost), PathProblem.tenThousands(budget))
        found.append(Violation("budget", "费用\(cost)万元，超过\(limit)万元"))
    }
    if let (years, yearly) = problem.staging, outcome.cost > years * yearly {
        let (cost, money) = (PathProblem.tenThousands(outcome.cost), PathProblem.tenThousands(yearly))
        found.append(Violation("years", "费用\(cost)万元，\(years)年每年\(money)万元不够"))
    }
    exceeds("hires", outcome.hires, limits.hires, "招聘人数")
    exceeds("moves", outcome.moved, limits.moves, "调动人数")
    let builds = Dictionary(problem.costs.actions.filter { $0.kind == .build }.map { ($0.id, $0) }) { first, _ in first }
    var area: [String: Fraction] = [:]
    for step in plan.steps where step.count > 0 {
        guard let action = builds[step.action] else { continue }
        if limits.noBuilding.contains(step.place), !problem.waived.contains("building") {
            found.append(Violation("building", "学校\(step.place)不新建，方案却有\(action.label)"))
        }
        area[step.place, default: .zero] += action.adds.values.reduce(.zero, +) * Fraction(step.count)
    }
    for (school, cap) in limits.land where !problem.waived.contains("land") {
        if let added = area[school], added > Fraction(cap) { found.append(Violation("land", "学校\(school)新增\(added)㎡，超过\(cap)㎡")) }
    }
    return found
}

/// What no waiver changes: nobody is counted twice, nothing is below zero, no school is heaped up; and who may leave.
func verifyNature(_ problem: PathProblem, _ outcome: PathOutcome, _ plan: PathPlan) -> [Violation] {
    var found: [Violation] = []
    for unit in outcome.problem.units {
        if let (name, _) = unit.stock.first(where: { $0.value < .zero }) { found.append(Violation("stock", "\(unit.title)的\(name)小于零")) }
        for pair in problem.costs.within {
            guard let part = unit.stock[pair.part], let whole = unit.stock[pair.whole] else { continue }
            if part > whole { found.append(Violation("within", "\(unit.title)的\(pair.part)多于\(pair.whole)")) }
        }
        if !problem.waived.contains("leaving"), let before = problem.units.first(where: { $0.id == unit.id })?.stock["teachers"] {
            let leaving = plan.moves.filter { $0.from == unit.id }.reduce(0) { $0 + $1.count }
            if Fraction(leaving) > before * problem.costs.leaving {
                found.append(Violation("leaving", "\(unit.title)调出\(leaving)人，超过规定比例"))
            }
        }
    }
    for item in problem.items {
        for stage in problem.stages {
            let cap = problem.growthCeiling(item, stage)
            for unit in outcome.problem.units where unit.stage == stage && outcome.problem.value(item, unit) > cap {
                found.append(Violation("growth", "\(unit.title)的\(item.label)超过\(cap)"))
            }
        }
    }
    return found
}
