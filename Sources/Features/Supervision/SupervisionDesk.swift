public import Casework
public import Foundation
public import Indicators
public import Inspection
public import Pages
public import Registry
public import Reporting
internal import SiteMap
public import Vocabulary

/// A school that may be visited.
public struct SupervisedSchool: Sendable, Hashable {
    public var code: String
    public var name: String
    public var county: String
    public var position: VisitPosition?

    public init(code: String, name: String, county: String, position: VisitPosition?) {
        self.code = code
        self.name = name
        self.county = county
        self.position = position
    }
}

/// What the pages of 督导 work with.
public struct SupervisionDesk: Sendable {
    let store: any InspectionStore
    let catalogue: InspectionCatalogue
    let evaluations: any Evaluations
    let office: CaseOffice
    let people: any PersonDirectory
    let files: any ReturnFiles
    let templates: TemplateLibrary
    let books: any SheetBookWriter
    /// `docx` or `pdf`; throws `PageProblem`.
    let paper: @Sendable (OfficialDocument, String) throws -> Data
    let organisation: String
    let uploads: URL
    let schools: @Sendable () async throws -> [SupervisedSchool]
    /// A person with the posts held on a day.
    let actor: @Sendable (Person, Day) -> CaseActor
    let newID: @Sendable () -> String
    let now: @Sendable () -> Date

    /// The kind of link between a case and the finding it was opened for.
    public static let link = "inspection"

    public init(
        store: any InspectionStore, catalogue: InspectionCatalogue, evaluations: any Evaluations, office: CaseOffice,
        people: any PersonDirectory, files: any ReturnFiles, templates: TemplateLibrary, books: any SheetBookWriter,
        paper: @escaping @Sendable (OfficialDocument, String) throws -> Data, organisation: String, uploads: URL,
        schools: @escaping @Sendable () async throws -> [SupervisedSchool], actor: @escaping @Sendable (Person, Day) -> CaseActor,
        newID: @escaping @Sendable () -> String, now: @escaping @Sendable () -> Date
    ) {
        self.store = store
        self.catalogue = catalogue
        self.evaluations = evaluations
        self.office = office
        self.people = people
        self.files = files
        self.templates = templates
        self.books = books
        self.paper = paper
        self.organisation = organisation
        self.uploads = uploads
        self.schools = schools
        self.actor = actor
        self.newID = newID
        self.now = now
    }

    /// The templates of this feature.
    public static var templates: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    var planner: VisitPlanner { VisitPlanner(catalogue) }

    func site(_ visit: Visit) -> SiteMap { SiteMap(Scope(year: visit.today.schoolYear)) }

    func signed(_ visit: Visit) -> Inspection.Visit.Signature {
        .init(by: visit.person.id, name: visit.person.name, at: now())
    }

    func frame(
        _ title: String, lead: String, _ visit: Visit, place: String = "督导", crumbs: [PageFrame.Link] = [],
        actions: [PageFrame.Link] = [], current: String = ""
    ) -> PageFrame {
        PageFrame(
            title: title, lead: lead, place: place, state: "",
            menu: MainMenu.groups(site(visit), county: nil, visit: visit, form: "school-return", current: current),
            scope: Scope(year: visit.today.schoolYear), years: [], standards: [], crumbs: crumbs, actions: actions,
            organisation: organisation, visit: visit)
    }
}

/// Who looks at a page; the kernel has a visit of its own, to a school.
typealias Visit = Pages.Visit
typealias SchoolVisit = Inspection.Visit

/// Which schools a person sees here: those within reach, of which somebody who is an inspector and nothing else sees the own ones.
struct InspectionSight: Sendable {
    let visit: Visit
    /// nil for everything within reach.
    let own: Set<String>?

    init(_ visit: Visit, _ responsibilities: [Responsibility]) {
        self.visit = visit
        let grants = visit.person.grants.filter { $0.until.map { visit.today <= $0 } ?? true }
        let isInspectorOnly = !grants.isEmpty && grants.allSatisfy { $0.role == .inspector }
        own = isInspectorOnly ? Set(responsibilities.filter { $0.inspector == visit.person.id }.map(\.school)) : nil
    }

    func sees(_ school: String, in county: String, inspector: String = "") -> Bool {
        guard visit.sight.covers(school: school, in: county) else { return false }
        return own.map { $0.contains(school) || (!inspector.isEmpty && inspector == visit.person.id) } ?? true
    }

    func sees(_ one: SchoolVisit) -> Bool { sees(one.school, in: one.county, inspector: one.inspector) }

    /// Whether the visitor may go there and score: whoever is named, somebody of the own office, whoever arranges visits.
    func mayInspect(_ one: SchoolVisit) -> Bool {
        let person = visit.person
        if person.may(.arrangeVisits, in: one.county, today: visit.today) { return true }
        guard sees(one), person.reach(.inspect, today: visit.today).covers(school: one.school, in: one.county) else { return false }
        return one.inspector.isEmpty || one.inspector == person.id
    }
}
