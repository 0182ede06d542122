public import Vocabulary

/// What a method answers: a plan with its certificate, or that there is none and which rules are in conflict.
public enum Planned<Plan: Sendable>: Sendable {
    case plan(Plan, Certificate)
    case infeasible([PlanRule], Certificate)
    /// The limit of time or nodes was reached before a plan was found, or the caller cancelled.
    case undecided(Certificate)
}

/// How good a plan is and by whose word.
public struct Certificate: Sendable, Codable, Hashable {
    public enum Status: String, Sendable, Codable {
        /// Within the gap asked for.
        case proved
        /// All rules hold; how far it is from the best, `gap` says.
        case feasible
        case infeasible
        case undecided
    }
    public var status: Status
    /// Cost of the plan in the problem's unit.
    public var objective: Double?
    /// No plan costs less: the solver's branch and bound says so.
    public var bound: Double?
    /// No plan costs less: recomputed in exact fractions from multipliers, and no solver's word.
    public var checkedBound: Double?
    /// What `checkedBound` is recomputed from, in the method's own words; nil where the method keeps none.
    public var witness: String?
    /// Where there is no plan: whether each of the rules in conflict is needed, that is, a plan was found that breaks it alone. Nil where
    /// nobody looked.
    public var isReduced: Bool?
    public var solver: String
    /// Fingerprint of everything the answer depends on.
    public var problem: String
    public var seconds: Double

    public init(
        status: Status, objective: Double? = nil, bound: Double? = nil, checkedBound: Double? = nil,
        witness: String? = nil, solver: String, problem: String, seconds: Double
    ) {
        self.status = status
        self.objective = objective
        self.bound = bound
        self.checkedBound = checkedBound
        self.witness = witness
        self.solver = solver
        self.problem = problem
        self.seconds = seconds
    }

    /// (objective − bound) / objective; nil without both.
    public var gap: Double? {
        guard let objective, let bound else { return nil }
        return objective <= bound ? 0 : (objective - bound) / Swift.max(abs(objective), 1e-9)
    }
}

extension Certificate {
    /// What is wrong with the answer that a problem has no plan because the rules `named` cannot hold together. `excludes` reckons from
    /// the witness whether nothing keeps all rules but those `waived`; nil where there is nothing to reckon from.
    public func flawsOfNone(
        _ digest: String, rules: [PlanRule], named: [String], excludes: (_ witness: String?, _ waived: Set<String>) -> Bool?
    ) -> [Violation] {
        var found: [Violation] = []
        if problem != digest { found.append(Violation("certificate", "证明书不是这个问题的")) }
        if status != .infeasible { found.append(Violation("certificate", "证明书没有说没有方案")) }
        let known = Set(rules.map(\.id))
        for rule in named where !known.contains(rule) { found.append(Violation("certificate", "没有规则“\(rule)”，或没有这样限制")) }
        switch excludes(witness, known.subtracting(named)) {
        case true?: break
        case false?: found.append(Violation("certificate", "按依据重算，得不出这几条规则不能同时满足"))
        case nil: found.append(Violation("certificate", "没有方案这一点，没有可以重算的依据"))
        }
        return found
    }
}

/// A rule plans must keep: stable name, label and why it is there.
public struct PlanRule: Sendable, Hashable, Identifiable {
    public var id: String
    public var label: LocalizedText
    public var justification: String

    public init(_ id: String, _ label: LocalizedText, _ justification: String) {
        self.id = id
        self.label = label
        self.justification = justification
    }
}

/// A rule a plan breaks.
public struct Violation: Sendable, Hashable, CustomStringConvertible {
    public var rule: String
    public var message: String
    public var description: String { "\(rule): \(message)" }

    public init(_ rule: String, _ message: String) {
        self.rule = rule
        self.message = message
    }
}

/// FNV-1a over text: tells two problems apart; no protection against forgery.
public struct ProblemDigest: Sendable {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325
    public init() {}

    public mutating func add(_ text: String) {
        for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
        state = (state ^ 0xff) &* 0x100_0000_01b3
    }

    public var hex: String {
        let text = String(state, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
