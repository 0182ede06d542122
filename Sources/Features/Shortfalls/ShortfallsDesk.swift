public import Casework
public import Foundation
public import Hummingbird
public import Indicators
public import Pages
public import Registry
public import Reporting
internal import SiteMap
public import Vocabulary

/// 靶向整改: shortfalls chosen from the list become cases.
public struct ShortfallsDesk: Sendable {
    let evaluations: any Evaluations
    let office: CaseOffice
    let templates: TemplateLibrary
    let organisation: String
    let books: any SheetBookWriter
    /// A document as `docx` or `pdf`.
    let paper: @Sendable (OfficialDocument, String) throws -> Data
    let actor: @Sendable (Person, Day) -> CaseActor
    let now: @Sendable () -> Date

    public init(
        evaluations: any Evaluations, office: CaseOffice, templates: TemplateLibrary, organisation: String, books: any SheetBookWriter,
        paper: @escaping @Sendable (OfficialDocument, String) throws -> Data, actor: @escaping @Sendable (Person, Day) -> CaseActor,
        now: @escaping @Sendable () -> Date
    ) {
        self.evaluations = evaluations
        self.office = office
        self.templates = templates
        self.organisation = organisation
        self.books = books
        self.paper = paper
        self.actor = actor
        self.now = now
    }

    /// The templates of this feature.
    public static var templates: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    public func addRoutes(to router: Router<PageContext>) {
        let one = router.group("/counties/:county/rectifications")
        one.get { request, context in try await page(request, context, PostedParts(values: []), outcomes: [], notice: nil) }
        one.post { request, context in try await open(request, context) }
        addEffectRoutes(to: router)
    }

    private func page(
        _ request: Request, _ context: PageContext, _ parts: PostedParts, outcomes: [OpenRectifications.Outcome], notice: String?
    ) async throws -> Response {
        let county = context.segment("county")
        try context.visit.requireSight(of: county)
        let scope = try await scope(request, context.visit)
        let gaps = try await shortfalls(of: county, standard: scope.standard, scope.year, context.visit)
        let actor = actor(context.visit.person, context.visit.today)
        let material = RectificationPage.Material(
            county: county, gaps: gaps, parts: parts, outcomes: outcomes, notice: notice, mayOrder: mayOrder(actor, county),
            owners: offices(county))
        let page = RectificationPage(self, material, context.visit, scope)
        return Answer.page(try templates.html(page, "rectifications"), status: notice == nil ? .ok : .unprocessableContent)
    }

    private func scope(_ request: Request, _ visit: Visit) async throws -> Scope {
        let availability = try await evaluations.availability()
        let newest = availability.values.flatMap { $0 }.max()
        return Scope.asked(PageQuery(request.uri.query), newest: newest, standards: availability.keys, visit)
    }

    private func mayOrder(_ actor: CaseActor, _ county: String) -> Bool {
        rectification?.mayOpen(actor, in: county) ?? false
    }

    private func open(_ request: Request, _ context: PageContext) async throws -> Response {
        let county = context.segment("county")
        try context.visit.require(.look, in: county)
        let parts = PostedParts(values: try await PostedForm.pairs(request))
        do {
            let scope = try await scope(request, context.visit)
            let outcomes = try await order(
                parts.all("gap").compactMap { ShortfallKey($0) }, of: county, standard: scope.standard, scope.year,
                try ShortfallsDesk.order(parts), context.visit)
            return try await page(request, context, PostedParts(values: []), outcomes: outcomes, notice: nil)
        } catch let refusal as ShortfallRefusal {
            return try await page(request, context, parts, outcomes: [], notice: refusal.message)
        }
    }

    /// What was typed into the form. Throws `ShortfallRefusal`.
    private static func order(_ parts: PostedParts) throws -> OpenRectifications.Order {
        guard !parts.all("gap").isEmpty else { throw ShortfallRefusal("请先勾选要整改的短板") }
        guard let finishBy = Day(iso: parts["finishBy"] ?? "") else { throw ShortfallRefusal("请写明要求完成的日期") }
        let money = (parts["money"] ?? "").replacing(",", with: "")
        let yuan = money.isEmpty ? nil : Double(money)
        if !money.isEmpty, yuan.map({ !$0.isFinite || abs($0) > 1e12 }) ?? true {
            throw ShortfallRefusal("“每件安排经费”应是以元为单位的数，写的是“\(money)”")
        }
        return OpenRectifications.Order(
            coOwners: parts.all("coOwner").compactMap { CaseUnit(key: $0) }, finishBy: finishBy,
            money: yuan.map { Int(($0 * 100).rounded()) }, demand: String((parts["demand"] ?? "").prefix(300)))
    }
}
