internal import Vocabulary

/// Judges one county from the values of its units.
///
/// A class: the look-ups handed to formulas hold one reference to it, where a struct's whole content was copied for each.
final class CountyJudge {
    let evaluation: Evaluation
    let frame: IndicatorFrame
    /// Values of the measured items, in the order of `standard.measured`.
    let columns: [IndicatorFrame.Column]
    let county: Int
    /// Rows of the county's schools in the return table.
    let rows: [Int]
    /// Names in the measured items' formulas of what schools share between their stages.
    let shared: [String]

    init(
        evaluation: Evaluation, frame: IndicatorFrame, columns: [IndicatorFrame.Column], county: Int, rows: [Int], shared: [String]
    ) {
        self.evaluation = evaluation
        self.frame = frame
        self.columns = columns
        self.county = county
        self.rows = rows
        self.shared = shared
    }

    var standard: Standard { evaluation.standard }
    var catalogue: IndicatorCatalogue { evaluation.catalogue }
    var units: UnitTable { evaluation.units }

    func result(_ name: String, excluded: [ExcludedSchool]) -> CountyResult {
        var unitResults: [UnitResult] = []
        var stages: [StageResult] = []
        var shortfalls: [Shortfall] = []
        for (index, stage) in standard.stages.enumerated() {
            let places = frame.groups.places(evaluation.group(county, index))
            let judged = places.map { judge(place: $0) }
            unitResults += judged
            stages.append(stageResult(stage, judged, group: evaluation.group(county, index)))
            for (place, unit) in zip(places, judged) { shortfalls += missing(unit, place) }
        }
        let schoolItems = standard.parts.map { part in part.items.filter { $0.level == .school }.map { schoolItem($0) } }
        shortfalls += schoolItems.flatMap { $0.flatMap(\.shortfalls) }
        let parts = zip(standard.parts, schoolItems).map { part, school in
            partResult(part, stages: stages, units: unitResults, school: school.map(\.result), county: name)
        }
        // A standard without measured items is decided by its other parts alone.
        let counted = zip(standard.parts, parts).filter(\.0.countsOverall).map(\.1.verdict)
        let verdict = Verdict.all(standard.measured.isEmpty ? counted : stages.map(\.verdict))
        return CountyResult(
            county: name, verdict: verdict, overall: Verdict.all(counted + [verdict]), parts: parts, stages: stages,
            units: unitResults, shortfalls: shortfalls, excluded: excluded, schools: standard.form == standard.countyForm ? 0 : rows.count)
    }

    // MARK: Units

    private func judge(place: Int) -> UnitResult {
        let unit = units.units[frame.groups.order[place]]
        var result = unitResult(unit)
        var passes: [String: Bool] = [:]
        for (measured, column) in zip(standard.measured, columns) {
            let code = measured.item.code
            let value = column.values[place]
            if value.isNaN {
                result.unknown[code] = reason(measured.item, unit)
            } else {
                result.values[code] = value
                if let threshold = measured.item.threshold[unit.stage] { passes[code] = measured.item.comparison.holds(value, threshold) }
            }
        }
        result.splits = units.splits(shared, unit)
        result.met = passes.values.count { $0 }
        result.measured = columns.count
        result.verdict = verdict(unit.stage, result.values)
        return result
    }

    /// Parts with a threshold for the stage decide; where there is none, whether all could be measured.
    private func verdict(_ stage: Stage, _ values: [String: Double]) -> Verdict {
        let measuring = standard.parts.filter { part in part.items.contains { $0.level == .unit } }
        let judging = measuring.filter { part in part.items.contains { $0.threshold[stage] != nil } }
        return Verdict.all((judging.isEmpty ? measuring : judging).map { UnitRuling($0, stage, values: values).verdict })
    }

    private func unitResult(_ unit: SchoolUnit) -> UnitResult {
        let table = units.table
        let name = table.attribute("name", unit.row)
        let pupils = table.fact(FactKey("pupils", unit.stage), unit.row).number
        let divided = standard.stages.filter(units.stages(unit.row).contains).count > 1 || unit.isDivided
        return UnitResult(
            school: table.attribute("code", unit.row), name: name, stage: unit.stage, setting: table.attribute("setting", unit.row),
            kind: table.attribute("kind", unit.row), row: unit.row, pupils: pupils, share: unit.share.isNaN ? nil : unit.share,
            values: [:], unknown: [:], met: 0, measured: 0, verdict: .insufficient,
            title: divided ? "\(name)（\(unit.stage.label.zh)部）" : name)
    }

    private func reason(_ item: Standard.Item, _ unit: SchoolUnit) -> Absence {
        guard let indicator = item.indicator.flatMap({ catalogue.indicators[$0] }) else { return .noColumn }
        let names = indicator.numerator.variables + indicator.denominator.variables
        return names.lazy.compactMap { [self] in units.absence($0, unit) }.first ?? .zeroDenominator
    }

    // MARK: Stages

    private func stageResult(_ stage: Stage, _ judged: [UnitResult], group: Int) -> StageResult {
        let indicators = zip(standard.measured, columns).map { measured, column in
            indicatorResult(measured.part, measured.item, stage, column, judged, group)
        }
        let coefficients = indicators.map(\.cv)
        let known = coefficients.compactMap { $0 }
        let composite = known.isEmpty || known.count < coefficients.count ? nil : known.reduce(0, +) / Double(known.count)
        let ceiling = standard.parts.lazy.compactMap { $0.composite?.limit[stage] }.first
        // What a rule asks for decides; where none asks for anything, all there is to say is whether it could be measured.
        var decisive = indicators.filter { $0.ceiling != nil }.map(\.verdict)
        if indicators.contains(where: { $0.threshold != nil }) { decisive += judged.map(\.verdict) }
        if let ceiling { decisive.append(composite.map { Comparison.atMost.holds($0, ceiling) ? .met : .notMet } ?? .insufficient) }
        let verdict = judged.isEmpty ? .insufficient : Verdict.all(decisive.isEmpty ? indicators.map(\.verdict) : decisive)
        return StageResult(
            stage: stage, units: judged.count, pupils: judged.reduce(0) { $0 + ($1.pupils ?? 0) },
            unitsMet: judged.count { $0.verdict == .met }, unitsNotMet: judged.count { $0.verdict == .notMet }, indicators: indicators,
            compositeCV: composite, compositeCeiling: ceiling, verdict: verdict)
    }

    private func indicatorResult(
        _ part: Standard.Part, _ item: Standard.Item, _ stage: Stage, _ column: IndicatorFrame.Column, _ judged: [UnitResult],
        _ group: Int
    ) -> IndicatorResult {
        let statistics = column.groups[group]
        let places = frame.groups.places(group)
        let ceiling = part.dispersion?.limit[stage]
        let verdict: Verdict =
            if let ceiling {
                statistics.cv.map { Comparison.atMost.holds($0, ceiling) ? .met : .notMet } ?? .insufficient
            } else {
                statistics.mean == nil ? .insufficient : .measured
            }
        let threshold = item.threshold[stage]
        let passes = threshold.map { bound in judged.compactMap { $0.values[item.code] }.map { item.comparison.holds($0, bound) } } ?? []
        let isMeasured = statistics.mean != nil
        let (values, weights) = (Array(column.values[places]), Array(column.weights[places]))
        return IndicatorResult(
            code: item.code, indicator: item.indicator ?? "", statistics: statistics, threshold: threshold,
            floor: UnitRuling.floor(part, item, stage), ceiling: ceiling, verdict: verdict,
            gini: isMeasured ? Inequality.gini(values, weights: weights) : nil,
            theil: isMeasured ? Inequality.theil(values, weights: weights) : nil, unitsMet: passes.count { $0 },
            unitsNotMet: passes.count { !$0 }, unitsUnknown: judged.count { $0.unknown[item.code] != nil })
    }
}
