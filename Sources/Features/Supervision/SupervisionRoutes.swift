internal import Foundation
public import Hummingbird
internal import Inspection
public import Pages
internal import Registry
internal import Reporting
internal import SiteMap
internal import Vocabulary

extension SupervisionDesk {
    /// Adds the pages of this feature.
    public func addRoutes(to router: Router<PageContext>) {
        router.get("/lists/visit-counts") { request, context in try await published(request, context.visit) }
        router.get("/inspection") { request, context in try await overview(request, context.visit) }
        router.get("/inspection/plan") { request, context in try await plan(request, context.visit) }
        router.get("/inspection/inspectors") { request, context in try await inspectors(request, context.visit) }
        let county = router.group("/inspection/counties/:county")
        county.post("requests") { request, context in try await ask(context.segment("county"), request, context.visit) }
        county.post("inspectors") { request, context in try await assign(context.segment("county"), request, context.visit) }
        county.get { _, context in try await countyScore(context.segment("county"), context.visit) }
        county.get("report.docx") { _, context in try await countyPaper(context.segment("county"), "docx", context.visit) }
        county.get("report.pdf") { _, context in try await countyPaper(context.segment("county"), "pdf", context.visit) }
        county.get("schools/:school") { _, context in
            try await schoolCheck(context.segment("county"), context.segment("school"), context.visit)
        }
        addVisits(to: router)
    }

    /// The year asked for, else today's.
    func year(_ request: Request, _ visit: Visit) -> Int {
        PageQuery(request.uri.query)["plan"].flatMap { Int($0) }.flatMap { (2000...2100).contains($0) ? $0 : nil } ?? visit.today.year
    }

    // MARK: How often schools are visited

    private func overview(_ request: Request, _ visit: Visit) async throws -> Response {
        let (year, query) = (year(request, visit), PageQuery(request.uri.query))
        let responsibilities = try await store.responsibilities(nil)
        let page = OverviewPage(
            self, year: year, schools: try await schools(), visits: try await store.visits(VisitFilter(year: year)),
            InspectionSight(visit, responsibilities), responsibilities, query)
        if query.exported != nil {
            let book = page.counts.book(title: page.page.title, notes: [page.page.lead, page.rule])
            return Answer.file(try books.write(book), name: "\(year)年入校检查次数.xlsx", type: Answer.xlsx)
        }
        return Answer.page(try templates.html(page, "inspection-overview"))
    }

    // MARK: The plan

    func plan(_ request: Request, _ visit: Visit, notice: [String] = []) async throws -> Response {
        let year = year(request, visit)
        let sight = InspectionSight(visit, try await store.responsibilities(nil))
        let seen = try await store.visits(VisitFilter(year: year)).filter(sight.sees)
        let own = try await schools().filter { sight.sees($0.code, in: $0.county) }
        let page = VisitPlanPage(self, year: year, schools: own, visits: seen, sight, PageQuery(request.uri.query), notice: notice)
        return Answer.page(try templates.html(page, "inspection-plan"), status: notice.isEmpty ? .ok : .unprocessableContent)
    }

    private func ask(_ county: String, _ request: Request, _ visit: Visit) async throws -> Response {
        try visit.require(.requestVisits, in: county)
        do {
            let asked = try await ask(PostedParts(values: try await PostedForm.pairs(request)), in: county, visit)
            return Answer.seeOther(site(visit).visitPlan + "&plan=\(asked.first?.visit.year ?? visit.today.year)")
        } catch let refusal as InspectionRefusal {
            return try await plan(request, visit, notice: [refusal.message])
        }
    }

    // MARK: Who answers for which school

    private func inspectors(_ request: Request, _ visit: Visit, notice: [String] = []) async throws -> Response {
        let responsibilities = try await store.responsibilities(nil)
        let sight = InspectionSight(visit, responsibilities)
        let own = try await schools().filter { sight.sees($0.code, in: $0.county) }
        let page = InspectorsPage(
            self, own, responsibilities, try await inspectorsKnown(visit), lately: try await visitedLately(visit), visit,
            PageQuery(request.uri.query), notice: notice)
        return Answer.page(try templates.html(page, "inspection-inspectors"), status: notice.isEmpty ? .ok : .unprocessableContent)
    }

    private func assign(_ county: String, _ request: Request, _ visit: Visit) async throws -> Response {
        try visit.require(.arrangeVisits, in: county)
        let fields = try await PostedForm.fields(request)
        let school = fields["school"] ?? ""
        do {
            if fields["inspector"] == "" {
                try await release(school, in: county, visit)
            } else {
                _ = try await assign(school, in: county, to: fields["inspector"] ?? "", region: fields["region"] ?? "", visit)
            }
            return Answer.seeOther(site(visit).inspectors)
        } catch let refusal as InspectionRefusal {
            return try await inspectors(request, visit, notice: [refusal.message])
        }
    }
}
