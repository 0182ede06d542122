public import Casework
internal import Foundation
public import Indicators
internal import Vocabulary

/// Holds what a case promised against the first frozen report sealed after it was opened.
public struct MeasureEffect: Sendable {
    private let evaluations: any Evaluations

    public init(_ evaluations: any Evaluations) { self.evaluations = evaluations }

    /// nil for a case that was not opened for a shortfall.
    public func run(_ item: Case) async throws -> MeasuredEffect? {
        guard let key = item.links.first(where: { $0.kind == OpenRectifications.link }).flatMap({ ShortfallKey($0.target) }) else {
            return nil
        }
        var effect = MeasuredEffect(
            valueBefore: item.answers["valueNow"]?.number, valuePredicted: item.answers["valueThen"]?.number, valueMeasured: nil,
            cvBefore: item.answers["cvNow"]?.number, cvPredicted: item.answers["cvThen"]?.number, cvMeasured: nil, verdict: .insufficient,
            source: "", waiting: "")
        let years = try await evaluations.availability()[key.standard] ?? []
        for year in years.sorted() {
            guard let evaluated = try await evaluations.evaluated(key.standard, year, .official),
                let county = evaluated.result.county(ofSchool: key.school), let report = evaluated.standing(county.county).frozen,
                let seal = report.seal, seal.at > item.openedAt
            else { continue }
            guard let standing = evaluated.result.standing(key) else { continue }
            effect.valueMeasured = standing.value
            effect.cvMeasured = standing.cv
            effect.verdict = standing.verdict
            effect.source = "\(report.title)（校验码 \(seal.shortHash)）"
            return effect
        }
        effect.waiting = "立件之后还没有冻结的数据，冻结后自动对比"
        return effect
    }
}
