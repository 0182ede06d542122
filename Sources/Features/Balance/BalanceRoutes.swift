internal import Foundation
public import Hummingbird
internal import Indicators
public import Pages
internal import Registry
internal import Reporting
internal import SiteMap
internal import Vocabulary

extension BalanceDesk {
    /// Adds the pages of this feature. No rule stands here: request → evaluation → page.
    public func addRoutes(to router: some RouterMethods<PageContext>) {
        router.get("/") { request, context in
            // A new installation begins where data come in.
            if try await evaluations.availability().isEmpty { return Answer.seeOther("/imports") }
            // The city's page is about whole counties: whoever sees single schools only is led to the school from everywhere.
            if request.uri.query == nil || context.visit.sight.isSchoolsOnly, let home = try await home(request, context) {
                return Answer.seeOther(home)
            }
            if context.visit.sight.isSchoolsOnly { throw PageMissing("这一学年还没有您学校的数据。请向县教育局核对") }
            return try await answer(request, context, "city") { try await city($0) }
        }
        router.get("/standards") { request, context in try await answer(request, context, "rules") { RulesPage($0) } }
        router.get("/templates/:file") { request, context in
            let form = String(context.parameters.get("file")?.prefix { $0 != "." } ?? "")
            let year = PageQuery(request.uri.query)["year"].flatMap { SchoolYear(text: $0) } ?? context.visit.today.schoolYear
            guard let data = try template(form, year) else { throw PageMissing("没有这个模板") }
            let label = evaluations.catalogue.forms[form]?.label.zh ?? form
            return Answer.file(data, name: "\(label)（\(year.label.zh)）.xlsx", type: Answer.xlsx)
        }
        let county = router.group("/counties/:county")
        county.get { request, context in
            try await answer(request, context, "county") { look in
                let county = try look.county(context.segment("county"))
                return CountyPage(look, county, sentence: VerdictSentence.text(look.whole(county)))
            }
        }
        county.get("schools") { request, context in
            try await answer(request, context, "schools") { SchoolsPage($0, try $0.county(context.segment("county")), isMap: false) }
        }
        county.get("map") { request, context in
            try await answer(request, context, "schools") { SchoolsPage($0, try $0.county(context.segment("county")), isMap: true) }
        }
        county.get("shortfalls") { request, context in
            try await answer(request, context, "shortfalls") { look in
                let query = look.query
                return ShortfallPage(
                    look, try look.county(context.segment("county")), stage: query["stage"], code: query["code"], all: query["all"] == "1")
            }
        }
        county.get("compare") { request, context in
            try await answer(request, context, "comparison") { try await comparison($0, context.segment("county")) }
        }
        county.get("indicators/:code") { request, context in
            try await answer(request, context, "indicator") {
                guard let page = IndicatorPage($0, try $0.county(context.segment("county")), code: context.segment("code")) else {
                    throw PageMissing("这个标准里没有这项指标")
                }
                return page
            }
        }
        addExplanationRoutes(to: county)
        addSchoolRoutes(to: county)
        addPaperRoutes(to: county)
    }

    private func addExplanationRoutes(to county: RouterGroup<PageContext>) {
        county.get("indicators/:code/:stage") { request, context in
            try await answer(request, context, "spread") { look in
                let county = try look.county(context.segment("county"))
                guard let stage = Stage(rawValue: context.segment("stage")),
                    let page = SpreadPage(look, county, code: context.segment("code"), stage: stage)
                else { throw PageMissing("这个县没有这项差异系数") }
                return page
            }
        }
        county.get("items/:code") { request, context in
            try await answer(request, context, "item") {
                guard let page = ItemPage($0, try $0.county(context.segment("county")), code: context.segment("code")) else {
                    throw PageMissing("这个标准里没有这一项")
                }
                return page
            }
        }
    }

    private func addSchoolRoutes(to county: RouterGroup<PageContext>) {
        county.get("schools/:school") { request, context in
            try await answer(request, context, "school") {
                let name = context.segment("county")
                try context.visit.requireSight(of: context.segment("school"), in: name)
                guard let page = SchoolPage($0, try $0.county(name), code: context.segment("school")) else {
                    throw PageMissing("这个县没有这所学校，或这一学年没有它的数据")
                }
                return page
            }
        }
        county.get("schools/:school/:stage/:code") { request, context in
            try await answer(request, context, "explanation") {
                let stage = Stage(rawValue: context.segment("stage")) ?? .primary
                try context.visit.requireSight(of: context.segment("school"), in: context.segment("county"))
                let page = ExplanationPage(
                    $0, try $0.county(context.segment("county")), school: context.segment("school"), stage: stage,
                    code: context.segment("code"))
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
                let name = try look.wholeCounty(context.segment("county")).county
                return Answer.file(try paper(look.evaluated, name, kind), name: "\(name)\(title)（\(look.scope.year)）.\(kind)", type: type)
            }
        }
    }

    /// Where somebody of one county or one school begins; nil for those of the whole city.
    private func home(_ request: Request, _ context: PageContext) async throws -> String? {
        let sight = context.visit.sight
        if let own = sight.schools.min(by: { ($0.county, $0.school) < ($1.county, $1.school) }), sight.isSchoolsOnly {
            let look = try await look(request, context)
            return look.evaluated.result.county(own.county).map { _ in look.site.school(own.county, own.school) }
        }
        guard !sight.isCity, sight.counties.count == 1, let county = sight.counties.first else { return nil }
        let look = try await look(year: nil, standard: nil, isLive: false, visit: context.visit)
        return look.evaluated.result.county(county).map { _ in look.site.county(county) }
    }

    private func look(_ request: Request, _ context: PageContext) async throws -> Look {
        let query = PageQuery(request.uri.query)
        var look = try await look(
            year: query["year"], standard: query["standard"], isLive: query["view"] == "live", visit: context.visit)
        look.query = query
        return look
    }

    /// The page, or the workbook of one of its tables.
    private func answer(
        _ request: Request, _ context: PageContext, _ template: String, _ page: (Look) async throws -> some Tabled
    ) async throws -> Response {
        let look = try await look(request, context)
        let page = try await page(look)
        guard let id = look.query.exported else { return Answer.page(try templates.html(page, template)) }
        guard let table = page.tables.first(where: { $0.id == id }) else { throw PageMissing("这一页没有要导出的表") }
        let book = table.book(
            title: page.page.title,
            notes: [page.page.lead, "\(look.scope.year.label.zh)，\(look.standard.label.zh)。数据：\(page.page.state)"])
        return Answer.file(try books.write(book), name: "\(table.caption)（\(look.scope.year)）.xlsx", type: Answer.xlsx)
    }

    private func city(_ look: Look) async throws -> CityPage {
        var trend: [(year: SchoolYear, result: StandardResult)] = []
        for year in look.years.reversed() {
            if let past = try await evaluations.evaluated(look.scope.standard, year, look.evaluated.view) {
                trend.append((year, look.visit.seen(past).result))
            }
        }
        return CityPage(look, trend: trend)
    }

    /// Against the school year and standard the reader chose; else the year before under the same standard.
    private func comparison(_ look: Look, _ name: String) async throws -> ComparisonPage {
        let standard = look.query["withStandard"].flatMap { evaluations.catalogue.standards[$0]?.id } ?? look.scope.standard
        let year = look.query["withYear"].flatMap { SchoolYear(text: $0) } ?? look.scope.year.previous
        guard let old = try await evaluations.evaluated(standard, year, look.evaluated.view) else {
            throw PageMissing("\(year.label.zh)没有可用的数据，不能对比。请在页面上方换一个学年")
        }
        return ComparisonPage(look, try look.county(name), against: look.visit.seen(old))
    }
}
