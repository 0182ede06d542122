internal import Indicators
internal import Vocabulary

/// Staged schools that another county holds.
enum FindConflicts {
    static func run(_ record: ImportRecord, limit: Int, _ connection: any SQLConnection) throws -> [OwnerConflict] {
        try connection.rows(
            """
            SELECT r.row_key, o.sheet, r.sheet_row, r.county, c.county
            FROM import_row r
            JOIN import_origin o ON o.import_id = r.import_id AND o.number = r.origin
            JOIN current_row c ON c.form = $2 AND c.school_year = $3 AND c.row_key = r.row_key AND c.county <> r.county
            WHERE r.import_id = $1 AND r.refused = 0
            ORDER BY r.origin, r.sheet_row LIMIT $4
            """, [.text(record.id), .text(record.form), .integer(record.schoolYear.start), .integer(limit)]
        ) { row in
            OwnerConflict(
                key: try row.text(0), sheet: try row.text(1), sheetRow: try row.integer(2), county: try row.text(3), owner: try row.text(4))
        }
    }
}
