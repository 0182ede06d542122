public import Foundation
public import Vocabulary

/// What somebody wants done with a case.
public struct CaseCommand: Hashable, Sendable {
    public enum Verb: Hashable, Sendable {
        case open(CaseBeginning)
        /// An action of the definition.
        case act(String)
        /// The clock: the next escalation of the state.
        case escalate
        /// A remark.
        case note
    }

    public var verb: Verb
    public var by: CaseActor
    public var at: Date
    /// The calendar day of `at` where the office stands.
    public var today: Day
    public var answers: [String: FieldValue]
    public var evidence: [Evidence]
    public var reason: String
    /// Where a hand-over goes.
    public var target: CaseUnit?
    /// 协办 that join.
    public var coOwners: [CaseUnit]?
    public var links: [CaseLink]
    /// Id for a sub-case the action opens.
    public var subCase: CaseID?

    public init(
        _ verb: Verb, by: CaseActor, at: Date, today: Day, answers: [String: FieldValue] = [:], evidence: [Evidence] = [],
        reason: String = "", target: CaseUnit? = nil, coOwners: [CaseUnit]? = nil, links: [CaseLink] = [], subCase: CaseID? = nil
    ) {
        self.verb = verb
        self.by = by
        self.at = at
        self.today = today
        self.answers = answers
        self.evidence = evidence
        self.reason = reason
        self.target = target
        self.coOwners = coOwners
        self.links = links
        self.subCase = subCase
    }
}

/// What a new case is.
public struct CaseBeginning: Hashable, Sendable {
    /// `某项〔2026〕12号`; the store counts.
    public var number: String
    public var title: String
    public var place: CasePlace
    public var subject: String
    public var owner: CaseUnit?
    public var parent: CaseID?

    public init(
        number: String = "", title: String, place: CasePlace, subject: String, owner: CaseUnit? = nil, parent: CaseID? = nil
    ) {
        self.number = number
        self.title = title
        self.place = place
        self.subject = subject
        self.owner = owner
        self.parent = parent
    }
}
