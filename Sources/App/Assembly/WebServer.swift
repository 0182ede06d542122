internal import Accounts
internal import Balance
internal import BigScreen
internal import Documents
internal import Foundation
public import Hummingbird
internal import Imports
internal import Indicators
internal import Logging
public import Pages
public import Registry
internal import Reporting
internal import Reports
internal import Snapshots
internal import Storage
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

    public init(
        _ installation: Installation, people: any PersonDirectory, isDemo: Bool, access: Access? = nil, python: String,
        organisation: String,
        today: @escaping @Sendable () -> Day
    ) {
        self.installation = installation
        evaluations = StoreEvaluations(
            returns: installation.storage.returns, snapshots: installation.storage.snapshots, catalogue: installation.catalogue)
        self.people = people
        boundaries = FileBoundaries(folder: installation.folder)
        self.isDemo = isDemo
        self.access = access
        self.python = python
        self.organisation = organisation
        self.today = today
        var logger = Logger(label: "junheng")
        logger.logLevel = .warning
        self.logger = logger
    }

    /// All routes. Throws when a template is missing or does not parse.
    public func router() throws -> Router<PageContext> {
        let folders = [
            TemplateLibrary.own, BalanceDesk.templates, BigScreenDesk.templates, ImportsDesk.templates, SnapshotsDesk.templates,
            AccountsDesk.templates,
        ]
        let templates = try TemplateLibrary(folders: folders.compactMap { $0 })
        let router = Router(context: PageContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: SafetyMiddleware())
        router.add(middleware: ProblemMiddleware(templates: templates))
        let accounts = access?.desk(installation, templates: templates, organisation: organisation, today: today)
        if let accounts {
            router.add(middleware: SignInMiddleware(accounts))
        } else {
            router.add(middleware: VisitMiddleware(directory: people, maySwitch: isDemo, today: today))
        }
        router.add(middleware: AuditMiddleware(log: installation.audit, now: { Date() }))
        router.add(middleware: SameOriginMiddleware())
        Assets().addRoutes(to: router)
        BalanceDesk(
            evaluations: evaluations, templates: templates, paper: paper, organisation: organisation, template: template,
            boundaries: boundaries, books: XlsxWriter()
        ).addRoutes(to: router)
        BigScreenDesk(evaluations: evaluations, templates: templates, organisation: organisation, boundaries: boundaries, today: today)
            .addRoutes(to: router)
        importsDesk(templates).addRoutes(to: router)
        snapshotsDesk(templates).addRoutes(to: router)
        accounts?.addRoutes(to: router)
        if isDemo { VisitorChoice(directory: people).addRoutes(to: router) }
        return router
    }

    func importsDesk(_ templates: TemplateLibrary) -> ImportsDesk {
        ImportsDesk(
            imports: installation.storage.imports, returns: installation.storage.returns, files: installation.files,
            reader: installation.reader, catalogue: installation.catalogue, takeIn: installation.takeIn(), templates: templates,
            organisation: organisation, uploads: installation.uploads, sizeLimit: SheetFile.sizeLimit, logger: logger)
    }

    private func snapshotsDesk(_ templates: TemplateLibrary) -> SnapshotsDesk {
        SnapshotsDesk(
            snapshots: installation.storage.snapshots, returns: installation.storage.returns, catalogue: installation.catalogue,
            catalogueDigest: installation.catalogueDigest, hash: { Sha256.hex($0) }, templates: templates, organisation: organisation,
            newID: { RandomID.make() }, now: { Date() })
    }

    public func application(host: String, port: Int, ready: @escaping @Sendable (Int) -> Void) throws -> some ApplicationProtocol {
        Application(
            router: try router(), configuration: .init(address: .hostname(host, port: port), serverName: "junheng"),
            onServerRunning: { channel in ready(channel.localAddress?.port ?? port) }, logger: logger)
    }

    @Sendable private func paper(_ evaluated: Evaluated, _ name: String, _ kind: String) throws -> Data {
        guard let county = evaluated.result.county(name) else { throw PageMissing("没有“\(name)”的数据") }
        if kind == "xlsx" {
            var one = evaluated.result
            one.counties = [county]
            return try XlsxWriter().write(ShortfallBook.make(one))
        }
        let document = SelfAssessment(
            evaluated.result, county: county, date: today(), source: evaluated.standing(name).source
        ).document
        let writer = OfficialDocuments(python: python)
        do {
            return try kind == "pdf" ? writer.pdf(document) : writer.docx(document)
        } catch let failure as DocumentFailure {
            throw PageProblem(failure.description)
        }
    }

    @Sendable private func template(_ form: String, _ year: SchoolYear) throws -> Data? {
        guard let form = installation.catalogue.forms[form] else { return nil }
        return try TemplateWriter(form: form, catalogue: installation.catalogue).write(year)
    }
}
