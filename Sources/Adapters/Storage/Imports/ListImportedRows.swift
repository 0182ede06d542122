internal import Indicators
internal import Vocabulary

/// A page of an import's rows, each beside the row that was current before it.
struct ListImportedRows {
    let kinds: Set<ImportedRow.Effect>
    let from: Int
    let limit: Int

    func run(_ id: ImportID, _ connection: any SQLConnection) throws -> [ImportedRow] {
        let record = try ImportTable.record(id, connection)
        let place = try connection.integer("SELECT applied_number FROM return_import WHERE id = $1", [.text(id)])
        let chosen = kinds.isEmpty ? Set(ImportedRow.Effect.allCases) : kinds
        let names = chosen.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        var reader = RowReader()
        return try connection.rows(
            ListImportedRows.sql(names),
            [
                .text(id), .text(record.form), .integer(record.schoolYear.start), .integer(place == 0 ? Int(Int32.max) : place),
                .integer(limit), .integer(from),
            ]
        ) { row in
            let number = try row.integer(1)
            return ImportedRow(
                key: try row.text(0), effect: ImportedRow.Effect(rawValue: try row.text(2)) ?? .changed,
                row: try reader.row(try row.text(3), number: number),
                current: try row.optionalText(4).map { try reader.row($0, number: try row.integer(5)) })
        }
    }

    /// Rows of applied imports stand against what was current before them, others against what is current now.
    private static func sql(_ kinds: String) -> String {
        """
        SELECT row_key, sheet_row, effect, body, earlier, earlier_row FROM (
            SELECT r.row_key, r.origin, r.sheet_row, r.body, b.body AS earlier, b.sheet_row AS earlier_row,
                CASE WHEN r.refused = 1 THEN 'refused' WHEN b.body IS NULL THEN 'new'
                    WHEN b.body = r.body THEN 'unchanged' ELSE 'changed' END AS effect
            FROM import_row r
            LEFT JOIN import_row b ON b.row_key = r.row_key AND b.import_id = (
                SELECT i.id FROM import_row x JOIN return_import i ON i.id = x.import_id
                WHERE x.row_key = r.row_key AND x.refused = 0 AND i.form = $2 AND i.school_year = $3
                    AND i.state = 'applied' AND i.id <> $1 AND i.applied_number < $4
                ORDER BY i.applied_number DESC LIMIT 1)
            WHERE r.import_id = $1
        ) page WHERE effect IN (\(kinds))
        ORDER BY origin, sheet_row LIMIT $5 OFFSET $6
        """
    }
}
