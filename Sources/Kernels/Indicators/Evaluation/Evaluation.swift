internal import Vocabulary

/// Holds the returns of schools and counties against a standard.
///
/// `schools` is a table of the standard's form, `counties` one of its county form. Nothing else is asked: the same
/// tables give the same result.
public struct Evaluation: Sendable {
    public let standard: Standard
    public let catalogue: IndicatorCatalogue
    public let schools: ReturnTable
    public let counties: ReturnTable?
    let units: UnitTable

    public init(_ standard: Standard, catalogue: IndicatorCatalogue, schools: ReturnTable, counties: ReturnTable? = nil) {
        self.standard = standard
        self.catalogue = catalogue
        self.schools = schools
        self.counties = counties
        units = UnitTable(schools, standard: standard, catalogue: catalogue)
    }

    public func run() -> StandardResult {
        let indicators = standard.measured.compactMap { $0.item.indicator.flatMap { catalogue.indicators[$0] } }
        let frame = frame(indicators)
        let columns = frame.evaluate(indicators)
        let names = Set(indicators.flatMap { $0.numerator.variables + $0.denominator.variables })
        let shared = names.filter { catalogue.elements[$0]?.scope == .shared }.sorted()
        let excluded = Dictionary(grouping: units.excluded, by: \.county)
        let rows = Dictionary(grouping: 0..<schools.count) { schools.attribute("county", $0) }
        let results = units.counties.enumerated().map { index, name in
            let judge = CountyJudge(evaluation: self, frame: frame, columns: columns, county: index, rows: rows[name] ?? [], shared: shared)
            return judge.result(name, excluded: (excluded[index] ?? []).map(\.school).sorted { $0.school < $1.school })
        }
        return StandardResult(standard: standard, schoolYear: schools.schoolYear, counties: results)
    }

    /// The group of a county's stage in the frame.
    func group(_ county: Int, _ stage: Int) -> Int { county * standard.stages.count + stage }

    private func frame(_ indicators: [Indicator]) -> IndicatorFrame {
        var columns = NumberColumns(count: units.units.count)
        let names = Set(indicators.flatMap { $0.numerator.variables + $0.denominator.variables + $0.weight.variables })
        for name in names.union(["pupils"]).sorted() { columns.set(name, units.column(name)) }
        let places = Dictionary(uniqueKeysWithValues: standard.stages.enumerated().map { ($1, $0) })
        let groupOf = units.units.map { group($0.county, places[$0.stage] ?? 0) }
        return IndicatorFrame(columns, groups: Groups(groupOf: groupOf, count: units.counties.count * standard.stages.count))
    }
}
