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
        let (evaluated, scope) = try await evaluated(request, context.visit)
        // Of somebody who sees single schools, those alone.
        guard let result = context.visit.seen(evaluated).result.county(county) else { throw PageMissing("没有\(county)的数据") }
        let gaps = result.shortfalls.filter(\.isBinding)
        let keys = gaps.map { ShortfallKey($0, standard: scope.standard) }
        let open = try await OpenRectifications(office).alreadyOpen(keys)
        let actor = actor(context.visit.person, context.visit.today)
        let material = RectificationPage.Material(
            county: county, gaps: Array(zip(gaps, keys)), open: open, parts: parts, outcomes: outcomes, notice: notice,
            mayOrder: mayOrder(actor, county),
            owners: owners(county))
        let page = RectificationPage(self, material, context.visit, scope)
        return Answer.page(try templates.html(page, "rectifications"), status: notice == nil ? .ok : .unprocessableContent)
    }

    private func evaluated(_ request: Request, _ visit: Visit) async throws -> (Evaluated, Scope) {
        let availability = try await evaluations.availability()
        let newest = availability.values.flatMap { $0 }.max()
        let scope = Scope.asked(PageQuery(request.uri.query), newest: newest, standards: availability.keys, visit)
        guard let evaluated = try await evaluations.evaluated(scope.standard, scope.year, .official) else {
            throw PageMissing("\(scope.year.label.zh)没有数据")
        }
        return (evaluated, scope)
    }

    private func mayOrder(_ actor: CaseActor, _ county: String) -> Bool {
        guard let kind = office.definitions.all.first(where: { $0.opening.from.contains(OpenRectifications.link) }) else { return false }
        return kind.opening.by.contains { name in
            actor.posts.contains { $0.role == name && ($0.county == nil || $0.county == county) }
        }
    }

    /// Offices of the county and the city that may join.
    private func owners(_ county: String) -> [(unit: CaseUnit, label: String)] {
        guard let kind = office.definitions.all.first(where: { $0.opening.from.contains(OpenRectifications.link) }) else { return [] }
        return office.definitions.roles.values.filter { [.county, .city].contains($0.level) }.sorted { $0.name < $1.name }.compactMap {
            role in
            CasePlace(county: county, label: county).unit(of: role).map { ($0, kind.title($0)) }
        }
    }

    private func open(_ request: Request, _ context: PageContext) async throws -> Response {
        let county = context.segment("county")
        try context.visit.require(.look, in: county)
        let parts = PostedParts(values: try await PostedForm.pairs(request))
        let chosen = parts.all("gap").compactMap { ShortfallKey($0) }
        guard !chosen.isEmpty else { return try await page(request, context, parts, outcomes: [], notice: "请先勾选要整改的短板") }
        guard let finishBy = Day(iso: parts["finishBy"] ?? "") else {
            return try await page(request, context, parts, outcomes: [], notice: "请写明要求完成的日期")
        }
        let money = (parts["money"] ?? "").replacing(",", with: "")
        let yuan = money.isEmpty ? nil : Double(money)
        if !money.isEmpty, yuan.map({ !$0.isFinite || $0 < 0 || $0 > 1e9 }) ?? true {
            return try await page(request, context, parts, outcomes: [], notice: "“每件安排经费”应是以元为单位的数，写的是“\(money)”")
        }
        let (evaluated, _) = try await evaluated(request, context.visit)
        let order = OpenRectifications.Order(
            coOwners: parts.all("coOwner").compactMap { CaseUnit(key: $0) }, finishBy: finishBy,
            money: yuan.map { Int(($0 * 100).rounded()) },
            demand: String((parts["demand"] ?? "").prefix(300)))
        let outcomes = try await OpenRectifications(office).run(
            Array(chosen.prefix(200)), in: evaluated, order, by: actor(context.visit.person, context.visit.today), at: now(),
            today: context.visit.today)
        return try await page(request, context, PostedParts(values: []), outcomes: outcomes, notice: nil)
    }
}
