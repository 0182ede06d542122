public import Alliances
public import Foundation
public import Indicators
public import Pages
internal import Registry
public import Reporting
internal import SiteMap
public import Vocabulary

/// What the pages of 教联体 work with.
public struct AlliancesDesk: Sendable {
    let store: any AllianceStore
    let evaluations: any Evaluations
    let rules: AllianceRules
    let templates: TemplateLibrary
    let books: any SheetBookWriter
    let organisation: String
    let uploads: URL
    let sizeLimit: Int
    /// Reads a file as one of the catalogue's forms; nil where the workbook has no such sheet. Throws `FileRefusal`.
    let readForm: @Sendable (URL, String, String, SchoolYear) throws -> (table: ReturnTable, complaints: [Diagnostic])?
    /// A document as `docx` or `pdf`.
    let paper: @Sendable (OfficialDocument, String) throws -> Data
    /// The pairings a county adopted.
    let adoptedPairings: @Sendable (_ county: String) async throws -> [AdoptedPairing]
    let newID: @Sendable () -> String
    let now: @Sendable () -> Date

    static let (registerForm, activityForm, schoolForm) = ("alliance-register", "alliance-activities", "school-return")

    public init(
        store: any AllianceStore, evaluations: any Evaluations, rules: AllianceRules, templates: TemplateLibrary,
        books: any SheetBookWriter, organisation: String, uploads: URL, sizeLimit: Int,
        readForm: @escaping @Sendable (URL, String, String, SchoolYear) throws -> (table: ReturnTable, complaints: [Diagnostic])?,
        paper: @escaping @Sendable (OfficialDocument, String) throws -> Data,
        pairings: @escaping @Sendable (String) async throws -> [AdoptedPairing],
        newID: @escaping @Sendable () -> String, now: @escaping @Sendable () -> Date
    ) {
        self.store = store
        self.evaluations = evaluations
        self.rules = rules
        self.templates = templates
        self.books = books
        self.organisation = organisation
        self.uploads = uploads
        self.sizeLimit = sizeLimit
        self.readForm = readForm
        self.paper = paper
        adoptedPairings = pairings
        self.newID = newID
        self.now = now
    }

    /// The templates of this feature.
    public static var templates: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    func frame(
        _ title: String, lead: String, _ visit: Visit, place: String, state: String = "", crumbs: [PageFrame.Link] = [],
        actions: [PageFrame.Link] = []
    ) -> PageFrame {
        let scope = Scope(year: visit.today.schoolYear)
        let site = SiteMap(scope)
        return PageFrame(
            title: title, lead: lead, place: place, state: state,
            menu: MainMenu.groups(
                site, county: nil, visit: visit, form: AlliancesDesk.schoolForm, current: crumbs.isEmpty ? site.alliances : ""),
            scope: scope, years: [], standards: [], crumbs: crumbs, actions: actions,
            organisation: organisation, visit: visit)
    }

    /// The school year somebody asks for, else the one running.
    static func year(_ query: PageQuery, _ visit: Visit) -> SchoolYear {
        query["year"].flatMap { SchoolYear(text: $0) } ?? visit.today.schoolYear
    }

    /// The schools of every county in the newest year it has data of.
    func schools() async throws -> SchoolBook {
        var book = SchoolBook()
        for year in (try await evaluations.availability()[Scope.usualStandard] ?? []).sorted(by: >) {
            if let evaluated = try await evaluations.evaluated(Scope.usualStandard, year, .official) { book.add(evaluated.result) }
        }
        return book
    }

    /// Values of every unit in every year with data since a year, with the measured items.
    func figures(since first: SchoolYear) async throws -> (figures: [SchoolYear: [UnitFigures]], items: [EffectItem]) {
        var figures: [SchoolYear: [UnitFigures]] = [:]
        for year in try await evaluations.availability()[Scope.usualStandard] ?? [] where year >= first {
            guard let evaluated = try await evaluations.evaluated(Scope.usualStandard, year, .official) else { continue }
            figures[year] = evaluated.result.counties.flatMap { county in
                county.units.map { UnitFigures(school: $0.school, county: county.county, stage: $0.stage, values: $0.values) }
            }
        }
        let catalogue = evaluations.catalogue
        let measured = catalogue.standards[Scope.usualStandard]?.measured.map(\.item) ?? []
        return (figures, measured.map { EffectItem($0, catalogue) })
    }
}

typealias EffectItem = AllianceEffect.Item

extension AllianceEffect.Item {
    init(_ item: Standard.Item, _ catalogue: IndicatorCatalogue) {
        let indicator = item.indicator.flatMap { catalogue.indicators[$0] }
        self.init(code: item.code, label: item.label, unit: indicator?.unit ?? "", decimals: indicator?.decimals ?? 2)
    }
}

/// Whom an alliance can be made of: the schools of every county's newest returns.
struct SchoolBook: Sendable {
    struct Unit: Sendable {
        var id: String
        var school: AllianceSchool
        var stage: Stage
        var title: String
        var verdict: Verdict
    }

    /// The year every county is told of.
    private(set) var years: [String: SchoolYear] = [:]
    private(set) var schools: [String: AllianceSchool] = [:]
    private(set) var units: [Unit] = []

    /// The counties not known yet: the newest year comes first.
    mutating func add(_ result: StandardResult) {
        for county in result.counties where years[county.county] == nil {
            years[county.county] = result.schoolYear
            for unit in county.units where schools[unit.school].map({ $0.county == county.county }) ?? true {
                let school = AllianceSchool(code: unit.school, name: unit.name, county: county.county)
                schools[unit.school] = school
                units.append(Unit(id: unit.id, school: school, stage: unit.stage, title: unit.title, verdict: unit.verdict))
            }
            for school in county.excluded where schools[school.school] == nil {
                schools[school.school] = AllianceSchool(code: school.school, name: school.name, county: county.county)
            }
        }
    }

    /// A school in the words of a form: its code, or `code name` as the list offers it.
    func find(_ text: String) -> AllianceSchool? {
        schools[text.split(separator: " ").first.map { String($0) } ?? ""]
    }

    func missing(_ text: String) -> String {
        let shown = text.prefix(30)
        return years.isEmpty ? "还没有学校数据，先导入学校数据表再登记教联体" : "没有标识码为“\(shown)”的学校，请从列表里选，或核对学校标识码"
    }

    func of(_ county: String) -> [AllianceSchool] { schools.values.filter { $0.county == county }.sorted { $0.code < $1.code } }
    func isWeak(_ code: String) -> Bool { units.contains { $0.school.code == code && $0.verdict == .notMet } }
    func stages(_ code: String) -> Set<Stage> { Set(units.filter { $0.school.code == code }.map(\.stage)) }
}

extension Visit {
    /// Whether somebody sees an alliance: a county or school of it is within reach.
    func sees(_ alliance: Alliance) -> Bool {
        sight.covers(county: alliance.county) || alliance.schools.contains { sight.covers(school: $0.code, in: $0.county) }
    }
}
