public import Foundation
public import Registry

/// Rows that have been kept as long as the inventory allows.
public struct StoredRetention: Sendable {
    /// What is due in one table.
    public struct Due: Hashable, Sendable {
        public var register: String
        public var rule: RetentionRule
        /// Rows from before this moment.
        public var before: Date
        public var count: Int
    }

    let driver: any SQLDriver
    let inventory: PersonalInventory

    /// What `apply` would do on a day; changes nothing.
    public func due(_ now: Date) async throws -> [Due] { try await run(now, applying: false) }

    /// Deletes or clears what is due, all of it or nothing.
    public func apply(_ now: Date) async throws -> [Due] { try await run(now, applying: true) }

    private func run(_ now: Date, applying: Bool) async throws -> [Due] {
        let asked = try self.asked()
        let work: @Sendable (any SQLConnection) throws -> [Due] = { connection in
            try asked.map { register in
                let before = now.addingTimeInterval(-Double(register.retention.days) * 86_400)
                var condition = "\(register.retention.since ?? "") < $1"
                if register.retention.condition == .disabled, let person = register.person {
                    condition += " AND \(person) IN (SELECT id FROM account WHERE is_disabled = 1)"
                }
                if let person = register.person { condition += " AND \(person) NOT IN (SELECT person FROM legal_hold)" }
                // Clearing what is empty already is no work.
                let columns = register.personal.flatMap { [$0.name, $0.index].compactMap { $0 } }
                if register.retention.does == .clear {
                    condition += " AND (\(columns.map { "\($0) IS NOT NULL" }.joined(separator: " OR ")))"
                }
                let count = try connection.integer("SELECT COUNT(*) FROM \(register.id) WHERE \(condition)", [.time(before)])
                if applying, count > 0 {
                    let change =
                        register.retention.does == .clear
                        ? "UPDATE \(register.id) SET \(columns.map { "\($0) = NULL" }.joined(separator: ", "))"
                        : "DELETE FROM \(register.id)"
                    try connection.execute("\(change) WHERE \(condition)", [.time(before)])
                }
                return Due(register: register.id, rule: register.retention, before: before, count: count)
            }
        }
        return applying ? try await driver.write(work) : try await driver.read(work)
    }

    /// Tables with an end, later ones first, as far as the schema has their columns.
    private func asked() throws -> [PersonalRegister] {
        let schema = try SchemaTable.all()
        return inventory.registers.reversed().filter { register in
            guard let since = register.retention.since, let table = schema.first(where: { $0.name == register.id }) else { return false }
            let names = Set(table.columns.map(\.name))
            return names.isSuperset(of: [since] + register.personal.map(\.name) + (register.person.map { [$0] } ?? []))
        }
    }
}

extension Storage {
    public func retention(_ inventory: PersonalInventory) -> StoredRetention { StoredRetention(driver: driver, inventory: inventory) }

    /// Tables and columns as the migrations make them, for comparing with the inventory.
    public static func schema() throws -> [(table: String, columns: [String])] {
        try SchemaTable.all().map { ($0.name, $0.columns.map(\.name)) }
    }
}
