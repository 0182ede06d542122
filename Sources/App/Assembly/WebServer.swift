internal import Balance
internal import Documents
internal import Foundation
public import Hummingbird
public import Indicators
internal import Logging
internal import Pages
internal import Reporting
internal import Reports
public import Vocabulary
internal import Workbooks

/// The web pages over a folder of workbooks.
public struct WebServer: Sendable {
    let evaluations: any Evaluations
    let python: String
    let today: @Sendable () -> Day
    let organisation: String

    public init(_ evaluations: any Evaluations, python: String, organisation: String, today: @escaping @Sendable () -> Day) {
        self.evaluations = evaluations
        self.python = python
        self.organisation = organisation
        self.today = today
    }

    /// All routes. Throws when a template is missing or does not parse.
    public func router() throws -> Router<BasicRequestContext> {
        let templates = try TemplateLibrary(folders: [TemplateLibrary.own, BalanceDesk.templates].compactMap { $0 })
        let router = Router(options: .autoGenerateHeadEndpoints)
        router.add(middleware: SafetyMiddleware())
        router.add(middleware: ProblemMiddleware(templates: templates))
        Assets().addRoutes(to: router)
        BalanceDesk(
            evaluations: evaluations, templates: templates, paper: paper, organisation: organisation, template: template
        ).addRoutes(to: router)
        return router
    }

    public func application(host: String, port: Int, ready: @escaping @Sendable (Int) -> Void) throws -> some ApplicationProtocol {
        var logger = Logger(label: "junheng")
        logger.logLevel = .warning
        return Application(
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
        let document = SelfAssessment(evaluated.result, county: county, date: today(), source: evaluated.source).document
        let writer = OfficialDocuments(python: python)
        do {
            return try kind == "pdf" ? writer.pdf(document) : writer.docx(document)
        } catch let failure as DocumentFailure {
            throw PageProblem(failure.description)
        }
    }

    @Sendable private func template(_ form: String, _ year: SchoolYear) throws -> Data? {
        guard let form = evaluations.catalogue.forms[form] else { return nil }
        return try TemplateWriter(form: form, catalogue: evaluations.catalogue).write(year)
    }
}
