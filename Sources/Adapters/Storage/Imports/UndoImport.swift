internal import Indicators
internal import Registry

/// Takes an import back: each of its rows that is current gives way to the row applied before it, or goes.
struct UndoImport {
    let id: ImportID
    let version: Int
    let by: Signature

    func run(_ connection: any SQLConnection) throws -> ImportRecord {
        let revision = try DataRevision.next(connection)
        let record = try ImportTable.record(id, connection)
        try record.check(.undo, seen: version)
        let counties = try self.counties(connection)
        try CountyLocks.check(counties, record, connection)
        try bringBack(connection)
        try connection.execute("DELETE FROM current_row WHERE import_id = $1", [.text(id)])
        try DataRevision.mark(counties, record, revision, by, connection)
        try connection.execute(
            """
            UPDATE return_import SET state = 'undone', applied_number = NULL, base_revision = $2, undone_by = $3, undone_name = $4,
                undone_at = $5, touched_at = $5, version = version + 1 WHERE id = $1
            """, [.text(id), .integer(revision), .text(by.by), .text(by.name), .time(by.at)])
        for county in counties {
            let event = HookEvent(.importUndone, subject: id, county: county, schoolYear: record.schoolYear, at: by.at)
            try HookOutbox.add(event, connection)
        }
        return try ImportTable.record(id, connection)
    }

    private func counties(_ connection: any SQLConnection) throws -> [String] {
        try connection.rows(
            """
            SELECT county FROM current_row WHERE import_id = $1
            UNION
            SELECT r.county FROM current_row c
            JOIN import_row r ON r.row_key = c.row_key AND r.refused = 0
            JOIN return_import i ON i.id = r.import_id AND i.form = c.form AND i.school_year = c.school_year AND i.state = 'applied'
            WHERE c.import_id = $1
            """, [.text(id)]
        ) { try $0.text(0) }
    }

    private func bringBack(_ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO current_row (form, school_year, row_key, county, import_id)
            SELECT form, school_year, row_key, county, import_id FROM (
                SELECT i.form, i.school_year, r.row_key, r.county, r.import_id,
                    ROW_NUMBER() OVER (PARTITION BY r.row_key ORDER BY i.applied_number DESC) AS place
                FROM current_row c
                JOIN import_row r ON r.row_key = c.row_key AND r.refused = 0
                JOIN return_import i ON i.id = r.import_id AND i.form = c.form AND i.school_year = c.school_year
                WHERE c.import_id = $1 AND i.state = 'applied' AND i.id <> $1
            ) earlier WHERE place = 1
            ON CONFLICT (form, school_year, row_key) DO UPDATE SET county = excluded.county, import_id = excluded.import_id
            """, [.text(id)])
    }
}
