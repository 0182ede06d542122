public import Casework
internal import Foundation
public import Indicators
internal import Vocabulary

/// Holds what a case promised against the first frozen report sealed after its work was reported done (before that: after it was
/// opened).
public struct MeasureEffect: Sendable {
    private let evaluations: any Evaluations

    public init(_ evaluations: any Evaluations) { self.evaluations = evaluations }

    /// nil for a case that was not opened for a shortfall.
    public func run(_ item: Case) async throws -> MeasuredEffect? { try await run([item]).first ?? nil }

    /// The same of many: every year is evaluated once.
    public func run(_ items: [Case]) async throws -> [MeasuredEffect?] {
        let keys = items.map(MeasureEffect.key)
        var years: [String: [Evaluated]] = [:]
        let available = try await evaluations.availability()
        for standard in Set(keys.compactMap { $0?.standard }) {
            for year in (available[standard] ?? []).sorted() {
                guard let evaluated = try await evaluations.evaluated(standard, year, .official) else { continue }
                years[standard, default: []].append(evaluated)
            }
        }
        return zip(items, keys).map { item, key in key.map { MeasureEffect.measure(item, $0, years[$0.standard] ?? []) } }
    }

    static func key(_ item: Case) -> ShortfallKey? {
        item.links.first { $0.kind == OpenRectifications.link }.flatMap { ShortfallKey($0.target) }
    }

    private static func measure(_ item: Case, _ key: ShortfallKey, _ years: [Evaluated]) -> MeasuredEffect {
        var effect = MeasuredEffect(
            valueBefore: item.answers["valueNow"]?.number, valuePredicted: item.answers["valueThen"]?.number, valueMeasured: nil,
            cvBefore: item.answers["cvNow"]?.number, cvPredicted: item.answers["cvThen"]?.number, cvMeasured: nil, verdict: .insufficient,
            source: "", waiting: "")
        // A report frozen while the work went on says nothing of what came of it, nor does an earlier year's that is frozen again.
        let reported = item.events(of: "report").last
        let (since, from) = (reported?.at ?? item.openedAt, (reported?.day ?? item.openedDay).schoolYear)
        let found = years.filter { $0.result.schoolYear >= from }.compactMap { evaluated -> (Snapshot, SnapshotSeal, ItemStanding)? in
            guard let county = evaluated.result.county(ofSchool: key.school), let report = evaluated.standing(county.county).frozen,
                let seal = report.seal, seal.at > since, let standing = evaluated.result.standing(key, upTo: OpenRectifications.goal(item))
            else { return nil }
            return (report, seal, standing)
        }
        if let (report, seal, standing) = found.min(by: { $0.1.at < $1.1.at }) {
            effect.valueMeasured = standing.value
            effect.cvMeasured = standing.cv
            effect.verdict = standing.verdict
            effect.source = "\(report.title)（校验码 \(seal.shortHash)）"
            return effect
        }
        effect.waiting = "\(reported == nil ? "立件" : "上报整改结果")之后还没有冻结的数据，冻结后自动对比"
        return effect
    }
}
