/// The store cannot answer now, through nobody's fault who asked: its database is gone, busy or full. Asking again later may do.
public struct StoreUnavailable: Error, Sendable, CustomStringConvertible {
    /// What to tell the person who asked.
    public var message: String
    /// What the database said, for the log.
    public var detail: String

    public init(_ message: String, detail: String) {
        self.message = message
        self.detail = detail
    }

    public var description: String { "\(message) (\(detail))" }
}
