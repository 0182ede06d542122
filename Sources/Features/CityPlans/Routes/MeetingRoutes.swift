internal import Foundation
internal import Hummingbird
internal import Pages
internal import Registry
internal import Reporting
internal import SiteMap
internal import Targets
internal import Vocabulary

extension CityPlansDesk {
    func addMeetingRoutes(to one: RouterGroup<PageContext>) {
        one.get("meetings") { request, context in try await said { try await meetingList(try await look(request, context)) } }
        one.post("meetings") { request, context in try await said { try await call(request, context) } }
        one.get("meetings/:meeting") { request, context in
            try await said { try await meetingPage(try await look(request, context), context.segment("meeting")) }
        }
        one.get("meetings/:meeting/pack.docx") { _, context in try await said { try await pack(context) } }
        one.post("meetings/:meeting/decisions") { request, context in try await said { try await decide(request, context) } }
        one.post("meetings/:meeting/decisions/:decision") { request, context in try await said { try await end(request, context) } }
    }

    private func meetingList(_ look: PlanLook, notice: String? = nil) async throws -> Response {
        let page = MeetingListPage(look, try await meetings.meetings(of: look.plan.id), notice: notice)
        return Answer.page(try templates.html(page, "plan-meetings"), status: notice == nil ? .ok : .conflict)
    }

    private func meetingPage(_ look: PlanLook, _ id: String, notice: String? = nil) async throws -> Response {
        let page = MeetingPage(
            look, try await meeting(id, look), earlier: try await meetings.meetings(of: look.plan.id), notice: notice)
        return Answer.page(try templates.html(page, "plan-meeting"), status: notice == nil ? .ok : .conflict)
    }

    private func call(_ request: Request, _ context: PageContext) async throws -> Response {
        try context.visit.require(.supervise, in: nil)
        let look = try await look(request, context)
        let fields = try await PostedForm.fields(request)
        do {
            guard let day = Day(iso: fields["day"] ?? "") else { throw PlanRefusal(.invalid, "请写会议名称和日期（如 2026-09-01）") }
            let meeting = try await call(fields["title"] ?? "", on: day, of: look.plan.id, look.visit)
            return Answer.seeOther(look.site.planMeeting(look.plan.id, meeting.id))
        } catch let refusal as PlanRefusal {
            return try await meetingList(look, notice: refusal.message)
        }
    }

    private func pack(_ context: PageContext) async throws -> Response {
        let paper = try await pack(context.segment("meeting"), of: context.segment("plan"), context.visit)
        return Answer.file(paper.bytes, name: paper.name, type: Answer.docx)
    }

    /// A refusal is shown on the meeting it is about.
    private func changed(
        _ request: Request, _ context: PageContext, _ work: (PlanLook, Meeting, [String: String]) async throws -> Void
    ) async throws -> Response {
        try context.visit.require(.supervise, in: nil)
        let look = try await look(request, context)
        let meeting = try await meeting(context.segment("meeting"), look)
        do {
            try await work(look, meeting, try await PostedForm.fields(request))
            return Answer.seeOther(look.site.planMeeting(look.plan.id, meeting.id))
        } catch let refusal as PlanRefusal {
            return try await meetingPage(look, meeting.id, notice: refusal.message)
        }
    }

    private func decide(_ request: Request, _ context: PageContext) async throws -> Response {
        try await changed(request, context) { look, meeting, fields in
            guard let due = Day(iso: fields["due"] ?? "") else { throw PlanRefusal(.invalid, CityPlansDesk.decisionWords) }
            let item = fields["item"].flatMap { $0.isEmpty ? nil : $0 }
            _ = try await decide(
                fields["text"] ?? "", owner: fields["owner"] ?? "", due: due, item: item, at: meeting.id, of: look.plan.id,
                seen: CityPlansDesk.version(fields), look.visit)
        }
    }

    private func end(_ request: Request, _ context: PageContext) async throws -> Response {
        try await changed(request, context) { look, meeting, fields in
            let state: Decision.State = fields["state"] == Decision.State.dropped.rawValue ? .dropped : .done
            _ = try await end(
                context.segment("decision"), as: state, outcome: fields["outcome"] ?? "", at: meeting.id, of: look.plan.id, look.visit)
        }
    }
}
