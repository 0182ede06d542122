public import Vocabulary

/// What a county or a school spent or means to spend in a year, as it was handed in.
public struct FinanceFigure: Hashable, Sendable {
    /// Budgets are held against budgets, final accounts against final accounts.
    public enum Basis: String, Hashable, Sendable, CaseIterable {
        case budget
        case final

        public var label: LocalizedText {
            switch self {
            case .budget: LocalizedText(zh: "预算", en: "Budget")
            case .final: LocalizedText(zh: "决算", en: "Final account")
            }
        }
    }

    /// What a figure is of.
    public enum Extent: Hashable, Sendable, Comparable {
        case whole
        case stage(Stage)
        /// A school's code.
        case school(String)

        public static func < (left: Extent, right: Extent) -> Bool { left.key < right.key }

        /// How it is kept.
        public var key: String {
            switch self {
            case .whole: "0"
            case .stage(let stage): "1/\(stage.rawValue)"
            case .school(let code): "2/\(code)"
            }
        }

        public init?(key: String) {
            if key == "0" {
                self = .whole
            } else if key.hasPrefix("1/"), let stage = Stage(rawValue: String(key.dropFirst(2))) {
                self = .stage(stage)
            } else if key.hasPrefix("2/") {
                self = .school(String(key.dropFirst(2)))
            } else {
                return nil
            }
        }
    }

    public var county: String
    /// The calendar year.
    public var year: Int
    public var basis: Basis
    public var extent: Extent
    /// The school's name; empty for others.
    public var name: String
    /// General public budget spending on education.
    public var spending: Money?
    public var pupils: Int?
    /// Running costs of the year's budget.
    public var running: Money?
    public var training: Money?

    public init(
        county: String, year: Int, basis: Basis, extent: Extent, name: String = "", spending: Money? = nil, pupils: Int? = nil,
        running: Money? = nil, training: Money? = nil
    ) {
        self.county = county
        self.year = year
        self.basis = basis
        self.extent = extent
        self.name = name
        self.spending = spending
        self.pupils = pupils
        self.running = running
        self.training = training
    }
}
