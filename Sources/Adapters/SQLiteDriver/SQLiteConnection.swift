internal import Foundation
internal import GRDB
internal import Storage

/// A GRDB connection behind the port; statements are compiled once per connection.
struct SQLiteConnection: SQLConnection {
    let database: Database

    @discardableResult func execute(_ sql: String, _ values: [SQLValue]) throws -> Int {
        let statement = try database.cachedStatement(sql: SQLiteConnection.numbered(sql))
        try statement.execute(arguments: StatementArguments(values.map(\.database)))
        return database.changesCount
    }

    func query(_ sql: String, _ values: [SQLValue], _ row: (any SQLRow) throws -> Void) throws {
        let statement = try database.cachedStatement(sql: SQLiteConnection.numbered(sql))
        let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(values.map(\.database)))
        while let next = try cursor.next() { try row(SQLiteRow(row: next)) }
    }

    /// SQLite hands over rows as it finds them anyway.
    func stream(_ sql: String, _ values: [SQLValue], _ row: (any SQLRow) throws -> Void) throws { try query(sql, values, row) }

    func insert(into table: String, columns: [String], rows: [[SQLValue]]) throws {
        let places = columns.map { _ in "?" }.joined(separator: ", ")
        let statement = try database.cachedStatement(
            sql: "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(places))")
        for row in rows { try statement.execute(arguments: StatementArguments(row.map(\.database))) }
    }

    func run(script: String) throws { try database.execute(sql: script) }

    /// `$1` of PostgreSQL is `?1` in SQLite, where `$1` would be a name numbered by first appearance.
    static func numbered(_ sql: String) -> String { sql.contains("$") ? sql.replacing("$", with: "?") : sql }
}

struct SQLiteRow: SQLRow {
    let row: Row

    func isNull(_ column: Int) -> Bool { row.hasNull(atIndex: column) }
    func integer(_ column: Int) throws -> Int { try value(column, "integer") }
    func text(_ column: Int) throws -> String { try value(column, "text") }
    func real(_ column: Int) throws -> Double { try value(column, "real") }
    func bytes(_ column: Int) throws -> [UInt8] { [UInt8](try value(column, "bytes") as Data) }

    private func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ column: Int, _ type: String) throws -> Value {
        guard let value = Value.fromDatabaseValue(row[column]) else { throw SQLFault(.type, "column \(column) is no \(type)") }
        return value
    }
}

extension SQLValue {
    fileprivate var database: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .real(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        }
    }
}
