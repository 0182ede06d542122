public import Vocabulary

/// Something that can be done with a case.
public struct CaseAction: Hashable, Sendable {
    public enum Reason: String, Hashable, Sendable, CaseIterable { case none, optional, required }

    /// 会签: several offices sign, and the case moves on when enough have.
    public struct Joint: Hashable, Sendable {
        public enum Need: String, Hashable, Sendable, CaseIterable { case all, any }
        public enum Signers: Hashable, Sendable {
            /// The offices of these posts.
            case posts([String])
            /// The owner's and co-owners' offices.
            case owners
            /// The co-owners' offices.
            case coOwners
        }
        public var need: Need
        public var signers: Signers

        public init(need: Need, signers: Signers) {
            self.need = need
            self.signers = signers
        }
    }

    /// 转办 and 派发: the case goes to another office, chosen by whoever acts among the posts named.
    public struct HandOver: Hashable, Sendable {
        public var to: [String]
        public init(to: [String]) { self.to = to }
    }

    /// A case of another kind begun from this one; it points back.
    public struct SubCase: Hashable, Sendable {
        public var definition: String
        /// The subcase's opening fields and the fields here that fill them.
        public var carries: [String: String]

        public init(definition: String, carries: [String: String]) {
            self.definition = definition
            self.carries = carries
        }
    }

    public var id: String
    public var label: LocalizedText
    public var from: [String]
    /// nil stays where it is.
    public var to: String?
    /// Posts, or `owner`, `coOwner`, `opener`, `assignee` (see `CaseParty`).
    public var by: [String]
    public var form: String?
    public var evidence: [EvidenceRule]
    public var reason: Reason
    /// Name of a rule, a pure function that may refuse.
    public var rule: String?
    /// Facts the rule asks for.
    public var asks: [String]
    public var joint: Joint?
    public var handOver: HandOver?
    public var subCase: SubCase?
    /// Refused while a sub-case is open.
    public var waitsForSubCases: Bool
    /// Whoever acts becomes the person in charge (承办人).
    public var takes: Bool
    /// Possible, but nothing anybody waits for: the case does not lie in the in-tray of those who may.
    public var isAside: Bool
    /// May be done to many cases at once.
    public var batch: Bool
    public var notice: String?
    /// Stands for the opening in `notAfter`.
    public static let opening = "opening"
    /// Not the one who did this earlier action may do it: 办理与复核不为同一人.
    public var notAfter: [String]
    /// Only with this condition on the case's fields.
    public var when: FieldCondition?

    public init(
        id: String, label: LocalizedText, from: [String], to: String?, by: [String], form: String? = nil, evidence: [EvidenceRule] = [],
        reason: Reason = .none, rule: String? = nil, asks: [String] = [], joint: Joint? = nil, handOver: HandOver? = nil,
        subCase: SubCase? = nil, waitsForSubCases: Bool = false, takes: Bool = false, isAside: Bool = false, batch: Bool = true,
        notice: String? = nil,
        notAfter: [String] = [], when: FieldCondition? = nil
    ) {
        self.id = id
        self.label = label
        self.from = from
        self.to = to
        self.by = by
        self.form = form
        self.evidence = evidence
        self.reason = reason
        self.rule = rule
        self.asks = asks
        self.joint = joint
        self.handOver = handOver
        self.subCase = subCase
        self.waitsForSubCases = waitsForSubCases
        self.takes = takes
        self.isAside = isAside
        self.batch = batch
        self.notice = notice
        self.notAfter = notAfter
        self.when = when
    }

    /// Whether it needs something from whoever acts, beyond pressing the button.
    public var isPlain: Bool { form == nil && evidence.isEmpty && reason != .required && handOver == nil }
}
