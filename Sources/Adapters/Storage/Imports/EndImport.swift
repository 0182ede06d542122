internal import Foundation
internal import Indicators
internal import Vocabulary

/// The ways in which an import ends without having counted. Its rows go, its diagnostics stay.
enum EndImport {
    static func refuse(_ id: ImportID, at: Date, _ connection: any SQLConnection) throws -> ImportRecord {
        let record = try ImportTable.record(id, connection)
        guard record.state == .reading else {
            throw StoreRefusal(.state, "“\(record.start.file.name)”现在是“\(record.state.label.zh)”，读取已经结束")
        }
        return try end(id, .refused, at, connection)
    }

    static func discard(_ id: ImportID, at: Date, _ connection: any SQLConnection) throws -> ImportRecord {
        try end(id, .discarded, at, connection)
    }

    /// Ends what is being read by a server that is none, or none any more. What a job reads is read again by the next server.
    static func abandonOrphans(at: Date, _ connection: any SQLConnection) throws -> Int {
        try abandon("(reader IS NULL OR reader NOT IN (SELECT id FROM server_process))", [], at: at, connection)
    }

    static func abandon(_ condition: String, _ values: [SQLValue], at: Date, _ connection: any SQLConnection) throws -> Int {
        let ids = try connection.rows(
            """
            SELECT id FROM return_import WHERE state = 'reading' AND \(condition)
                AND NOT EXISTS (SELECT 1 FROM job WHERE job.id = return_import.job_id AND job.state IN ('waiting', 'running'))
            """, values
        ) { try $0.text(0) }
        for id in ids { _ = try end(id, .abandoned, at, connection) }
        return ids.count
    }

    private static func end(
        _ id: ImportID, _ state: ImportRecord.State, _ at: Date, _ connection: any SQLConnection
    ) throws -> ImportRecord {
        try connection.execute("DELETE FROM import_row WHERE import_id = $1", [.text(id)])
        try connection.execute("DELETE FROM import_origin WHERE import_id = $1", [.text(id)])
        try connection.execute(
            """
            UPDATE return_import SET state = $2, finished_at = COALESCE(finished_at, $3), touched_at = $3, version = version + 1
            WHERE id = $1
            """, [.text(id), .text(state.rawValue), .time(at)])
        return try ImportTable.record(id, connection)
    }
}
