public import Planning

/// The answer: who leads whom. Nothing in it is computed.
public struct PairingPlan: Sendable, Hashable, Codable {
    /// One pair for each member, in the members' order.
    public var pairs: [PairingProblem.Pair]

    public init(pairs: [PairingProblem.Pair] = []) { self.pairs = pairs }
}

/// What vouches for a pairing, so that anybody can recompute it: a whole worth for each member, in the members' order.
///
/// Whatever the worths, no pairing gains more than their sum plus, for each lead, the most that the members it can carry gain beyond
/// their worths. See `PairingBound`.
public struct PairingProof: Sendable, Hashable, Codable {
    /// Bounds the total gain.
    public var total: [Int]
    /// Bounds the total gain if every member gained more than the least one does: below what is asked for, so nobody can.
    /// Empty where that is not proved.
    public var least: [Int]

    public init(total: [Int], least: [Int] = []) {
        self.total = total
        self.least = least
    }
}

/// What the method answers. First the total gain is as high as can be; then, at no more than the concession, the least gain of a member.
public enum PairingAnswer: Sendable {
    /// The certificates count gains as costs below zero: `total` the sum over members before the concession is made, `least` the
    /// smallest gain of a member.
    case plan(PairingPlan, total: Certificate, least: Certificate, PairingProof)
    /// The rules in conflict, and the schools for which there is not enough room (empty where that isn't known).
    case infeasible([PlanRule], [PairingShortage], Certificate)
    case undecided(Certificate)
}

/// Members that together can be led by too few: proof, in words, that there is no pairing.
public struct PairingShortage: Sendable, Hashable {
    public var members: [String]
    /// The only leads that may lead one of them, and how many members these can take.
    public var leads: [String]
    public var room: Int

    public var words: String {
        func list(_ names: [String]) -> String { names.prefix(6).joined(separator: "、") + (names.count > 6 ? "等" : "") }
        if leads.isEmpty { return "“\(list(members))”没有一所牵头学校可以结对" }
        return "“\(list(members))”共\(members.count)所只能由“\(list(leads))”带动，而它们至多能带\(room)所"
    }
}
