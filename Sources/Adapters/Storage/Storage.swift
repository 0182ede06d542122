public import Indicators

/// The stores of one database, its schema brought up to date.
public struct Storage: Sendable {
    public let imports: any ImportStore
    public let returns: any ReturnStore
    public let snapshots: any SnapshotStore

    /// Throws `SQLFault` when the database cannot be brought up to date.
    public init(_ driver: any SQLDriver) async throws {
        try await Migrations.run(on: driver)
        imports = StoredImports(driver: driver)
        returns = StoredReturns(driver: driver)
        snapshots = StoredSnapshots(driver: driver)
    }
}
