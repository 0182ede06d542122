public import Vocabulary

/// What a visit looks at, item by item. `rubric: …` of a catalogue.
public struct Rubric: Sendable, Hashable, Identifiable {
    /// First key of its documents.
    public static let documentKind = "rubric"

    /// A judgement somebody may give.
    public struct Level: Sendable, Hashable, Identifiable {
        public var id: String
        public var label: String
        public var points: Int

        public init(id: String, label: String, points: Int) {
            self.id = id
            self.label = label
            self.points = points
        }
    }

    public struct Item: Sendable, Hashable, Identifiable {
        public var id: String
        public var label: String
        public var clause: String
        /// Against the other items; 1 where the document gives none.
        public var weight: Int
        /// Whether the wording was seen in the document.
        public var isConfirmed: Bool

        public init(id: String, label: String, clause: String, weight: Int = 1, isConfirmed: Bool = true) {
            self.id = id
            self.label = label
            self.clause = clause
            self.weight = weight
            self.isConfirmed = isConfirmed
        }
    }

    public struct Area: Sendable, Hashable, Identifiable {
        public var id: String
        public var label: String
        public var items: [Item]

        public init(id: String, label: String, items: [Item]) {
            self.id = id
            self.label = label
            self.items = items
        }
    }

    public var id: String
    public var label: LocalizedText
    public var document: String
    /// Names what was in force when a visit was asked for.
    public var version: String
    /// From when on new visits go by it.
    public var from: Day
    public var note: String
    /// The visit of a responsible inspector, which is no inspection of the yearly plan.
    public var isRoutine: Bool
    /// Whether it may share a visit with others; unannounced ones may not.
    public var mayMerge: Bool
    public var levels: [Level]
    public var areas: [Area]

    public init(
        id: String, label: LocalizedText, document: String, version: String, from: Day, note: String = "", isRoutine: Bool = false,
        mayMerge: Bool = true, levels: [Level], areas: [Area]
    ) {
        self.id = id
        self.label = label
        self.document = document
        self.version = version
        self.from = from
        self.note = note
        self.isRoutine = isRoutine
        self.mayMerge = mayMerge
        self.levels = levels
        self.areas = areas
    }

    public var items: [Item] { areas.flatMap(\.items) }
    public func item(_ id: String) -> Item? { items.first { $0.id == id } }
    public func level(_ id: String) -> Level? { levels.first { $0.id == id } }
    /// The best a level can give.
    public var full: Int { levels.map(\.points).max() ?? 0 }
}
