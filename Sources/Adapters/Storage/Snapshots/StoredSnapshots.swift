internal import Foundation
internal import Indicators
internal import Registry
internal import Vocabulary

/// Snapshots in the database. Every question has its own file; what each promises stands at the port.
struct StoredSnapshots: SnapshotStore {
    let driver: any SQLDriver

    func open(
        _ id: SnapshotID, county: String, _ year: SchoolYear, forms: [String], reason: String, by: Signature
    ) async throws -> Snapshot {
        try await driver.write {
            try OpenSnapshot(id: id, county: county, year: year, forms: forms, reason: reason, by: by).run($0)
        }
    }

    func take(
        _ action: SnapshotAction, on id: SnapshotID, seen version: Int, reason: String, by: Signature
    ) async throws -> Snapshot {
        guard action != .freeze else { throw StoreRefusal(.state, "冻结要带上目录的摘要，不能这样办理") }
        return try await driver.write { connection in
            _ = try DataRevision.next(connection)
            let snapshot = try SnapshotTable.snapshot(id, connection)
            try snapshot.check(seen: version)
            let rows = try SnapshotTable.currentRows(of: snapshot, connection)
            let step = try snapshot.decide(action, by: by, reason: reason, rows: rows).get()
            try SnapshotTable.write(step, number: snapshot.steps.count, to: id, connection)
            if let kind = HookEvent.Kind(action) { try HookOutbox.add(HookEvent(kind, of: snapshot, at: by.at), connection) }
            return try SnapshotTable.snapshot(id, connection)
        }
    }

    func freeze(
        _ id: SnapshotID, seen version: Int, catalogue: String, by: Signature, hash: @escaping DigestFunction
    ) async throws -> Snapshot {
        try await driver.write {
            try FreezeSnapshot(id: id, version: version, catalogue: catalogue, by: by, hash: hash).run($0)
        }
    }

    func snapshot(_ id: SnapshotID) async throws -> Snapshot? {
        try await driver.read { try SnapshotTable.find("s.id = $1", [.text(id)], $0).first }
    }

    func latest(_ year: SchoolYear?, county: String?) async throws -> [Snapshot] {
        try await driver.read { try SnapshotTable.latest(year, county: county, isFrozen: false, $0) }
    }

    func versions(county: String, _ year: SchoolYear) async throws -> [Snapshot] {
        try await driver.read {
            try SnapshotTable.find("s.county = $1 AND s.school_year = $2", [.text(county), .integer(year.start)], $0).reversed()
        }
    }

    func frozenTable(_ form: ReturnForm, of id: SnapshotID) async throws -> ReturnTable {
        try await driver.read { connection in
            let snapshot = try SnapshotTable.snapshot(id, connection)
            guard snapshot.state == .frozen else {
                throw StoreRefusal(.state, "\(snapshot.title)还没有冻结，现在是“\(snapshot.state.label.zh)”")
            }
            return try FrozenRows.read(form.id, of: snapshot, connection).table(form)
        }
    }

    func frozenTable(_ form: ReturnForm, _ year: SchoolYear, county: String?) async throws -> ReturnTable {
        try await driver.read { connection in
            var all = StoredReturn(form: form.id, schoolYear: year)
            for snapshot in try SnapshotTable.latest(year, county: county, isFrozen: true, connection) {
                let part = try FrozenRows.read(form.id, of: snapshot, connection)
                for var row in part.rows {
                    row.origin += all.origins.count
                    all.rows.append(row)
                }
                all.origins += part.origins
            }
            return try all.table(form)
        }
    }

    func verify(_ id: SnapshotID, hash: @escaping DigestFunction) async throws -> SnapshotCheck {
        try await driver.read { try VerifySnapshot.run(id, hash: hash, $0) }
    }
}

extension HookEvent {
    init(_ kind: Kind, of snapshot: Snapshot, at: Date) {
        self.init(kind, subject: snapshot.id, county: snapshot.county, schoolYear: snapshot.schoolYear, at: at)
    }
}

extension HookEvent.Kind {
    /// What a step is told as; nil for the beginning of a report, which concerns nobody yet.
    fileprivate init?(_ action: SnapshotAction) {
        switch action {
        case .open: return nil
        case .submit: self = .snapshotSubmitted
        case .giveBack: self = .snapshotReturned
        case .approve: self = .snapshotApproved
        case .freeze: self = .snapshotFrozen
        }
    }
}
