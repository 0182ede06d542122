public import Vocabulary

/// What an adopted plan leads to elsewhere: cases for the schools, targets for the county.
public struct Carrying<Plan: Sendable, Work: Sendable>: Sendable {
    /// Who opens the cases in a county: nil where the visitor does, else the posts that do, in words.
    public let openers: @Sendable (_ county: String, Visit) -> String?
    /// Opens cases for what the plan has done at schools, in the name of whoever asks.
    public let openCases: @Sendable (Plan, [Work], _ finishBy: Day, Visit) async throws -> [CarriedOut]
    /// Puts a text up for review as a plan of targets; answers the address of the draft. One plan has one draft, however often it is
    /// asked for.
    public let draftTargets: @Sendable (_ plan: String, _ title: String, _ text: String, Visit) async throws -> String

    public init(
        openers: @escaping @Sendable (String, Visit) -> String?,
        openCases: @escaping @Sendable (Plan, [Work], Day, Visit) async throws -> [CarriedOut],
        draftTargets: @escaping @Sendable (String, String, String, Visit) async throws -> String
    ) {
        self.openers = openers
        self.openCases = openCases
        self.draftTargets = draftTargets
    }
}

/// How one of the cases went.
public struct CarriedOut: Sendable, Hashable {
    public var title: String
    public var message: String
    /// Of the case; nil where none was opened.
    public var url: String?

    public init(title: String, message: String, url: String?) {
        self.title = title
        self.message = message
        self.url = url
    }
}

/// The part of a plan's page that carries it on; the template `carry` draws it.
public struct CarryPart: Sendable {
    struct Outcome: Sendable {
        var title: String
        var message: String
        var url: [String]
    }

    let note: String
    let casesURL: [String]
    let casesLabel: String
    /// Who opens the cases, where the visitor may not.
    let openers: [String]
    let targetsURL: [String]
    let finishBy: String
    let hasSteps: Bool
    let outcomes: [Outcome]
    let hasOutcomes: Bool

    /// `note` says what the two steps do. A step without an address is not offered; cases others open are told of instead.
    public init(
        _ note: String, casesURL: String?, casesLabel: String, openers: String?, targetsURL: String?, outcomes: [CarriedOut],
        _ visit: Visit
    ) {
        self.note = note
        self.openers = openers.map { [$0] } ?? []
        self.casesURL = openers == nil ? casesURL.map { [$0] } ?? [] : []
        self.casesLabel = casesLabel
        self.targetsURL = targetsURL.map { [$0] } ?? []
        hasSteps = casesURL != nil || targetsURL != nil
        finishBy = Day(year: visit.today.year + 1, month: 8, day: 31).description
        self.outcomes = outcomes.map { Outcome(title: $0.title, message: $0.message, url: $0.url.map { [$0] } ?? []) }
        hasOutcomes = !outcomes.isEmpty
    }

    /// The day asked for in the form, if it is still to come.
    public static func day(_ fields: [String: String], _ visit: Visit) -> Day? {
        Day(iso: fields["finishBy"] ?? "").flatMap { $0 > visit.today ? $0 : nil }
    }

    /// What is said where there is no such day.
    public static let noDay = "请写明要求完成的日期，写成 2027-08-31 的样子，要在今天以后"
}

/// Cases for the schools that take part in a plan of staff, and its targets.
public typealias StaffCarrying = Carrying<RosterPlan, SchoolTask>
