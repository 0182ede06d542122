public import Vocabulary

/// How deep in a plan a line stands. A line may hold only lines of deeper levels.
public enum PlanLevel: String, Hashable, Sendable, CaseIterable, Comparable {
    case goal
    /// 工程, 行动, 实事.
    case programme
    case measure
    /// Something with a number to reach.
    case target
    case task

    public var label: LocalizedText {
        switch self {
        case .goal: LocalizedText(zh: "总目标", en: "Goal")
        case .programme: LocalizedText(zh: "行动", en: "Programme")
        case .measure: LocalizedText(zh: "举措", en: "Measure")
        case .target: LocalizedText(zh: "指标", en: "Target")
        case .task: LocalizedText(zh: "任务", en: "Task")
        }
    }

    public static func < (left: PlanLevel, right: PlanLevel) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}

/// One line of a plan with everything below it.
public struct PlanItem: Hashable, Sendable, Identifiable {
    /// Unique in its plan; part of addresses, so letters, digits and hyphens.
    public var id: String
    public var level: PlanLevel
    public var label: LocalizedText
    /// Where in the issued document the line comes from; nil for lines a bureau adds.
    public var clause: PlanClause?
    public var note: String
    /// The office that answers for it; inherited from above where a line names none.
    public var owner: String?
    public var coOwners: [String]
    public var start: Day?
    public var deadline: Day?
    /// What has to be reached. A line with lines below it has none: it stands as they do.
    public var amount: PlannedAmount?
    public var evidence: EvidenceRule
    /// In order of day.
    public var milestones: [Milestone]
    public var items: [PlanItem]

    public init(
        id: String, level: PlanLevel, label: LocalizedText, clause: PlanClause? = nil, note: String = "", owner: String? = nil,
        coOwners: [String] = [], start: Day? = nil, deadline: Day? = nil, amount: PlannedAmount? = nil,
        evidence: EvidenceRule = EvidenceRule(), milestones: [Milestone] = [], items: [PlanItem] = []
    ) {
        self.id = id
        self.level = level
        self.label = label
        self.clause = clause
        self.note = note
        self.owner = owner
        self.coOwners = coOwners
        self.start = start
        self.deadline = deadline
        self.amount = amount
        self.evidence = evidence
        self.milestones = milestones
        self.items = items
    }

    public var isLeaf: Bool { items.isEmpty }
    /// The line and all below it, in order.
    public var all: [PlanItem] { [self] + items.flatMap(\.all) }
    public var leaves: [PlanItem] { isLeaf ? [self] : items.flatMap(\.leaves) }
    /// What a leaf has to reach: its number, else once done.
    public var required: PlannedAmount { amount ?? PlannedAmount(.atLeast, 1, unit: PlannedAmount.done) }
}

/// A place in an issued document.
public struct PlanClause: Hashable, Sendable, CustomStringConvertible {
    /// The headings above the sentence, such as `三·一是`; empty above the first.
    public var heading: String
    /// Paragraphs that are not blank, and sentences in the paragraph, count from 1.
    public var paragraph: Int
    public var sentence: Int

    public init(heading: String, paragraph: Int, sentence: Int) {
        self.heading = heading
        self.paragraph = paragraph
        self.sentence = sentence
    }

    public var description: String { (heading.isEmpty ? "" : "\(heading)，") + "第\(paragraph)段第\(sentence)句" }
}

/// A number to reach.
public struct PlannedAmount: Hashable, Sendable {
    public enum Period: String, Hashable, Sendable, CaseIterable {
        /// From the start of the line to its deadline.
        case whole
        /// Every calendar year anew.
        case year
        /// Every school year anew.
        case schoolYear
    }
    /// How entries add up.
    public enum Adding: String, Hashable, Sendable, CaseIterable {
        case sum
        /// The newest entry stands: shares and levels.
        case latest
    }

    /// The unit of a line that is done or not.
    public static let done = "项"

    public var comparison: Comparison
    /// Shares as fractions: 15 % is 0.15.
    public var value: Double
    /// `%` for shares; empty for pure numbers.
    public var unit: String
    public var period: Period
    public var adding: Adding
    /// Whether the work is to keep pace with the calendar (序时进度).
    public var isPaced: Bool

    public init(
        _ comparison: Comparison, _ value: Double, unit: String, period: Period = .whole, adding: Adding = .sum, isPaced: Bool = false
    ) {
        self.comparison = comparison
        self.value = value
        self.unit = unit
        self.period = period
        self.adding = adding
        self.isPaced = isPaced
    }

    /// `≥ 2000名（每年）`.
    public var words: String {
        let each = period == .year ? "（每年）" : period == .schoolYear ? "（每学年）" : ""
        return "\(comparison.sign) \(text(value))\(each)"
    }

    /// A value in the unit of the amount. Shares bear two decimals, unless that would make one look like the bound it misses.
    public func text(_ value: Double) -> String {
        guard unit == "%" else { return PlanNumber.text(value) + (unit.isEmpty ? "" : " \(unit)") }
        let rounded = (value * 10_000).rounded() / 10_000
        let isMisleading = rounded == self.value && !comparison.holds(value, self.value)
        return PlanNumber.text((isMisleading ? value : rounded) * 100) + "%"
    }
}

/// A step on the way: so much by that day.
public struct Milestone: Hashable, Sendable {
    public var day: Day
    public var value: Double
    public var label: String

    public init(day: Day, value: Double, label: String = "") {
        self.day = day
        self.value = value
        self.label = label
    }
}

/// Numbers in sentences: at most four decimals, no trailing zeros.
public enum PlanNumber {
    public static func text(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "—" }
        let scaled = (abs(value) * 10_000).rounded()
        let whole = Int(scaled) / 10_000
        var decimals = String(Int(scaled) % 10_000 + 10_000).dropFirst()
        while decimals.last == "0" { decimals.removeLast() }
        let sign = value < 0 && scaled > 0 ? "-" : ""
        return "\(sign)\(whole)" + (decimals.isEmpty ? "" : ".\(decimals)")
    }
}
