public import Foundation
public import Indicators
public import Pages
internal import Registry
public import Reporting
internal import SiteMap
public import Targets
internal import Vocabulary

/// A plan of the catalogue, ready to be adopted, with the text it is written in.
public struct PlanTemplate: Sendable {
    public var plan: CityPlan
    public var body: String

    public init(plan: CityPlan, body: String) {
        self.plan = plan
        self.body = body
    }
}

/// What the pages of 规划督办 work with.
public struct CityPlansDesk: Sendable {
    let plans: any PlanStore
    let drafts: any DraftStore
    let meetings: any MeetingStore
    let facts: any PlanFactSource
    let catalogue: [PlanTemplate]
    let files: any ReturnFiles
    let uploads: URL
    let books: any SheetBookWriter
    let papers: any DocumentWriter
    let templates: TemplateLibrary
    let organisation: String
    let newID: @Sendable () -> String
    let now: @Sendable () -> Date
    /// Largest document beside an entry, in bytes.
    static let documentLimit = 20 << 20

    public init(
        plans: any PlanStore, drafts: any DraftStore, meetings: any MeetingStore, facts: any PlanFactSource, catalogue: [PlanTemplate],
        files: any ReturnFiles, uploads: URL, books: any SheetBookWriter, papers: any DocumentWriter, templates: TemplateLibrary,
        organisation: String, newID: @escaping @Sendable () -> String, now: @escaping @Sendable () -> Date
    ) {
        self.plans = plans
        self.drafts = drafts
        self.meetings = meetings
        self.facts = facts
        self.catalogue = catalogue
        self.files = files
        self.uploads = uploads
        self.books = books
        self.papers = papers
        self.templates = templates
        self.organisation = organisation
        self.newID = newID
        self.now = now
    }

    /// The templates of this feature.
    public static var templates: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    func frame(
        _ title: String, lead: String, _ visit: Visit, crumbs: [PageFrame.Link] = [], place: String = "全市", actions: [PageFrame.Link] = [],
        isList: Bool = false
    ) -> PageFrame {
        let site = CityPlansDesk.site(visit)
        return PageFrame(
            title: title, lead: lead, place: place, state: "",
            menu: MainMenu.groups(site, county: nil, visit: visit, form: "school-return", current: isList ? site.cityPlans : ""),
            scope: site.scope, years: [], standards: [], crumbs: isList ? [] : [PageFrame.Link("规划督办", site.cityPlans)] + crumbs,
            actions: actions, organisation: organisation, visit: visit)
    }

    static func site(_ visit: Visit) -> SiteMap { SiteMap(Scope(year: visit.today.schoolYear)) }

    func signature(_ visit: Visit) -> PlanSignature { PlanSignature(by: visit.person.id, name: visit.person.name, at: now()) }
}
