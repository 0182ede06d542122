/// A table of the schema as the migrations declare it, in an order in which no row refers to a later table.
struct SchemaTable: Sendable, Equatable {
    enum Kind: String, Sendable {
        case text = "TEXT"
        case integer = "BIGINT"
        case bytes = "BYTEA"
        case real = "DOUBLE"
    }

    var name: String
    var columns: [(name: String, kind: Kind)] = []

    static func == (one: SchemaTable, other: SchemaTable) -> Bool {
        one.name == other.name && one.columns.map(\.name) == other.columns.map(\.name)
            && one.columns.map(\.kind) == other.columns.map(\.kind)
    }

    /// Tables that belong to running servers, or that move as files and not as rows.
    static let left: Set<String> = ["server_process", "kept_file", "kept_chunk"]
    /// Tables that hold a row from the beginning.
    static let seeded: Set<String> = ["revision_counter", "audit_head"]

    /// The tables whose rows are an installation's data.
    static func moved() throws -> [SchemaTable] { try all().filter { !left.contains($0.name) } }

    static func all() throws -> [SchemaTable] {
        var tables: [SchemaTable] = []
        for step in try Migrations.shipped() { read(step.sql, into: &tables) }
        return tables
    }

    /// Our own migrations write one column a line: `name TYPE …`.
    private static func read(_ sql: String, into tables: inout [SchemaTable]) {
        var isInside = false
        for line in sql.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            if line.hasPrefix("CREATE TABLE "), words.count > 2 {
                tables.append(SchemaTable(name: words[2]))
                isInside = true
            } else if line.hasPrefix(")") {
                isInside = false
            } else if isInside, words.count > 1, let kind = kind(words[1]) {
                tables[tables.count - 1].columns.append((words[0], kind))
            } else if line.hasPrefix("ALTER TABLE "), words.count > 6, words[3] == "ADD", let kind = kind(words[6]),
                let place = tables.firstIndex(where: { $0.name == words[2] })
            {
                tables[place].columns.append((words[5], kind))
            }
        }
    }

    private static func kind(_ word: String) -> Kind? { Kind(rawValue: String(word.prefix { $0.isLetter })) }

    // MARK: Rows

    var selectAll: String { "SELECT \(columns.map(\.name).joined(separator: ", ")) FROM \(name)" }

    func values(_ row: any SQLRow) throws -> [SQLValue] {
        try columns.indices.map { place in
            if row.isNull(place) { return .null }
            switch columns[place].kind {
            case .text: return .text(try row.text(place))
            case .integer: return .integer(try row.integer(place))
            case .bytes: return .bytes(try row.bytes(place))
            case .real: return .real(try row.real(place))
            }
        }
    }
}
