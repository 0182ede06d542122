public import Foundation
public import Geography
public import Indicators
public import Jobs
public import Pages
public import PathToStandard
public import Planning
internal import Registry
public import Reporting
internal import SiteMap
internal import Vocabulary

/// 达标方案: asked for, worked out as jobs, looked at, compared, adopted.
public struct PlansDesk: Sendable {
    /// Plans listed at once, and compared at once.
    static let shown = 200
    static let compared = 4

    let evaluations: any Evaluations
    let plans: any ProposalStore
    let jobs: any JobStore
    let costs: CostList?
    /// Methods asked county by county, besides the path to the standard.
    public let methods: [any CountyMethod]
    /// Outlines to draw schools on, and the system their coordinates are in.
    let boundaries: any Boundaries
    let templates: TemplateLibrary
    /// Writes tables as workbooks.
    let books: any SheetBookWriter
    let organisation: String
    /// Leaves an order with the workers.
    let order: @Sendable (JobOrder) async throws -> Job
    let carrying: PlanCarrying
    let newID: @Sendable () -> String
    let now: @Sendable () -> Date

    public init(
        evaluations: any Evaluations, plans: any ProposalStore, jobs: any JobStore, costs: CostList?,
        methods: [any CountyMethod], boundaries: any Boundaries, templates: TemplateLibrary,
        books: any SheetBookWriter, organisation: String, order: @escaping @Sendable (JobOrder) async throws -> Job,
        carrying: PlanCarrying, newID: @escaping @Sendable () -> String, now: @escaping @Sendable () -> Date
    ) {
        self.evaluations = evaluations
        self.plans = plans
        self.jobs = jobs
        self.costs = costs
        self.methods = methods
        self.boundaries = boundaries
        self.templates = templates
        self.books = books
        self.organisation = organisation
        self.order = order
        self.carrying = carrying
        self.newID = newID
        self.now = now
    }

    /// The templates of this feature.
    public static var templates: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    /// `county` is the place the page is about; `years` those one may switch to.
    func frame(
        _ title: String, lead: String, _ visit: Visit, _ scope: Scope, county: String?, years: [SchoolYear] = [], isList: Bool = false
    ) -> PageFrame {
        let site = SiteMap(scope)
        return PageFrame(
            title: title, lead: lead, place: county ?? "全市", state: "",
            menu: MainMenu.groups(site, county: county, visit: visit, form: "school-return", current: site.plans), scope: scope,
            years: years,
            standards: years.isEmpty ? [] : [(scope.standard, evaluations.catalogue.standards[scope.standard]?.label.zh ?? scope.standard)],
            crumbs: isList ? [] : [PageFrame.Link("达标方案", site.plans)], organisation: organisation, visit: visit)
    }
}
