public import Foundation
public import Indicators
internal import Vocabulary

/// Two results side by side as JSON; `before` and `after` are null on the side that does not have the thing.
public struct ComparisonJSON: Encodable {
    let before: Side
    let after: Side
    let counties: [County]

    public init(_ comparison: ResultComparison) {
        before = Side(comparison.before)
        after = Side(comparison.after)
        counties = comparison.counties.map(County.init)
    }

    /// The bytes of the file, in UTF-8 with sorted keys.
    public func data() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }

    struct Side: Encodable {
        let standard: String
        let document: String
        let schoolYear: Int

        init(_ side: ResultComparison.Side) {
            standard = side.standard
            document = side.document
            schoolYear = side.schoolYear.start
        }
    }

    struct Both<Value: Encodable>: Encodable {
        let before: Value?
        let after: Value?

        init<Source>(_ change: Change<Source>, _ value: (Source) -> Value) {
            before = change.before.map(value)
            after = change.after.map(value)
        }

        enum CodingKeys: CodingKey { case before, after }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(before, forKey: .before)
            try container.encode(after, forKey: .after)
        }
    }

    struct County: Encodable {
        let county: String
        let verdict: Both<Verdict>
        let overall: Both<Verdict>
        let stages: [String: StageEntry]
        let moved: [Unit]
        let onlyBefore: [Unit]
        let onlyAfter: [Unit]

        init(_ county: CountyComparison) {
            self.county = county.county
            verdict = Both(county.verdict) { $0 }
            overall = Both(county.overall) { $0 }
            stages = Dictionary(uniqueKeysWithValues: county.stages.map { ($0.stage.rawValue, StageEntry($0)) })
            moved = county.moved.map(Unit.init)
            onlyBefore = county.onlyBefore.map(Unit.init)
            onlyAfter = county.onlyAfter.map(Unit.init)
        }
    }

    struct StageEntry: Encodable {
        let verdict: Both<Verdict>
        let units: Both<Int>
        let unitsMet: Both<Int>
        let compositeCV: Both<Double>
        let compositeCeiling: Both<Double>
        let indicators: [Measured]

        init(_ stage: StageComparison) {
            verdict = Both(stage.verdict) { $0 }
            units = Both(stage.units) { $0 }
            unitsMet = Both(stage.unitsMet) { $0 }
            compositeCV = Both(stage.compositeCV) { $0 }
            compositeCeiling = Both(stage.compositeCeiling) { $0 }
            indicators = stage.indicators.map(Measured.init)
        }
    }

    struct Measured: Encodable {
        let label: String
        let code: Both<String>
        let indicator: Both<String>
        let cv: Both<Double>
        let cvChange: Double?
        let ceiling: Both<Double>
        let mean: Both<Double>
        let verdict: Both<Verdict>

        init(_ indicator: IndicatorComparison) {
            label = indicator.label.zh
            code = Both(indicator.code) { $0 }
            self.indicator = Both(indicator.indicator) { $0 }
            cv = Both(indicator.cv) { $0 }
            cvChange = indicator.cv.difference
            ceiling = Both(indicator.ceiling) { $0 }
            mean = Both(indicator.mean) { $0 }
            verdict = Both(indicator.verdict) { $0 }
        }
    }

    struct Unit: Encodable {
        let school: String
        let stage: String
        let title: String
        let verdict: Both<Verdict>
        let met: Both<Int>
        /// Why the other side leaves the unit out.
        let excluded: String

        init(_ unit: UnitComparison) {
            school = unit.school
            stage = unit.stage.rawValue
            title = unit.title
            verdict = Both(unit.verdict) { $0 }
            met = Both(unit.met) { $0 }
            excluded = unit.excluded
        }
    }
}
