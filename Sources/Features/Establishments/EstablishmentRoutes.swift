internal import Foundation
public import Hummingbird
internal import Indicators
internal import Jobs
public import Pages
internal import Registry
internal import Reporting
internal import SiteMap
internal import Staffing
internal import Vocabulary

extension EstablishmentDesk {
    /// Adds the pages of this feature.
    public func addRoutes(to router: Router<PageContext>) {
        router.get("/staffing") { request, context in try await list(request, context.visit) }
        let county = router.group("/staffing/counties/:county")
        county.get { request, context in
            let name = context.segment("county")
            try context.visit.require(.look, in: name)
            return try await show(name, request, context.visit)
        }
        county.get("schools/:school") { request, context in
            let (name, school) = (context.segment("county"), context.segment("school"))
            try context.visit.requireSight(of: school, in: name)
            return try await show(school, in: name, request, context.visit)
        }
        county.post("rosters") { request, context in try await takeIn(context.segment("county"), request, context.visit) }
        router.get("/staffing/compare") { request, context in try await compare(request, context.visit) }
        let plan = router.group("/staffing/plans/:plan")
        plan.get { request, context in
            let (kept, record) = try await found(context.segment("plan"), context.visit, .look)
            return try await show(kept, record, request, context.visit)
        }
        plan.post("adopt") { request, context in
            do {
                let plan = try await adopt(context.segment("plan"), context.visit)
                return Answer.seeOther(SiteMap(Scope(year: plan.year)).postPlan(plan.id))
            } catch let refusal as StaffingRefusal {
                let (kept, record) = try await found(context.segment("plan"), context.visit, .look)
                return try await show(kept, record, request, context.visit, notice: refusal.message)
            }
        }
        plan.post("carry/cases") { request, context in
            try await carry(request, context, .arrangeStaff) { id, day, visit in
                let outcomes = try await openCases(id, finishBy: day, visit)
                let (kept, record) = try await found(id, visit, .look)
                return try await show(kept, record, request, visit, outcomes: outcomes)
            }
        }
        plan.post("carry/targets") { request, context in
            try await carry(request, context, .supervise) { id, day, visit in
                Answer.seeOther(try await draftTargets(id, finishBy: day, visit))
            }
        }
    }

    private func asked(_ request: Request, _ visit: Visit) async throws -> (scope: Scope, years: [SchoolYear]) {
        let known = try await returns.schoolYears(form: EstablishmentDesk.schoolForm)
        let scope = Scope.asked(PageQuery(request.uri.query), newest: known.first, standards: catalogue.standards.keys, visit)
        return (scope, Array(Set(known + [scope.year, visit.today.schoolYear])).sorted(by: >))
    }

    private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let (scope, years) = try await asked(request, visit)
        let query = PageQuery(request.uri.query)
        let page = StaffingListPage(self, try await surveys(scope.year), query, visit, scope, years)
        return try templates.answer(page, "staffing-list", query, books: books)
    }

    private func show(
        _ county: String, _ request: Request, _ visit: Visit, year: SchoolYear? = nil, notice: [String] = [], done: String? = nil
    ) async throws -> Response {
        var (scope, years) = try await asked(request, visit)
        if let year { scope.year = year }
        let found = try await survey(county, scope.year)
        // A county without schools in the register still has a page to hand a workbook in.
        let survey =
            found?.0 ?? StaffingSurvey(county: county, year: scope.year, units: [], members: nil, rules: rules)
        let plans = try await store.postPlans(county, scope.year)
        let query = PageQuery(request.uri.query)
        let page = StaffingCountyPage(self, survey, found?.1, plans, query, visit, scope, years, notice: notice, done: done)
        return try templates.answer(page, "staffing-county", query, books: books, isRefused: !notice.isEmpty)
    }

    private func show(_ school: String, in county: String, _ request: Request, _ visit: Visit) async throws -> Response {
        let (scope, years) = try await asked(request, visit)
        guard let (survey, _) = try await survey(county, scope.year) else { throw PageMissing("\(county)\(scope.year.label.zh)没有学校数据") }
        let own = survey.units.filter { $0.school == school }
        guard !own.isEmpty else { throw PageMissing("这个县没有这所学校，或它不核编（民办、没有学生）") }
        let query = PageQuery(request.uri.query)
        let page = StaffingSchoolPage(self, survey, own, query, visit, scope, years)
        return try templates.answer(page, "staffing-school", query, books: books)
    }

    private func takeIn(_ county: String, _ request: Request, _ visit: Visit) async throws -> Response {
        try visit.require(.arrangeStaff, in: county)
        do {
            let upload = try await Upload.receive(request, into: uploads, sizeLimit: sizeLimit)
            defer { upload.discard() }
            let year = upload.fields["year"].flatMap { SchoolYear(text: $0) } ?? visit.today.schoolYear
            switch try await takeIn(upload.file, year, in: county, visit) {
            case .refused(let sentences): return try await show(county, request, visit, year: year, notice: sentences)
            case .taken(let read):
                let site = SiteMap(Scope(year: read.survey.survey.year))
                return Answer.seeOther(read.task.map { site.task($0.id) } ?? site.staffing(county))
            }
        } catch let refusal as UploadRefusal {
            return try await show(county, request, visit, notice: [refusal.message])
        }
    }

    private func show(
        _ kept: RosterPlan, _ record: PostRecord, _ request: Request, _ visit: Visit, notice: String? = nil, outcomes: [CarriedOut] = []
    ) async throws -> Response {
        let query = PageQuery(request.uri.query)
        let carry = carryPart(kept, record, outcomes, visit)
        let page = PostPlanPage(self, kept, record, carry, query, visit, notice: notice)
        return try templates.answer(page, "post-plan", query, books: books, isRefused: notice != nil)
    }

    private func carry(
        _ request: Request, _ context: PageContext, _ duty: Duty, _ step: (String, Day, Visit) async throws -> Response
    ) async throws -> Response {
        let visit = context.visit
        let (kept, record) = try await found(context.segment("plan"), visit, .look)
        try visit.require(duty, in: duty == .supervise ? nil : kept.county)
        do {
            guard let day = CarryPart.day(try await PostedForm.fields(request), visit) else {
                throw StaffingRefusal(CarryPart.noDay, .input)
            }
            return try await step(kept.id, day, visit)
        } catch let refusal as StaffingRefusal {
            return try await show(kept, record, request, visit, notice: refusal.message)
        }
    }

    private func compare(_ request: Request, _ visit: Visit) async throws -> Response {
        let (scope, _) = try await asked(request, visit)
        if !visit.mayAnywhere(.look) { try visit.require(.look, in: nil) }
        let query = PageQuery(request.uri.query)
        var plans: [(kept: RosterPlan, record: PostRecord)] = []
        for id in query.items.filter({ $0.name == "plan" }).map(\.value).prefix(EstablishmentDesk.compared) {
            plans.append(try await found(id, visit, .look))
        }
        let site = SiteMap(plans.first.map { Scope(year: $0.kept.year) } ?? scope)
        let county = plans.first?.kept.county
        let page = SideBySidePage(
            frame(
                PostComparison.title(plans), lead: "同一行的数并排看；名册和编制数据不同，结果就不同。", visit, scope, years: [],
                place: county ?? "全市",
                crumbs: [PageFrame.Link("编制与配置", site.staffing)] + (county.map { [PageFrame.Link($0, site.staffing($0))] } ?? [])),
            plans.map { PostComparison.column($0.kept, $0.record, boundaries, site) }, schoolsTitle: "各校空岗，方案前后", query)
        return try templates.answer(page, "side-by-side", query, books: books)
    }
}
