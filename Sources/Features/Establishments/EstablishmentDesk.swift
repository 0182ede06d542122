public import Foundation
public import Geography
public import Indicators
public import Jobs
public import Pages
public import PostMatching
public import Reporting
internal import SiteMap
public import Staffing
public import Vocabulary

/// What the pages of 编制与配置 work with.
public struct EstablishmentDesk: Sendable {
    let store: any StaffingStore
    let returns: any ReturnStore
    let rules: StaffingRules
    let catalogue: IndicatorCatalogue
    let boundaries: any Boundaries
    let templates: TemplateLibrary
    let books: any SheetBookWriter
    let organisation: String
    let uploads: URL
    let sizeLimit: Int
    let read: @Sendable (URL, String, SchoolYear) async throws -> StaffingAnswer
    /// Leaves an order with the workers, and what it is worked out of.
    let order: @Sendable (JobOrder, [UInt8]) async throws -> Job
    let carrying: StaffCarrying
    let newID: @Sendable () -> String
    let now: @Sendable () -> Date

    /// Forms of the catalogue this desk hands out empty.
    static let forms = ["teacher-roster", "staffing-return"]
    static let schoolForm = "school-return"
    /// Plans compared at once.
    static let compared = 4

    /// `read` makes a county's survey, and a problem of posts where there are people and posts for one, out of a workbook.
    public init(
        store: any StaffingStore, returns: any ReturnStore, rules: StaffingRules, catalogue: IndicatorCatalogue,
        boundaries: any Boundaries, templates: TemplateLibrary, books: any SheetBookWriter, organisation: String, uploads: URL,
        sizeLimit: Int, read: @escaping @Sendable (URL, String, SchoolYear) async throws -> StaffingAnswer,
        order: @escaping @Sendable (JobOrder, [UInt8]) async throws -> Job, carrying: StaffCarrying,
        newID: @escaping @Sendable () -> String, now: @escaping @Sendable () -> Date
    ) {
        self.store = store
        self.returns = returns
        self.rules = rules
        self.catalogue = catalogue
        self.boundaries = boundaries
        self.templates = templates
        self.books = books
        self.organisation = organisation
        self.uploads = uploads
        self.sizeLimit = sizeLimit
        self.read = read
        self.order = order
        self.carrying = carrying
        self.newID = newID
        self.now = now
    }

    /// The templates of this feature.
    public static var templates: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    func frame(
        _ title: String, lead: String, _ visit: Visit, _ scope: Scope, years: [SchoolYear], place: String, crumbs: [PageFrame.Link] = []
    ) -> PageFrame {
        let site = SiteMap(scope)
        return PageFrame(
            title: title, lead: lead, place: place, state: "",
            menu: MainMenu.groups(
                site, county: nil, visit: visit, form: EstablishmentDesk.schoolForm, current: crumbs.isEmpty ? site.staffing : ""),
            scope: scope, years: years, standards: [(scope.standard, catalogue.standards[scope.standard]?.label.zh ?? scope.standard)],
            crumbs: crumbs, organisation: organisation, visit: visit)
    }

    /// The county's survey as it was handed in, else what today's returns say without a roster; nil where there are no schools.
    func survey(_ county: String, _ year: SchoolYear) async throws -> (StaffingSurvey, KeptSurvey?)? {
        if let kept = try await store.survey(county, year), let survey = SurveyText.read(kept.body) { return (survey, kept) }
        guard let form = catalogue.forms[EstablishmentDesk.schoolForm] else { return nil }
        let table = try await returns.table(form, year, county: county)
        let reading = StaffReading(schools: table, sheet: nil, roster: nil, kinds: catalogue.kinds, county: county, year: year)
        guard !reading.units.isEmpty, let survey = reading.survey(county, year, rules) else { return nil }
        return (survey, nil)
    }

    /// Every county's survey of a year.
    func surveys(_ year: SchoolYear) async throws -> [StaffingSurvey] {
        guard let form = catalogue.forms[EstablishmentDesk.schoolForm] else { return [] }
        let kept = try await store.surveys(year)
        var found = Dictionary(kept.compactMap { survey in SurveyText.read(survey.body).map { (survey.county, $0) } }) { first, _ in first }
        let names = try await returns.counties(form: EstablishmentDesk.schoolForm, year)
        if names.contains(where: { found[$0] == nil }) {
            let table = try await returns.table(form, year, county: nil)
            for county in names where found[county] == nil {
                let reading = StaffReading(schools: table, sheet: nil, roster: nil, kinds: catalogue.kinds, county: county, year: year)
                if let survey = reading.survey(county, year, rules), !survey.units.isEmpty { found[county] = survey }
            }
        }
        return found.values.sorted { $0.county < $1.county }
    }
}

/// What reading a workbook came to.
public enum StaffingAnswer: Sendable {
    /// The survey, and the problem of posts where there are people and posts for one.
    case read(StaffingSurvey, PostDraw?)
    /// What is wrong with the file: sentences.
    case refused([String])
}

/// Surveys as texts.
public enum SurveyText {
    public static func write(_ survey: StaffingSurvey) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(survey)).flatMap { String(data: $0, encoding: .utf8) } ?? "{}"
    }

    public static func read(_ text: String) -> StaffingSurvey? { try? JSONDecoder().decode(StaffingSurvey.self, from: Data(text.utf8)) }
}
