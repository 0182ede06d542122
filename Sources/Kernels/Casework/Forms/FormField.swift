public import Vocabulary

/// One question of a form.
public struct FormField: Hashable, Sendable {
    public struct Option: Hashable, Sendable {
        public var id: String
        public var label: LocalizedText
        public init(id: String, label: LocalizedText) {
            self.id = id
            self.label = label
        }
    }

    public var id: String
    public var label: LocalizedText
    public var type: FieldType
    /// A sentence under the question.
    public var help: String
    public var isRequired: Bool
    /// Asked only where this holds; otherwise its answer is dropped.
    public var shown: FieldCondition?
    /// Least and greatest number, in `unit`; money in yuan.
    public var least: Double?
    public var most: Double?
    /// Characters of a text, members of a choice, rows of a table.
    public var mostCount: Int?
    public var unit: String
    public var options: [Option]
    /// Questions of each row of a table.
    public var columns: [FormField]
    public var formula: FieldFormula?
    /// A date that may not lie before the day it is given.
    public var isFuture: Bool
    /// Posts that may read it; empty for whoever may read the case. Kept encrypted.
    public var readers: [String]

    public init(
        id: String, label: LocalizedText, type: FieldType, help: String = "", isRequired: Bool = false, shown: FieldCondition? = nil,
        least: Double? = nil, most: Double? = nil, mostCount: Int? = nil, unit: String = "", options: [Option] = [],
        columns: [FormField] = [], formula: FieldFormula? = nil, isFuture: Bool = false,
        readers: [String] = []
    ) {
        self.id = id
        self.label = label
        self.type = type
        self.help = help
        self.isRequired = isRequired
        self.shown = shown
        self.least = least
        self.most = most
        self.mostCount = mostCount
        self.unit = unit
        self.options = options
        self.columns = columns
        self.formula = formula
        self.isFuture = isFuture
        self.readers = readers
    }

    public var isPrivate: Bool { !readers.isEmpty }
    public func option(_ id: String) -> Option? { options.first { $0.id == id } }
}

/// The questions an action or the opening asks.
public struct CaseForm: Hashable, Sendable {
    public var id: String
    public var label: LocalizedText
    public var fields: [FormField]

    public init(id: String, label: LocalizedText, fields: [FormField]) {
        self.id = id
        self.label = label
        self.fields = fields
    }

    public func field(_ id: String) -> FormField? { fields.first { $0.id == id } }
}

/// What is wrong with one answer. `field` is the field's id, for a table `field[row].column` with rows from 0;
/// for evidence `evidence.photo`; for the reason `reason`.
public struct FieldComplaint: Hashable, Sendable {
    public var field: String
    /// In the user's words, with the field's name.
    public var message: String

    public init(_ field: String, _ message: String) {
        self.field = field
        self.message = message
    }
}
