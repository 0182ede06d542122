public import Vocabulary

/// What a text was read as: lines for a person to go through, each with its place in the text.
public struct PlanDraft: Hashable, Sendable {
    public var title: String
    public var text: String
    public var lines: [DraftLine]
    /// Every number with a unit, also those that are no targets.
    public var quantities: [TextQuantity]

    public init(title: String, text: String, lines: [DraftLine], quantities: [TextQuantity]) {
        self.title = title
        self.text = text
        self.lines = lines
        self.quantities = quantities
    }

    public var headings: [DraftLine] { lines.filter(\.isHeading) }
}

/// One line of a draft.
public struct DraftLine: Hashable, Sendable, Identifiable {
    /// Counts from 1.
    public var number: Int
    /// The number of the line above it; nil at the top.
    public var parent: Int?
    public var level: PlanLevel
    /// `一、`, `二是`; empty where there is none.
    public var mark: String
    public var label: String
    public var place: TextPlace
    /// What is to be reached, with its own place.
    public var quantity: TextQuantity?
    public var start: Day?
    public var deadline: Day?
    public var owners: [String]
    public var coOwners: [String]
    public var isHeading: Bool
    public var id: Int { number }
}
