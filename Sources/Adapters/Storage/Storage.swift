public import Alliances
internal import Casework
public import Exchanges
public import Foundation
public import Indicators
public import Inspection
public import Jobs
public import Ledger
public import Planning
public import Registry
public import Staffing
public import Targets
public import Vocabulary

/// The stores of one database, its schema brought up to date.
public struct Storage: Sendable {
    public let imports: any ImportStore
    public let returns: any ReturnStore
    public let snapshots: any SnapshotStore
    public let accounts: any AccountStore
    public let sessions: any SessionStore & FailureStore
    public let identities: any IdentityStore
    public let jobs: any JobStore
    public let proposals: any ProposalStore
    public let staffing: any StaffingStore
    public let ledger: any LedgerStore
    public let alliances: any AllianceStore
    public let plans: any PlanStore
    public let planDrafts: any DraftStore
    public let meetings: any MeetingStore
    public let inspection: any InspectionStore
    public let tokens: any AccessTokenStore
    public let replays: any ReplayStore
    public let webhooks: any WebhookStore
    /// This process among the servers that share the database.
    public let servers: ServerWatch
    let driver: any SQLDriver
    /// What seals personal values.
    let fields: any PersonalFields

    /// Throws `SQLFault` when the database cannot be brought up to date. `process` names this process and no other.
    /// Without `fields` nothing personal can be written or read.
    public init(
        _ driver: any SQLDriver, process: String = UUID().uuidString, fields: any PersonalFields = NoPersonalFields()
    ) async throws {
        try await Migrations.run(on: driver)
        let spoken = StoreDriver(driver: driver)
        self.driver = spoken
        self.fields = fields
        servers = ServerWatch(driver: spoken, process: process)
        imports = StoredImports(driver: spoken, process: process)
        returns = StoredReturns(driver: spoken)
        snapshots = StoredSnapshots(driver: spoken)
        accounts = StoredAccounts(driver: spoken, fields: fields)
        sessions = StoredSessions(driver: spoken)
        identities = StoredIdentities(driver: spoken)
        jobs = StoredJobs(driver: spoken, fields: fields)
        proposals = StoredProposals(driver: spoken)
        staffing = StoredStaffing(driver: spoken)
        ledger = StoredLedger(driver: spoken)
        alliances = StoredAlliances(driver: spoken)
        plans = StoredPlans(driver: spoken)
        planDrafts = StoredDrafts(driver: spoken)
        meetings = StoredMeetings(driver: spoken)
        inspection = StoredInspection(driver: spoken, fields: fields)
        tokens = StoredTokens(driver: spoken)
        replays = StoredReplays(driver: spoken, fields: fields)
        webhooks = StoredWebhooks(driver: spoken, fields: fields)
    }

    /// Numbers that only grow: one with every change of rows and reports, one with every act that is audited.
    public func changes() async throws -> [Int] {
        try await driver.read { connection in
            try connection.first("SELECT (SELECT number FROM revision_counter), (SELECT number FROM audit_head WHERE id = 1)") {
                [try $0.integer(0), try $0.integer(1)]
            } ?? []
        }
    }

    /// Handed-in files kept in the database, for servers that share no folder; `cache` keeps copies beside this server.
    public func files(cache: any ReturnFiles) -> any ReturnFiles { StoredFiles(driver: driver, cache: cache) }

    /// The register of exchanges. Without a seal it keeps no names.
    public func exchanges(seal: (any NameSeal)? = nil) -> any ExchangeStore { StoredExchanges(driver: driver, seal: seal) }

    /// Cases, chained by a digest function; escalations are dated by the calendar.
    public func cases(_ calendar: WorkingCalendar, span: Int = 500, hash: @escaping @Sendable ([UInt8]) -> String) -> StoredCases {
        StoredCases(driver: driver, hash: hash, calendar: calendar, span: span)
    }

    /// The audit, chained by a digest function, and under keys where there are any.
    public func audit(hash: @escaping @Sendable ([UInt8]) -> String, keys: (any AuditKeys)? = nil) -> any AuditLog {
        StoredAudit(driver: driver, hash: hash, keys: keys)
    }

    /// Details of people and their rights, as an inventory declares them.
    public func personal(_ inventory: PersonalInventory) -> any PersonalStore {
        StoredPersonal(driver: driver, fields: fields, inventory: inventory)
    }
}
