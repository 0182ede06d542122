internal import API
internal import Accounts
public import Alliances
internal import AuditTrail
internal import Balance
internal import BigScreen
internal import Cases
public import CityPlans
internal import DataRequests
internal import Dispatch
internal import Documents
internal import Establishments
internal import Foundation
internal import Funds
public import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import Imports
internal import Indicators
public import Inspection
internal import Jobs
public import Ledger
internal import Logging
internal import NIOCore
internal import Operations
public import Pages
internal import PersonalData
internal import Plans
public import Registry
internal import Reporting
internal import Reports
internal import Rotation
internal import SchoolAlliances
internal import Shortfalls
internal import Snapshots
internal import Storage
internal import Supervision
internal import Targets
internal import Tasks
internal import Vault
public import Vocabulary
internal import Workbooks

/// The web pages of one installation.
public struct WebServer: Sendable {
    let installation: Installation
    let evaluations: StoreEvaluations
    let people: any PersonDirectory
    /// Visitors may choose whom to be: the demo city.
    let isDemo: Bool
    /// What people log in with; nil where nobody logs in.
    let access: Access?
    let python: String
    let today: @Sendable () -> Day
    let organisation: String
    let logger: Logger
    let boundaries: FileBoundaries
    let settings: ServerSettings
    /// What the server proves itself with; nil where it speaks plain HTTP.
    let certificate: ServerCertificate?
    /// City plans of the catalogue that may be adopted.
    let plans: [PlanTemplate]
    /// Rules of spending; without any there are no such pages.
    let spending: SpendingRules?
    /// What inspection goes by; without it there are no such pages.
    let inspection: InspectionCatalogue?
    /// Rules of school alliances; without any there are no such pages.
    let alliances: AllianceRules?
    let metrics = Metrics()
    let worker: Worker

    public init(
        _ installation: Installation, people: any PersonDirectory, isDemo: Bool, access: Access? = nil, python: String,
        organisation: String, settings: ServerSettings = ServerSettings(), certificate: ServerCertificate? = nil,
        plans: [PlanTemplate] = [], spending: SpendingRules? = nil,
        inspection: InspectionCatalogue? = nil, alliances: AllianceRules? = nil,
        today: @escaping @Sendable () -> Day
    ) {
        let installation = installation.ruled(by: try? CatalogueFolder())
        self.installation = installation
        evaluations = StoreEvaluations(
            returns: installation.storage.returns, snapshots: installation.storage.snapshots, catalogue: installation.catalogue)
        self.people = people
        boundaries = FileBoundaries(folder: installation.folder, catalogue: installation.catalogue)
        self.isDemo = isDemo
        self.access = access
        self.python = python
        self.organisation = organisation
        self.today = today
        self.settings = settings
        self.certificate = certificate
        self.plans = plans
        self.spending = spending ?? (try? CatalogueFolder()).flatMap { try? FundsFile.rules(nil, $0) }
        self.inspection = inspection ?? (try? CatalogueFolder())?.compileInspection()
        self.alliances = alliances ?? (try? CatalogueFolder())?.compileAlliances()
        let level = Logger.Level(rawValue: settings.logLevel) ?? .notice
        logger = Logger(label: "junheng") { _ in JSONLines(level: level) }
        worker = Worker(
            jobs: installation.storage.jobs, kinds: installation.jobKinds(evaluations, program: settings.version),
            owner: installation.storage.servers.process,
            slots: settings.workers, pace: settings.workerPace, logger: logger)
    }

    /// All routes. Throws when a template is missing or does not parse.
    public func router() throws -> Router<PageContext> { try routes().router }

    /// The interface, for tests of what it declares.
    func api() throws -> ApiDesk { try routes().api }

    private func routes() throws -> (router: Router<PageContext>, plans: CityPlansDesk, api: ApiDesk) {
        let folders = [
            TemplateLibrary.own, BalanceDesk.templates, BigScreenDesk.templates, ImportsDesk.templates, SnapshotsDesk.templates,
            AccountsDesk.templates, AuditDesk.templates, PersonalDesk.templates, TasksDesk.templates, CasesDesk.templates,
            ShortfallsDesk.templates, CityPlansDesk.templates, ApiDesk.templates, RotationDesk.templates,
            PlansDesk.templates, CollectionDesk.templates, EstablishmentDesk.templates, FundsDesk.templates,
            SupervisionDesk.templates, AlliancesDesk.templates,
        ]
        let templates = try TemplateLibrary(folders: folders.compactMap { $0 })
        let router = Router(context: PageContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: SafetyMiddleware())
        router.add(middleware: RequestWatch(operationsDesk))
        router.add(middleware: ProblemMiddleware(templates: templates))
        let (imports, snapshots) = (importsDesk(templates), snapshotsDesk(templates))
        let changes = SharedReading { [storage = installation.storage] in try await storage.changes() }
        let accounts = access?.desk(installation, templates: templates, organisation: organisation, today: today)
        let desks = SharedDesks(self, templates)
        let api = apiDesk(templates, imports, snapshots, desks, accounts: accounts, changes: changes)
        router.add(middleware: ApiGate(api))
        if let accounts {
            router.add(middleware: SignInMiddleware(accounts))
        } else {
            if !isDemo { router.add(middleware: LocalOnlyMiddleware()) }
            router.add(middleware: VisitMiddleware(directory: people, maySwitch: isDemo, today: today))
        }
        router.add(middleware: TaskCountMiddleware(installation.storage.jobs))
        router.add(middleware: AuditMiddleware(log: installation.audit, now: { Date() }, keepsNames: accounts == nil))
        router.add(middleware: SameOriginMiddleware())
        router.add(middleware: ExportStampMiddleware(purpose: settings.exportPurpose, now: { Date() }))
        Assets().addRoutes(to: router)
        // Pages that come from the database, the visitor and the address alone.
        let kept = router.group().add(middleware: KeptPagesMiddleware(KeptAnswers { try await changes.value() }))
        BalanceDesk(
            evaluations: evaluations, templates: templates, paper: paper, organisation: organisation, template: template,
            boundaries: boundaries, books: XlsxWriter()
        ).addRoutes(to: kept)
        BigScreenDesk(evaluations: evaluations, templates: templates, organisation: organisation, boundaries: boundaries, today: today)
            .addRoutes(to: kept)
        imports.addRoutes(to: router)
        snapshots.addRoutes(to: router)
        desks.tasks.addRoutes(to: router)
        desks.cityPlans.addRoutes(to: router)
        desks.rotation?.addRoutes(to: router)
        desks.establishment?.addRoutes(to: router)
        desks.funds?.addRoutes(to: router)
        desks.alliances?.addRoutes(to: router)
        desks.plans.addRoutes(to: router)
        desks.supervision?.addRoutes(to: router)
        accounts?.addRoutes(to: router)
        personalDesk(templates).addRoutes(to: router)
        AuditDesk(
            log: installation.audit, people: access == nil ? nil : installation.storage.accounts, templates: templates, books: XlsxWriter(),
            organisation: organisation, words: AuditWords(programs: api.titles)
        ).addRoutes(to: router)
        desks.cases.addRoutes(to: router)
        desks.shortfalls.addRoutes(to: router)
        desks.collection.addRoutes(to: router)
        if isDemo { VisitorChoice(directory: people).addRoutes(to: router) }
        api.addRoutes(to: router)
        return (router, desks.cityPlans, api)
    }

    /// Answers requests until the program is told to stop (SIGTERM, SIGINT). Then no new request is taken, those begun are
    /// answered, and files being read are read to their end, as long as `drainSeconds` lasts; other jobs wait for the next worker.
    public func run(host: String, port: Int, ready: @escaping @Sendable (Int) -> Void) async throws {
        let (router, plans, api) = try routes()
        let weeks = keepWeeks(plans)
        defer { weeks.cancel() }
        let courier = Task { await HookCourier(api).run(every: .milliseconds(500)) }
        defer { courier.cancel() }
        let limits = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: settings.headerLimit, maxHeaderListSize: settings.headerLimit, maxHeaderFieldCount: 100)
        let plain = HTTPServerBuilder.http1(
            configuration: .init(idleTimeout: .seconds(Int64(settings.idleSeconds)), httpDecoderConfiguration: limits))
        let hangUp = onHangUp()
        defer { hangUp?.cancel() }
        let application = Application(
            router: router,
            server: try certificate.map { try .tls(plain, tlsConfiguration: $0.configuration) } ?? plain,
            configuration: .init(
                address: .hostname(host, port: port), serverName: "junheng",
                availableConnectionsDelegate: MaximumAvailableConnections(settings.maxConnections, logger: logger)),
            onServerRunning: { channel in ready(channel.localAddress?.port ?? port) }, logger: logger)
        let working = Task { [worker] in await worker.run() }
        do {
            try await application.runService()
        } catch {
            _ = await worker.stop(within: .zero)
            throw error
        }
        logger.info("no more requests; finishing jobs")
        let isDone = await worker.stop(within: .seconds(settings.drainSeconds))
        if !isDone { logger.warning("stopped while jobs were running; the next worker does them again") }
        if isDone { await working.value }
    }

    /// SIGHUP takes a renewed certificate. Without one it says so and goes on, but for a server in a terminal that is closed.
    private func onHangUp() -> (any DispatchSourceSignal)? {
        guard certificate != nil || isatty(STDIN_FILENO) == 0 else { return nil }
        signal(SIGHUP, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: .global())
        source.setEventHandler { [certificate, logger] in
            guard let certificate else { return logger.notice("nothing to take anew: no certificate is set") }
            do {
                try certificate.reload()
                logger.notice("certificate taken anew", metadata: ["ends": "\(certificate.ends.formatted(.iso8601))"])
            } catch {
                logger.error("certificate not taken, the old one holds on", metadata: ["error": "\(error)"])
            }
        }
        source.resume()
        return source
    }

    @Sendable func paper(_ evaluated: Evaluated, _ name: String, _ kind: String) throws -> Data {
        guard let county = evaluated.result.county(name) else { throw PageMissing("没有“\(name)”的数据") }
        if kind == "xlsx" {
            var one = evaluated.result
            one.counties = [county]
            return try XlsxWriter().write(ShortfallBook.make(one))
        }
        return try official(
            SelfAssessment(evaluated.result, county: county, date: today(), source: evaluated.standing(name).source).document, kind)
    }

    /// A document as `docx` or `pdf`. Throws `PageProblem`.
    @Sendable func official(_ document: OfficialDocument, _ kind: String) throws -> Data {
        let writer = OfficialDocuments(python: python)
        do {
            return try kind == "pdf" ? writer.pdf(document) : writer.docx(document)
        } catch let failure as DocumentFailure {
            throw PageProblem(failure.description)
        }
    }

    @Sendable func template(_ form: String, _ year: SchoolYear) throws -> Data? {
        guard let form = installation.catalogue.forms[form] ?? installation.catalogue.rosters[form] else { return nil }
        return try TemplateWriter(form: form, catalogue: installation.catalogue).write(year)
    }
}
