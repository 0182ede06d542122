internal import Indicators
internal import Registry
internal import Vocabulary

/// Copies the county's current rows beside the snapshot and seals them.
struct FreezeSnapshot {
    let id: SnapshotID
    let version: Int
    let catalogue: String
    let by: Signature
    let hash: DigestFunction

    func run(_ connection: any SQLConnection) throws -> Snapshot {
        _ = try DataRevision.next(connection)
        let snapshot = try SnapshotTable.snapshot(id, connection)
        try snapshot.check(seen: version)
        let rows = try SnapshotTable.currentRows(of: snapshot, connection)
        let step = try snapshot.decide(.freeze, by: by, rows: rows).get()
        for form in snapshot.forms { try copy(form, of: snapshot, connection) }
        // Hashed as read back, so that the seal speaks of what is stored and not of what was meant.
        let stored = try snapshot.forms.map { try FrozenRows.read($0, of: snapshot, connection) }
        let bytes = SnapshotBytes(snapshot, catalogue: catalogue, returns: stored).bytes
        try SnapshotTable.write(step, number: snapshot.steps.count, to: id, connection)
        try connection.execute(
            """
            UPDATE snapshot SET state = 'frozen', seal_hash = $2, seal_catalogue = $3, seal_rows = $4, seal_at = $5, version = version + 1
            WHERE id = $1
            """, [.text(id), .text(hash(bytes)), .text(catalogue), .integer(rows), .time(by.at)])
        try HookOutbox.add(HookEvent(.snapshotFrozen, of: snapshot, at: by.at), connection)
        return try SnapshotTable.snapshot(id, connection)
    }

    private func copy(_ form: String, of snapshot: Snapshot, _ connection: any SQLConnection) throws {
        let scope: [SQLValue] = [.text(id), .text(form), .integer(snapshot.schoolYear.start), .text(snapshot.county)]
        try connection.execute(
            """
            INSERT INTO frozen_origin (snapshot_id, form, number, import_id, file, sheet, columns)
            SELECT $1, $2, ROW_NUMBER() OVER (ORDER BY used.applied_number, o.number) - 1, o.import_id, o.file, o.sheet, o.columns
            FROM import_origin o JOIN (
                SELECT DISTINCT r.import_id, r.origin, i.applied_number FROM current_row c
                JOIN import_row r ON r.import_id = c.import_id AND r.row_key = c.row_key
                JOIN return_import i ON i.id = c.import_id
                WHERE c.form = $2 AND c.school_year = $3 AND c.county = $4
            ) used ON used.import_id = o.import_id AND used.origin = o.number
            """, scope)
        try connection.execute(
            """
            INSERT INTO frozen_row (snapshot_id, form, row_key, origin, sheet_row, body)
            SELECT $1, $2, r.row_key, f.number, r.sheet_row, r.body FROM current_row c
            JOIN import_row r ON r.import_id = c.import_id AND r.row_key = c.row_key
            JOIN import_origin o ON o.import_id = r.import_id AND o.number = r.origin
            JOIN frozen_origin f ON f.snapshot_id = $1 AND f.form = $2 AND f.import_id = o.import_id AND f.file = o.file
                AND f.sheet = o.sheet AND f.columns = o.columns
            WHERE c.form = $2 AND c.school_year = $3 AND c.county = $4
            """, scope)
    }
}

/// The rows of a frozen snapshot as stored.
enum FrozenRows {
    static func read(_ form: String, of snapshot: Snapshot, _ connection: any SQLConnection) throws -> StoredReturn {
        let scope: [SQLValue] = [.text(snapshot.id), .text(form)]
        var stored = StoredReturn(form: form, schoolYear: snapshot.schoolYear)
        stored.origins = try connection.rows(
            "SELECT import_id, file, sheet, columns FROM frozen_origin WHERE snapshot_id = $1 AND form = $2 ORDER BY number", scope
        ) { row in
            ReturnOrigin(
                importID: try row.text(0), file: try row.text(1), sheet: try row.text(2),
                columns: try OriginColumns.columns(try row.text(3)))
        }
        stored.rows = try connection.rows(
            "SELECT row_key, origin, sheet_row, body FROM frozen_row WHERE snapshot_id = $1 AND form = $2 ORDER BY origin, sheet_row", scope
        ) { row in
            StoredReturn.Row(
                key: try row.text(0), origin: try row.integer(1), sheetRow: try row.integer(2), text: try row.text(3))
        }
        return stored
    }
}
