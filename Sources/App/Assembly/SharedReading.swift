/// A reading shared by all who ask for it at the same time: a thousand requests cost a few questions to the database, and yet everybody
/// gets a value that was read after the asking.
actor SharedReading<Value: Sendable> {
    private let read: @Sendable () async throws -> Value
    /// Under way; who comes now has come too late for it.
    private var running: Task<Value, any Error>?
    /// Begins when the running one has ended.
    private var next: Task<Value, any Error>?

    init(_ read: @escaping @Sendable () async throws -> Value) { self.read = read }

    func value() async throws -> Value {
        if let next { return try await next.value }
        let before = running
        let task = Task {
            if let before {
                _ = await before.result
                running = next
                next = nil
            }
            defer { if next == nil { running = nil } }
            return try await read()
        }
        if before == nil { running = task } else { next = task }
        return try await task.value
    }
}
