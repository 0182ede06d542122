public import Vocabulary

/// Where a number already is.
public struct FactHolder: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A return schools or counties hand in.
        case form
        /// A register of people or of what happens.
        case register
        /// Worked out from what is held.
        case indicator
        /// Asked in a form of 办件: of one event, so never held for certain.
        case casework

        public var label: LocalizedText {
            switch self {
            case .form: LocalizedText(zh: "报表", en: "Return")
            case .register: LocalizedText(zh: "名册", en: "Register")
            case .indicator: LocalizedText(zh: "指标", en: "Indicator")
            case .casework: LocalizedText(zh: "办件", en: "Casework")
            }
        }
    }

    public var kind: Kind
    public var id: String
    public var label: String
    /// The newest year with rows, and how many; nil where nothing has been handed in yet.
    public var newest: SchoolYear?
    public var rows: Int

    public init(_ kind: Kind, _ id: String, _ label: String, newest: SchoolYear? = nil, rows: Int = 0) {
        self.kind = kind
        self.id = id
        self.label = label
        self.newest = newest
        self.rows = rows
    }
}

/// A number an installation holds, with every way it is written.
public struct HeldFact: Hashable, Sendable {
    /// As it is called where it is held.
    public var name: String
    /// Further headers understood for it.
    public var spellings: [String]
    public var unit: String
    /// nil: of the whole school or county.
    public var stage: Stage?
    public var holder: FactHolder

    public init(_ name: String, spellings: [String] = [], unit: String = "", stage: Stage? = nil, holder: FactHolder) {
        self.name = name
        self.spellings = spellings
        self.unit = unit
        self.stage = stage
        self.holder = holder
    }
}

/// A question somebody wants to ask.
public struct AskedField: Hashable, Sendable {
    public var text: String
    public var unit: String

    public init(_ text: String, unit: String = "") {
        self.text = text
        self.unit = unit
    }
}

/// What is known of one question.
public struct FieldMatch: Hashable, Sendable {
    public enum Verdict: String, Hashable, Sendable, CaseIterable {
        /// The same number is held: it is not asked again.
        case held
        /// Something much like it is held: whoever asks says what is different.
        case likely
        case new
        /// Tells which school it is: may stay, and is filled in beforehand.
        case identifier
        /// Belongs to the paper: serial number, remarks, signature.
        case formal

        public var label: LocalizedText {
            switch self {
            case .held: LocalizedText(zh: "已有", en: "Held")
            case .likely: LocalizedText(zh: "可能已有", en: "Perhaps held")
            case .new: LocalizedText(zh: "没有", en: "New")
            case .identifier: LocalizedText(zh: "识别用", en: "Identifies")
            case .formal: LocalizedText(zh: "不是数据", en: "Formal")
            }
        }
    }

    public var field: AskedField
    public var verdict: Verdict
    /// Where it is held, the surest first; at most `CollectOnce.shown`.
    public var facts: [HeldFact]

    public init(field: AskedField, verdict: Verdict, facts: [HeldFact]) {
        self.field = field
        self.verdict = verdict
        self.facts = facts
    }
}
