public import Vocabulary

/// How often a school may be visited, how many schools an inspector answers for, what a check-in has to show. `inspection: …`.
public struct InspectionRules: Sendable, Hashable {
    /// First key of its documents.
    public static let documentKind = "inspection"

    public var label: LocalizedText
    public var document: String
    public var note: String
    /// Visits of the yearly plan a school has to bear in a year.
    public var visitsPerYear: Int
    public var budgetNote: String
    /// Schools an inspector usually answers for.
    public var usualSchools: Int
    /// Schools of a region of inspection, at most.
    public var mostSchools: Int
    /// Routine visits a month.
    public var monthly: Int
    public var responsibleNote: String
    /// Farther from the school than this a check-in counts as elsewhere.
    public var metres: Int
    /// A position less certain than this proves nothing.
    public var accuracy: Int
    /// Days two windows must share to be merged.
    public var overlap: Int

    public init(
        label: LocalizedText, document: String, note: String = "", visitsPerYear: Int, budgetNote: String = "", usualSchools: Int,
        mostSchools: Int, monthly: Int, responsibleNote: String = "", metres: Int, accuracy: Int, overlap: Int
    ) {
        self.label = label
        self.document = document
        self.note = note
        self.visitsPerYear = visitsPerYear
        self.budgetNote = budgetNote
        self.usualSchools = usualSchools
        self.mostSchools = mostSchools
        self.monthly = monthly
        self.responsibleNote = responsibleNote
        self.metres = metres
        self.accuracy = accuracy
        self.overlap = overlap
    }
}

/// Everything of a catalogue that inspection goes by.
public struct InspectionCatalogue: Sendable {
    public static let documentKinds: Set<String> = [Rubric.documentKind, InspectionRules.documentKind, Scorecard.documentKind]

    public var rules: InspectionRules
    public var rubrics: [Rubric]
    public var scorecards: [Scorecard]

    public init(rules: InspectionRules, rubrics: [Rubric], scorecards: [Scorecard] = []) {
        self.rules = rules
        self.rubrics = rubrics
        self.scorecards = scorecards
    }

    /// The version in force on a day: of those that had begun, the one that began last. Nil before the first began.
    public func rubric(_ id: String, on day: Day) -> Rubric? {
        rubrics.filter { $0.id == id && $0.from <= day }.max { $0.from < $1.from }
    }

    /// The version a visit was asked for by, which stays with it.
    public func rubric(_ id: String, of visit: Visit) -> Rubric? {
        guard let request = visit.requests.first(where: { $0.rubric == id }) else { return nil }
        return rubrics.first { $0.id == id && $0.version == request.version }
    }

    /// Of every rubric the version in force on a day, in the order of the catalogue.
    public func current(on day: Day) -> [Rubric] {
        var seen: Set<String> = []
        return rubrics.filter { seen.insert($0.id).inserted }.compactMap { rubric($0.id, on: day) }
    }

    /// The rubrics of a visit, as it was asked for.
    public func rubrics(of visit: Visit) -> [Rubric] { visit.rubrics.compactMap { rubric($0, of: visit) } }

    /// The last one of a catalogue holds: a local one stands behind the national one.
    public func scorecard(_ subject: Scorecard.Subject) -> Scorecard? { scorecards.last { $0.subject == subject } }
}
