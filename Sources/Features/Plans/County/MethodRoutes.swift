internal import Foundation
internal import Hummingbird
internal import Indicators
internal import Jobs
internal import Pages
internal import Planning
internal import Registry
internal import SiteMap
internal import Vocabulary

extension PlansDesk {
    func addMethodRoutes(to router: Router<PageContext>) {
        let one = router.group("/plans/methods/:method")
        one.get("new") { request, context in try await newMethod(request, context) }
        one.post { request, context in try await askMethod(request, context) }
    }

    private func newMethod(_ request: Request, _ context: PageContext) async throws -> Response {
        let (query, visit) = (PageQuery(request.uri.query), context.visit)
        if !visit.mayAnywhere(.plan) { try visit.require(.plan, in: nil) }
        let method = try method(context.segment("method"))
        var (county, values) = (asked(query["county"], visit), [String: String]?.none)
        if let id = query["from"] {
            let question = try MethodSheet(try await record(id, visit)).question
            (county, values) = (question.county, question.values)
        }
        if let id = query["task"], let job = try await jobs.job(id), job.kind == MethodJob.kind(method.id) {
            let question = try MethodQuestion(text: job.order.input)
            (county, values) = (question.county, question.values)
        }
        guard let county else { return Answer.seeOther("/plans") }
        return try await methodForm(method, county, values, complaints: [], try await scope(request, visit), visit)
    }

    private func methodForm(
        _ method: any CountyMethod, _ county: String, _ values: [String: String]?, complaints: [String], _ scope: Scope, _ visit: Visit
    ) async throws -> Response {
        try visit.require(.plan, in: county)
        let evaluated = try await requireData(scope.standard, scope.year, county)
        guard let result = evaluated.result.county(county) else { throw PageMissing("没有“\(county)”的数据，请先导入它的学校数据表") }
        let page = MethodQuestionPage(self, method, values, complaints: complaints, evaluated, result, visit, scope)
        return Answer.page(try templates.html(page, "proposal-ask"), status: complaints.isEmpty ? .ok : .unprocessableContent)
    }

    private func askMethod(_ request: Request, _ context: PageContext) async throws -> Response {
        let visit = context.visit
        if !visit.mayAnywhere(.plan) { try visit.require(.plan, in: nil) }
        let method = try method(context.segment("method"))
        let fields = try await PostedForm.fields(request)
        guard let county = asked(fields["county"], visit) else { return Answer.seeOther("/plans") }
        try visit.require(.plan, in: county)
        let year = fields["year"].flatMap { SchoolYear(text: $0) } ?? visit.today.schoolYear
        let standard = fields["standard"].flatMap { evaluations.catalogue.standards[$0] == nil ? nil : $0 } ?? Scope.usualStandard
        let values = fields.filter { !["county", "year", "standard"].contains($0.key) }
        let scope = Scope(year: year, standard: standard)
        do {
            let job = try await ask(
                MethodQuestion(method: method.id, standard: standard, year: year, county: county, values: values), visit)
            context.note.say(job.order.title)
            return Answer.seeOther(SiteMap(scope).task(job.id))
        } catch let refusal as QuestionRefusal {
            return try await methodForm(method, county, values, complaints: refusal.complaints, scope, visit)
        }
    }

    func methodPage(
        _ record: ProposalRecord, _ carry: CarryPart, _ query: PageQuery, _ visit: Visit, notice: String?
    ) async throws -> MethodPlanPage {
        let opened = try await openedMethodPlan(record)
        var files: [String] = []
        for kind in ["report.docx", "applied.xlsx"] where try await plans.file(kind, of: record.id) != nil { files.append(kind) }
        return MethodPlanPage(self, opened, try await PlanMap(self, record), carry, files: files, query, visit, notice: notice)
    }
}
