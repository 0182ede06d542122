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
            let check = request.uri.queryParameters["verify"] == "1" ? try await snapshots.verify(snapshot.id, hash: hash) : nil
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
        let newest = try await snapshots.latest(scope.year, county: county).first
        // Only beside a frozen report is it a correction; whoever presses 上报 twice is told so by the store.
        try context.visit.require(newest?.state == .frozen ? .freeze : .submit, in: county)
        do {
            // Before opening: a report that cannot be submitted would stay behind as an empty draft.
            if newest == nil { try await requireRows(of: county, scope.year) }
            let by = signature(context.visit)
            let opened = try await snapshots.open(
                newID(), county: county, scope.year, forms: SnapshotsDesk.forms, reason: fields["reason"] ?? "", by: by)
            if newest == nil {
                _ = try await snapshots.take(.submit, on: opened.id, seen: opened.version, reason: "", by: by)
            }
            return Answer.seeOther(SiteMap(scope).snapshot(opened.id))
        } catch let refusal as StoreRefusal {
            return try await list(request, context.visit, notice: refusal.message)
        }
    }

    private func requireRows(of county: String, _ year: SchoolYear) async throws {
        for form in SnapshotsDesk.forms where try await returns.counts(form: form, year)[county] ?? 0 > 0 { return }
        throw StoreRefusal(.empty, "\(county) \(year.label.zh)还没有数据，不能上报。请先导入学校数据")
    }

    private func take(_ action: SnapshotAction, _ request: Request, _ context: PageContext) async throws -> Response {
        let snapshot = try await snapshot(context)
        context.note.say("\(snapshot.county) \(snapshot.schoolYear.label.zh) 第\(snapshot.number)版")
        try context.visit.require(action.duty, in: snapshot.county)
        let fields = try await PostedForm.fields(request)
        let version = Int(fields["version"] ?? "") ?? 0
        do {
            let by = signature(context.visit)
            if action == .freeze {
                _ = try await snapshots.freeze(snapshot.id, seen: version, catalogue: catalogueDigest, by: by, hash: hash)
            } else {
                _ = try await snapshots.take(action, on: snapshot.id, seen: version, reason: fields["reason"] ?? "", by: by)
            }
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
        guard let snapshot = try await snapshots.snapshot(context.parameters.get("snapshot") ?? "") else {
            throw PageMissing("没有这份上报记录，可能链接有误。请从“上报与冻结”重新选择")
        }
        try context.visit.require(.look, in: snapshot.county)
        return snapshot
    }

    private func signature(_ visit: Visit) -> Signature { Signature(by: visit.person.id, name: visit.person.name, at: now()) }

    private func scope(_ request: Request, _ visit: Visit) async throws -> Scope {
        let newest = try await returns.schoolYears(form: SnapshotsDesk.schoolForm).first
        return Scope.asked(PageQuery(request.uri.query), newest: newest, standards: catalogue.standards.keys, visit)
    }
}
