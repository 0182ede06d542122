internal import Foundation
internal import Indicators
internal import Vocabulary

/// Rows of `return_import` as records.
enum ImportTable {
    private static let columns = """
        id, form, key_attribute, school_year, county, file_name, file_digest, file_size, uploader, uploader_name, started_at,
        state, rows_read, rows_new, rows_changed, rows_unchanged, rows_refused, progress_done, progress_total,
        error_count, warning_count, finished_at, applied_by, applied_name, applied_at, undone_by, undone_name, undone_at, version,
        job_id
        """

    static func find(_ id: ImportID, _ connection: any SQLConnection) throws -> ImportRecord? {
        try connection.first("SELECT \(columns) FROM return_import WHERE id = $1", [.text(id)], record)
    }

    static func record(_ id: ImportID, _ connection: any SQLConnection) throws -> ImportRecord {
        guard let found = try find(id, connection) else { throw StoreRefusal(.unknown, "没有这次导入，可能链接有误。请回到导入列表重新选择") }
        return found
    }

    static func list(_ filter: ImportFilter, _ connection: any SQLConnection) throws -> [ImportRecord] {
        var values: [SQLValue] = []
        var conditions: [String] = []
        func bind(_ value: SQLValue) -> String {
            values.append(value)
            return "$\(values.count)"
        }
        if let form = filter.form { conditions.append("form = \(bind(.text(form)))") }
        if let year = filter.schoolYear { conditions.append("school_year = \(bind(.integer(year.start)))") }
        if let county = filter.county { conditions.append("(county IS NULL OR county = \(bind(.text(county))))") }
        if !filter.states.isEmpty {
            let states = filter.states.map(\.rawValue).sorted().map { bind(.text($0)) }
            conditions.append("state IN (\(states.joined(separator: ", ")))")
        }
        let condition = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
        let sql =
            "SELECT \(columns) FROM return_import \(condition) ORDER BY started_at DESC, id DESC "
            + "LIMIT \(bind(.integer(filter.limit))) OFFSET \(bind(.integer(filter.from)))"
        return try connection.rows(sql, values, record)
    }

    static func begin(_ start: ImportStart, reader: String, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO return_import (id, form, key_attribute, school_year, county, file_name, file_digest, file_size,
                uploader, uploader_name, started_at, touched_at, state, reader, job_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, 'reading', $12, $13)
            """,
            [
                .text(start.id), .text(start.form), .text(start.key), .integer(start.schoolYear.start), .text(start.county),
                .text(start.file.name), .text(start.file.digest), .integer(start.file.size), .text(start.uploader.by),
                .text(start.uploader.name), .time(start.uploader.at), .text(reader), .text(start.job),
            ])
    }

    private static func record(_ row: any SQLRow) throws -> ImportRecord {
        let state = try row.text(11)
        guard let state = ImportRecord.State(rawValue: state) else { throw SQLFault(.type, "import state \(state)") }
        return ImportRecord(
            start: try start(row), state: state,
            tally: ImportTally(
                read: try row.integer(12), new: try row.integer(13), changed: try row.integer(14), unchanged: try row.integer(15),
                refused: try row.integer(16)),
            progressDone: try row.integer(17), progressTotal: try row.optionalInteger(18), errors: try row.integer(19),
            warnings: try row.integer(20), finishedAt: row.isNull(21) ? nil : try row.time(21), applied: try row.signature(22),
            undone: try row.signature(25), version: try row.integer(28))
    }

    private static func start(_ row: any SQLRow) throws -> ImportStart {
        ImportStart(
            id: try row.text(0), form: try row.text(1), key: try row.text(2), schoolYear: SchoolYear(try row.integer(3)),
            county: try row.optionalText(4),
            file: KeptFile(name: try row.text(5), digest: try row.text(6), size: try row.integer(7)),
            uploader: Signature(by: try row.text(8), name: try row.text(9), at: try row.time(10)), job: try row.optionalText(29))
    }
}
