internal import Indicators

/// Takes the seal's hash again and names the rows that look changed.
enum VerifySnapshot {
    static func run(_ id: SnapshotID, hash: DigestFunction, _ connection: any SQLConnection) throws -> SnapshotCheck {
        let snapshot = try SnapshotTable.snapshot(id, connection)
        guard let seal = snapshot.seal else { throw StoreRefusal(.state, "\(snapshot.title)还没有冻结，没有可以校验的") }
        let stored = try snapshot.forms.map { try FrozenRows.read($0, of: snapshot, connection) }
        let bytes = SnapshotBytes(snapshot, catalogue: seal.catalogue, returns: stored).bytes
        let found = hash(bytes)
        let suspects = found == seal.hash ? [] : try self.suspects(id, connection)
        return SnapshotCheck(expected: seal.hash, found: found, suspects: suspects)
    }

    /// Frozen rows that differ from the import they were copied from. Imports that counted are never deleted.
    private static func suspects(_ id: SnapshotID, _ connection: any SQLConnection) throws -> [String] {
        try connection.rows(
            """
            SELECT f.row_key FROM frozen_row f
            LEFT JOIN frozen_origin o ON o.snapshot_id = f.snapshot_id AND o.form = f.form AND o.number = f.origin
            LEFT JOIN import_row r ON r.import_id = o.import_id AND r.row_key = f.row_key
            WHERE f.snapshot_id = $1 AND (r.body IS NULL OR r.body <> f.body OR r.sheet_row <> f.sheet_row)
            ORDER BY f.row_key LIMIT 100
            """, [.text(id)]
        ) { try $0.text(0) }
    }
}
