internal import Indicators
internal import Vocabulary

/// The complaints of an import, in the order they were noted.
enum DiagnosticTable {
    static func add(_ diagnostics: [Diagnostic], to id: ImportID, _ connection: any SQLConnection) throws {
        guard !diagnostics.isEmpty else { return }
        let first = try connection.integer("SELECT COUNT(*) FROM import_diagnostic WHERE import_id = $1", [.text(id)])
        let rows = diagnostics.enumerated().map { offset, diagnostic in
            [.text(id), .integer(first + offset), .text(diagnostic.severity.rawValue), .text(diagnostic.code)]
                + place(diagnostic.place) + [SQLValue.text(shown(diagnostic.message))]
        }
        try connection.insert(
            into: "import_diagnostic",
            columns: ["import_id", "number", "severity", "code", "place_kind", "place", "place_row", "place_column", "message"], rows: rows)
        let errors = diagnostics.count { $0.severity == .error }
        let warnings = diagnostics.count { $0.severity == .warning }
        try connection.execute(
            "UPDATE return_import SET error_count = error_count + $2, warning_count = warning_count + $3 WHERE id = $1",
            [.text(id), .integer(errors), .integer(warnings)])
    }

    static func list(of id: ImportID, from: Int, limit: Int, _ connection: any SQLConnection) throws -> [Diagnostic] {
        try connection.rows(
            """
            SELECT severity, code, place_kind, place, place_row, place_column, message FROM import_diagnostic
            WHERE import_id = $1 ORDER BY number LIMIT $2 OFFSET $3
            """, [.text(id), .integer(limit), .integer(from)]
        ) { row in
            Diagnostic(
                Diagnostic.Severity(rawValue: try row.text(0)) ?? .error, try row.text(1), at: try place(row), try row.text(6))
        }
    }

    /// Messages quote cells; what no database keeps is shown by its sign.
    private static func shown(_ message: String) -> String { message.replacing("\0", with: "␀") }

    private static func place(_ place: Diagnostic.Place) -> [SQLValue] {
        switch place {
        case .cell(let sheet, let row, let column): [.text("cell"), .text(sheet), .integer(row), .integer(column)]
        case .line(let file, let line, let column): [.text("line"), .text(file), .integer(line), .integer(column)]
        case .file(let name): [.text("file"), .text(name), .null, .null]
        }
    }

    private static func place(_ row: any SQLRow) throws -> Diagnostic.Place {
        let name = try row.text(3)
        switch try row.text(2) {
        case "cell": return .cell(sheet: name, row: try row.integer(4), column: try row.integer(5))
        case "line": return .line(file: name, line: try row.integer(4), column: try row.integer(5))
        default: return .file(name)
        }
    }
}
