/// A database under the portable SQL of this module. SQL is the common ground of SQLite and PostgreSQL; parameters are `$1`, `$2`, ….
///
/// Bodies run on a thread of the driver's own, never on the cooperative pool, and must not keep the connection. A driver may run a body
/// again from the start when the first try was undone by the database, so bodies change nothing but the database. After an error
/// of a statement the transaction is lost: bodies let it through.
public protocol SQLDriver: Sendable {
    /// Reads one consistent state of the database.
    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value
    /// One transaction: committed when the body returns, undone when it throws or the program dies.
    /// Writers wait for each other before they read.
    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value
}

/// The connection inside one `read` or `write`.
public protocol SQLConnection {
    /// Runs one statement; answers how many rows it changed.
    @discardableResult func execute(_ sql: String, _ values: [SQLValue]) throws -> Int
    /// Runs one query and hands over row by row. The row is good only during the call.
    func query(_ sql: String, _ values: [SQLValue], _ row: (any SQLRow) throws -> Void) throws
    /// The same for results that may be too large for memory: rows are fetched as they are handed over.
    func stream(_ sql: String, _ values: [SQLValue], _ row: (any SQLRow) throws -> Void) throws
    /// Inserts many rows the fastest way the database has.
    func insert(into table: String, columns: [String], rows: [[SQLValue]]) throws
    /// Runs several statements without parameters.
    func run(script: String) throws
}

/// A row of a query; columns count from 0.
public protocol SQLRow {
    func isNull(_ column: Int) -> Bool
    func integer(_ column: Int) throws -> Int
    func real(_ column: Int) throws -> Double
    func text(_ column: Int) throws -> String
    func bytes(_ column: Int) throws -> [UInt8]
}

public enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int)
    case real(Double)
    case text(String)
    case bytes([UInt8])

    static func text(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }
    static func integer(_ number: Int?) -> SQLValue { number.map { .integer($0) } ?? .null }
}

/// What went wrong in the database, for the log; users see `StoreRefusal`s or a general word.
public struct SQLFault: Error, Sendable, CustomStringConvertible {
    public enum Kind: Sendable {
        /// A key or another constraint forbids it.
        case constraint
        /// Another writer held the database for too long.
        case busy
        /// The database cannot be reached, or the connection broke.
        case unreachable
        /// The connection broke while committing: nobody knows whether the change was made.
        case lost
        /// Another transaction got in the way. Drivers try again themselves and say `busy` in the end.
        case again
        /// No room left where the database writes.
        case full
        /// A value of an unexpected type, or one the database cannot hold.
        case type
        case other
    }

    public var kind: Kind
    public var description: String

    public init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}

extension SQLConnection {
    func rows<Value>(_ sql: String, _ values: [SQLValue] = [], _ map: (any SQLRow) throws -> Value) throws -> [Value] {
        var all: [Value] = []
        try query(sql, values) { all.append(try map($0)) }
        return all
    }

    func first<Value>(_ sql: String, _ values: [SQLValue] = [], _ map: (any SQLRow) throws -> Value) throws -> Value? {
        try rows(sql, values, map).first
    }

    func integer(_ sql: String, _ values: [SQLValue] = []) throws -> Int {
        try first(sql, values) { $0.isNull(0) ? 0 : try $0.integer(0) } ?? 0
    }
}
