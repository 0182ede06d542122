public import Planning

/// Holds a pairing against every rule of its problem and its certificates against the proof, in whole numbers. No solver has a say.
public func verify(
    _ problem: PairingProblem, _ plan: PairingPlan, total: Certificate, least: Certificate, proof: PairingProof
) -> [Violation] {
    let outcome = PairingOutcome(problem, plan)
    return outcome.mistakes.map { Violation("everyone", $0) } + verifyRules(problem, plan, outcome)
        + verifyTotal(problem, outcome, total, proof) + verifyLeast(problem, outcome, total, least, proof)
}

private func verifyRules(_ problem: PairingProblem, _ plan: PairingPlan, _ outcome: PairingOutcome) -> [Violation] {
    var found: [Violation] = []
    let leads = Dictionary(problem.leads.map { ($0.id, $0) }) { first, _ in first }
    let words = ["stage": "不同学段", "distance": "距离超过上限", "barred": "是不得结对的一对", "kept": "没有保留已有的结对"]
    for (id, members) in outcome.groups.sorted(by: { $0.key < $1.key }) {
        guard let lead = leads[id] else { continue }
        for member in members {
            for rule in problem.bars(lead, member) {
                found.append(Violation(rule, "“\(lead.title)”带“\(member.title)”：\(words[rule] ?? rule)"))
            }
        }
        if members.count > problem.places { found.append(Violation("size", "“\(lead.title)”一组有\(members.count + 1)所学校")) }
        let load = members.reduce(0) { $0 + $1.load }
        if load > problem.capacity(lead) { found.append(Violation("capacity", "“\(lead.title)”负担\(load)，超过能力\(lead.capacity)")) }
    }
    return found
}

private func verifyTotal(
    _ problem: PairingProblem, _ outcome: PairingOutcome, _ total: Certificate, _ proof: PairingProof
) -> [Violation] {
    var found: [Violation] = []
    if total.problem != problem.digest { found.append(Violation("certificate", "证明书不是这个问题的")) }
    guard let objective = total.objective.flatMap({ Int(exactly: $0) }) else { return found + [Violation("certificate", "证明书没有写总收益")] }
    let table = PairingTable(problem)
    if outcome.total > -objective || outcome.total < table.floor(-objective, concession: problem.concession) {
        found.append(Violation("certificate", "证明书写的总收益\(-objective)与方案的\(outcome.total)不符"))
    }
    let bound = PairingBound.upper(table, proof.total)
    if let claimed = total.checkedBound, bound.map({ claimed > -Double($0) }) ?? true {
        found.append(Violation("proof", "总收益的上界与重算的不符"))
    }
    for bound in [total.bound, total.checkedBound].compactMap({ $0 }) where bound > Double(objective) {
        found.append(Violation("certificate", "证明书写的上界\(-bound)低于方案的总收益"))
    }
    return found
}

private func verifyLeast(
    _ problem: PairingProblem, _ outcome: PairingOutcome, _ total: Certificate, _ least: Certificate, _ proof: PairingProof
) -> [Violation] {
    var found: [Violation] = []
    if least.problem != problem.digest { found.append(Violation("certificate", "证明书不是这个问题的")) }
    if least.objective != outcome.least.map({ -Double($0) }) { found.append(Violation("certificate", "证明书写的最小收益与方案不符")) }
    guard let value = outcome.least else { return found }
    if let bound = least.checkedBound {
        let table = PairingTable(problem)
        let above = table.atLeast(value + 1)
        let floor = table.floor(-Int(total.objective ?? 0), concession: problem.concession)
        let upper = PairingBound.upper(above, proof.least)
        if bound != -Double(value) || (upper.map { $0 >= Swift.max(floor, above.lowest) } ?? true) {
            found.append(Violation("proof", "最小收益不能更高，没有得到证明"))
        }
    } else if least.status == .proved, least.bound == nil {
        found.append(Violation("proof", "证明书称最小收益已证明，却没有证明"))
    }
    return found
}
