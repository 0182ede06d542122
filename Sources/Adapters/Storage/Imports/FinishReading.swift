internal import Foundation
internal import Indicators
internal import Vocabulary

/// From `reading` to `preview`.
struct FinishReading {
    let id: ImportID
    let rowsRead: Int
    let refused: Int
    let schoolYear: SchoolYear?
    let at: Date

    func run(_ connection: any SQLConnection) throws -> ImportRecord {
        let record = try ImportTable.record(id, connection)
        guard record.state == .reading else {
            throw StoreRefusal(.state, "“\(record.start.file.name)”现在是“\(record.state.label.zh)”，读取已经结束")
        }
        let strangers = try connection.integer("SELECT COUNT(*) FROM import_row WHERE import_id = $1 AND refused = 1", [.text(id)])
        try connection.execute(
            """
            UPDATE return_import SET state = 'preview', rows_read = $2, rows_refused = $3, school_year = $4, progress_done = $2,
                progress_total = $2, finished_at = $5, touched_at = $5, version = version + 1
            WHERE id = $1
            """,
            [
                .text(id), .integer(rowsRead), .integer(refused + strangers), .integer((schoolYear ?? record.schoolYear).start), .time(at),
            ])
        try CountEffects.update(ImportTable.record(id, connection), connection)
        return try ImportTable.record(id, connection)
    }
}

/// How many rows of an import are new, changed and unchanged against the current data.
enum CountEffects {
    static func recount(_ id: ImportID, _ connection: any SQLConnection) throws -> ImportRecord {
        let record = try ImportTable.record(id, connection)
        guard record.state == .preview || record.state == .undone else {
            throw StoreRefusal(.state, "“\(record.start.file.name)”现在是“\(record.state.label.zh)”，不用重新比对")
        }
        try update(record, connection)
        try connection.execute("UPDATE return_import SET version = version + 1 WHERE id = $1", [.text(id)])
        return try ImportTable.record(id, connection)
    }

    /// Writes the counts, and down to which revision of the data they hold.
    static func update(_ record: ImportRecord, _ connection: any SQLConnection) throws {
        // Read before counting: a change in between then makes the preview stale instead of passing unseen.
        let base = try connection.integer("SELECT number FROM revision_counter")
        let counts = try connection.first(
            """
            SELECT COUNT(CASE WHEN b.body IS NULL THEN 1 END), COUNT(CASE WHEN b.body <> r.body THEN 1 END),
                COUNT(CASE WHEN b.body = r.body THEN 1 END)
            FROM import_row r
            LEFT JOIN current_row c ON c.form = $2 AND c.school_year = $3 AND c.row_key = r.row_key
            LEFT JOIN import_row b ON b.import_id = c.import_id AND b.row_key = c.row_key
            WHERE r.import_id = $1 AND r.refused = 0
            """, [.text(record.id), .text(record.form), .integer(record.schoolYear.start)]
        ) { [try $0.integer(0), try $0.integer(1), try $0.integer(2)] }
        let values = (counts ?? [0, 0, 0]).map { SQLValue.integer($0) }
        try connection.execute(
            """
            UPDATE return_import SET rows_new = $2, rows_changed = $3, rows_unchanged = $4, base_revision = $5 WHERE id = $1
            """, [.text(record.id)] + values + [.integer(base)])
    }
}

/// Marks staged rows as refused.
enum RefuseRows {
    static func run(_ keys: [String], of id: ImportID, _ connection: any SQLConnection) throws -> ImportRecord {
        let record = try ImportTable.record(id, connection)
        guard record.state == .reading || record.state == .preview else {
            throw StoreRefusal(.state, "“\(record.start.file.name)”现在是“\(record.state.label.zh)”，不能再剔除行")
        }
        var refused = 0
        for key in keys {
            refused += try connection.execute(
                "UPDATE import_row SET refused = 1 WHERE import_id = $1 AND row_key = $2 AND refused = 0", [.text(id), .text(key)])
        }
        guard record.state == .preview, refused > 0 else { return record }
        try connection.execute(
            "UPDATE return_import SET rows_refused = rows_refused + $2 WHERE id = $1", [.text(id), .integer(refused)])
        return try CountEffects.recount(id, connection)
    }
}
