public import Vocabulary

/// What a standard says of every county whose schools reported.
public struct StandardResult: Sendable {
    public var standard: Standard
    public var schoolYear: SchoolYear
    /// In order of county name.
    public var counties: [CountyResult]

    public func county(_ name: String) -> CountyResult? { counties.first { $0.county == name } }
}

/// One county under one standard.
public struct CountyResult: Sendable {
    public var county: String
    /// What the returns of the schools decide: school units and their spread.
    public var verdict: Verdict
    /// The whole standard, incl. the county's own figures and documents.
    public var overall: Verdict
    public var parts: [PartResult]
    public var stages: [StageResult]
    public var units: [UnitResult]
    public var shortfalls: [Shortfall]
    public var excluded: [ExcludedSchool]
    /// Schools in the table, counted or not.
    public var schools: Int

    public func stage(_ stage: Stage) -> StageResult? { stages.first { $0.stage == stage } }
    public func part(_ id: String) -> PartResult? { parts.first { $0.id == id } }
    public func units(of school: String) -> [UnitResult] { units.filter { $0.school == school } }
    public var pupils: Double { stages.reduce(0) { $0 + $1.pupils } }
}

/// One part of a standard, such as 资源配置 or 政府保障程度.
public struct PartResult: Sendable, Identifiable {
    public var id: String
    public var label: LocalizedText
    public var items: [ItemResult]
    public var verdict: Verdict

    public func count(_ verdict: Verdict) -> Int { items.count { $0.verdict == verdict } }
}

/// One item: for measured items its spread in every stage, for others every test.
public struct ItemResult: Sendable, Identifiable {
    public var code: String
    public var label: LocalizedText
    public var level: Standard.Item.Level
    public var clause: String
    public var note: String
    public var verdict: Verdict
    public var tests: [TestResult]
    public var id: String { code }
}

/// One condition held against the numbers of a county or school.
public struct TestResult: Sendable {
    public var test: Standard.Test
    public var value: Double?
    public var bound: Double?
    public var verdict: Verdict
    /// What has to be handed in before the question can be answered: data elements.
    public var missing: [String]
    /// For tests of schools: how many had to pass and how many do not.
    public var schools: Int
    public var failing: Int
    public var unanswered: Int
    /// Row of the county's table, for its cells.
    public var row: Int?
}

/// One stage (小学 or 初中) of a county.
public struct StageResult: Sendable, Identifiable {
    public var stage: Stage
    public var units: Int
    public var pupils: Double
    public var unitsMet: Int
    public var unitsNotMet: Int
    public var indicators: [IndicatorResult]
    /// Plain mean of the coefficients of variation; decides only where the standard says so.
    public var compositeCV: Double?
    public var compositeCeiling: Double?
    /// Units and spread together.
    public var verdict: Verdict
    public var id: Stage { stage }

    public func indicator(_ code: String) -> IndicatorResult? { indicators.first { $0.code == code } }
}

/// One measured item in one stage of a county.
public struct IndicatorResult: Sendable, Identifiable {
    public var code: String
    public var indicator: String
    public var statistics: GroupStatistics
    public var threshold: Double?
    /// Least acceptable value of a single school: threshold × floor ratio.
    public var floor: Double?
    public var ceiling: Double?
    /// Whether the spread stays under the ceiling.
    public var verdict: Verdict
    public var gini: Double?
    public var theil: Double?
    public var unitsMet: Int
    public var unitsNotMet: Int
    public var unitsUnknown: Int
    public var id: String { code }
    public var cv: Double? { statistics.cv }
    public var mean: Double? { statistics.mean }
}
