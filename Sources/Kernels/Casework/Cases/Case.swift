public import Foundation
public import Vocabulary

/// One piece of work, folded from its events.
public struct Case: Hashable, Sendable, Identifiable {
    public var id: CaseID
    public var definition: CaseDefinitionKey
    public var number: String
    public var title: String
    public var place: CasePlace
    /// Id of the school, unit, county or person it is about.
    public var subject: String
    public var parent: CaseID?
    public var state: String
    /// The office answerable (责任单位).
    public var owner: CaseUnit?
    public var coOwners: [CaseUnit]
    /// The person in charge (承办人).
    public var assignee: CaseEvent.Assignee?
    /// The newest answer to every question. Private ones are sealed until they are opened for somebody.
    public var answers: [String: FieldValue]
    public var evidence: [Evidence]
    public var links: [CaseLink]
    public var due: CaseDue
    /// Offices that have signed in the joint action under way.
    public var signed: [CaseUnit]
    /// How many escalations of this state have been told.
    public var escalated: Int
    public var subCases: [CaseID]
    /// Sub-cases still open; the store fills it in when it reads the case.
    public var openSubCases = 0
    public var openedBy: CaseEvent.Assignee
    public var openedAt: Date
    public var openedDay: Day
    /// When it came into its present state.
    public var since: Date
    public var sinceDay: Day
    /// Oldest first.
    public var history: [CaseEvent]

    /// Events so far; whoever acts names the revision they saw.
    public var revision: Int { history.count }

    /// Folds a whole history; nil where it does not begin with an opening.
    public init?(_ id: CaseID, events: some Sequence<CaseEvent>) {
        var iterator = events.makeIterator()
        guard let first = iterator.next(), first.kind == .opened, let opening = first.opening else { return nil }
        self.id = id
        definition = opening.definition
        number = opening.number
        title = opening.title
        place = opening.place
        subject = opening.subject
        parent = opening.parent
        state = first.to
        coOwners = []
        (answers, evidence, links, signed, subCases, history) = ([:], [], [], [], [], [])
        due = CaseDue(day: nil)
        escalated = 0
        openedBy = CaseEvent.Assignee(person: first.person, name: first.name)
        (openedAt, openedDay) = (first.at, first.day)
        (since, sinceDay) = (first.at, first.day)
        apply(first)
        while let event = iterator.next() { apply(event) }
    }

    /// The only way a case changes.
    public mutating func apply(_ event: CaseEvent) {
        answers.merge(event.answers) { _, new in new }
        evidence += event.evidence
        for link in event.links where !links.contains(link) { links.append(link) }
        if let owner = event.owner { self.owner = owner }
        if let coOwners = event.coOwners { self.coOwners = coOwners }
        if let assignee = event.assignee { self.assignee = assignee.person.isEmpty ? nil : assignee }
        if let subCase = event.subCase { subCases.append(subCase) }
        switch event.kind {
        case .signed: if let unit = event.unit { signed.append(unit) }
        case .escalated: escalated += 1
        case .opened, .acted:
            if event.to != state || event.kind == .opened || event.due != nil {
                (since, sinceDay) = (event.at, event.day)
                escalated = 0
            }
            signed = []
            state = event.to
            if let due = event.due { self.due = due }
        case .noted: break
        }
        history.append(event)
    }

    public func events(of action: String) -> [CaseEvent] { history.filter { $0.action == action } }
}
