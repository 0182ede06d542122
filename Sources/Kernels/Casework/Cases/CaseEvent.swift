public import Foundation
public import Vocabulary

public typealias CaseID = String

/// Something that happened to a case, for good. All of a case is folded from its events; nothing else changes one.
public struct CaseEvent: Hashable, Sendable, Codable {
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case opened
        case acted
        /// One signature of several; the case stays where it is.
        case signed
        /// A deadline passed, and another office was told.
        case escalated
        /// A remark that moves nothing.
        case noted
    }

    /// What only the first event says.
    public struct Opening: Hashable, Sendable, Codable {
        public var definition: CaseDefinitionKey
        /// Shown to people: `某项〔2026〕12号`.
        public var number: String
        public var title: String
        public var place: CasePlace
        public var subject: String
        public var parent: CaseID?

        public init(
            definition: CaseDefinitionKey, number: String, title: String, place: CasePlace, subject: String, parent: CaseID? = nil
        ) {
            self.definition = definition
            self.number = number
            self.title = title
            self.place = place
            self.subject = subject
            self.parent = parent
        }
    }

    public var kind: Kind
    /// The action's id; empty for openings and the clock's events.
    public var action: String
    /// In words, as the definition called it.
    public var label: String
    public var from: String?
    public var to: String
    public var person: String
    public var name: String
    /// The post it was done in.
    public var role: String
    /// To the millisecond.
    public var at: Date
    /// The calendar day of it where the office stands; deadlines and durations are counted from it.
    public var day: Day
    public var reason = ""
    /// New answers only.
    public var answers: [String: FieldValue] = [:]
    public var evidence: [Evidence] = []
    public var links: [CaseLink] = []
    public var opening: Opening?
    /// Where set, the office now answerable.
    public var owner: CaseUnit?
    public var coOwners: [CaseUnit]?
    /// Where set, the person now in charge; empty for nobody.
    public var assignee: Assignee?
    /// Offices that have to sign before the case moves on.
    public var signers: [CaseUnit] = []
    /// The office that signed or was told.
    public var unit: CaseUnit?
    /// The new deadline, where the state was changed.
    public var due: CaseDue?
    public var subCase: CaseID?
    /// The notice that goes out.
    public var notice: String?
    /// What rules and checks had to say without refusing.
    public var findings: [Finding] = []

    public init(
        _ kind: Kind, action: String, label: String, from: String?, to: String, by: CaseActor, role: String, at: Date, day: Day
    ) {
        self.kind = kind
        self.action = action
        self.label = label
        self.from = from
        self.to = to
        person = by.id
        name = by.name
        self.role = role
        self.day = day
        self.at = Date(timeIntervalSince1970: (at.timeIntervalSince1970 * 1000).rounded() / 1000)
    }

    /// A person in charge.
    public struct Assignee: Hashable, Sendable, Codable {
        public var person: String
        public var name: String

        public init(person: String, name: String) {
            self.person = person
            self.name = name
        }
    }
}

/// By when a state is to be left.
public struct CaseDue: Hashable, Sendable, Codable {
    /// The last day; nil for a state without deadline.
    public var day: Day?
    /// From this day on the light is amber.
    public var warning: Day?
    /// Counted over a year whose holidays are not announced.
    public var isProvisional: Bool

    public init(day: Day?, warning: Day? = nil, isProvisional: Bool = false) {
        self.day = day
        self.warning = warning
        self.isProvisional = isProvisional
    }
}
