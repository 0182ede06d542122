public import Vocabulary

/// What applying an import would do to the verdicts, county by county.
public struct ImportEffect: Sendable {
    public struct County: Sendable {
        public var name: String
        /// Nil where the county had no data.
        public var before: CountyResult?
        public var after: CountyResult
    }

    public var standard: Standard
    /// The counties whose result changes, in order of name.
    public var counties: [County]

    /// Evaluates today's rows and the rows as they would be. Nil when no standard takes the form.
    static func of(_ record: ImportRecord, _ returns: any ReturnStore, _ catalogue: IndicatorCatalogue) async throws -> ImportEffect? {
        guard let standard = standard(for: record.form, catalogue), let form = catalogue.forms[standard.form] else { return nil }
        let countyForm = standard.countyForm.flatMap { $0 == form.id ? nil : catalogue.forms[$0] }
        let year = record.schoolYear
        func evaluate(_ preview: ImportID?) async throws -> StandardResult {
            let schools = try await returns.table(form, year, county: nil, preview: record.form == form.id ? preview : nil)
            var counties: ReturnTable? = standard.countyForm == form.id ? schools : nil
            if let countyForm {
                counties = try await returns.table(countyForm, year, county: nil, preview: record.form == countyForm.id ? preview : nil)
            }
            return Evaluation(standard, catalogue: catalogue, schools: schools, counties: counties).run()
        }
        let before = try await evaluate(nil)
        let after = try await evaluate(record.id)
        let counties = after.counties.map { County(name: $0.county, before: before.county($0.county), after: $0) }
        return ImportEffect(standard: standard, counties: counties.filter(\.isChanged))
    }

    /// The standard of the form by which counties are judged today: the newest.
    private static func standard(for form: String, _ catalogue: IndicatorCatalogue) -> Standard? {
        catalogue.standards.values.filter { $0.form == form || $0.countyForm == form }.max {
            ($0.effectiveFrom ?? Day(year: 0, month: 1, day: 1), $0.id) < ($1.effectiveFrom ?? Day(year: 0, month: 1, day: 1), $1.id)
        }
    }
}

extension ImportEffect.County {
    /// A coefficient of variation before and after.
    public struct Spread: Sendable {
        public var stage: Stage
        public var code: String
        public var before: Double?
        public var after: Double?
        public var verdict: Verdict
        public var old: Verdict?
    }

    var isChanged: Bool {
        guard let before else { return true }
        return before.verdict != after.verdict || before.overall != after.overall || before.schools != after.schools || !spreads.isEmpty
            || !moved.isEmpty
    }

    /// Coefficients of variation that differ, to the fourth decimal or in their verdict.
    public var spreads: [Spread] {
        after.stages.flatMap { stage in
            stage.indicators.compactMap { indicator in
                let old = before?.stage(stage.stage)?.indicator(indicator.code)
                let isSame = old.map { rounded($0.cv) == rounded(indicator.cv) && $0.verdict == indicator.verdict } ?? false
                if isSame { return nil }
                return Spread(
                    stage: stage.stage, code: indicator.code, before: old?.cv, after: indicator.cv, verdict: indicator.verdict,
                    old: old?.verdict)
            }
        }
    }

    /// School units whose verdict changes.
    public var moved: [(unit: UnitResult, before: Verdict)] {
        let old = Dictionary((before?.units ?? []).map { ($0.id, $0.verdict) }) { first, _ in first }
        return after.units.compactMap { unit in old[unit.id].flatMap { $0 == unit.verdict ? nil : (unit, $0) } }
    }

    private func rounded(_ value: Double?) -> Int? { value.map { Int(($0 * 10_000).rounded()) } }
}

/// Effects once computed, kept while neither the import nor the data change.
public actor ImportEffects {
    private struct Key: Hashable {
        var id: ImportID
        var version: Int
        var revision: Int
    }

    private let returns: any ReturnStore
    private let catalogue: IndicatorCatalogue
    private var known: [Key: ImportEffect?] = [:]

    public init(_ returns: any ReturnStore, _ catalogue: IndicatorCatalogue) {
        self.returns = returns
        self.catalogue = catalogue
    }

    /// Nil when no standard takes the form.
    public func effect(of record: ImportRecord) async throws -> ImportEffect? {
        let key = Key(id: record.id, version: record.version, revision: try await returns.revision(form: nil, nil))
        if let found = known[key] { return found }
        let effect = try await ImportEffect.of(record, returns, catalogue)
        // A few at a time: an effect is as large as the city.
        if known.count > 20 { known.removeAll() }
        known[key] = .some(effect)
        return effect
    }
}
