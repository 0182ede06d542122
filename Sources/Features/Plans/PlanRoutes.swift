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
        let one = router.group("/plans/:plan")
        one.get { request, context in
            let record = try await record(context.segment("plan"), context.visit)
            return try templates.answer(
                try await page(record, context.visit, request), "proposal", PageQuery(request.uri.query), books: books)
        }
        one.get(":file") { _, context in try await file(context) }
        one.post("adopt") { request, context in try await adopt(request, context) }
    }

    // MARK: Looking

    private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        guard visit.mayAnywhere(.look) else {
            try visit.require(.look, in: nil)
            return Answer.seeOther("/")
        }
        let scope = try await scope(request, visit)
        let found = try await plans.plans(visit.person.counties(.look, today: visit.today), limit: PlansDesk.shown)
        let evaluated = try await evaluations.evaluated(scope.standard, scope.year, .official).map(visit.seen)
        return Answer.page(try templates.html(PlanListPage(self, found, evaluated?.result, visit, scope), "proposal-list"))
    }

    func record(_ id: ProposalID, _ visit: Visit) async throws -> ProposalRecord {
        guard let record = try await plans.plan(id) else { throw PageMissing("没有这份方案，可能链接有误。请回到“达标方案”重新选择") }
        guard visit.may(.look, in: record.county) else { throw PageForbidden("这份方案不是您所在县的，不能查看") }
        return record
    }

    private func page(_ record: ProposalRecord, _ visit: Visit, _ request: Request, notice: String? = nil) async throws -> PlanPage {
        let sheet = try PathSheet(record)
        let isCurrent = try await isCurrent(record, sheet)
        return PlanPage(self, record, sheet, PageQuery(request.uri.query), visit, isCurrent: isCurrent, notice: notice)
    }

    /// Whether today's data still pose the problem the plan answers, and the plan still holds.
    private func isCurrent(_ record: ProposalRecord, _ sheet: PathSheet) async throws -> Bool {
        guard let costs, let evaluated = try await evaluations.evaluated(record.standard, record.schoolYear, .official),
            let county = evaluated.result.county(record.county)
        else { return false }
        let question = sheet.question
        guard
            let problem = try? PathProblem(evaluated.evaluation, county: county, costs: question.priced(costs), limits: question.limits),
            problem.digest == record.problem
        else { return false }
        return verify(problem, sheet.plan, sheet.certificate).isEmpty
    }

    private func file(_ context: PageContext) async throws -> Response {
        let record = try await record(context.segment("plan"), context.visit)
        guard let file = try await plans.file(context.segment("file"), of: record.id) else { throw PageMissing("这份方案没有这个文件") }
        return Answer.file(Data(file.bytes), name: file.name, type: file.type)
    }

    private func compare(_ request: Request, _ visit: Visit) async throws -> Response {
        guard visit.mayAnywhere(.look) else {
            try visit.require(.look, in: nil)
            return Answer.seeOther("/")
        }
        let query = PageQuery(request.uri.query)
        let ids = query.items.filter { $0.name == "plan" }.map(\.value).prefix(PlansDesk.compared)
        var sheets: [(record: ProposalRecord, sheet: PathSheet)] = []
        for id in ids {
            let record = try await record(id, visit)
            sheets.append((record, try PathSheet(record)))
        }
        let scope = try await scope(request, visit)
        return try templates.answer(PlanComparisonPage(self, sheets, query, visit, scope), "proposal-compare", query, books: books)
    }

    private func answers(_ context: PageContext) async throws -> Response {
        guard let job = try await jobs.job(context.segment("task")), job.kind == PathJob.kind else {
            throw PageMissing("没有这项任务，可能链接有误。请回到“任务”重新选择")
        }
        let visit = context.visit
        guard job.order.person == visit.person.id || visit.may(.look, in: job.order.county) else {
            throw PageForbidden("这项任务不是您所在县的，不能查看")
        }
        guard let result = job.result else { return Answer.seeOther(SiteMap(Scope(year: visit.today.schoolYear)).task(job.id)) }
        let found = (try? JSONDecoder().decode([PathAnswer].self, from: Data(result.json.utf8))) ?? []
        return Answer.page(
            try templates.html(PlanAnswersPage(self, job, found, try PathQuestion(text: job.order.input), visit), "proposal-answers"))
    }

    // MARK: Asking and adopting

    private func new(_ request: Request, _ visit: Visit) async throws -> Response {
        let query = PageQuery(request.uri.query)
        let county = asked(query["county"], visit)
        var form = PathForm([:])
        if let id = query["from"] { form = PathForm(try PathSheet(try await record(id, visit)).question) }
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
        guard let evaluated = try await evaluations.evaluated(scope.standard, scope.year, .official) else {
            throw PageMissing("\(scope.year.label.zh)没有可用的数据。请先在“数据导入”里导入学校数据表")
        }
        if let county, evaluated.result.county(county) == nil { throw PageMissing("没有“\(county)”的数据，请先导入它的学校数据表") }
        let years = try await evaluations.availability()[scope.standard] ?? []
        let page = PlanQuestionPage(self, form, county, evaluated, costs, visit, scope, years: years)
        return Answer.page(try templates.html(page, "proposal-new"), status: form.complaints.isEmpty ? .ok : .unprocessableContent)
    }

    /// The county that is asked for; where none is named, the only one the visitor may plan for, else all of them.
    private func asked(_ county: String?, _ visit: Visit) -> String? {
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
        let question = form.question(PathQuestion(standard: standard, year: year, county: county), costs)
        guard form.complaints.isEmpty else { return try await new(form, county, Scope(year: year, standard: standard), visit) }
        let job = try await order(
            JobOrder(
                id: newID(), kind: PathJob.kind, title: "算\(county ?? "各县")达标方案（\(year.label.zh)）", input: question.text, duty: "plan",
                county: county, person: visit.person.id, name: visit.person.name, at: now()))
        context.note.say(job.order.title)
        return Answer.seeOther(SiteMap(Scope(year: year, standard: standard)).task(job.id))
    }

    private func adopt(_ request: Request, _ context: PageContext) async throws -> Response {
        let visit = context.visit
        let record = try await record(context.segment("plan"), visit)
        try visit.require(.adopt, in: record.county)
        let fields = try await PostedForm.fields(request)
        context.note.say(record.title)
        do {
            let sheet = try PathSheet(record)
            guard try await isCurrent(record, sheet) else {
                throw StoreRefusal(.stale, "这份方案算出之后，\(record.county)的数据或费用表变了，方案不再有保证。请照原来的条件重算一份再采用")
            }
            let by = ProposalSignature(by: visit.person.id, name: visit.person.name, at: now())
            let now = try await plans.adopt(record.id, seen: Int(fields["version"] ?? "") ?? 0, by: by)
            try await adopted(now, sheet)
            return Answer.seeOther(SiteMap(Scope(year: record.schoolYear, standard: record.standard)).plan(record.id))
        } catch let refusal as StoreRefusal {
            let now = try await plans.plan(record.id) ?? record
            return Answer.page(
                try templates.html(try await page(now, visit, request, notice: refusal.message), "proposal"), status: .conflict)
        }
    }

    private func scope(_ request: Request, _ visit: Visit) async throws -> Scope {
        let available = try await evaluations.availability()
        let query = PageQuery(request.uri.query)
        let judged = available.keys.filter { evaluations.catalogue.standards[$0]?.measured.contains { $0.part.unitRule != nil } == true }
        return Scope.asked(query, newest: available[Scope.usualStandard]?.first, standards: judged, visit)
    }
}
