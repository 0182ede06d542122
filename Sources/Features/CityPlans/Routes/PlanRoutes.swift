internal import Foundation
public import Hummingbird
public import Pages
internal import Registry
internal import Reporting
internal import SiteMap
internal import Targets
internal import Vocabulary

extension CityPlansDesk {
    /// Adds the pages of this feature.
    public func addRoutes(to router: Router<PageContext>) {
        router.get("/city-plans") { request, context in try await said { try await list(context.visit) } }
        router.post("/city-plans/adopt") { request, context in try await said { try await adopt(request, context.visit) } }
        let one = router.group("/city-plans/:plan")
        one.get { request, context in
            try await said {
                let look = try await look(request, context)
                return Answer.page(try templates.html(PlanPage(look, history: try await plans.history(of: look.plan.id)), "plan"))
            }
        }
        one.get("boards") { request, context in try await table(request, context, "责任单位") { PlanTablePage.boards($0) } }
        one.get("slipped") { request, context in
            try await table(request, context, "本周滑落") { PlanTablePage.slipped($0, try await slips($0.plan, today: $0.today)) }
        }
        one.get("dispatch") { request, context in
            try await table(request, context, "调度清单") { PlanTablePage.dispatch($0, try await meetings.meetings(of: $0.plan.id)) }
        }
        addEvidenceRoutes(to: one)
        addMeetingRoutes(to: one)
        addDraftRoutes(to: router)
    }

    /// Refusals nobody answered with a page of their own become one that says what is wrong.
    func said(_ work: () async throws -> Response) async throws -> Response {
        do {
            return try await work()
        } catch let refusal as PlanRefusal {
            if refusal.code == .unknown { throw PageMissing(refusal.message) }
            throw UploadRefusal(refusal.message)
        }
    }

    func look(_ request: Request, _ context: PageContext) async throws -> PlanLook {
        try await look(context.segment("plan"), PageQuery(request.uri.query), context.visit)
    }

    /// Computed on everybody's numbers: a county's reader would otherwise compare its own with the city's record.
    func slips(_ plan: CityPlan, today: Day) async throws -> [Slip]? {
        Slip.list(try await plans.history(of: plan.id), try await whole(plan, today: today))
    }

    private func table(
        _ request: Request, _ context: PageContext, _ name: String, _ page: (PlanLook) async throws -> PlanTablePage
    ) async throws -> Response {
        try await said {
            let look = try await look(request, context)
            let page = try await page(look)
            guard let id = look.query.exported, let table = page.tables.first(where: { $0.id == id }) else {
                return Answer.page(try templates.html(page, "plan-table"))
            }
            let notes = ["\(look.plan.label.zh)，按\(look.today.chinese)的佐证计算"]
            return Answer.file(
                try books.write(table.book(title: "\(name)：\(page.page.title)", notes: notes)), name: "\(look.plan.label.zh)\(name).xlsx",
                type: Answer.xlsx)
        }
    }

    // MARK: Which plans

    private func list(_ visit: Visit, notice: String? = nil) async throws -> Response {
        var looks: [PlanLook] = []
        for adoption in try await plans.adoptions() { looks.append(try await look(adoption.plan, PageQuery(), visit)) }
        let page = PlanListPage(self, looks: looks, drafts: try await drafts.drafts(), notice: notice, visit)
        return Answer.page(try templates.html(page, "plan-list"), status: notice == nil ? .ok : .conflict)
    }

    private func adopt(_ request: Request, _ visit: Visit) async throws -> Response {
        try visit.require(.supervise, in: nil)
        let fields = try await PostedForm.fields(request)
        do {
            let adopted = try await adopt(fields["plan"] ?? "", seen: CityPlansDesk.version(fields), visit)
            return Answer.seeOther(CityPlansDesk.site(visit).cityPlan(adopted.plan.id))
        } catch let refusal as PlanRefusal {
            return try await list(visit, notice: refusal.message)
        }
    }
}
