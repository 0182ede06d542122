public import Foundation
public import Indicators
public import Pages
internal import SiteMap
public import Vocabulary

/// What the pages of 上报与冻结 work with.
public struct SnapshotsDesk: Sendable {
    let snapshots: any SnapshotStore
    let returns: any ReturnStore
    let catalogue: IndicatorCatalogue
    /// SHA-256 over the catalogue in force; sealed with every freeze.
    let catalogueDigest: String
    let hash: DigestFunction
    let templates: TemplateLibrary
    let organisation: String
    let newID: @Sendable () -> String
    let now: @Sendable () -> Date
    /// The form of the schools, by whose rows counties are known.
    static let schoolForm = "school-return"

    public init(
        snapshots: any SnapshotStore, returns: any ReturnStore, catalogue: IndicatorCatalogue, catalogueDigest: String,
        hash: @escaping DigestFunction, templates: TemplateLibrary, organisation: String, newID: @escaping @Sendable () -> String,
        now: @escaping @Sendable () -> Date
    ) {
        self.snapshots = snapshots
        self.returns = returns
        self.catalogue = catalogue
        self.catalogueDigest = catalogueDigest
        self.hash = hash
        self.templates = templates
        self.organisation = organisation
        self.newID = newID
        self.now = now
    }

    /// The templates of this feature.
    public static var templates: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    /// The forms a report covers: the schools' and the county's own.
    static let forms = ["school-return", "county-return"]

    func frame(_ title: String, lead: String, _ visit: Visit, _ scope: Scope, years: [SchoolYear], place: String, isList: Bool) -> PageFrame
    {
        let site = SiteMap(scope)
        return PageFrame(
            title: title, lead: lead, place: place, state: "",
            menu: MainMenu.groups(site, county: nil, visit: visit, form: SnapshotsDesk.schoolForm, current: isList ? site.snapshots : ""),
            scope: scope, years: years, standards: [(scope.standard, catalogue.standards[scope.standard]?.label.zh ?? scope.standard)],
            crumbs: isList ? [] : [PageFrame.Link("上报与冻结", site.snapshots)], organisation: organisation, visit: visit)
    }

    /// Who still owes what for a year.
    public func reminders(_ year: SchoolYear) async throws -> [Reminder] {
        try await reminders(year, try await snapshots.latest(year, county: nil))
    }

    /// The schools each county should report, as last year's return names them, and who still owes what.
    func reminders(_ year: SchoolYear, _ latest: [Snapshot]) async throws -> [Reminder] {
        guard let form = catalogue.forms[SnapshotsDesk.schoolForm] else { return [] }
        let now = try await returns.table(form, year)
        let before = try await returns.table(form, year.previous)
        var reported: [String: Set<String>] = [:]
        for row in 0..<now.count { reported[now.attribute("county", row), default: []].insert(now.attribute("code", row)) }
        return Reminder.list(expected: Reminder.schools(of: before.count > 0 ? before : now), reported: reported, snapshots: latest)
    }
}
