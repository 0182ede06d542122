public import Exchanges
public import Foundation
public import Geography
public import Indicators
public import Jobs
public import Pages
public import Reporting
internal import SiteMap
public import TeacherRotation
public import Vocabulary

/// What the pages of 交流轮岗 work with.
public struct RotationDesk: Sendable {
    let store: any ExchangeStore
    let returns: any ReturnStore
    let rules: RotationRules
    let catalogue: IndicatorCatalogue
    let templates: TemplateLibrary
    let books: any SheetBookWriter
    let organisation: String
    let uploads: URL
    let sizeLimit: Int
    let readForm: @Sendable (URL, String, String, SchoolYear) throws -> (table: ReturnTable, complaints: [Diagnostic])
    let roster: @Sendable (URL, String, SchoolYear, RotationRules) async throws -> RosterAnswer
    /// Leaves an order with the workers, and what it is worked out of.
    let order: @Sendable (JobOrder, [UInt8]) async throws -> Job
    let carrying: StaffCarrying
    let boundaries: any Boundaries
    let newID: @Sendable () -> String
    let now: @Sendable () -> Date

    /// Forms of the catalogue this desk hands out empty.
    static let forms = ["teacher-roster", "exchange-register"]
    static let schoolForm = "school-return"

    /// Plans compared at once.
    static let compared = 4

    /// `readForm` reads a file as a roster form of the catalogue; `roster` reads a county's problem out of a roster's file.
    public init(
        store: any ExchangeStore, returns: any ReturnStore, rules: RotationRules, catalogue: IndicatorCatalogue, templates: TemplateLibrary,
        books: any SheetBookWriter, organisation: String, uploads: URL, sizeLimit: Int,
        readForm: @escaping @Sendable (URL, String, String, SchoolYear) throws -> (table: ReturnTable, complaints: [Diagnostic]),
        roster: @escaping @Sendable (URL, String, SchoolYear, RotationRules) async throws -> RosterAnswer,
        order: @escaping @Sendable (JobOrder, [UInt8]) async throws -> Job, carrying: StaffCarrying, boundaries: any Boundaries,
        newID: @escaping @Sendable () -> String, now: @escaping @Sendable () -> Date
    ) {
        self.store = store
        self.returns = returns
        self.rules = rules
        self.catalogue = catalogue
        self.templates = templates
        self.books = books
        self.organisation = organisation
        self.uploads = uploads
        self.sizeLimit = sizeLimit
        self.readForm = readForm
        self.roster = roster
        self.order = order
        self.carrying = carrying
        self.boundaries = boundaries
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
                site, county: nil, visit: visit, form: RotationDesk.schoolForm, current: crumbs.isEmpty ? site.rotation : ""),
            scope: scope, years: years, standards: [(scope.standard, catalogue.standards[scope.standard]?.label.zh ?? scope.standard)],
            crumbs: crumbs, organisation: organisation, visit: visit)
    }
}

/// What reading a roster came to.
public enum RosterAnswer: Sendable {
    case read(RotationProblem)
    /// What is wrong with the file: sentences.
    case refused([String])
}
