public import Vocabulary

/// Keeps snapshots, and the rows of the frozen ones for ever. Throws `StoreRefusal` for everything a person can put right.
public protocol SnapshotStore: Sendable {
    /// The first version for a county and year, or, after freezing, a correction with its reason. Refused while one is open.
    func open(
        _ id: SnapshotID, county: String, _ year: SchoolYear, forms: [String], reason: String, by: Signature
    ) async throws -> Snapshot
    /// Submits, gives back or approves, as `Snapshot.decide` allows. `version` is the one the person saw.
    func take(_ action: SnapshotAction, on id: SnapshotID, seen version: Int, reason: String, by: Signature) async throws -> Snapshot
    /// Copies the county's rows and seals them, in one transaction. `catalogue` is the digest of the catalogue in force.
    func freeze(
        _ id: SnapshotID, seen version: Int, catalogue: String, by: Signature, hash: @escaping DigestFunction
    ) async throws -> Snapshot

    func snapshot(_ id: SnapshotID) async throws -> Snapshot?
    /// The newest version of every county, or of one; all years when `year` is nil. By year, newest first, then county.
    func latest(_ year: SchoolYear?, county: String?) async throws -> [Snapshot]
    /// All versions for a county and year, oldest first.
    func versions(county: String, _ year: SchoolYear) async throws -> [Snapshot]

    /// The rows of one frozen snapshot as they were, with their origins.
    func frozenTable(_ form: ReturnForm, of id: SnapshotID) async throws -> ReturnTable
    /// The rows of the newest frozen version of every county, or of one.
    func frozenTable(_ form: ReturnForm, _ year: SchoolYear, county: String?) async throws -> ReturnTable
    /// Takes the hash again over the stored bytes.
    func verify(_ id: SnapshotID, hash: @escaping DigestFunction) async throws -> SnapshotCheck
}
