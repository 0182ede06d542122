public import Casework
public import Foundation
public import Indicators
public import Jobs
public import Pages
public import Registry
public import Reporting
public import SiteMap
public import Vocabulary

/// What the pages of 办件 work with. They know no kind of case by name: everything they show stands in the definitions.
public struct CasesDesk: Sendable {
    let office: CaseOffice
    let places: any CasePlaces
    let people: any PersonDirectory
    let files: any ReturnFiles
    let templates: TemplateLibrary
    let papers: CasePapers
    let organisation: String
    /// Where uploads lie until they are kept.
    let uploads: URL
    /// A person with the posts held on a day.
    let actor: @Sendable (Person, Day) -> CaseActor
    /// Leaves an order with the workers.
    let order: @Sendable (JobOrder) async throws -> Job
    let now: @Sendable () -> Date

    /// Where what a case is linked to can be seen; nil where it has no page.
    let address: @Sendable (CaseLink, CasePlace, Scope) -> String?
    /// What else is to be said of a case, such as the effect measured afterwards.
    let asides: @Sendable (Case) async throws -> [CaseAside]

    /// What writes documents and workbooks.
    public struct CasePapers: Sendable {
        var books: any SheetBookWriter
        /// `docx` or `pdf`; throws `PageProblem`.
        var paper: @Sendable (OfficialDocument, String) throws -> Data
        /// A QR code of an address as SVG; nil where none can be drawn.
        var code: @Sendable (String) -> String?

        public init(
            books: any SheetBookWriter, paper: @escaping @Sendable (OfficialDocument, String) throws -> Data,
            code: @escaping @Sendable (String) -> String?
        ) {
            self.books = books
            self.paper = paper
            self.code = code
        }
    }

    public init(
        office: CaseOffice, places: any CasePlaces, people: any PersonDirectory, files: any ReturnFiles, templates: TemplateLibrary,
        papers: CasePapers, organisation: String, uploads: URL, actor: @escaping @Sendable (Person, Day) -> CaseActor,
        address: @escaping @Sendable (CaseLink, CasePlace, Scope) -> String?,
        asides: @escaping @Sendable (Case) async throws -> [CaseAside], order: @escaping @Sendable (JobOrder) async throws -> Job,
        now: @escaping @Sendable () -> Date
    ) {
        self.address = address
        self.asides = asides
        self.order = order
        self.office = office
        self.places = places
        self.people = people
        self.files = files
        self.templates = templates
        self.papers = papers
        self.organisation = organisation
        self.uploads = uploads
        self.actor = actor
        self.now = now
    }

    /// The templates of this feature.
    public static var templates: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    /// Files handed in at once, and their bytes together.
    static let mostFiles = 20
    static let sizeLimit = 60_000_000

    func actor(_ visit: Visit) -> CaseActor { visit.person.id.isEmpty ? .anonymous : actor(visit.person, visit.today) }

    func frame(
        _ title: String, lead: String, _ visit: Visit, current: String = "", place: String = "", crumbs: [PageFrame.Link] = []
    ) -> PageFrame {
        let scope = Scope(year: visit.today.schoolYear)
        return PageFrame(
            title: title, lead: lead, place: place.isEmpty ? "办件" : place, state: "",
            menu: MainMenu.groups(SiteMap(scope), county: nil, visit: visit, form: "school-return", current: current), scope: scope,
            years: [], standards: [], crumbs: crumbs, organisation: organisation, visit: visit)
    }

    /// Whether a case may be seen: by its definition, and where that names no readers, by whoever may look at the place.
    func mayRead(_ visit: Visit, _ item: Case, _ definition: CaseDefinition) -> Bool {
        if definition.mayRead(actor(visit), item) { return true }
        return definition.readers.isEmpty && mayLook(visit, item.place)
    }

    /// The look duty reaches a place.
    func mayLook(_ visit: Visit, _ place: CasePlace) -> Bool {
        guard let county = place.county else { return visit.sight.isCity }
        return place.school.map { visit.sight.covers(school: $0, in: county) } ?? visit.sight.covers(county: county)
    }
}

/// A few lines beside a case that another room knows.
public struct CaseAside: Sendable {
    public var title: String
    /// What it is called and what it is.
    public var lines: [(label: String, text: String)]

    public init(title: String, lines: [(label: String, text: String)]) {
        self.title = title
        self.lines = lines
    }
}

/// The addresses of this feature.
enum CaseAddress {
    static let list = SiteMap.cases
    static let calendar = SiteMap.caseCalendar
    static let figures = SiteMap.caseFigures
    static let kinds = SiteMap.caseKinds
    static let rebuild = "\(list)/rebuild"
    static func kind(_ id: String) -> String { SiteMap.caseKind(id) }
    static func open(_ kind: String) -> String { SiteMap.openCase(kind) }
    static func one(_ id: CaseID) -> String { SiteMap.oneCase(id) }
    static func act(_ id: CaseID, _ action: String) -> String { "\(one(id))/do/\(action)" }
    static func note(_ id: CaseID) -> String { "\(one(id))/note" }
    static func file(_ id: CaseID, _ digest: String) -> String { "\(one(id))/files/\(digest)" }
    static func notice(_ id: CaseID, _ event: Int, _ kind: String) -> String { "\(one(id))/notices/\(event).\(kind)" }
    static func report(_ kind: String) -> String { SiteMap.reportCase(kind) }
    static func published(_ kind: String) -> String { SiteMap.publicList(kind) }
}

extension CaseLight {
    /// As pages show it: word, shape and colour together.
    var light: Light {
        switch self {
        case .overdue: Light(word: label.zh, shape: "■", style: "notmet")
        case .soon: Light(word: label.zh, shape: "▲", style: "warning")
        case .onTime: Light(word: label.zh, shape: "●", style: "met")
        case .open: Light(word: label.zh, shape: "○", style: "insufficient")
        case .closed: Light(word: label.zh, shape: "◇", style: "measured")
        }
    }
}
