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
        let pairs = try await PostedForm.pairs(request)
        func value(_ name: String) -> String { pairs.last { $0.name == name }?.value.replacing("\0", with: "") ?? "" }
        do {
            guard let from = Day(iso: value("from")), let until = Day(iso: value("until")), from <= until else {
                throw InspectionRefusal("请写明最早和最晚的入校日期，最晚不早于最早")
            }
            guard from.year == until.year else { throw InspectionRefusal("检查按年度计划安排，最早和最晚日期要在同一年") }
            guard until >= visit.today else { throw InspectionRefusal("最晚入校日期已经过去") }
            guard let rubric = catalogue.rubric(value("rubric"), on: from) else {
                throw InspectionRefusal("请选择评价表；\(from)时已施行的才能选")
            }
            let purpose = value("purpose")
            guard !purpose.isEmpty, purpose.count <= 200 else { throw InspectionRefusal("请写明检查事由，最多200字") }
            let chosen = Set(pairs.filter { $0.name == "school" }.map(\.value))
            let all = try await schools().filter { $0.county == county && chosen.contains($0.code) }
            guard !all.isEmpty, all.count == chosen.count else { throw InspectionRefusal("请从\(county)的学校里选择至少一所") }
            let posts = try await store.responsibilities(county)
            let post = visit.person.grants.first { $0.role.duties.contains(.requestVisits) && $0.holds(on: visit.today) }
            let wanted = SchoolVisit.Request(
                office: post?.title ?? visit.person.name, rubric: rubric.id, version: rubric.version, from: from, until: until,
                purpose: purpose, signed: signed(visit))
            try await store.add(
                all.map { school in
                    let post = posts.first { $0.school == school.code }
                    return SchoolVisit(
                        id: newID(), year: from.year, county: county, school: school.code, schoolName: school.name, request: wanted,
                        inspector: post?.inspector ?? "", inspectorName: post?.inspectorName ?? "")
                })
            return Answer.seeOther(site(visit).visitPlan + "&plan=\(from.year)")
        } catch let refusal as InspectionRefusal {
            return try await plan(request, visit, notice: [refusal.message])
        }
    }

    // MARK: Who answers for which school

    private func inspectors(_ request: Request, _ visit: Visit, notice: [String] = []) async throws -> Response {
        let responsibilities = try await store.responsibilities(nil)
        let sight = InspectionSight(visit, responsibilities)
        let own = try await schools().filter { sight.sees($0.code, in: $0.county) }
        let month = try await store.visits(VisitFilter(year: visit.today.year)).filter {
            $0.state == .done && $0.checkIn.map { $0.signed.at.timeIntervalSince(now()) > -31 * 86_400 } ?? false
        }
        let page = InspectorsPage(
            self, own, responsibilities, try await inspectorsKnown(visit), lately: Set(month.map(\.school)), visit,
            PageQuery(request.uri.query), notice: notice)
        return Answer.page(try templates.html(page, "inspection-inspectors"), status: notice.isEmpty ? .ok : .unprocessableContent)
    }

    private func inspectorsKnown(_ visit: Visit) async throws -> [Person] {
        try await people.people().filter { person in
            person.grants.contains { $0.role == .inspector && $0.holds(on: visit.today) }
        }
    }

    private func assign(_ county: String, _ request: Request, _ visit: Visit) async throws -> Response {
        try visit.require(.arrangeVisits, in: county)
        let fields = try await PostedForm.fields(request)
        do {
            guard let school = try await schools().first(where: { $0.county == county && $0.code == fields["school"] ?? "" }) else {
                throw InspectionRefusal("请选择\(county)的一所学校")
            }
            if fields["inspector"] == "" {
                try await store.release(school: school.code)
                return Answer.seeOther(site(visit).inspectors)
            }
            let known = try await inspectorsKnown(visit)
            guard let person = known.first(where: { $0.id == fields["inspector"] ?? "" }),
                person.reach(.inspect, today: visit.today).covers(school: school.code, in: county)
            else { throw InspectionRefusal("请选择在\(county)任职的责任督学；没有的请管理员先在“人员与权限”里设岗") }
            let rules = catalogue.rules
            let one = Responsibility(
                county: county, region: fields["region"]?.trimmingCharacters(in: .whitespaces) ?? "", school: school.code,
                schoolName: school.name, inspector: person.id, inspectorName: person.name)
            try await store.assign(one) { all in _ = try rules.take(one, in: all) }
            return Answer.seeOther(site(visit).inspectors)
        } catch let refusal as InspectionRefusal {
            return try await inspectors(request, visit, notice: [refusal.message])
        }
    }
}
