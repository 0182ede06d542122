public import Foundation
public import Jobs
public import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

/// 任务: everything that takes longer than a page, with how far it is and what came of it.
public struct TasksDesk: Sendable {
    /// Jobs on one page.
    static let pageSize = 50

    let jobs: any JobStore
    let kinds: [String: any JobKind]
    let templates: TemplateLibrary
    let organisation: String
    /// Tells the workers beside that there is something to do.
    let wake: @Sendable () -> Void
    let now: @Sendable () -> Date

    public init(
        jobs: any JobStore, kinds: [any JobKind], templates: TemplateLibrary, organisation: String,
        wake: @escaping @Sendable () -> Void, now: @escaping @Sendable () -> Date
    ) {
        self.jobs = jobs
        self.kinds = Dictionary(kinds.map { ($0.id, $0) }) { first, _ in first }
        self.templates = templates
        self.organisation = organisation
        self.wake = wake
        self.now = now
    }

    /// The templates of this feature.
    public static var templates: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    func frame(_ title: String, lead: String, _ visit: Visit, crumbs: [PageFrame.Link] = [], place: String = "全市") -> PageFrame {
        let scope = Scope(year: visit.today.schoolYear)
        let site = SiteMap(scope)
        return PageFrame(
            title: title, lead: lead, place: place, state: "",
            menu: MainMenu.groups(site, county: nil, visit: visit, form: "school-return", current: site.tasks), scope: scope, years: [],
            standards: [], crumbs: crumbs, organisation: organisation, visit: visit)
    }
}

extension Visit {
    /// One's own jobs, and those about a county one may look at.
    func maySee(_ job: Job) -> Bool { job.order.person == person.id || may(.look, in: job.order.county) }

    /// Whoever may do what the job does may stop it and ask again; whoever asked may stop it.
    func maySteer(_ job: Job, stopping: Bool) -> Bool {
        (Duty(rawValue: job.order.duty).map { may($0, in: job.order.county) } ?? false) || (stopping && job.order.person == person.id)
    }
}
