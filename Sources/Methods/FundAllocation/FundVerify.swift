public import Planning

/// Holds an allocation against every rule of its problem, in whole yuan and exact fractions. No solver has a say.
public func verify(_ problem: FundProblem, _ plan: FundPlan, units: Certificate, lack: Certificate) -> [Violation] {
    let outcome = FundOutcome(problem, plan)
    return outcome.mistakes.map { Violation("plan", $0) } + verifyRules(problem, outcome) + verifyMoney(problem, plan, outcome)
        + verifyClaim(problem, units, Fraction(outcome.short), "未达标单位数") + verifyClaim(problem, lack, outcome.lack, "学生所缺")
}

/// Holds the answer that there is no allocation against the problem, in exact arithmetic: the rules named, by themselves, leave none.
public func verifyNone(_ problem: FundProblem, rules: [String], _ certificate: Certificate) -> [Violation] {
    certificate.flawsOfNone(problem.digest, rules: problem.rules, named: rules) { witness, waived in
        var bare = problem
        bare.waived.formUnion(waived)
        return witness.flatMap { BranchProof(text: $0) }?.excludesAll(FundModel(bare, .units).linear, doubt: FundModel.doubt) ?? false
    }
}

private func verifyClaim(_ problem: FundProblem, _ certificate: Certificate, _ value: Fraction, _ name: String) -> [Violation] {
    var found: [Violation] = []
    if certificate.problem != problem.digest { found.append(Violation("certificate", "证明书不是这个问题的")) }
    if certificate.objective != value.approximate {
        found.append(Violation("certificate", "证明书写的\(name)与方案的\(value)不符"))
    }
    for bound in [certificate.bound, certificate.checkedBound].compactMap({ $0 }) where bound > value.approximate * (1 + 1e-9) + 1e-6 {
        found.append(Violation("certificate", "证明书写的\(name)下界\(bound)高于方案的"))
    }
    return found
}

/// Promises, groups and shares; of money, see below.
func verifyRules(_ problem: FundProblem, _ outcome: FundOutcome) -> [Violation] {
    var found = problem.required.filter { !outcome.chosen.contains($0.id) }.map { Violation("required", "已定项目“\($0.title)”没有安排") }
    let done = problem.projects.filter { outcome.chosen.contains($0.id) }
    for (group, several) in Dictionary(grouping: done.filter { $0.group != nil }, by: { $0.group ?? "" }) where several.count > 1 {
        found.append(Violation("group", "“\(several.map(\.title).joined(separator: "”“"))”只能做其中一个（\(group)）"))
    }
    for share in problem.keptShares {
        let own = done.filter { $0.marks.contains(share.mark) }.reduce(0) { $0 + $1.cost }
        if Fraction(own) < share.part * Fraction(outcome.spent) {
            found.append(Violation(FundProblem.shareID(share), "用于\(share.label)的只有\(own)元，不足规定比例"))
        }
    }
    return found
}

/// Every project done is paid in full, by sources that may pay it, and no source pays more than it has.
private func verifyMoney(_ problem: FundProblem, _ plan: FundPlan, _ outcome: FundOutcome) -> [Violation] {
    var found: [Violation] = []
    let projects = Dictionary(problem.projects.map { ($0.id, $0) }) { first, _ in first }
    let sources = Dictionary(problem.sources.map { ($0.id, $0) }) { first, _ in first }
    var (given, taken): ([String: Int], [String: Int]) = ([:], [:])
    for payment in plan.payments {
        guard let project = projects[payment.project], let source = sources[payment.source], outcome.chosen.contains(payment.project),
            payment.amount > 0
        else {
            found.append(Violation("payment", "“\(payment.source)”给“\(payment.project)”的\(payment.amount)元不成立"))
            continue
        }
        if !source.mayPay(project) { found.append(Violation("earmark", "“\(source.label)”不能用于“\(project.title)”")) }
        given[payment.project, default: 0] += payment.amount
        taken[payment.source, default: 0] += payment.amount
    }
    for id in plan.projects {
        if let project = projects[id], given[id] ?? 0 != project.cost {
            found.append(Violation("payment", "“\(project.title)”需要\(project.cost)元，安排了\(given[id] ?? 0)元"))
        }
    }
    for source in problem.sources {
        guard let amount = problem.amount(source), let paid = taken[source.id], paid > amount else { continue }
        found.append(Violation(FundProblem.sourceID(source), "“\(source.label)”共\(amount)元，安排了\(paid)元"))
    }
    return found
}
