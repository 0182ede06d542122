public import Vocabulary

/// A dated set of rules: which units it looks at, what each must reach, and how the county is judged.
public struct Standard: Sendable, Identifiable {
    public let id: String
    public var label: LocalizedText
    /// 文号 of the issued document.
    public var document: String
    public var effectiveFrom: Day?
    public var effectiveUntil: Day?
    /// The form whose rows are judged, and the form with the county's own figures.
    public var form: String
    public var countyForm: String?
    public var stages: [Stage]
    public var exclusions: [Exclusion]
    /// Weights of the stages of a school kind, by which shared resources are apportioned.
    public var apportionment: [String: [Stage: Double]]
    public var apportionmentClause: String
    /// Whether the weights or a school's own division of what its stages share decides, where there are both.
    public var split: SplitRule
    public var parts: [Part]
    public var notes: [String]

    /// How the resources of a school with several stages are divided between them.
    public enum SplitRule: String, Sendable, CaseIterable {
        /// By pupils and the standard's weights; a division the school reports is kept beside it.
        case weights
        /// As the school reports; by the weights where it reports none.
        case reported
    }

    /// A school unit left out of the judgement, with the reason a person can read.
    public struct Exclusion: Sendable {
        public var reason: String
        public var label: LocalizedText
        public var when: Formula
        public var clause: String
    }

    public struct Part: Sendable, Identifiable {
        public let id: String
        public var label: LocalizedText
        public var items: [Item]
        /// How many measured items a school unit must meet, and the share of the threshold no value may fall below.
        public var unitRule: UnitRule?
        /// The greatest spread between schools, per measured item.
        public var dispersion: Ceiling?
        /// The greatest mean of the measured items' spreads, where a standard judges by that.
        public var composite: Ceiling?
        /// Part of the verdict on the whole standard; conditions of applying for an assessment are not.
        public var countsOverall: Bool
    }

    public struct UnitRule: Sendable {
        public var minimum: Int
        public var floorRatio: Double
        public var clause: String
    }

    public struct Ceiling: Sendable {
        public var limit: [Stage: Double]
        public var clause: String
    }

    public struct Item: Sendable, Identifiable {
        public enum Level: String, Sendable, CaseIterable {
            /// A school's stage, measured by an indicator.
            case unit
            /// Every school must pass every test.
            case school
            /// The county's own figures must pass every test.
            case county
            /// The spreads of all measured items of this standard, asked for once more as one condition.
            case spread
        }
        public var code: String
        public var label: LocalizedText
        public var level: Level
        public var clause: String
        public var note: String
        /// For `unit` items: the indicator and its threshold by stage.
        public var indicator: String?
        public var comparison: Comparison
        public var threshold: [Stage: Double]
        /// For `school` and `county` items.
        public var tests: [Test]
        /// Other wordings of the same item that are in use; an overlay chooses one, none is chosen by itself.
        public var alternatives: [Alternative]
        /// Worked examples of the tests, which the item carries to prove itself.
        public var examples: [Example]
        public var id: String { code }
    }

    /// Numbers a county or school might report, and the verdict they must lead to.
    public struct Example: Sendable {
        public var given: [String: Operand]
        public var verdict: Verdict
        public var place: Diagnostic.Place
    }

    /// Another way to compute or relax an item, off until an overlay chooses it with a document.
    public struct Alternative: Sendable, Identifiable {
        public let id: String
        public var label: LocalizedText
        public var tests: [Test]
        /// Where it was seen and how sure that is.
        public var note: String
    }

    /// One condition on a school or county: `value` against `bound`, both formulas over reported numbers.
    public struct Test: Sendable {
        public var label: LocalizedText
        public var value: Formula
        public var valueText: String
        public var comparison: Comparison
        /// Nil when nothing is demanded: the value is shown and not judged.
        public var bound: Formula?
        public var boundText: String
        public var unit: String
        /// Shown as a percentage, a yes or no, or a plain number.
        public var format: Format
        /// The test concerns only rows for which this holds.
        public var applies: Formula?
        /// The element to add to when a school fails, for the shortfall's missing amount.
        public var raises: String?

        public enum Format: String, Sendable, CaseIterable { case number, percent, yesNo }
    }

    public func part(_ id: String) -> Part? { parts.first { $0.id == id } }
    /// Every measured item with the part it belongs to.
    public var measured: [(part: Part, item: Item)] {
        parts.flatMap { part in part.items.filter { $0.level == .unit }.map { (part, $0) } }
    }
    /// What a county's `verdict` is a verdict on, where one part alone is measured school by school: 资源配置. Empty otherwise.
    public var judgedName: String {
        let names = Set(measured.map(\.part.label.zh))
        return names.count == 1 ? names.first ?? "" : ""
    }
    public func item(_ code: String) -> Item? { parts.lazy.flatMap(\.items).first { $0.code == code } }

    public func isInForce(on day: Day) -> Bool {
        (effectiveFrom.map { $0 <= day } ?? true) && (effectiveUntil.map { day <= $0 } ?? true)
    }
}
