internal import Foundation
public import Hummingbird
internal import Indicators
public import Pages
internal import SiteMap
internal import Vocabulary

extension BalanceDesk {
    /// Adds the pages of this feature. No rule stands here: request → evaluation → page.
    public func addRoutes(to router: Router<PageContext>) {
        router.get("/") { request, context in try await answer(request, context, "city") { try await city($0) } }
        router.get("/standards") { request, context in try await answer(request, context, "rules") { RulesPage($0) } }
        router.get("/templates/:file") { request, context in
            let look = try await look(request, context)
            let form = String(context.parameters.get("file")?.prefix { $0 != "." } ?? "")
            guard let data = try template(form, look.scope.year) else { throw PageMissing("没有这个模板") }
            return Answer.file(data, name: "\(look.desk.evaluations.catalogue.forms[form]?.label.zh ?? form).xlsx", type: Answer.xlsx)
        }
        let county = router.group("/counties/:county")
        county.get { request, context in
            try await answer(request, context, "county") { look in
                let county = try look.county(Self.name(context))
                return CountyPage(look, county, sentence: VerdictSentence.text(county))
            }
        }
        county.get("schools") { request, context in
            try await answer(request, context, "schools") { SchoolsPage($0, try $0.county(Self.name(context)), isMap: false) }
        }
        county.get("map") { request, context in
            try await answer(request, context, "schools") { SchoolsPage($0, try $0.county(Self.name(context)), isMap: true) }
        }
        county.get("shortfalls") { request, context in
            let query = request.uri.queryParameters
            return try await answer(request, context, "shortfalls") {
                ShortfallPage(
                    $0, try $0.county(Self.name(context)), stage: query["stage"].map(String.init), code: query["code"].map(String.init),
                    all: query["all"] == "1")
            }
        }
        county.get("compare") { request, context in
            try await answer(request, context, "comparison") { try await comparison($0, Self.name(context)) }
        }
        county.get("indicators/:code") { request, context in
            try await answer(request, context, "indicator") {
                guard let page = IndicatorPage($0, try $0.county(Self.name(context)), code: Self.text(context, "code")) else {
                    throw PageMissing("这个标准里没有这项指标")
                }
                return page
            }
        }
        addSchoolRoutes(to: county)
        addPaperRoutes(to: county)
    }

    private func addSchoolRoutes(to county: RouterGroup<PageContext>) {
        county.get("schools/:school") { request, context in
            try await answer(request, context, "school") {
                guard let page = SchoolPage($0, try $0.county(Self.name(context)), code: Self.text(context, "school")) else {
                    throw PageMissing("这个县没有这所学校，或这一学年没有它的数据")
                }
                return page
            }
        }
        county.get("schools/:school/:stage/:code") { request, context in
            try await answer(request, context, "explanation") {
                let stage = Stage(rawValue: Self.text(context, "stage")) ?? .primary
                let page = ExplanationPage(
                    $0, try $0.county(Self.name(context)), school: Self.text(context, "school"), stage: stage,
                    code: Self.text(context, "code"))
                guard let page else { throw PageMissing("没有这个数") }
                return page
            }
        }
    }

    private func addPaperRoutes(to county: RouterGroup<PageContext>) {
        for (file, kind, type, title) in [
            ("report.docx", "docx", Answer.docx, "自评报告"), ("report.pdf", "pdf", Answer.pdf, "自评报告"),
            ("shortfalls.xlsx", "xlsx", Answer.xlsx, "短板清单"),
        ] {
            county.get("\(file)") { request, context in
                let look = try await look(request, context)
                let name = try look.county(Self.name(context)).county
                return Answer.file(try paper(look.evaluated, name, kind), name: "\(name)\(title)（\(look.scope.year)）.\(kind)", type: type)
            }
        }
    }

    private func look(_ request: Request, _ context: PageContext) async throws -> Look {
        let query = request.uri.queryParameters
        return try await look(
            year: query["year"].map(String.init), standard: query["standard"].map(String.init), isLive: query["view"] == "live",
            visit: context.visit)
    }

    private func answer(
        _ request: Request, _ context: PageContext, _ template: String, _ page: (Look) async throws -> some Sendable
    ) async throws -> Response {
        Answer.page(try templates.html(try await page(try await look(request, context)), template))
    }

    private func city(_ look: Look) async throws -> CityPage {
        var trend: [(year: SchoolYear, result: StandardResult)] = []
        for year in look.years.reversed() {
            if let past = try await evaluations.evaluated(look.scope.standard, year, look.evaluated.view) {
                trend.append((year, past.result))
            }
        }
        return CityPage(look, trend: trend)
    }

    private func comparison(_ look: Look, _ name: String) async throws -> ComparisonPage {
        guard let before = look.before else { throw PageMissing("没有上一学年的数据，不能对比。请在页面上方换一个学年") }
        return ComparisonPage(look, try look.county(name), against: before)
    }

    private static func name(_ context: some RequestContext) -> String { text(context, "county") }

    private static func text(_ context: some RequestContext, _ key: String) -> String {
        let raw = context.parameters.get(key) ?? ""
        return raw.removingPercentEncoding ?? raw
    }
}
