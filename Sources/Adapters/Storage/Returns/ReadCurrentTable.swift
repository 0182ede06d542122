internal import Indicators
internal import Vocabulary

/// The current rows of a form and year as columns, row by row from the database.
struct ReadCurrentTable {
    let form: ReturnForm
    let year: SchoolYear
    let county: String?
    let preview: ImportID?

    private static let columns = "r.import_id, r.origin, r.sheet_row, r.body"

    func run(_ connection: any SQLConnection) throws -> ReturnTable {
        var builder = TableBuilder(form: form, year: year)
        if let preview {
            let record = try ImportTable.record(preview, connection)
            guard record.form == form.id, record.schoolYear == year else {
                throw StoreRefusal(.unknown, "“\(record.start.file.name)”不是\(year.label.zh)的\(form.label.zh)，不能一起预览")
            }
        }
        try connection.stream(currentSQL, currentValues) { try builder.add($0, connection) }
        if let preview {
            let values: [SQLValue] = [.text(preview)] + (county.map { [.text($0)] } ?? [])
            try connection.stream(previewSQL, values) { try builder.add($0, connection) }
        }
        return builder.table
    }

    private var currentValues: [SQLValue] {
        var values: [SQLValue] = [.text(form.id), .integer(year.start)]
        if let county { values.append(.text(county)) }
        if let preview { values.append(.text(preview)) }
        return values
    }

    private var currentSQL: String {
        let inCounty = county == nil ? "" : "AND c.county = $3"
        let unreplaced =
            preview == nil
            ? ""
            : """
            AND NOT EXISTS (SELECT 1 FROM import_row p
                WHERE p.import_id = $\(county == nil ? 3 : 4) AND p.row_key = c.row_key AND p.refused = 0)
            """
        return """
            SELECT \(ReadCurrentTable.columns) FROM current_row c
            JOIN import_row r ON r.import_id = c.import_id AND r.row_key = c.row_key
            JOIN return_import i ON i.id = c.import_id
            WHERE c.form = $1 AND c.school_year = $2 \(inCounty) \(unreplaced)
            ORDER BY i.applied_number, r.origin, r.sheet_row
            """
    }

    private var previewSQL: String {
        """
        SELECT \(ReadCurrentTable.columns) FROM import_row r
        WHERE r.import_id = $1 AND r.refused = 0 \(county == nil ? "" : "AND r.county = $2")
        ORDER BY r.origin, r.sheet_row
        """
    }
}

/// Puts rows that come grouped by import and origin into columns.
private struct TableBuilder {
    var table: ReturnTable
    private var reader = RowReader()
    private var latest: (id: String, origin: Int)?

    init(form: ReturnForm, year: SchoolYear) { table = ReturnTable(form: form, schoolYear: year) }

    /// Columns: import, origin, sheet row, body.
    mutating func add(_ row: any SQLRow, _ connection: any SQLConnection) throws {
        let id = try row.text(0)
        let origin = try row.integer(1)
        if latest?.id != id || latest?.origin != origin {
            table.begin(try ImportOrigins.origin(origin, of: id, connection))
            latest = (id, origin)
        }
        table.append(try reader.row(try row.text(3), number: try row.integer(2)))
    }
}

/// The sheets an import's rows were read from.
enum ImportOrigins {
    static func origin(_ number: Int, of id: ImportID, _ connection: any SQLConnection) throws -> ReturnOrigin {
        let found = try connection.first(
            "SELECT file, sheet, columns FROM import_origin WHERE import_id = $1 AND number = $2", [.text(id), .integer(number)]
        ) { row in
            ReturnOrigin(
                importID: id, file: try row.text(0), sheet: try row.text(1), columns: try OriginColumns.columns(try row.text(2)))
        }
        return found ?? ReturnOrigin(importID: id, file: "", sheet: "")
    }
}
