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
            try await said { try draftPage(try await draft(context), context.visit) }
        }
        one.post { request, context in try await said { try await choose(request, context) } }
        one.post("adopt") { request, context in try await said { try await adoptDraft(request, context) } }
    }

    private func draft(_ context: PageContext) async throws -> ReviewedDraft {
        guard let draft = try await drafts.draft(context.segment("draft")) else {
            throw PageMissing("没有这份草稿，可能链接有误。请从“规划督办”重新选择")
        }
        return draft
    }

    private func draftPage(_ draft: ReviewedDraft, _ visit: Visit, notice: String? = nil) throws -> Response {
        let page = DraftPage(self, draft, notice: notice, visit)
        return Answer.page(try templates.html(page, "plan-draft"), status: notice == nil ? .ok : .conflict)
    }

    private func openDraft(_ request: Request, _ visit: Visit) async throws -> Response {
        try visit.require(.supervise, in: nil)
        let fields = try await PostedForm.fields(request, limit: 4 << 20)
        let title = (fields["title"] ?? "").trimmingCharacters(in: .whitespaces)
        let text = (fields["text"] ?? "").replacing("\r\n", with: "\n")
        guard !title.isEmpty, text.contains(where: { !$0.isWhitespace }) else {
            throw PlanRefusal(.invalid, "请写名称，并粘贴全文")
        }
        guard text.count <= PlanTextReader.limit else { throw PlanRefusal(.invalid, "全文超过\(PlanTextReader.limit)字，请分成几份") }
        let draft = ReviewedDraft(id: newID(), title: String(title.prefix(80)), text: text, by: signature(visit))
        try await drafts.open(draft)
        return Answer.seeOther(CityPlansDesk.site(visit).planDraft(draft.id))
    }

    private func choose(_ request: Request, _ context: PageContext) async throws -> Response {
        try context.visit.require(.supervise, in: nil)
        let draft = try await draft(context)
        let fields = try await PostedForm.fields(request)
        do {
            let number = Int(fields["number"] ?? "") ?? 0
            let lines = PlanTextReader.read(draft.text, title: draft.title).lines
            guard lines.contains(where: { $0.number == number }) else { throw PlanRefusal(.unknown, "草稿里没有第\(number)条") }
            let label = (fields["label"] ?? "").trimmingCharacters(in: .whitespaces)
            guard !label.isEmpty else { throw PlanRefusal(.invalid, "内容不能是空的；不要这一条请按“去掉”") }
            let written = fields["deadline"] ?? ""
            let deadline = Day(iso: written)
            if !written.isEmpty, deadline == nil { throw PlanRefusal(.invalid, "期限写成 2026-09-01 的样子") }
            let choice = LineChoice(
                isDropped: fields["drop"] == "1", label: String(label.prefix(120)),
                owner: String((fields["owner"] ?? "").trimmingCharacters(in: .whitespaces).prefix(60)), deadline: deadline)
            try await drafts.choose([number: choice], in: draft.id, seen: Int(fields["version"] ?? "") ?? 0)
            return Answer.seeOther(CityPlansDesk.site(context.visit).planDraft(draft.id) + "#l\(number)")
        } catch let refusal as PlanRefusal {
            return try draftPage(try await self.draft(context), context.visit, notice: refusal.message)
        }
    }

    /// The lines that stay become the definition the plan is worked by from then on.
    private func adoptDraft(_ request: Request, _ context: PageContext) async throws -> Response {
        let visit = context.visit
        try visit.require(.supervise, in: nil)
        let draft = try await draft(context)
        let fields = try await PostedForm.fields(request)
        do {
            guard draft.adopted == nil else { throw PlanRefusal(.state, "这份草稿已经采用") }
            guard let from = Day(iso: fields["from"] ?? ""), let until = Day(iso: fields["until"] ?? ""), from < until else {
                throw PlanRefusal(.invalid, "规划期的两个日期写成 2026-09-01 的样子，开始早于结束")
            }
            let title = (fields["title"] ?? "").trimmingCharacters(in: .whitespaces)
            let read = PlanTextReader.read(draft.text, title: title.isEmpty ? draft.title : String(title.prefix(80)))
            let id = "plan-\(draft.id.prefix(10).lowercased())"
            let body = DraftDefinition(read, id: id, from: from, until: until, choices: draft.choices).yaml
            let plan = try CityPlansDesk.compile(body)
            guard !plan.leaves.isEmpty else { throw PlanRefusal(.invalid, "没有留下任何一条，不能采用") }
            // First closed, so that two people cannot adopt it twice.
            try await drafts.close(draft.id, as: id, seen: Int(fields["version"] ?? "") ?? 0)
            _ = try await plans.adopt(id, title: plan.label.zh, body: body, seen: 0, by: signature(visit))
            try await keepWeek(plan, today: visit.today)
            return Answer.seeOther(CityPlansDesk.site(visit).cityPlan(id))
        } catch let refusal as PlanRefusal {
            return try draftPage(try await self.draft(context), visit, notice: refusal.message)
        }
    }
}
