internal import API
internal import Accounts
internal import Cases
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
internal import Tasks
internal import Vault
internal import Vocabulary

/// Joins the interface to the use cases of the pages.
extension WebServer {
    func apiDesk(
        _ templates: TemplateLibrary, _ imports: ImportsDesk, _ snapshots: SnapshotsDesk, accounts: AccountsDesk?,
        changes: SharedReading<[Int]>
    ) -> ApiDesk {
        let storage = installation.storage
        let probe = HealthProbe(installation: installation, evaluations: evaluations, freeDisk: settings.freeDisk)
        return ApiDesk(
            evaluations: evaluations, people: access == nil ? people : storage.accounts,
            stores: ApiDesk.Stores(
                imports: storage.imports, snapshots: storage.snapshots, returns: storage.returns, audit: installation.audit,
                sessions: storage.sessions, tokens: storage.tokens, replays: storage.replays, webhooks: storage.webhooks),
            importing: ImportWork(
                records: { try await imports.records(for: $0, limit: $1) }, record: { try await imports.record($0, $1) },
                begin: { try await imports.begin($0, $1) }, take: { try await imports.take($0, on: $1, $2, seen: $3, $4) },
                recount: { try await imports.recount($0, $1) }, effect: { try await imports.effects.effect(of: $0) },
                marked: { try await imports.markedWorkbook($0) }, uploads: installation.uploads, sizeLimit: imports.sizeLimit),
            reporting: ReportWork(
                snapshot: { try await snapshots.snapshot($0, $1) }, open: { try await snapshots.open($0, $1, reason: $2, $3) },
                take: { try await snapshots.take($0, on: $1, seen: $2, reason: $3, $4) }, verify: { try await snapshots.verify($0) },
                reminders: { try await snapshots.reminders($0) }),
            work: apiWork(templates, accounts),
            papers: Papers(paper: paper, template: template, archive: { try TextArchive.data($0) }), programs: programs,
            templates: templates,
            surroundings: Surroundings(
                organisation: organisation, version: settings.version, today: today, now: { Date() },
                ready: { await probe.ready().map { ($0.name, $0.problem ?? "") } }),
            requestsPerMinute: settings.requestsPerMinute, changes: { try await changes.value() })
    }

    private func apiWork(_ templates: TemplateLibrary, _ accounts: AccountsDesk?) -> ApiDesk.Work {
        let tasks = tasksDesk(templates)
        return ApiDesk.Work(
            tasks: TaskWork(
                list: { try await tasks.jobs(of: $0, all: $1, states: $2, from: $3, limit: $4) }, one: { try await tasks.job($0, $1) },
                steps: { tasks.steps($0, $1).compactMap { TaskWork.Step(rawValue: $0.rawValue) } },
                take: { try await tasks.take($0 == .cancel ? .cancel : .retry, $1, $2) }, result: { try await tasks.result($0) },
                label: { tasks.label($0) }), cases: caseWork(casesDesk(templates)), accounts: accounts.map(accountWork))
    }

    private func accountWork(_ desk: AccountsDesk) -> AccountWork {
        AccountWork(
            list: { try await desk.accounts($0, $1) }, one: { try await desk.account($0, $1) },
            make: { try await desk.make($0, $1, $2) }, take: { try await desk.take($0, on: $1, seen: $2, $3, $4) })
    }

    private func caseWork(_ desk: CasesDesk) -> CaseWork {
        CaseWork(
            kinds: { desk.kinds($0) }, definition: { desk.definition($0) },
            list: { try await desk.list($0, after: $1, limit: $2, $3) }, one: { try await desk.one($0, $1) },
            file: { try await desk.keptFile($0, of: $1, $2) },
            figures: { try await desk.figures($0, kind: $1, from: $2, until: $3, $4) },
            steps: CaseWork.Steps(
                open: { try await desk.open($0, $1, $2) }, act: { try await desk.act($0, $1, $2, seen: $3, $4) },
                remark: { try await desk.remark($0, $1, seen: $2, $3) }))
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
