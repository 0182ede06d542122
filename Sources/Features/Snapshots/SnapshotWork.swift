public import Indicators
public import Pages
internal import Registry
public import Vocabulary

/// The work of reporting, for pages and for programs alike: who may take which step stands here once.
extension SnapshotsDesk {
    /// Throws `PageMissing` or `NotAllowed`.
    public func snapshot(_ id: SnapshotID, _ visit: Visit) async throws -> Snapshot {
        guard let snapshot = try await snapshots.snapshot(id) else {
            throw PageMissing("没有这份上报记录，可能链接有误。请从“上报与冻结”重新选择")
        }
        try visit.require(.look, in: snapshot.county)
        return snapshot
    }

    /// A first report is opened and submitted in one go; a correction is opened with its reason.
    /// Throws `NotAllowed` and `StoreRefusal`.
    public func open(_ county: String, _ year: SchoolYear, reason: String, _ visit: Visit) async throws -> Snapshot {
        let newest = try await snapshots.latest(year, county: county).first
        // Only beside a frozen report is it a correction; whoever presses 上报 twice is told so by the store.
        try visit.require(newest?.state == .frozen ? .freeze : .submit, in: county)
        // Before opening: a report that cannot be submitted would stay behind as an empty draft.
        if newest == nil { try await requireRows(of: county, year) }
        let by = signature(visit)
        let opened = try await snapshots.open(newID(), county: county, year, forms: SnapshotsDesk.forms, reason: reason, by: by)
        guard newest == nil else { return opened }
        return try await snapshots.take(.submit, on: opened.id, seen: opened.version, reason: "", by: by)
    }

    /// Submits, gives back, approves or freezes. Throws `NotAllowed` and `StoreRefusal`.
    public func take(
        _ action: SnapshotAction, on snapshot: Snapshot, seen version: Int, reason: String, _ visit: Visit
    ) async throws -> Snapshot {
        try visit.require(action.duty, in: snapshot.county)
        guard action == .freeze else {
            return try await snapshots.take(action, on: snapshot.id, seen: version, reason: reason, by: signature(visit))
        }
        return try await snapshots.freeze(
            snapshot.id, seen: version, catalogue: catalogueDigest, by: signature(visit), hash: hash)
    }

    /// Takes the seal again over the stored bytes.
    public func verify(_ snapshot: Snapshot) async throws -> SnapshotCheck { try await snapshots.verify(snapshot.id, hash: hash) }

    private func requireRows(of county: String, _ year: SchoolYear) async throws {
        for form in SnapshotsDesk.forms where try await returns.counts(form: form, year)[county] ?? 0 > 0 { return }
        throw StoreRefusal(.empty, "\(county) \(year.label.zh)还没有数据，不能上报。请先导入学校数据")
    }

    private func signature(_ visit: Visit) -> Signature { Signature(by: visit.person.id, name: visit.person.name, at: now()) }
}
