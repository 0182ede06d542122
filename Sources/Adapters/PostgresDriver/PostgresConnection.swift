internal import Storage

/// The connection inside one transaction.
struct PostgresConnection: SQLConnection {
    /// Rows a cursor hands over at a time.
    private static let piece = 1_000
    /// Bytes sent at a time.
    private static let chunk = 1 << 16

    let link: PostgresLink

    @discardableResult func execute(_ sql: String, _ values: [SQLValue]) throws -> Int { try link.run(sql, values).changed }

    func query(_ sql: String, _ values: [SQLValue], _ row: (any SQLRow) throws -> Void) throws { try link.run(sql, values).each(row) }

    func stream(_ sql: String, _ values: [SQLValue], _ row: (any SQLRow) throws -> Void) throws {
        let cursor = try link.declare(sql, values)
        while true {
            let result = try link.fetch(PostgresConnection.piece, from: cursor)
            try result.each(row)
            if result.rows < Int32(PostgresConnection.piece) { break }
        }
        try link.run(script: "CLOSE \(cursor)")
    }

    func insert(into table: String, columns: [String], rows: [[SQLValue]]) throws {
        guard !rows.isEmpty else { return }
        var next = 0
        try link.copy("COPY \(table) (\(columns.joined(separator: ", "))) FROM STDIN") {
            var text: [UInt8] = []
            while next < rows.count, text.count < PostgresConnection.chunk {
                try CopyText.add(rows[next], to: &text)
                next += 1
            }
            return text.isEmpty ? nil : text
        }
    }

    /// A change of the schema takes as long as the tables are large; the limit for a statement holds again after the transaction.
    func run(script: String) throws {
        // Alone, because the clock of a message is set when it arrives.
        try link.run(script: "SET LOCAL statement_timeout = 0")
        try link.run(script: script)
    }
}
