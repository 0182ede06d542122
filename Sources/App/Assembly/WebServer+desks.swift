internal import API
internal import Accounts
internal import AuditTrail
internal import Balance
internal import BigScreen
internal import Cases
internal import CityPlans
internal import Dispatch
internal import Documents
internal import Establishments
internal import Exchanges
internal import Foundation
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import Imports
internal import Indicators
internal import Jobs
internal import Logging
internal import NIOCore
internal import Operations
internal import Pages
internal import PersonalData
internal import Plans
internal import Registry
internal import Reporting
internal import Reports
internal import Rotation
internal import Shortfalls
internal import Snapshots
internal import Staffing
internal import Storage
internal import Targets
internal import Tasks
internal import Vault
internal import Vocabulary
internal import Workbooks

/// What the pages of each room work with.
extension WebServer {
    var operationsDesk: OperationsDesk {
        let probe = HealthProbe(installation: installation, evaluations: evaluations, freeDisk: settings.freeDisk)
        return OperationsDesk(
            metrics: metrics, metricsToken: settings.metricsToken, slow: .milliseconds(settings.slowMilliseconds),
            bodyLimit: settings.bodyLimit, proxies: TrustedProxies(settings.trustedProxies),
            transport: Transport(isSecure: certificate != nil, hstsDays: settings.hstsDays), logger: logger, ready: probe.ready,
            gauges: probe.gauges)
    }

    /// What is kept of people; the pages about persons where they have accounts.
    func personalDesk(_ templates: TemplateLibrary) -> PersonalDesk {
        let people = PersonalDesk.People(
            accounts: installation.storage.accounts, sessions: installation.storage.sessions, store: installation.personal,
            books: XlsxWriter(), pack: { try ZipBundle.data($0) }, newID: { RandomID.make() }, digest: { Sha256.hex(Array($0.utf8)) },
            now: { Date() })
        return PersonalDesk(
            inventory: installation.inventory, people: access == nil ? nil : people, books: XlsxWriter(), templates: templates,
            organisation: organisation)
    }

    func importsDesk(_ templates: TemplateLibrary) -> ImportsDesk {
        ImportsDesk(
            imports: installation.storage.imports, returns: installation.storage.returns, files: installation.files,
            reader: installation.reader, catalogue: installation.catalogue, takeIn: installation.takeIn(), templates: templates,
            organisation: organisation, uploads: installation.uploads, sizeLimit: SheetFile.sizeLimit, order: order)
    }

    /// An order in the store, and the word to the worker beside.
    @Sendable func order(_ order: JobOrder) async throws -> Job {
        let job = try await installation.storage.jobs.add(order)
        worker.wake()
        return job
    }

    /// The same with what the job is worked out of, kept sealed until it ends.
    @Sendable func order(_ order: JobOrder, handing paper: [UInt8]) async throws -> Job {
        let job = try await installation.storage.jobs.add(order, handing: paper)
        worker.wake()
        return job
    }

    func plansDesk(_ templates: TemplateLibrary) -> PlansDesk {
        PlansDesk(
            evaluations: evaluations, plans: installation.storage.proposals, jobs: installation.storage.jobs, costs: installation.costs,
            methods: installation.countyMethods, boundaries: boundaries, templates: templates, books: XlsxWriter(),
            organisation: organisation, order: order, carrying: carrying, newID: { RandomID.make() }, now: { Date() })
    }

    func tasksDesk(_ templates: TemplateLibrary) -> TasksDesk {
        TasksDesk(
            jobs: installation.storage.jobs, kinds: installation.jobKinds(evaluations, program: settings.version), templates: templates,
            organisation: organisation,
            wake: worker.wake, now: { Date() })
    }

    func rotationDesk(_ templates: TemplateLibrary) -> RotationDesk? {
        guard let rotation = installation.rotation else { return nil }
        let uploads = RotationUploads(catalogue: installation.catalogue, returns: installation.storage.returns)
        return RotationDesk(
            store: installation.exchanges, returns: installation.storage.returns,
            rules: rotation,
            catalogue: installation.catalogue, templates: templates, books: XlsxWriter(), organisation: organisation,
            uploads: installation.uploads, sizeLimit: SheetFile.sizeLimit, readForm: uploads.read, roster: uploads.roster,
            order: order(_:handing:), carrying: staffCarrying, boundaries: boundaries, newID: { RandomID.make() }, now: { Date() })
    }

    func establishmentDesk(_ templates: TemplateLibrary) -> EstablishmentDesk? {
        guard let staffing = installation.staffing else { return nil }
        let returns = installation.storage.returns
        let uploads = StaffingUploads(catalogue: installation.catalogue, returns: returns, rules: staffing)
        return EstablishmentDesk(
            store: installation.storage.staffing, returns: returns, rules: staffing, catalogue: installation.catalogue,
            boundaries: boundaries, templates: templates, books: XlsxWriter(), organisation: organisation,
            uploads: installation.uploads, sizeLimit: SheetFile.sizeLimit, read: uploads.read, order: order(_:handing:),
            carrying: staffCarrying, newID: { RandomID.make() }, now: { Date() })
    }

    func snapshotsDesk(_ templates: TemplateLibrary) -> SnapshotsDesk {
        SnapshotsDesk(
            snapshots: installation.storage.snapshots, returns: installation.storage.returns, catalogue: installation.catalogue,
            catalogueDigest: installation.catalogueDigest, hash: { Sha256.hex($0) }, templates: templates, organisation: organisation,
            newID: { RandomID.make() }, now: { Date() })
    }

    /// Every hour writes down how the plans stand this week: of a week nobody looks at, nothing else would be known later.
    func keepWeeks(_ desk: CityPlansDesk) -> Task<Void, Never> {
        Task { [today, logger] in
            while !Task.isCancelled {
                do {
                    try await desk.keepWeeks(today: today())
                } catch {
                    logger.warning("week of plans not kept", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(3_600))
            }
        }
    }

    func cityPlansDesk(_ templates: TemplateLibrary) -> CityPlansDesk {
        let storage = installation.storage
        return CityPlansDesk(
            plans: storage.plans, drafts: storage.planDrafts, meetings: storage.meetings,
            facts: EvaluationFacts(installation, evaluations, today: today), catalogue: plans,
            files: installation.files, uploads: installation.uploads, books: XlsxWriter(), papers: OfficialDocuments(python: python),
            templates: templates, organisation: organisation, newID: { RandomID.make() }, now: { Date() })
    }
}
