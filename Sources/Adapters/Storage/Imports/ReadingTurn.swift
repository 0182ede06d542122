internal import Foundation
internal import Indicators

/// Whose turn it is to read an import that a job reads: one server's at a time, the last that took it.
enum ReadingTurn {
    /// Throws `ReadingTaken` where another server reads now. Imports without a job belong to whoever began them.
    static func check(_ id: ImportID, _ process: String, _ connection: any SQLConnection) throws {
        let readers = try connection.rows(
            "SELECT reader FROM return_import WHERE id = $1 AND state = 'reading' AND job_id IS NOT NULL", [.text(id)]
        ) { try $0.optionalText(0) }
        if let reader = readers.first, reader != process { throw ReadingTaken() }
    }

    static func take(_ id: ImportID, _ process: String, at: Date, _ connection: any SQLConnection) throws -> ImportRecord {
        let record = try ImportTable.record(id, connection)
        guard record.state == .reading else { return record }
        for table in ["import_row", "import_origin", "import_diagnostic"] {
            try connection.execute("DELETE FROM \(table) WHERE import_id = $1", [.text(id)])
        }
        try connection.execute(
            """
            UPDATE return_import SET reader = $2, progress_done = 0, progress_total = NULL, error_count = 0, warning_count = 0,
                touched_at = $3
            WHERE id = $1
            """, [.text(id), .text(process), .time(at)])
        return try ImportTable.record(id, connection)
    }
}
