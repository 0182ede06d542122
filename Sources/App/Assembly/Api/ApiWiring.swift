internal import API
internal import Accounts
internal import Documents
internal import Foundation
internal import Imports
internal import Indicators
internal import Operations
internal import Outbound
internal import Pages
internal import Registry
internal import Snapshots
internal import Storage
internal import Vault
internal import Vocabulary

/// Joins the interface to the use cases of the pages.
extension WebServer {
    func apiDesk(
        _ templates: TemplateLibrary, _ imports: ImportsDesk, _ snapshots: SnapshotsDesk, _ desks: SharedDesks,
        accounts: AccountsDesk?, changes: SharedReading<[Int]>
    ) -> ApiDesk {
        let storage = installation.storage
        let probe = HealthProbe(installation: installation, evaluations: evaluations, freeDisk: settings.freeDisk)
        return ApiDesk(
            evaluations: evaluations, people: access == nil ? people : storage.accounts,
            stores: ApiDesk.Stores(
                imports: storage.imports, snapshots: storage.snapshots, returns: storage.returns, audit: installation.audit,
                sessions: storage.sessions, tokens: storage.tokens, replays: storage.replays, webhooks: storage.webhooks),
            importing: ImportWork(imports, installation.uploads), reporting: ReportWork(snapshots),
            work: apiWork(desks, accounts),
            papers: Papers(paper: paper, template: template, archive: { try TextArchive.data($0) }), programs: programs,
            templates: templates,
            surroundings: Surroundings(
                organisation: organisation, version: settings.version, today: today, now: { Date() },
                ready: { await probe.ready().map { ($0.name, $0.problem ?? "") } }),
            requestsPerMinute: settings.requestsPerMinute, changes: { try await changes.value() })
    }

    private func apiWork(_ desks: SharedDesks, _ accounts: AccountsDesk?) -> ApiDesk.Work {
        var work = ApiDesk.Work(
            tasks: TaskWork(desks.tasks), cases: CaseWork(desks.cases), rectifications: RectificationWork(desks.shortfalls),
            plans: PlanWork(desks.plans), cityPlans: CityPlanWork(desks.cityPlans), accounts: accounts.map { AccountWork($0) })
        work.inspection = desks.supervision.map { InspectionWork($0) }
        work.rotation = desks.rotation.map { RotationWork($0) }
        work.funds = desks.funds.map { FundsWork($0) }
        work.methods = MethodWork(desks.plans)
        work.staffing = desks.establishment.map { StaffingWork($0) }
        work.openness = OpennessWork(desks.collection, desks.cases, installation.inventory)
        work.alliances = desks.alliances.map { AllianceWork($0) }
        return work
    }

    private var programs: Programs {
        let (directory, accounts, needsLogin) = (people, installation.storage.accounts, access != nil)
        var limits = OutboundLimits()
        limits.networks = settings.webhookNetworks.compactMap { NetworkRange($0) }
        limits.answerLimit = 64 * 1_024
        return Programs(
            maker: .vault,
            holder: { id in
                guard needsLogin else { return try await directory.person(id) }
                return try await accounts.account(id).flatMap { $0.isDisabled ? nil : $0.person }
            }, needsLogin: needsLogin, digest: { Sha256.hex($0) }, fileDigest: { try Sha256.hex(file: $0) },
            sign: { KeyedDigest.hex(key: $0, $1) }, outgoing: OutboundClient(limits),
            patience: HookPatience(
                first: settings.webhookFirstPause, attempts: settings.webhookAttempts, failures: settings.webhookFailures))
    }
}
