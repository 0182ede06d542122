public import Storage

/// A PostgreSQL server: connections on threads of their own, opened when needed and again when they broke.
public struct PostgresDriver: SQLDriver {
    private let readers: PostgresWorkers
    private let writers: PostgresWorkers
    public let address: PostgresAddress

    /// Opens nothing yet. The first question throws `SQLFault` when the server cannot be reached.
    public init(_ address: PostgresAddress, limits: PostgresLimits = PostgresLimits()) {
        self.address = address
        readers = PostgresWorkers(count: limits.readers, address, limits)
        writers = PostgresWorkers(count: limits.writers, address, limits)
    }

    public func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
        try await readers.run { try $0.transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", body) }
    }

    public func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
        try await writers.run { try $0.transaction(PostgresDriver.beginWrite, body) }
    }

    /// One writer of a schema at a time, waiting before it reads. READ COMMITTED, so that the first statement behind the lock
    /// already sees what the writer before did; nobody else writes until the end, so all statements see the same.
    private static let beginWrite = """
        BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
        SELECT pg_advisory_xact_lock(1246382408, hashtext(current_schema()))
        """
}
