public import Vocabulary

/// A school unit, that is a school's stage, held against a standard.
public struct UnitResult: Sendable, Identifiable {
    public var school: String
    public var name: String
    public var stage: Stage
    /// 城乡 as reported.
    public var setting: String
    public var kind: String
    /// Row of the return table, for cells and other figures.
    public var row: Int
    public var pupils: Double?
    /// The unit's part of what the school shares between its stages; 1 where nothing is divided, nil when it can't be told.
    public var share: Double?
    /// Values by item code.
    public var values: [String: Double]
    public var unknown: [String: Absence]
    /// Items met, of `measured`.
    public var met: Int
    public var measured: Int
    public var verdict: Verdict
    public var id: String { "\(school)/\(stage.rawValue)" }
    /// `清河学校（初中部）` where the school has several units, else the school's name.
    public var title: String
    /// Shared resources for which the school reports a division of its own, by data element, with the one that was used.
    public var splits: [String: ResourceSplit] = [:]
}

/// What a school unit lacks for one rule.
public struct Shortfall: Sendable, Identifiable {
    public enum Rule: String, Sendable, CaseIterable, Codable {
        /// Below the floor no single item may fall under.
        case belowFloor
        /// One of more missed items than the rule allows.
        case tooManyMissed
        /// Missed, yet within what the rule allows: the school passes.
        case allowedMiss
        /// A test every school must pass.
        case schoolTest
    }
    public var school: String
    public var name: String
    public var stage: Stage?
    public var row: Int
    public var code: String
    public var label: String
    public var value: Double
    public var threshold: Double
    public var floor: Double?
    /// What is missing in raw quantity, exact, in `unit`; nil where the rule has no quantity to add.
    public var missing: Double?
    /// `missing` rounded up to whole things where the element is counted in whole things.
    public var needed: Double?
    public var unit: String
    /// The data element to add to.
    public var element: String?
    public var rule: Rule
    public var ruleText: String
    public var id: String { "\(school)/\(stage?.rawValue ?? "school")/\(code)/\(rule.rawValue)/\(label)" }
    /// Whether the school fails because of it.
    public var isBinding: Bool { rule != .allowedMiss }
}

/// A school left out of the judgement.
public struct ExcludedSchool: Sendable, Hashable {
    public var school: String
    public var name: String
    /// Stable word such as `teachingPointUnder50`.
    public var reason: String
    public var label: LocalizedText
    public var clause: String
}
