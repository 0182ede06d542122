/// What a pairing brings, recomputed from the problem alone.
public struct PairingOutcome: Sendable {
    /// Points gained by each member, in the order of the plan's pairs that are known.
    public private(set) var gains: [Int] = []
    public private(set) var total = 0
    /// The smallest gain of a member; nil without members.
    public var least: Int? { gains.min() }
    /// Members by lead id, in the members' order.
    public private(set) var groups: [String: [PairingProblem.Member]] = [:]
    /// What in the plan names no school, or names one twice or not at all.
    public private(set) var mistakes: [String] = []

    public init(_ problem: PairingProblem, _ plan: PairingPlan) {
        let leads = Dictionary(problem.leads.map { ($0.id, $0) }) { first, _ in first }
        let members = Dictionary(problem.members.map { ($0.id, $0) }) { first, _ in first }
        let longest = problem.longest
        var seen: Set<String> = []
        for pair in plan.pairs {
            guard let lead = leads[pair.lead], let member = members[pair.member] else {
                mistakes.append("“\(pair.lead)”带“\(pair.member)”：没有这样的学校")
                continue
            }
            if !seen.insert(pair.member).inserted { mistakes.append("“\(member.title)”有不止一所牵头学校") }
            let gain = problem.gain(lead, member, longest: longest)
            gains.append(gain)
            total += gain
            groups[pair.lead, default: []].append(member)
        }
        for member in problem.members where !seen.contains(member.id) { mistakes.append("“\(member.title)”没有牵头学校") }
    }
}
