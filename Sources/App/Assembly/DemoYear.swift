internal import DemoCity
internal import Indicators
internal import Reporting
internal import Vocabulary
internal import Workbooks

/// The demo city's returns of one school year, by county.
struct DemoYear {
    private let year: SchoolYear
    private let catalogue: IndicatorCatalogue
    private let schools: [String: [ReturnRow]]
    private let counties: [String: [ReturnRow]]
    /// Rows of the monitoring forms by form and county.
    private let monitoring: [(form: ReturnForm, rows: [String: [ReturnRow]])]

    init(_ city: DemoCity, _ year: SchoolYear, catalogue: IndicatorCatalogue) {
        self.year = year
        self.catalogue = catalogue
        schools = Dictionary(grouping: city.schoolRows(year)) { $0.attributes["county"] ?? "" }
        let rows = catalogue.forms["county-return"].map { city.countyRows(year, form: $0) } ?? []
        let forms = year == city.schoolYears.last ? DemoCity.monitoringForms.compactMap { catalogue.forms[$0] } : []
        monitoring = forms.map { form in
            (form, Dictionary(grouping: city.monitoringRows(form, year)) { $0.attributes["county"] ?? "" })
        }
        counties = Dictionary(grouping: rows) { $0.attributes["county"] ?? "" }
    }

    /// A county's workbook: its schools, perhaps changed, and its own figures.
    func workbook(of county: String, changing change: (inout [ReturnRow]) -> Void = { _ in }) -> SheetBook {
        let title = "\(county)\(year.label.zh)（演示数据，均为虚构）"
        var rows = schools[county] ?? []
        change(&rows)
        let sheets = [("school-return", rows), ("county-return", counties[county] ?? [])].compactMap { id, rows in
            catalogue.forms[id].map { FilledForm.sheet($0, rows, title: title, catalogue: catalogue) }
        }
        return SheetBook(sheets)
    }

    /// What a county hands in for the monitoring sets; nil in years in which none are kept.
    func monitoringWorkbook(of county: String) -> SheetBook? {
        let title = "\(county)\(year.label.zh)（演示数据，均为虚构）"
        let sheets = monitoring.map { FilledForm.sheet($0.form, $0.rows[county] ?? [], title: title, catalogue: catalogue) }
        return sheets.isEmpty ? nil : SheetBook(sheets)
    }
}
