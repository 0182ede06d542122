/// What whoever watches or backs up an installation asks of its database.
extension Storage {
    /// How many imports stand in each state.
    public func importCounts() async throws -> [String: Int] {
        guard let driver = (imports as? StoredImports)?.driver else { return [:] }
        return try await driver.read { connection in
            let counts = try connection.rows("SELECT state, COUNT(*) FROM return_import GROUP BY state") {
                (try $0.text(0), try $0.integer(1))
            }
            return Dictionary(uniqueKeysWithValues: counts)
        }
    }
}
