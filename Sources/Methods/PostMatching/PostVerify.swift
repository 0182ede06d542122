public import Planning

/// Holds a plan against every rule of its problem, and its certificate against the prices, in whole numbers. No search has a say.
public func verify(_ problem: PostProblem, _ plan: PostPlan, _ certificate: Certificate, _ proof: PostProof) -> [Violation] {
    let outcome = PostOutcome(problem, plan)
    var found = outcome.mistakes.map { Violation("everyone", $0) } + verifyRules(problem, plan)
    if problem.placesEveryone, outcome.placed < problem.waiting {
        found.append(Violation("everyone", "还有\(problem.waiting - outcome.placed)名待岗人员没有岗位"))
    }
    if certificate.problem != problem.digest { found.append(Violation("certificate", "证明书不是这个问题的")) }
    let network = PostNetwork(problem)
    let cost = network.cost(outcome)
    if certificate.objective != Double(cost) { found.append(Violation("certificate", "证明书写的结果与方案不符")) }
    guard certificate.status == .proved else { return found }
    if network.flow.bound(proof.prices) != cost { found.append(Violation("proof", "没有更好的方案，没有得到证明")) }
    if certificate.bound != Double(cost) || certificate.checkedBound != Double(cost) {
        found.append(Violation("certificate", "证明书写的界与方案不符"))
    }
    return found
}

private func verifyRules(_ problem: PostProblem, _ plan: PostPlan) -> [Violation] {
    var found: [Violation] = []
    let people = Dictionary(problem.candidates.map { ($0.id, $0) }) { first, _ in first }
    let units = Dictionary(problem.units.map { ($0.id, $0) }) { first, _ in first }
    let words = ["own": "是本校的岗位", "vacancy": "没有这个空岗", "stage": "学段与资格不符", "subject": "学科不对口", "distance": "距离超过上限"]
    var (taken, given) = ([String: Int](), [String: Int]())
    for move in plan.moves {
        guard let person = people[move.person], let unit = units[move.to] else { continue }
        for rule in problem.bars(person, unit, move.subject) {
            found.append(Violation(rule, "“\(move.person)”到“\(unit.title)”教\(move.subject)：\(words[rule] ?? rule)"))
        }
        for key in [move.to, "\(move.to)|\(move.subject)"] { taken[key, default: 0] += 1 }
        guard person.reason != .waiting else { continue }
        for key in [move.from, "\(move.from)|\(person.subject)"] { given[key, default: 0] += 1 }
    }
    for unit in problem.units {
        if taken[unit.id, default: 0] > unit.vacancies { found.append(Violation("vacancy", "“\(unit.title)”接收的人多于空岗")) }
        if given[unit.id, default: 0] > unit.surplus { found.append(Violation("surplus", "“\(unit.title)”派出的人多于超编人数")) }
    }
    for (key, count) in taken.sorted(by: { $0.key < $1.key }) {
        let parts = key.split(separator: "|", maxSplits: 1).map(String.init)
        guard parts.count == 2, let unit = units[parts[0]] else { continue }
        if count > unit.posts[parts[1], default: 0] { found.append(Violation("vacancy", "“\(unit.title)”的\(parts[1])接收的人多于空岗")) }
    }
    for (key, count) in given.sorted(by: { $0.key < $1.key }) {
        let parts = key.split(separator: "|", maxSplits: 1).map(String.init)
        guard parts.count == 2, let unit = units[parts[0]] else { continue }
        if count > unit.spare[parts[1], default: 0] { found.append(Violation("surplus", "“\(unit.title)”的\(parts[1])派出的人多于富余")) }
    }
    return found
}

/// Whether a shortage is what it says: the people may have no other posts, and the posts are fewer than they.
public func verify(_ problem: PostProblem, _ shortage: PostShortage) -> [Violation] {
    var found: [Violation] = []
    let people = Dictionary(problem.candidates.map { ($0.id, $0) }) { first, _ in first }
    let posts = Set(shortage.posts)
    for id in shortage.people {
        guard let person = people[id], person.reason == .waiting else {
            found.append(Violation("everyone", "“\(id)”不是待岗人员"))
            continue
        }
        for unit in problem.units where !shortage.full.contains(unit.id) {
            for subject in unit.posts.keys.sorted()
            where problem.bars(person, unit, subject).isEmpty && !posts.contains([unit.id, subject]) {
                found.append(Violation("vacancy", "“\(id)”还可以到“\(unit.title)”教\(subject)"))
            }
        }
    }
    let room = PostShortage.room(problem, posts: shortage.posts, full: shortage.full)
    if room != shortage.room || Set(shortage.people).count <= room { found.append(Violation("everyone", "这些岗位够这些人")) }
    return found
}
