internal import Foundation
public import Hummingbird
internal import Indicators
internal import Jobs
public import Pages
internal import PathToStandard
internal import Planning
internal import Registry
internal import Reporting
internal import SiteMap
internal import Vocabulary

extension PlansDesk {
    /// Adds the pages of this feature.
    public func addRoutes(to router: Router<PageContext>) {
        router.get("/plans") { request, context in try await list(request, context.visit) }
        router.post("/plans") { request, context in try await ask(request, context) }
        router.get("/plans/new") { request, context in try await new(request, context.visit) }
        router.get("/plans/compare") { request, context in try await compare(request, context.visit) }
        router.get("/plans/answers/:task") { _, context in try await answers(context) }
        addMethodRoutes(to: router)
        addCarryRoutes(to: router)
        let one = router.group("/plans/:plan")
        one.get { request, context in
            try await drawn(try await record(context.segment("plan"), context.visit), context.visit, request)
        }
        one.get(":file") { _, context in try await file(context) }
        one.post("adopt") { request, context in try await adopt(request, context) }
    }

    // MARK: Looking

    private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let found = try await list(visit)
        let scope = try await scope(request, visit)
        let evaluated = try await evaluations.evaluated(scope.standard, scope.year, .official).map(visit.seen)
        return Answer.page(try templates.html(PlanListPage(self, found, evaluated?.result, visit, scope), "proposal-list"))
    }

    /// The page of a plan, whichever method made it; with a notice of why a step was refused, or with what came of one.
    func drawn(
        _ record: ProposalRecord, _ visit: Visit, _ request: Request, notice: String? = nil, outcomes: [CarriedOut] = []
    ) async throws -> Response {
        let query = PageQuery(request.uri.query)
        let carry = CarryPart(
            record, record.state == .adopted ? try works(record) : [], outcomes, openers: carrying.openers(record.county, visit), visit)
        if record.method != PathJob.method {
            return try answer(try await methodPage(record, carry, query, visit, notice: notice), "proposal-method", query, notice)
        }
        let page = PlanPage(self, try await opened(record), try await PlanMap(self, record), carry, query, visit, notice: notice)
        return try answer(page, "proposal", query, notice)
    }

    private func answer(_ page: some Tabled, _ template: String, _ query: PageQuery, _ notice: String?) throws -> Response {
        guard notice == nil else { return Answer.page(try templates.html(page, template), status: .conflict) }
        return try templates.answer(page, template, query, books: books)
    }

    private func file(_ context: PageContext) async throws -> Response {
        let file = try await keptFile(context.segment("file"), of: context.segment("plan"), context.visit)
        return Answer.file(Data(file.bytes), name: file.name, type: file.type)
    }

    private func compare(_ request: Request, _ visit: Visit) async throws -> Response {
        guard visit.mayAnywhere(.look) else {
            try visit.require(.look, in: nil)
            return Answer.seeOther("/")
        }
        let query = PageQuery(request.uri.query)
        let ids = query.items.filter { $0.name == "plan" }.map(\.value).prefix(PlansDesk.compared)
        var records: [ProposalRecord] = []
        for id in ids { records.append(try await record(id, visit)) }
        let scope = try await scope(request, visit)
        guard Set(records.map(\.method)).count < 2 else { throw PageMissing("勾选的不是同一类方案，不能并排比较。请回到列表只勾选一类") }
        if let first = records.first, first.method != PathJob.method, records.count > 1 {
            let page = try await PlanComparisonPage(self, methods: try records.map { ($0, try MethodSheet($0)) }, query, visit, scope)
            return try templates.answer(page, "proposal-compare", query, books: books)
        }
        let sheets = try records.filter { $0.method == PathJob.method }.map { (record: $0, sheet: try PathSheet($0)) }
        return try templates.answer(
            try await PlanComparisonPage(self, sheets, query, visit, scope), "proposal-compare", query, books: books)
    }

    private func answers(_ context: PageContext) async throws -> Response {
        let visit = context.visit
        let found = try await answers(of: context.segment("task"), visit)
        guard let answers = found.answers else {
            return Answer.seeOther(SiteMap(Scope(year: visit.today.schoolYear)).task(found.job.id))
        }
        return Answer.page(try templates.html(PlanAnswersPage(self, found.job, answers, found.question, visit), "proposal-answers"))
    }

    // MARK: Asking and adopting

    private func new(_ request: Request, _ visit: Visit) async throws -> Response {
        let query = PageQuery(request.uri.query)
        let county = asked(query["county"], visit)
        var form = PathForm([:])
        if let id = query["from"] {
            form = PathForm(try PathSheet(try await record(id, visit)).question)
            form.fields["from"] = id
        }
        if let id = query["task"], let job = try await jobs.job(id), job.kind == PathJob.kind {
            form = PathForm(try PathQuestion(text: job.order.input))
        }
        return try await new(form, county, try await scope(request, visit), visit)
    }

    private func new(_ form: PathForm, _ county: String?, _ scope: Scope, _ visit: Visit) async throws -> Response {
        guard visit.mayAnywhere(.plan) else {
            try visit.require(.plan, in: county)
            return Answer.seeOther("/plans")
        }
        try visit.require(.plan, in: county)
        guard let costs else { throw PageProblem("目录里没有费用表，算不了方案。请系统管理员核对目录") }
        let evaluated = try await requireData(scope.standard, scope.year, county)
        let years = try await evaluations.availability()[scope.standard] ?? []
        let page = PlanQuestionPage(self, form, county, evaluated, costs, visit, scope, years: years)
        return Answer.page(try templates.html(page, "proposal-new"), status: form.complaints.isEmpty ? .ok : .unprocessableContent)
    }

    /// The county that is asked for; where none is named, the only one the visitor may plan for, else all of them.
    func asked(_ county: String?, _ visit: Visit) -> String? {
        if let county, !county.isEmpty { return county }
        let own = visit.person.counties(.plan, today: visit.today)
        return own?.count == 1 ? own?.first : nil
    }

    private func ask(_ request: Request, _ context: PageContext) async throws -> Response {
        let visit = context.visit
        guard visit.mayAnywhere(.plan) else {
            try visit.require(.plan, in: nil)
            return Answer.seeOther("/plans")
        }
        let fields = try await PostedForm.fields(request)
        let county = asked(fields["county"], visit)
        try visit.require(.plan, in: county)
        guard let costs else { throw PageProblem("目录里没有费用表，算不了方案。请系统管理员核对目录") }
        let year = fields["year"].flatMap { SchoolYear(text: $0) } ?? visit.today.schoolYear
        let standard = fields["standard"].flatMap { evaluations.catalogue.standards[$0] == nil ? nil : $0 } ?? Scope.usualStandard
        var form = PathForm(fields)
        var question = form.question(PathQuestion(standard: standard, year: year, county: county), costs)
        question.from = try await origin(question, visit)
        let scope = Scope(year: year, standard: standard)
        guard form.complaints.isEmpty else { return try await new(form, county, scope, visit) }
        let job = try await ask(question, visit)
        context.note.say(job.order.title)
        return Answer.seeOther(SiteMap(scope).task(job.id))
    }

    /// The plan whose conditions were changed, where there is such a one of the county to set the answer beside.
    private func origin(_ question: PathQuestion, _ visit: Visit) async throws -> ProposalID? {
        guard let id = question.from, let plan = try await plans.plan(id), plan.method == PathJob.method, plan.county == question.county,
            visit.may(.look, in: plan.county)
        else { return nil }
        return id
    }

    private func adopt(_ request: Request, _ context: PageContext) async throws -> Response {
        let visit = context.visit
        let record = try await record(context.segment("plan"), visit)
        try visit.require(.adopt, in: record.county)
        let fields = try await PostedForm.fields(request)
        context.note.say(record.title)
        do {
            let seen = Int(fields["version"] ?? "") ?? 0
            let now =
                record.method == PathJob.method
                ? try await adopt(record.id, seen: seen, visit).record : try await adoptMethodPlan(record.id, seen: seen, visit).record
            return Answer.seeOther(SiteMap(Scope(year: now.schoolYear, standard: now.standard)).plan(now.id))
        } catch let refusal as StoreRefusal {
            return try await drawn(try await plans.plan(record.id) ?? record, visit, request, notice: refusal.message)
        }
    }

    func scope(_ request: Request, _ visit: Visit) async throws -> Scope {
        let available = try await evaluations.availability()
        let query = PageQuery(request.uri.query)
        let judged = available.keys.filter { evaluations.catalogue.standards[$0]?.measured.contains { $0.part.unitRule != nil } == true }
        return Scope.asked(query, newest: available[Scope.usualStandard]?.first, standards: judged, visit)
    }
}
