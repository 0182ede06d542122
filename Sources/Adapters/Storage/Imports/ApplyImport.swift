internal import Indicators
internal import Registry
internal import Vocabulary

/// Makes the good rows of an import the current ones, all or none.
struct ApplyImport {
    let id: ImportID
    let choice: ImportChoice
    let version: Int
    let by: Signature

    func run(_ connection: any SQLConnection) throws -> ImportRecord {
        // First, so that on every database the second of two writers waits here and then sees what the first did.
        let revision = try DataRevision.next(connection)
        let record = try ImportTable.record(id, connection)
        try record.check(.apply, seen: version)
        try checkRows(record, connection)
        let counties = try self.counties(record, connection)
        try CountyLocks.check(counties, record, connection)
        try checkUnmoved(record, counties, connection)
        try checkOwners(record, connection)
        try CountEffects.update(record, connection)
        try point(record, connection)
        try DataRevision.mark(counties, record, revision, by, connection)
        try connection.execute(
            """
            UPDATE return_import SET state = 'applied', applied_number = $2, applied_by = $3, applied_name = $4, applied_at = $5,
                touched_at = $5, version = version + 1 WHERE id = $1
            """, [.text(id), .integer(revision), .text(by.by), .text(by.name), .time(by.at)])
        for county in counties {
            let event = HookEvent(.importApplied, subject: id, county: county, schoolYear: record.schoolYear, at: by.at)
            try HookOutbox.add(event, connection)
        }
        return try ImportTable.record(id, connection)
    }

    private func checkRows(_ record: ImportRecord, _ connection: any SQLConnection) throws {
        let good = try connection.integer("SELECT COUNT(*) FROM import_row WHERE import_id = $1 AND refused = 0", [.text(id)])
        if good == 0 { throw StoreRefusal(.empty, "“\(record.start.file.name)”没有一行可以导入。请按错误提示改好后重新上传") }
        if record.tally.refused > 0, !choice.goodRowsOnly {
            throw StoreRefusal(.state, "有\(record.tally.refused)行有错误。请改好后重新上传，或选“只导入无误的\(good)行”")
        }
    }

    /// The counties whose data change: those the rows name, and those that lose a school.
    private func counties(_ record: ImportRecord, _ connection: any SQLConnection) throws -> [String] {
        try connection.rows(
            """
            SELECT county FROM import_row WHERE import_id = $1 AND refused = 0
            UNION
            SELECT c.county FROM import_row r
            JOIN current_row c ON c.form = $2 AND c.school_year = $3 AND c.row_key = r.row_key
            WHERE r.import_id = $1 AND r.refused = 0
            """, [.text(id), .text(record.form), .integer(record.schoolYear.start)]
        ) { try $0.text(0) }
    }

    /// What the person saw in the preview must still be what happens.
    private func checkUnmoved(_ record: ImportRecord, _ counties: [String], _ connection: any SQLConnection) throws {
        let base = try connection.integer("SELECT base_revision FROM return_import WHERE id = $1", [.text(id)])
        let moved = try DataRevision.changes(since: base, record, connection).first { counties.contains($0.county) }
        guard let moved else { return }
        throw StoreRefusal(.stale, "预览之后，\(moved.by)更新了\(moved.county)的数据。请重新比对，看过新的预览再确认")
    }

    private func checkOwners(_ record: ImportRecord, _ connection: any SQLConnection) throws {
        guard !choice.movesSchools, let conflict = try FindConflicts.run(record, limit: 1, connection).first else { return }
        throw StoreRefusal(.county, conflict.message)
    }

    private func point(_ record: ImportRecord, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO current_row (form, school_year, row_key, county, import_id)
            SELECT i.form, i.school_year, r.row_key, r.county, r.import_id
            FROM import_row r JOIN return_import i ON i.id = r.import_id
            WHERE r.import_id = $1 AND r.refused = 0
            ON CONFLICT (form, school_year, row_key) DO UPDATE SET county = excluded.county, import_id = excluded.import_id
            """, [.text(id)])
    }
}
