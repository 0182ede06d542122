public import Vocabulary

/// Something in two results: nil on the side that does not have it.
public struct Change<Value: Sendable & Equatable>: Sendable, Equatable {
    public var before: Value?
    public var after: Value?

    public init(before: Value?, after: Value?) {
        self.before = before
        self.after = after
    }

    /// Both sides have it, and it is not the same.
    public var isMoved: Bool { before != nil && after != nil && before != after }
}

extension Change<Double> {
    /// After less before; nil while either is unknown.
    public var difference: Double? { before.flatMap { old in after.map { $0 - old } } }
}

/// Two results held side by side: one year's returns under two standards, or two years under one.
///
/// Within one standard measured items are paired by their code; between standards by what they measure: the same
/// indicator, or the same quotient up to its factor, which the coefficient of variation does not see.
public struct ResultComparison: Sendable {
    /// What was evaluated by what.
    public struct Side: Sendable, Equatable {
        public var standard: String
        public var label: LocalizedText
        public var document: String
        public var schoolYear: SchoolYear
    }

    public var before: Side
    public var after: Side
    /// Every county of either result, in order of name.
    public var counties: [CountyComparison]

    /// `catalogue` tells which indicators of two standards measure the same, and their names.
    public init(_ before: StandardResult, _ after: StandardResult, catalogue: IndicatorCatalogue) {
        self.before = Side(before)
        self.after = Side(after)
        let pairing = IndicatorPairing(
            sameStandard: before.standard.id == after.standard.id, judgesUnits: before.standard.judgesUnits && after.standard.judgesUnits,
            catalogue: catalogue)
        let names = Set(before.counties.map(\.county) + after.counties.map(\.county)).sorted()
        counties = names.map { CountyComparison($0, before.county($0), after.county($0), pairing) }
    }

    public func county(_ name: String) -> CountyComparison? { counties.first { $0.county == name } }
}

extension ResultComparison.Side {
    init(_ result: StandardResult) {
        self.init(
            standard: result.standard.id, label: result.standard.label, document: result.standard.document, schoolYear: result.schoolYear)
    }
}

/// One county in two results.
public struct CountyComparison: Sendable, Identifiable {
    public var county: String
    /// What the school returns decide.
    public var verdict: Change<Verdict>
    /// The whole standard.
    public var overall: Change<Verdict>
    public var stages: [StageComparison]
    /// Every school unit of either result, in order of school and stage.
    public var units: [UnitComparison]
    /// Whether both standards judge single schools; one that judges by spread alone has no verdict on them to move.
    public var judgesUnits: Bool
    public var id: String { county }

    /// Units judged on both sides, differently.
    public var moved: [UnitComparison] { judgesUnits ? units.filter(\.verdict.isMoved) : [] }
    /// Units only one of the results counts: schools new or closed, or left out by one standard.
    public var onlyBefore: [UnitComparison] { units.filter { $0.verdict.after == nil } }
    public var onlyAfter: [UnitComparison] { units.filter { $0.verdict.before == nil } }
}

/// One stage of a county in two results.
public struct StageComparison: Sendable, Identifiable {
    public var stage: Stage
    public var verdict: Change<Verdict>
    public var units: Change<Int>
    public var unitsMet: Change<Int>
    public var compositeCV: Change<Double>
    public var compositeCeiling: Change<Double>
    /// Measured items: first those of the earlier result in its order, then those only the later one has.
    public var indicators: [IndicatorComparison]
    public var id: Stage { stage }
}

/// One measured item of a stage in two results.
public struct IndicatorComparison: Sendable {
    public var code: Change<String>
    /// Ids of the indicators; they differ where two standards measure the same in other units.
    public var indicator: Change<String>
    public var label: LocalizedText
    public var cv: Change<Double>
    public var ceiling: Change<Double>
    /// In the unit of each side's indicator: comparable only where both are the same.
    public var mean: Change<Double>
    /// Whether the spread stays under the ceiling.
    public var verdict: Change<Verdict>
}

/// One school unit in two results.
public struct UnitComparison: Sendable, Identifiable {
    public var school: String
    public var stage: Stage
    public var title: String
    public var verdict: Change<Verdict>
    public var met: Change<Int>
    /// Why the side without this unit leaves it out; empty where the school did not report at all.
    public var excluded: String
    public var id: String { "\(school)/\(stage.rawValue)" }
}
