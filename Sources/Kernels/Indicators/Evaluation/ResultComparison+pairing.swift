internal import Vocabulary

/// Which measured items of two results belong together.
struct IndicatorPairing {
    let sameStandard: Bool
    let judgesUnits: Bool
    let catalogue: IndicatorCatalogue

    func pairs(_ a: IndicatorResult, _ b: IndicatorResult) -> Bool {
        sameStandard ? a.code == b.code : a.indicator == b.indicator || isSameQuotient(a.indicator, b.indicator)
    }

    private func isSameQuotient(_ a: String, _ b: String) -> Bool {
        guard let a = catalogue.indicators[a], let b = catalogue.indicators[b] else { return false }
        return a.numerator == b.numerator && a.denominator == b.denominator && a.weight == b.weight
    }

    func label(_ result: IndicatorResult) -> LocalizedText {
        catalogue.indicators[result.indicator]?.label ?? LocalizedText(zh: result.code)
    }
}

extension Standard {
    /// Whether single school units are held against a threshold.
    var judgesUnits: Bool { measured.contains { !$0.item.threshold.isEmpty } }
}

extension CountyComparison {
    init(_ name: String, _ before: CountyResult?, _ after: CountyResult?, _ pairing: IndicatorPairing) {
        county = name
        verdict = Change(before: before?.verdict, after: after?.verdict)
        overall = Change(before: before?.overall, after: after?.overall)
        let held = Set((before?.stages ?? []).map(\.stage) + (after?.stages ?? []).map(\.stage)).sorted()
        stages = held.map { StageComparison($0, before?.stage($0), after?.stage($0), pairing) }
        units = UnitComparison.all(before, after)
        judgesUnits = pairing.judgesUnits
    }
}

extension StageComparison {
    init(_ stage: Stage, _ before: StageResult?, _ after: StageResult?, _ pairing: IndicatorPairing) {
        self.stage = stage
        verdict = Change(before: before?.verdict, after: after?.verdict)
        units = Change(before: before?.units, after: after?.units)
        unitsMet = Change(before: before?.unitsMet, after: after?.unitsMet)
        compositeCV = Change(before: before?.compositeCV, after: after?.compositeCV)
        compositeCeiling = Change(before: before?.compositeCeiling, after: after?.compositeCeiling)
        var rest = after?.indicators ?? []
        indicators = (before?.indicators ?? []).map { old in
            let new = rest.firstIndex { pairing.pairs(old, $0) }.map { rest.remove(at: $0) }
            return IndicatorComparison(old, new, pairing)
        }
        indicators += rest.map { IndicatorComparison(nil, $0, pairing) }
    }
}

extension IndicatorComparison {
    init(_ before: IndicatorResult?, _ after: IndicatorResult?, _ pairing: IndicatorPairing) {
        code = Change(before: before?.code, after: after?.code)
        indicator = Change(before: before?.indicator, after: after?.indicator)
        label = (after ?? before).map(pairing.label) ?? LocalizedText(zh: "")
        cv = Change(before: before?.cv, after: after?.cv)
        ceiling = Change(before: before?.ceiling, after: after?.ceiling)
        mean = Change(before: before?.mean, after: after?.mean)
        verdict = Change(before: before?.verdict, after: after?.verdict)
    }
}

extension UnitComparison {
    static func all(_ before: CountyResult?, _ after: CountyResult?) -> [UnitComparison] {
        let old = Dictionary((before?.units ?? []).map { ($0.id, $0) }) { first, _ in first }
        let new = Dictionary((after?.units ?? []).map { ($0.id, $0) }) { first, _ in first }
        let every = old.merging(new) { _, later in later }.values.sorted { ($0.school, $0.stage) < ($1.school, $1.stage) }
        return every.map { unit in
            let absentFrom = old[unit.id] == nil ? before : new[unit.id] == nil ? after : nil
            let reason = absentFrom?.excluded.first { $0.school == unit.school }?.label.zh ?? ""
            return UnitComparison(
                school: unit.school, stage: unit.stage, title: unit.title,
                verdict: Change(before: old[unit.id]?.verdict, after: new[unit.id]?.verdict),
                met: Change(before: old[unit.id]?.met, after: new[unit.id]?.met), excluded: reason)
        }
    }
}
