public import Vocabulary

/// A case as lists show it.
public struct CaseSummary: Hashable, Sendable, Identifiable {
    public var id: CaseID
    public var definition: CaseDefinitionKey
    public var number: String
    public var title: String
    public var place: CasePlace
    public var subject: String
    public var parent: CaseID?
    public var state: String
    public var isOpen: Bool
    /// Ended without having been done.
    public var isAbandoned: Bool
    public var owner: CaseUnit?
    public var assignee: CaseEvent.Assignee?
    public var openedBy: String
    public var openedDay: Day
    /// nil while it is open.
    public var closedDay: Day?
    public var due: CaseDue
    public var revision: Int
    /// Offices that are to act now, or that were told that the case is late. Lists leave it empty.
    public var waiting: [CaseUnit]

    public init(
        id: CaseID, definition: CaseDefinitionKey, number: String, title: String, place: CasePlace, subject: String, parent: CaseID?,
        state: String, isOpen: Bool, isAbandoned: Bool, owner: CaseUnit?, assignee: CaseEvent.Assignee?, openedBy: String,
        openedDay: Day, closedDay: Day?, due: CaseDue, revision: Int, waiting: [CaseUnit]
    ) {
        self.id = id
        self.definition = definition
        self.number = number
        self.title = title
        self.place = place
        self.subject = subject
        self.parent = parent
        self.state = state
        self.isOpen = isOpen
        self.isAbandoned = isAbandoned
        self.owner = owner
        self.assignee = assignee
        self.openedBy = openedBy
        self.openedDay = openedDay
        self.closedDay = closedDay
        self.due = due
        self.revision = revision
        self.waiting = waiting
    }

    public func light(_ today: Day) -> CaseLight { CaseLight(due, isClosed: !isOpen, today: today) }
}

/// Which cases to list.
public struct CaseFilter: Hashable, Sendable {
    public enum Tray: Hashable, Sendable {
        /// No matter whose.
        case all
        /// A person is in charge of it.
        case mine(String)
        /// Waits in an office of these posts.
        case posts([CaseActor.Post])
        /// An office of these posts is answerable for it.
        case owned([CaseActor.Post])
        /// A person opened it.
        case openedBy(String)
    }

    public var tray: Tray
    public var definition: String?
    public var state: String?
    /// nil for open and closed.
    public var isOpen: Bool?
    public var light: CaseLight?
    public var county: String?
    public var school: String?
    /// Only counties a person may see; nil for all.
    public var counties: Set<String>?
    /// A part of title or number.
    public var text: String
    public var parent: CaseID?
    /// Due from and until, both included.
    public var dueFrom: Day?
    public var dueUntil: Day?
    /// Closed from and until, both included.
    public var closedFrom: Day?
    public var closedUntil: Day?

    public init(
        tray: Tray = .all, definition: String? = nil, state: String? = nil, isOpen: Bool? = true, light: CaseLight? = nil,
        county: String? = nil, school: String? = nil, counties: Set<String>? = nil, text: String = "", parent: CaseID? = nil,
        dueFrom: Day? = nil, dueUntil: Day? = nil, closedFrom: Day? = nil, closedUntil: Day? = nil
    ) {
        self.tray = tray
        self.definition = definition
        self.state = state
        self.isOpen = isOpen
        self.light = light
        self.county = county
        self.school = school
        self.counties = counties
        self.text = text
        self.parent = parent
        self.dueFrom = dueFrom
        self.dueUntil = dueUntil
        self.closedFrom = closedFrom
        self.closedUntil = closedUntil
    }
}

/// Where the next page of a list begins: after this case, in the order of deadlines and then of ids.
public struct CaseCursor: Hashable, Sendable {
    public var due: Int
    public var id: CaseID

    public init(due: Int, id: CaseID) {
        self.due = due
        self.id = id
    }

    /// For an address: `20260908.abc`.
    public var text: String { "\(due).\(id)" }
    public init?(text: String) {
        let parts = text.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let due = Int(parts[0]) else { return nil }
        self.init(due: due, id: String(parts[1]))
    }
}

public struct CasePage: Sendable {
    public var rows: [CaseSummary]
    /// nil on the last page.
    public var next: CaseCursor?

    public init(rows: [CaseSummary], next: CaseCursor?) {
        self.rows = rows
        self.next = next
    }
}

/// Figures of the cases of one county, school, definition or state.
public struct CaseFigures: Hashable, Sendable {
    public var group: String
    public var opened: Int
    public var open: Int
    public var closed: Int
    /// Ended without having been done.
    public var abandoned: Int
    public var overdue: Int
    /// Of the closed: calendar days from opening to closing, the middle one (of an even number the mean of the two); nil where none.
    public var medianDays: Double?

    public init(group: String, opened: Int, open: Int, closed: Int, abandoned: Int, overdue: Int, medianDays: Double?) {
        self.group = group
        self.opened = opened
        self.open = open
        self.closed = closed
        self.abandoned = abandoned
        self.overdue = overdue
        self.medianDays = medianDays
    }
}

public enum CaseGrouping: String, Hashable, Sendable, CaseIterable { case county, school, definition, state, owner }

/// A deadline that has passed untold, or is to come.
public struct CaseDeadline: Hashable, Sendable {
    public var id: CaseID
    public var definition: CaseDefinitionKey
    public var day: Day
    /// 0 for the last day itself, then the escalations.
    public var step: Int

    public init(id: CaseID, definition: CaseDefinitionKey, day: Day, step: Int) {
        self.id = id
        self.definition = definition
        self.day = day
        self.step = step
    }
}

/// Questions to the summaries.
public protocol CaseQuery: Sendable {
    /// The most pressing first: by deadline, those without one last. `limit` at most 500.
    func page(_ filter: CaseFilter, after: CaseCursor?, limit: Int, today: Day) async throws -> CasePage
    /// Counts no further than `most`: a list says “一万件以上”.
    func count(_ filter: CaseFilter, most: Int, today: Day) async throws -> Int
    /// Opened between two days, both included; nil leaves an end open. `filter.light` is not looked at.
    func figures(_ filter: CaseFilter, by: CaseGrouping, opened: (from: Day?, until: Day?), today: Day) async throws -> [CaseFigures]
    /// Open cases linked to a thing, and closed ones; newest first.
    func linked(_ kind: String, _ target: String) async throws -> [CaseSummary]
    /// Open cases that have claimed any of these things: target → case.
    func claims(_ kind: String, _ targets: [String]) async throws -> [String: CaseSummary]
    /// Escalations whose day has come, the oldest first.
    func escalationsDue(_ today: Day, limit: Int) async throws -> [CaseDeadline]
    /// Other cases in which a file of this digest is evidence.
    func casesWithFile(_ digest: String, besides: CaseID?) async throws -> [CaseID]
    /// Lines of a published list, the earliest first.
    func published(_ filter: CasePublicFilter) async throws -> [CaseEntry]
    /// How often schools were published in a year, a case besides.
    func publishedCounts(_ definition: String, year: Int, besides: CaseID?) async throws -> CasePublicCounts
    /// Years in which something was published, newest first.
    func publishedYears(_ definition: String) async throws -> [Int]
}

/// One page of a list with the numbers above it.
public struct CaseInbox: Sendable {
    public var page: CasePage
    public var count: Int
    /// Of those counted.
    public var overdue: Int
}

extension CaseQuery {
    /// A list that ends on its first page is counted from its rows, and what is filtered by light needs no second count.
    public func inbox(_ filter: CaseFilter, after: CaseCursor?, limit: Int, most: Int, today: Day) async throws -> CaseInbox {
        let page = try await page(filter, after: after, limit: limit, today: today)
        if after == nil, page.next == nil {
            return CaseInbox(page: page, count: page.rows.count, overdue: page.rows.count { $0.light(today) == .overdue })
        }
        let count = try await count(filter, most: most, today: today)
        guard filter.light == nil else { return CaseInbox(page: page, count: count, overdue: filter.light == .overdue ? count : 0) }
        var late = filter
        late.light = .overdue
        return CaseInbox(page: page, count: count, overdue: try await self.count(late, most: most, today: today))
    }
}
