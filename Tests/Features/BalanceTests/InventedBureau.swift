import Definitions
import DemoCity
import Foundation
import Geography
import Indicators
import Pages
import Registry
import Reporting
import SiteMap
import Vocabulary

@testable import Balance
@testable import BigScreen

/// The demo city in memory, with names changed where a test wants to.
struct InventedBureau: Evaluations, Boundaries, SheetBookWriter {
    let catalogue: IndicatorCatalogue
    let schoolCoordinates = CoordinateSystem.wgs84
    var problem: String?
    var organisation = "示范市教育局"
    var source = "示范市.xlsx"
    var outlines: [Boundary]
    private let tables: [SchoolYear: (schools: ReturnTable, counties: ReturnTable)]

    static let years = [SchoolYear(2025), SchoolYear(2024)]

    /// `rename` sees every name of a school, county and setting.
    init(rename: @Sendable (String) -> String = { $0 }) throws {
        let folder = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let log = DiagnosticLog()
        var files = try DefinitionFile.folder(folder.appendingPathComponent("Catalogue/national"))
        files += files.filter { $0.path.hasSuffix("balance-2017.yaml") }.map(InventedBureau.stricter)
        catalogue = IndicatorCatalogue(DefinitionSet(files, log), log)
        guard let standard = catalogue.standards["balance-2017"], let form = catalogue.forms["school-return"],
            let countyForm = catalogue.forms["county-return"]
        else { throw PageMissing("catalogue") }
        let city = DemoCity(standard: standard)
        func table(_ form: ReturnForm, _ year: SchoolYear, _ rows: [ReturnRow]) -> ReturnTable {
            var table = ReturnTable(form: form, schoolYear: year)
            for var row in rows {
                for key in ["name", "county", "setting", "sponsor"] { row.attributes[key] = row.attributes[key].map(rename) }
                table.append(row)
            }
            return table
        }
        var found: [SchoolYear: (schools: ReturnTable, counties: ReturnTable)] = [:]
        for year in InventedBureau.years {
            found[year] = (
                table(form, year, city.schoolRows(year)), table(countyForm, year, city.countyRows(year, form: countyForm))
            )
        }
        tables = found
        outlines = city.boundaries.map { Boundary(name: rename($0.name), polygons: $0.polygons) }
    }

    func availability() -> [String: [SchoolYear]] {
        ["balance-2017": InventedBureau.years, "balance-strict": InventedBureau.years]
    }
    func evaluated(_ standard: String, _ year: SchoolYear, _ view: DataView) -> Evaluated? {
        guard let rules = catalogue.standards[standard], let (schools, counties) = tables[year] else { return nil }
        let standings = Set((0..<schools.count).map { schools.attribute("county", $0) }).map {
            ($0, CountyStanding(state: .submitted, files: [source]))
        }
        return Evaluated(
            Evaluation(rules, catalogue: catalogue, schools: schools, counties: counties), view: view,
            standings: Dictionary(uniqueKeysWithValues: standings))
    }

    /// The same standard with ceilings no county stays under, as a province might tighten it.
    private static func stricter(_ file: DefinitionFile) -> DefinitionFile {
        var copy = file
        copy.path = "standards/strict.yaml"
        copy.text = file.text.replacing("standard: balance-2017", with: "standard: balance-strict").replacing(
            "ceiling: { primary: 0.5, junior: 0.45 }", with: "ceiling: { primary: 0.2, junior: 0.2 }"
        ).replacing("（2017）", with: "（省定）")
        return copy
    }

    func boundaries() -> [Boundary] { outlines }
    func write(_ book: SheetBook) -> Data { Data() }

    var templates: TemplateLibrary {
        get throws {
            try TemplateLibrary(folders: [TemplateLibrary.own, BalanceDesk.templates, BigScreenDesk.templates].compactMap { $0 })
        }
    }

    /// Somebody with a name as hostile as the bureau's, among others of the kind.
    private var visit: Visit {
        let person = Person(id: "p", name: organisation, grants: [Grant(.cityOfficer)])
        return Visit(person: person, others: [person], today: Day(year: 2026, month: 1, day: 5))
    }

    func look(_ query: String = "") async throws -> Look {
        let desk = BalanceDesk(
            evaluations: self, templates: try templates, paper: { _, _, _ in Data() }, organisation: organisation,
            template: { _, _ in nil },
            boundaries: self, books: self)
        var look = try await desk.look(year: nil, standard: nil, isLive: false, visit: visit)
        look.query = PageQuery(query)
        return look
    }

    /// Every page there is, by its template, for the county that falls short most.
    func pages(_ query: String = "") async throws -> [String: String] {
        let look = try await look(query)
        let results = look.evaluated.result
        guard let county = results.counties.max(by: { $0.shortfalls.count < $1.shortfalls.count }), let before = look.before,
            let unit = county.units.first(where: { $0.verdict == .notMet }),
            let broken = county.shortfalls.first(where: { $0.rule == .schoolTest }),
            let indicator = IndicatorPage(look, county, code: "L2"),
            let spread = SpreadPage(look, county, code: "L2", stage: unit.stage), let item = ItemPage(look, county, code: "G11"),
            let schoolItem = ItemPage(look, county, code: broken.code), let school = SchoolPage(look, county, code: unit.school),
            let explanation = ExplanationPage(look, county, school: unit.school, stage: unit.stage, code: "L2")
        else { throw PageMissing("page") }
        let library = try templates
        let screen = BigScreenPage(
            look.evaluated, past: [before.result, results], site: look.site, outlines: outlines, organisation: organisation,
            today: Day(year: 2026, month: 1, day: 5))
        return [
            "city": try library.html(CityPage(look, trend: [(SchoolYear(2024), before.result), (SchoolYear(2025), results)]), "city"),
            "county": try library.html(CountyPage(look, county, sentence: VerdictSentence.text(county)), "county"),
            "schools": try library.html(SchoolsPage(look, county, isMap: false), "schools"),
            "map": try library.html(SchoolsPage(look, county, isMap: true), "schools"),
            "shortfalls": try library.html(ShortfallPage(look, county, stage: nil, code: nil, all: true), "shortfalls"),
            "comparison": try library.html(ComparisonPage(look, county, against: before), "comparison"),
            "indicator": try library.html(indicator, "indicator"), "spread": try library.html(spread, "spread"),
            "item": try library.html(item, "item"), "item of schools": try library.html(schoolItem, "item"),
            "school": try library.html(school, "school"), "explanation": try library.html(explanation, "explanation"),
            "rules": try library.html(RulesPage(look), "rules"), "bigscreen": try library.html(screen, "bigscreen"),
        ]
    }
}
