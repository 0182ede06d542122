internal import Foundation
public import Indicators
public import Vocabulary

/// Evaluations over a folder of workbooks, each computed once.
public actor FolderEvaluations: Evaluations {
    public nonisolated let catalogue: IndicatorCatalogue
    private let folder: DataFolder
    private let years: [SchoolYear]
    private var tables: [String: (schools: ReturnTable, counties: ReturnTable?)] = [:]
    private var evaluated: [String: Evaluated] = [:]

    public init(_ folder: DataFolder) {
        self.folder = folder
        catalogue = folder.catalogue
        years = folder.schoolYears
    }

    public func schoolYears() -> [SchoolYear] { years }

    public func evaluated(_ standard: String, _ year: SchoolYear) throws -> Evaluated? {
        let key = "\(standard)/\(year.start)"
        if let known = evaluated[key] { return known }
        guard let rules = catalogue.standards[standard], let form = catalogue.forms[rules.form], years.contains(year) else { return nil }
        let place = "\(form.id)/\(year.start)"
        if tables[place] == nil, let schools = try folder.table(form, year) {
            let counties = try rules.countyForm.flatMap { catalogue.forms[$0] }.flatMap { try folder.table($0, year) }
            tables[place] = (schools, counties)
        }
        guard let (schools, counties) = tables[place] else { return nil }
        let evaluation = Evaluation(rules, catalogue: catalogue, schools: schools, counties: counties)
        let files = folder.files(year).map(\.lastPathComponent).joined(separator: "、")
        let result = Evaluated(evaluation, source: files, isFrozen: false)
        evaluated[key] = result
        return result
    }
}
