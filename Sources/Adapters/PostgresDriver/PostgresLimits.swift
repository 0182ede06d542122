/// How long a driver waits, and how many connections it holds. Reading and writing have connections of their own,
/// so that writers waiting for each other leave the pages readable.
public struct PostgresLimits: Sendable {
    public var readers = 6
    public var writers = 4
    /// Seconds to reach the server.
    public var connect = 5
    /// Seconds for one statement; 0 for no limit.
    public var statement = 60
    /// Seconds to wait for another writer.
    public var lock = 30
    /// Seconds to wait for a free connection.
    public var turn = 30.0
    /// Seconds after which an unused connection is closed.
    public var idle = 60.0

    public init() {}

    /// For work as long as the data are large: moving a whole store.
    public static var patient: PostgresLimits {
        var limits = PostgresLimits()
        limits.statement = 0
        limits.lock = 300
        return limits
    }
}
