internal import Foundation
public import Hummingbird
internal import Indicators
public import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

extension SnapshotsDesk {
    /// Adds the pages of this feature.
    public func addRoutes(to router: Router<PageContext>) {
        router.get("/snapshots") { request, context in try await list(request, context.visit) }
        router.post("/snapshots/counties/:county") { request, context in try await open(request, context) }
        let one = router.group("/snapshots/:snapshot")
        one.get { request, context in
            let snapshot = try await snapshot(context)
            let check = request.uri.queryParameters["verify"] == "1" ? try await verify(snapshot) : nil
            return Answer.page(try await page(snapshot, check: check, request, context.visit))
        }
        for action in [SnapshotAction.submit, .giveBack, .approve, .freeze] {
            one.post("\(action.rawValue)") { request, context in try await take(action, request, context) }
        }
    }

    private func list(_ request: Request, _ visit: Visit, notice: String? = nil) async throws -> Response {
        let years = try await returns.schoolYears(form: SnapshotsDesk.schoolForm)
        let scope = try await scope(request, visit)
        let latest = try await snapshots.latest(scope.year, county: nil)
        let material = SnapshotListPage.Material(
            years: years, counts: try await returns.counts(form: SnapshotsDesk.schoolForm, scope.year), latest: latest,
            reminders: try await reminders(scope.year, latest), notice: notice)
        let html = try templates.html(SnapshotListPage(self, material, visit, scope), "snapshot-list")
        return Answer.page(html, status: notice == nil ? .ok : .conflict)
    }

    /// A first report is opened and submitted in one go; a correction is opened with its reason.
    private func open(_ request: Request, _ context: PageContext) async throws -> Response {
        let county = context.segment("county")
        let fields = try await PostedForm.fields(request)
        let scope = try await scope(request, context.visit)
        context.note.say(scope.year.label.zh)
        do {
            let opened = try await open(county, scope.year, reason: fields["reason"] ?? "", context.visit)
            return Answer.seeOther(SiteMap(scope).snapshot(opened.id))
        } catch let refusal as StoreRefusal {
            return try await list(request, context.visit, notice: refusal.message)
        }
    }

    private func take(_ action: SnapshotAction, _ request: Request, _ context: PageContext) async throws -> Response {
        let snapshot = try await snapshot(context)
        context.note.say("\(snapshot.county) \(snapshot.schoolYear.label.zh) 第\(snapshot.number)版")
        try context.visit.require(action.duty, in: snapshot.county)
        let fields = try await PostedForm.fields(request)
        let version = Int(fields["version"] ?? "") ?? 0
        do {
            _ = try await take(action, on: snapshot, seen: version, reason: fields["reason"] ?? "", context.visit)
            return Answer.seeOther(SiteMap(try await scope(request, context.visit)).snapshot(snapshot.id))
        } catch let refusal as StoreRefusal {
            let now = try await snapshots.snapshot(snapshot.id) ?? snapshot
            return Answer.page(try await page(now, check: nil, request, context.visit, notice: refusal.message), status: .conflict)
        }
    }

    private func page(
        _ snapshot: Snapshot, check: SnapshotCheck?, _ request: Request, _ visit: Visit, notice: String? = nil
    ) async throws -> String {
        let versions = try await snapshots.versions(county: snapshot.county, snapshot.schoolYear)
        var scope = try await scope(request, visit)
        scope.year = snapshot.schoolYear
        return try templates.html(
            SnapshotPage(self, snapshot, versions: versions, check: check, notice: notice, visit, scope), "snapshot")
    }

    private func snapshot(_ context: PageContext) async throws -> Snapshot {
        try await snapshot(context.parameters.get("snapshot") ?? "", context.visit)
    }

    private func scope(_ request: Request, _ visit: Visit) async throws -> Scope {
        let newest = try await returns.schoolYears(form: SnapshotsDesk.schoolForm).first
        return Scope.asked(PageQuery(request.uri.query), newest: newest, standards: catalogue.standards.keys, visit)
    }
}
