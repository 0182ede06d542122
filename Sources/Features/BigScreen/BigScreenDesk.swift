public import Foundation
public import Geography
public import Hummingbird
public import Indicators
public import Pages
internal import SiteMap
public import Vocabulary

/// 大屏: one page for a screen on the wall.
public struct BigScreenDesk: Sendable {
    let evaluations: any Evaluations
    let templates: TemplateLibrary
    let organisation: String
    let boundaries: any Boundaries
    let today: @Sendable () -> Day

    public init(
        evaluations: any Evaluations, templates: TemplateLibrary, organisation: String, boundaries: any Boundaries,
        today: @escaping @Sendable () -> Day
    ) {
        self.evaluations = evaluations
        self.templates = templates
        self.organisation = organisation
        self.boundaries = boundaries
        self.today = today
    }

    /// The templates of this feature.
    public static var templates: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    public func addRoutes(to router: some RouterMethods<PageContext>) {
        router.get("/bigscreen") { request, context in
            let query = PageQuery(request.uri.query)
            if context.visit.seesSchoolsOnly { throw PageForbidden("大屏显示全市、全县的数，您的账户只看自己的学校") }
            return Answer.page(
                try templates.html(try await page(year: query["year"], standard: query["standard"], context.visit), "bigscreen"))
        }
    }

    private func page(year: String?, standard: String?, _ visit: Visit) async throws -> BigScreenPage {
        let available = try await evaluations.availability()
        let id = standard.flatMap { available[$0] == nil ? nil : $0 } ?? Scope.usualStandard
        let years = available[id] ?? []
        guard let newest = years.first else { throw PageMissing("还没有数据。请先导入一份学校数据表") }
        let wanted = year.flatMap { SchoolYear(text: $0) }
        let chosen = years.first { $0 == wanted } ?? newest
        guard let now = try await evaluations.evaluated(id, chosen, .official) else { throw PageMissing("\(chosen.label.zh)没有可用的数据") }
        var past: [StandardResult] = []
        for year in years.sorted() where year <= chosen {
            if let evaluated = try await evaluations.evaluated(id, year, .official) { past.append(visit.seen(evaluated).result) }
        }
        return BigScreenPage(
            visit.seen(now), past: past, site: SiteMap(Scope(year: chosen, standard: id)), outlines: boundaries.boundaries(),
            organisation: organisation,
            today: today())
    }
}
