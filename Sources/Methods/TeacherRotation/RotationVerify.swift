internal import Exchanges
public import Planning
internal import Vocabulary

/// Holds a plan against every rule of its problem, person by person from the roster and in whole numbers. No solver has a say.
public func verify(_ problem: RotationProblem, _ plan: RotationPlan, _ certificate: Certificate) -> [Violation] {
    let outcome = RotationOutcome(problem, plan)
    let moves = KnownMoves(problem, plan)
    return outcome.mistakes.map { Violation("plan", $0) } + verifyCertificate(problem, outcome, certificate)
        + verifyPersons(problem, moves) + verifyStaffing(problem, moves) + verifyShares(problem, outcome, moves)
        + verifyTravel(problem, moves)
}

/// The moves whose teachers and schools the problem knows, by their places.
private struct KnownMoves {
    var list: [(teacher: Int, from: Int, to: Int)] = []
    let standings: [Standing]

    init(_ problem: RotationProblem, _ plan: RotationPlan) {
        standings = problem.standings
        let units = Dictionary(problem.units.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let teachers = Dictionary(problem.teachers.enumerated().map { ($1.id, $0) }) { first, _ in first }
        for move in plan.moves {
            if let teacher = teachers[move.teacher], let from = units[move.from], let to = units[move.to] {
                list.append((teacher, from, to))
            }
        }
    }
}

private func verifyCertificate(_ problem: RotationProblem, _ outcome: RotationOutcome, _ certificate: Certificate) -> [Violation] {
    var found: [Violation] = []
    if certificate.problem != problem.digest { found.append(Violation("certificate", "证明书不是这个问题的")) }
    if certificate.objective != Double(outcome.cost) { found.append(Violation("certificate", "证明书写的目标值与方案的\(outcome.cost)不符")) }
    for bound in [certificate.bound, certificate.checkedBound].compactMap({ $0 }) where bound > Double(outcome.cost) {
        found.append(Violation("certificate", "证明书写的下界\(bound)高于方案的目标值"))
    }
    guard let claimed = [certificate.bound, certificate.checkedBound].compactMap({ $0 }).max() else { return found }
    let model = RotationModel(RotationGroups(problem), asksWhole: false)
    guard let proved = certificate.witness.flatMap(model.bound) else {
        return found + [Violation("certificate", "证明书写了下界\(claimed)，却没有可以重算的依据")]
    }
    if claimed > Double(proved) { found.append(Violation("certificate", "证明书写的下界\(claimed)高于按依据重算的\(proved)")) }
    return found
}

/// Holds the answer that there is no plan against the roster, in whole numbers: the rules named, by themselves, leave none. No solver has
/// a say.
public func verifyNone(_ problem: RotationProblem, rules: [String], _ certificate: Certificate) -> [Violation] {
    certificate.flawsOfNone(problem.digest, rules: problem.planRules, named: rules) { witness, waived in
        var bare = problem
        bare.waived.formUnion(waived)
        let model = RotationModel(RotationGroups(bare), asksWhole: false, elastic: true)
        return witness.flatMap(model.bound) ?? 0 > 0
    }
}

private func verifyPersons(_ problem: RotationProblem, _ moves: KnownMoves) -> [Violation] {
    var found: [Violation] = []
    let moving = Set(moves.list.map(\.teacher))
    for move in moves.list where !moves.standings[move.teacher].isEligible {
        found.append(Violation("eligible", "\(problem.teachers[move.teacher].id)不符合交流条件：\(moves.standings[move.teacher].words)"))
    }
    if problem.rules.eligibility.onePerCouple, !problem.waived.contains("couples") {
        for (one, other) in problem.couples where moving.contains(one) && moving.contains(other) {
            found.append(Violation("couples", "夫妻\(problem.teachers[one].id)、\(problem.teachers[other].id)同年交流"))
        }
    }
    if problem.rules.heads.must, !problem.waived.contains("heads") {
        for (place, teacher) in problem.teachers.enumerated()
        where problem.isHead(teacher) && moves.standings[place].isEligible && !moving.contains(place) {
            found.append(Violation("heads", "\(problem.units[teacher.unit].title)的\(teacher.post)\(teacher.id)应交流而没有交流"))
        }
    }
    return found
}

private func verifyStaffing(_ problem: RotationProblem, _ moves: KnownMoves) -> [Violation] {
    let keepsPosts = !problem.waived.contains("staffing")
    var net: [String: Int] = [:]
    for move in moves.list {
        let teacher = problem.teachers[move.teacher]
        let post = keepsPosts || problem.isHead(teacher) ? teacher.post : "教师"
        net["\(problem.units[move.from].title)的\(post)", default: 0] -= 1
        net["\(problem.units[move.to].title)的\(post)", default: 0] += 1
    }
    return net.filter { $0.value != 0 }.sorted { $0.key < $1.key }.map { post, change in
        Violation("staffing", "\(post)\(change > 0 ? "多" : "少")了\(abs(change))人")
    }
}

private func verifyShares(_ problem: RotationProblem, _ outcome: RotationOutcome, _ moves: KnownMoves) -> [Violation] {
    let quota = problem.quota(moves.standings)
    var found: [Violation] = []
    if outcome.moved < quota.least { found.append(Violation("quota", "交流\(outcome.moved)人，少于\(quota.least)人")) }
    if outcome.moved > quota.most { found.append(Violation("room", "交流\(outcome.moved)人，多于\(quota.most)人")) }
    if !problem.waived.contains("backbone"), !problem.rules.backboneShare.isReached(by: outcome.backbones, of: outcome.moved) {
        found.append(Violation("backbone", "交流\(outcome.moved)人中骨干\(outcome.backbones)人，低于\(problem.rules.backboneShare)"))
    }
    return found
}

private func verifyTravel(_ problem: RotationProblem, _ moves: KnownMoves) -> [Violation] {
    let reach = RotationReach(problem)
    return moves.list.flatMap { move -> [Violation] in
        let (teacher, to) = (problem.teachers[move.teacher], problem.units[move.to])
        var found: [Violation] = []
        if reach.metres(move.from, move.to) == nil {
            found.append(Violation("distance", "\(problem.units[move.from].title)与\(to.title)不在可交流的范围内"))
        }
        if let limit = problem.rules.travel.home, !problem.waived.contains("home"), let home = teacher.home,
            to.place.map({ $0.metres(to: home) > limit }) ?? true
        {
            found.append(Violation("home", "\(teacher.id)的住处到\(to.title)超过\(problem.kilometres(limit))公里"))
        }
        return found
    }
}
