internal import Exchanges
internal import Foundation
public import Hummingbird
internal import Indicators
internal import Jobs
public import Pages
internal import Registry
internal import Reporting
internal import SiteMap
internal import Vocabulary

extension RotationDesk {
    /// Adds the pages of this feature.
    public func addRoutes(to router: Router<PageContext>) {
        router.get("/rotation") { request, context in try await list(request, context.visit) }
        let county = router.group("/rotation/counties/:county")
        county.get { request, context in
            let name = context.segment("county")
            try context.visit.require(.look, in: name)
            return try await register(name, request, context.visit)
        }
        county.post("register") { request, context in try await takeIn(context.segment("county"), request, context.visit) }
        county.post("plans") { request, context in try await make(context.segment("county"), request, context.visit) }
        county.post("arrivals") { request, context in try await arrive(context.segment("county"), request, context.visit) }
        county.post("exchanges/:exchange") { request, context in
            try await step(context.segment("county"), context.segment("exchange"), request, context.visit)
        }
        router.get("/rotation/compare") { request, context in try await compare(request, context.visit) }
        let plan = router.group("/rotation/plans/:plan")
        plan.get { request, context in
            let (kept, record) = try await found(context.segment("plan"), context.visit, .look)
            return try await show(kept, record, request, context.visit)
        }
        plan.post("adopt") { request, context in
            let fields = try await PostedForm.fields(request)
            do {
                let plan = try await adopt(context.segment("plan"), form: fields["form"], context.visit)
                return Answer.seeOther(SiteMap(scope(plan.year)).rotation(plan.county))
            } catch let refusal as ExchangeRefusal {
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

    func scope(_ year: SchoolYear) -> Scope { Scope(year: year) }

    private func asked(_ request: Request, _ visit: Visit) async throws -> (scope: Scope, years: [SchoolYear]) {
        let known = try await returns.schoolYears(form: RotationDesk.schoolForm)
        let scope = Scope.asked(PageQuery(request.uri.query), newest: known.first, standards: catalogue.standards.keys, visit)
        return (scope, Array(Set(known + [scope.year, visit.today.schoolYear])).sorted(by: >))
    }

    private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let (scope, years) = try await asked(request, visit)
        let turns = try await store.exchanges(ExchangeFilter(year: scope.year))
        let names = try await returns.counties(form: RotationDesk.schoolForm, scope.year)
        let bases = try await store.bases(scope.year)
        let query = PageQuery(request.uri.query)
        let page = RotationListPage(self, counties: names, turns, bases, query, visit, scope, years)
        if query.exported != nil {
            let book = page.counties.book(title: page.page.title, notes: [page.page.lead])
            return Answer.file(try books.write(book), name: "交流轮岗.xlsx", type: Answer.xlsx)
        }
        return Answer.page(try templates.html(page, "rotation-list"))
    }

    // MARK: A county's register

    private func register(
        _ county: String, _ request: Request, _ visit: Visit, year: SchoolYear? = nil, notice: [String] = [], done: String? = nil
    ) async throws -> Response {
        var (scope, years) = try await asked(request, visit)
        if let year { scope.year = year }
        let material = RegisterPage.Material(
            county: county, turns: try await store.exchanges(ExchangeFilter(county: county)),
            base: try await store.base(county, scope.year), plans: try await store.plans(county, scope.year), notice: notice, done: done)
        let query = PageQuery(request.uri.query)
        let page = RegisterPage(self, material, query, visit, scope, years)
        if query.exported != nil {
            let book = page.register.book(title: page.page.title, notes: [page.page.lead])
            return Answer.file(try books.write(book), name: "\(county)交流登记.xlsx", type: Answer.xlsx)
        }
        return Answer.page(try templates.html(page, "rotation-register"), status: notice.isEmpty ? .ok : .unprocessableContent)
    }

    private func takeIn(_ county: String, _ request: Request, _ visit: Visit) async throws -> Response {
        try visit.require(.arrangeStaff, in: county)
        do {
            let upload = try await Upload.receive(request, into: uploads, sizeLimit: sizeLimit)
            defer { upload.discard() }
            let asked = upload.fields["year"].flatMap { SchoolYear(text: $0) }
            switch try await takeIn(upload.file, name: upload.name, asked, in: county, visit) {
            case (let year, .refused(let complaints)):
                return try await register(county, request, visit, year: year, notice: complaints)
            case (let year, .taken((let count, let tally))):
                let words = "登记了\(count)条：新增\(tally.added)，改动\(tally.changed)，不变\(tally.same)。"
                return try await register(county, request, visit, year: year, done: words)
            }
        } catch let refusal as UploadRefusal {
            return try await register(county, request, visit, notice: [refusal.message])
        } catch let refusal as FileRefusal {
            return try await register(county, request, visit, notice: [refusal.description])
        } catch let refusal as ExchangeRefusal {
            return try await register(county, request, visit, notice: [refusal.message])
        }
    }

    private func step(_ county: String, _ id: String, _ request: Request, _ visit: Visit) async throws -> Response {
        try visit.require(.arrangeStaff, in: county)
        let fields = try await PostedForm.fields(request)
        do {
            guard let state = fields["state"].flatMap(Exchange.State.init(rawValue:)) else { throw ExchangeRefusal("没有指明下一步", .input) }
            let turn = try await step(id, in: county, to: state, seen: Int(fields["version"] ?? "") ?? 0, visit)
            return Answer.seeOther(SiteMap(scope(turn.exchange.year)).rotation(county))
        } catch let refusal as ExchangeRefusal {
            return try await register(county, request, visit, notice: [refusal.message])
        }
    }

    /// Everybody planned for the year has arrived.
    private func arrive(_ county: String, _ request: Request, _ visit: Visit) async throws -> Response {
        try visit.require(.arrangeStaff, in: county)
        let fields = try await PostedForm.fields(request)
        let year = fields["year"].flatMap { SchoolYear(text: $0) } ?? visit.today.schoolYear
        do {
            _ = try await arrive(year, in: county, visit)
            return Answer.seeOther(SiteMap(scope(year)).rotation(county))
        } catch let refusal as ExchangeRefusal {
            return try await register(county, request, visit, year: year, notice: [refusal.message])
        }
    }

    // MARK: Plans

    private func make(_ county: String, _ request: Request, _ visit: Visit) async throws -> Response {
        try visit.require(.arrangeStaff, in: county)
        do {
            let upload = try await Upload.receive(request, into: uploads, sizeLimit: sizeLimit)
            defer { upload.discard() }
            let year = upload.fields["year"].flatMap { SchoolYear(text: $0) } ?? visit.today.schoolYear
            switch try await ask(upload.file, year, RotationWish(upload.fields), in: county, visit) {
            case .refused(let sentences): return try await register(county, request, visit, year: year, notice: sentences)
            case .taken(let job): return Answer.seeOther(SiteMap(scope(year)).task(job.id))
            }
        } catch let refusal as ExchangeRefusal {
            return try await register(county, request, visit, notice: [refusal.message])
        } catch let refusal as UploadRefusal {
            return try await register(county, request, visit, notice: [refusal.message])
        }
    }

    private func show(
        _ kept: RosterPlan, _ record: RotationRecord, _ request: Request, _ visit: Visit, notice: String? = nil,
        outcomes: [CarriedOut] = []
    ) async throws -> Response {
        let query = PageQuery(request.uri.query)
        let carry = carryPart(kept, record, outcomes, visit)
        let page = RotationPlanPage(self, kept, record, carry, query, visit, notice: notice)
        guard notice == nil else { return Answer.page(try templates.html(page, "rotation-plan"), status: .conflict) }
        return try templates.answer(page, "rotation-plan", query, books: books)
    }

    private func carry(
        _ request: Request, _ context: PageContext, _ duty: Duty, _ step: (String, Day, Visit) async throws -> Response
    ) async throws -> Response {
        let visit = context.visit
        let (kept, record) = try await found(context.segment("plan"), visit, .look)
        try visit.require(duty, in: duty == .supervise ? nil : kept.county)
        do {
            guard let day = CarryPart.day(try await PostedForm.fields(request), visit) else {
                throw ExchangeRefusal(CarryPart.noDay, .input)
            }
            return try await step(kept.id, day, visit)
        } catch let refusal as ExchangeRefusal {
            return try await show(kept, record, request, visit, notice: refusal.message)
        }
    }

    private func compare(_ request: Request, _ visit: Visit) async throws -> Response {
        let (scope, _) = try await asked(request, visit)
        if !visit.mayAnywhere(.look) { try visit.require(.look, in: nil) }
        let query = PageQuery(request.uri.query)
        var plans: [(kept: RosterPlan, record: RotationRecord)] = []
        for id in query.items.filter({ $0.name == "plan" }).map(\.value).prefix(RotationDesk.compared) {
            plans.append(try await found(id, visit, .look))
        }
        let site = SiteMap(plans.first.map { self.scope($0.kept.year) } ?? scope)
        let county = plans.first?.kept.county
        let page = SideBySidePage(
            frame(
                RotationComparison.title(plans), lead: "同一行的数并排看；名册、比例不同，结果就不同。", visit, scope, years: [],
                place: county ?? "全市",
                crumbs: [PageFrame.Link("交流轮岗", site.rotation)] + (county.map { [PageFrame.Link($0, site.rotation($0))] } ?? [])),
            plans.map { RotationComparison.column($0.kept, $0.record, boundaries, site) }, schoolsTitle: "各校进出和骨干教师", query)
        return try templates.answer(page, "side-by-side", query, books: books)
    }
}
