/// How the schema of a database stands to the one this program works with. Numbers are those of the newest step.
public enum SchemaState: Equatable, Sendable {
    case current(Int)
    /// Brought up to date at the next start.
    case older(Int)
    /// Written by a newer program.
    case newer(Int)
    case none

    /// The newest step this program brings.
    public static func newest() throws -> Int { try Migrations.shipped().last?.number ?? 0 }

    /// Looks and changes nothing. Throws `SQLFault` when the database does not answer.
    public static func of(_ driver: any SQLDriver) async throws -> SchemaState {
        let shipped = try newest()
        do {
            let step = try await driver.read { try $0.integer("SELECT MAX(number) FROM schema_step") }
            return step == shipped ? .current(step) : step < shipped ? .older(step) : .newer(step)
        } catch let fault as SQLFault where fault.kind == .other { return .none }
    }
}
