internal import Foundation
internal import GRDB
public import Storage

/// The embedded database: one file in WAL mode, one writer, several readers beside it.
public struct SQLiteDriver: SQLDriver {
    private let pool: DatabasePool

    /// Opens or makes the file. Throws `SQLFault` when it cannot be opened.
    public init(path: String) throws {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = 5
        configuration.label = "junheng"
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = NORMAL") }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
        } catch {
            throw SQLFault(.other, "打不开数据库文件 \(path)：\(error)")
        }
    }

    public func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
        try await translating { try await pool.read { try body(SQLiteConnection(database: $0)) } }
    }

    public func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
        // GRDB begins writes with BEGIN IMMEDIATE, so the writer waits here and not in its midst.
        try await translating { try await pool.write { try body(SQLiteConnection(database: $0)) } }
    }

    /// Copies the WAL into the main file; for a backup of one file.
    public func checkpoint() async throws {
        try await translating { _ = try await pool.writeWithoutTransaction { try $0.checkpoint(.truncate) } }
    }

    public func close() throws { try pool.close() }

    private func translating<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as DatabaseError {
            throw SQLFault(SQLiteDriver.kind(error), "\(error)")
        }
    }

    private static func kind(_ error: DatabaseError) -> SQLFault.Kind {
        switch error.resultCode.primaryResultCode {
        case .SQLITE_CONSTRAINT: .constraint
        case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
        case .SQLITE_FULL: .full
        default: .other
        }
    }
}
