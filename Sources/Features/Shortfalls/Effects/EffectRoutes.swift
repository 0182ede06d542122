internal import Foundation
internal import Hummingbird
internal import Indicators
public import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

/// 整改成效 of all counties, or of one.
struct EffectCityPage: Sendable, Tabled {
    let page: PageFrame
    let years: [PageFrame.Choice]
    let url: String
    let counties: ShownTable
    var tables: [ShownTable] { [counties] }

    init(_ desk: ShortfallsDesk, _ reviews: [EffectReview], _ year: Int, _ query: PageQuery, _ visit: Visit) {
        let site = SiteMap(Scope(year: visit.today.schoolYear))
        page = desk.frame(
            EffectWords.headline(reviews.count == 1 ? reviews[0].county : "各县", year, EffectTally(reviews.flatMap(\.lines))), nil, visit,
            current: SiteMap.rectificationEffects)
        years = EffectCountyPage.years(year, visit)
        url = SiteMap.rectificationEffects
        counties = EffectTables.counties(reviews, site).shown(query)
    }
}

struct EffectCountyPage: Sendable, Tabled {
    let page: PageFrame
    let years: [PageFrame.Choice]
    let url: String
    let summary: String
    let cut: [String]
    let hasLines: Bool
    let items: ShownTable
    let cases: ShownTable
    var tables: [ShownTable] { [items, cases] }

    init(_ desk: ShortfallsDesk, _ review: EffectReview, _ query: PageQuery, _ visit: Visit) {
        let site = SiteMap(Scope(year: visit.today.schoolYear))
        let tally = EffectTally(review.lines)
        url = site.rectificationEffects(review.county)
        page = desk.frame(
            EffectWords.headline(review.county, review.year, tally), review.county, visit, current: "",
            actions: visit.may(.look, in: review.county)
                ? [("Word", "docx"), ("PDF", "pdf")].map { label, kind in
                    PageFrame.Link(
                        "成效报告\(label)", site.rectificationEffects(review.county, closed: review.year, "report.\(kind)"))
                } : [])
        years = EffectCountyPage.years(review.year, visit)
        summary = EffectWords.sum(tally) + "另有\(review.open)件在办，其中逾期\(review.overdue)件。"
        cut = review.isWhole ? [] : ["本年销号的整改超过\(ReviewEffects.most)件，这里只统计其中\(review.lines.count)件。"]
        hasLines = !review.lines.isEmpty
        items = EffectTables.items(review, site).shown(query)
        cases = EffectTables.lines(review).shown(query)
    }

    static func years(_ year: Int, _ visit: Visit) -> [PageFrame.Choice] {
        (visit.today.year - 4...Swift.max(visit.today.year, year)).reversed().map {
            PageFrame.Choice(value: "\($0)", label: "\($0)年", isChosen: $0 == year)
        }
    }
}

extension ShortfallsDesk {
    func addEffectRoutes(to router: Router<PageContext>) {
        router.get("/rectifications/effects") { request, context in try await effects(PageQuery(request.uri.query), context.visit) }
        let one = router.group("/counties/:county/rectifications/effects")
        one.get { request, context in
            try await effects(of: context.segment("county"), PageQuery(request.uri.query), context.visit)
        }
        one.get("report.docx") { request, context in try await report("docx", request, context) }
        one.get("report.pdf") { request, context in try await report("pdf", request, context) }
    }

    /// The counties a visitor may look at whole, reviewed.
    public func reviews(_ year: Int, _ visit: Visit) async throws -> [EffectReview] {
        let available = try await evaluations.availability()
        let newest = available.keys.sorted().max { (available[$0]?.max()?.start ?? 0) < (available[$1]?.max()?.start ?? 0) }
        guard let standard = available[Scope.usualStandard] == nil ? newest : Scope.usualStandard else { return [] }
        // A county that has not handed in the newest year has its rectifications all the same.
        var counties: [String] = []
        for year in (available[standard] ?? []).sorted(by: >) {
            let known = try await evaluations.evaluated(standard, year, .official)?.result.counties.map(\.county) ?? []
            counties += known.filter { !counties.contains($0) }
        }
        var found: [EffectReview] = []
        for county in counties where visit.may(.look, in: county) {
            found.append(try await ReviewEffects(office, evaluations).run(county, year: year, today: visit.today))
        }
        return found
    }

    /// One county; of somebody who sees single schools, those alone.
    public func review(_ county: String, _ year: Int, _ visit: Visit) async throws -> EffectReview {
        try visit.requireSight(of: county)
        let all = ReviewEffects(office, evaluations)
        guard !visit.may(.look, in: county) else { return try await all.run(county, year: year, today: visit.today) }
        var review = EffectReview(county: county, year: year, lines: [], open: 0, overdue: 0, isWhole: true)
        for place in visit.sight.schools.sorted(by: { $0.school < $1.school }) where place.county == county {
            let own = try await all.run(county, school: place.school, year: year, today: visit.today)
            review.lines += own.lines
            review.open += own.open
            review.overdue += own.overdue
            review.isWhole = review.isWhole && own.isWhole
        }
        review.lines.sort { ($1.closed, $0.number) < ($0.closed, $1.number) }
        return review
    }

    private func effects(_ query: PageQuery, _ visit: Visit) async throws -> Response {
        guard visit.mayAnywhere(.look), !visit.seesSchoolsOnly else {
            if let county = visit.sight.schools.map(\.county).min() {
                return Answer.seeOther(SiteMap(Scope(year: visit.today.schoolYear)).rectificationEffects(county))
            }
            try visit.require(.look, in: nil)
            return Answer.seeOther("/")
        }
        let (year, found) = try await latest(query, visit) {
            try await reviews($0, visit)
        } isEmpty: {
            $0.allSatisfy(\.lines.isEmpty)
        }
        let page = EffectCityPage(self, found, year, query, visit)
        return try templates.answer(page, "rectification-effects-city", query, books: books)
    }

    private func effects(of county: String, _ query: PageQuery, _ visit: Visit) async throws -> Response {
        let (_, found) = try await latest(query, visit) {
            try await review(county, $0, visit)
        } isEmpty: {
            $0.lines.isEmpty
        }
        let page = EffectCountyPage(self, found, query, visit)
        return try templates.answer(page, "rectification-effects", query, books: books)
    }

    private func report(_ kind: String, _ request: Request, _ context: PageContext) async throws -> Response {
        let (county, visit) = (context.segment("county"), context.visit)
        try visit.require(.look, in: county)
        let year = ShortfallsDesk.year(PageQuery(request.uri.query)) ?? visit.today.year
        let review = try await review(county, year, visit)
        let document = EffectPaper(review: review, organisation: organisation, date: visit.today).document
        return Answer.file(
            try paper(document, kind), name: "\(county)\(year)年整改成效报告.\(kind)", type: kind == "pdf" ? Answer.pdf : Answer.docx)
    }

    private static func year(_ query: PageQuery) -> Int? {
        query["closed"].flatMap { Int($0) }.flatMap { (2000...2100).contains($0) ? $0 : nil }
    }

    /// Of the year asked for; where none is, of this year, and while nothing is written off in it of the year before.
    private func latest<Found>(
        _ query: PageQuery, _ visit: Visit, _ read: (Int) async throws -> Found, isEmpty: (Found) -> Bool
    ) async throws -> (Int, Found) {
        let this = visit.today.year
        if let year = ShortfallsDesk.year(query) { return (year, try await read(year)) }
        let found = try await read(this)
        guard isEmpty(found) else { return (this, found) }
        let before = try await read(this - 1)
        return isEmpty(before) ? (this, found) : (this - 1, before)
    }

    func frame(_ title: String, _ county: String?, _ visit: Visit, current: String, actions: [PageFrame.Link] = []) -> PageFrame {
        let scope = Scope(year: visit.today.schoolYear)
        let site = SiteMap(scope)
        return PageFrame(
            title: title, lead: EffectWords.lead, place: county ?? "全市", state: "",
            menu: MainMenu.groups(site, county: county, visit: visit, form: "school-return", current: current), scope: scope, years: [],
            standards: [],
            crumbs: county == nil || visit.seesSchoolsOnly ? [] : [PageFrame.Link("整改成效", SiteMap.rectificationEffects)], actions: actions,
            organisation: organisation, visit: visit)
    }
}
