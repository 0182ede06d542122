internal import Foundation
internal import Hummingbird
internal import Pages
internal import Registry
internal import SiteMap
internal import Targets
internal import Vocabulary

extension CityPlansDesk {
    func addDraftRoutes(to router: Router<PageContext>) {
        router.post("/plan-drafts") { request, context in try await said { try await openDraft(request, context.visit) } }
        let one = router.group("/plan-drafts/:draft")
        one.get { request, context in
            try await said { try draftPage(try await draft(context.segment("draft")), context.visit) }
        }
        one.post { request, context in try await said { try await choose(request, context) } }
        one.post("adopt") { request, context in try await said { try await adoptDraft(request, context) } }
    }

    private func draftPage(_ draft: ReviewedDraft, _ visit: Visit, notice: String? = nil) throws -> Response {
        let page = DraftPage(self, draft, notice: notice, visit)
        return Answer.page(try templates.html(page, "plan-draft"), status: notice == nil ? .ok : .conflict)
    }

    private func openDraft(_ request: Request, _ visit: Visit) async throws -> Response {
        try visit.require(.supervise, in: nil)
        let fields = try await PostedForm.fields(request, limit: 4 << 20)
        let opened = try await openDraft(fields["title"] ?? "", fields["text"] ?? "", visit)
        return Answer.seeOther(CityPlansDesk.site(visit).planDraft(opened.draft.id))
    }

    private func choose(_ request: Request, _ context: PageContext) async throws -> Response {
        try context.visit.require(.supervise, in: nil)
        let draft = try await draft(context.segment("draft"))
        let fields = try await PostedForm.fields(request)
        do {
            let number = Int(fields["number"] ?? "") ?? 0
            let written = fields["deadline"] ?? ""
            let deadline = Day(iso: written)
            if !written.isEmpty, deadline == nil { throw PlanRefusal(.invalid, "期限写成 2026-09-01 的样子") }
            let choice = LineChoice(
                isDropped: fields["drop"] == "1", label: fields["label"] ?? "", owner: fields["owner"] ?? "", deadline: deadline)
            _ = try await choose(choice, for: number, in: draft.id, seen: CityPlansDesk.version(fields), context.visit)
            return Answer.seeOther(CityPlansDesk.site(context.visit).planDraft(draft.id) + "#l\(number)")
        } catch let refusal as PlanRefusal {
            return try draftPage(try await self.draft(draft.id), context.visit, notice: refusal.message)
        }
    }

    private func adoptDraft(_ request: Request, _ context: PageContext) async throws -> Response {
        let visit = context.visit
        try visit.require(.supervise, in: nil)
        let draft = try await draft(context.segment("draft"))
        let fields = try await PostedForm.fields(request)
        do {
            guard let from = Day(iso: fields["from"] ?? ""), let until = Day(iso: fields["until"] ?? "") else {
                throw PlanRefusal(draft.adopted == nil ? .invalid : .state, draft.adopted == nil ? CityPlansDesk.periodWords : "这份草稿已经采用")
            }
            let adopted = try await adoptDraft(
                draft.id, title: fields["title"] ?? "", from: from, until: until, seen: CityPlansDesk.version(fields), visit)
            return Answer.seeOther(CityPlansDesk.site(visit).cityPlan(adopted.plan.id))
        } catch let refusal as PlanRefusal {
            return try draftPage(try await self.draft(draft.id), visit, notice: refusal.message)
        }
    }
}
