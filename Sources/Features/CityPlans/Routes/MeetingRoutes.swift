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
        one.get("meetings/:meeting/pack.docx") { request, context in try await said { try await pack(request, context) } }
        one.post("meetings/:meeting/decisions") { request, context in try await said { try await decide(request, context) } }
        one.post("meetings/:meeting/decisions/:decision") { request, context in try await said { try await end(request, context) } }
    }

    private func meetingList(_ look: PlanLook, notice: String? = nil) async throws -> Response {
        let page = MeetingListPage(look, try await meetings.meetings(of: look.plan.id), notice: notice)
        return Answer.page(try templates.html(page, "plan-meetings"), status: notice == nil ? .ok : .conflict)
    }

    private func meeting(_ look: PlanLook, _ id: String) async throws -> Meeting {
        guard let meeting = try await meetings.meeting(id), meeting.plan == look.plan.id else {
            throw PageMissing("没有这次会议，可能链接有误。请从“联席研判”重新选择")
        }
        return meeting
    }

    private func meetingPage(_ look: PlanLook, _ id: String, notice: String? = nil) async throws -> Response {
        let page = MeetingPage(
            look, try await meeting(look, id), earlier: try await meetings.meetings(of: look.plan.id), notice: notice)
        return Answer.page(try templates.html(page, "plan-meeting"), status: notice == nil ? .ok : .conflict)
    }

    private func call(_ request: Request, _ context: PageContext) async throws -> Response {
        try context.visit.require(.supervise, in: nil)
        let look = try await look(request, context)
        let fields = try await PostedForm.fields(request)
        let title = (fields["title"] ?? "").trimmingCharacters(in: .whitespaces)
        guard !title.isEmpty, let day = Day(iso: fields["day"] ?? "") else {
            return try await meetingList(look, notice: "请写会议名称和日期（如 2026-09-01）")
        }
        let meeting = try await meetings.call(
            newID(), plan: look.plan.id, title: String(title.prefix(80)), day: day, by: signature(look.visit))
        return Answer.seeOther(look.site.planMeeting(look.plan.id, meeting.id))
    }

    private func pack(_ request: Request, _ context: PageContext) async throws -> Response {
        let look = try await look(request, context)
        let meeting = try await meeting(look, context.segment("meeting"))
        let paper = MeetingPaper(
            look: look, meeting: meeting, earlier: try await meetings.meetings(of: look.plan.id),
            slips: try await slips(look.plan, today: look.today))
        return Answer.file(try papers.docx(paper.document), name: "\(meeting.title)材料.docx", type: Answer.docx)
    }

    private func decide(_ request: Request, _ context: PageContext) async throws -> Response {
        try context.visit.require(.supervise, in: nil)
        let look = try await look(request, context)
        let meeting = try await meeting(look, context.segment("meeting"))
        let fields = try await PostedForm.fields(request)
        let text = (fields["text"] ?? "").trimmingCharacters(in: .whitespaces)
        let owner = (fields["owner"] ?? "").trimmingCharacters(in: .whitespaces)
        guard !text.isEmpty, !owner.isEmpty, let due = Day(iso: fields["due"] ?? ""), due >= meeting.day else {
            return try await meetingPage(look, meeting.id, notice: "请写明事项、责任单位和期限，期限不早于开会那天")
        }
        let item = fields["item"].flatMap { look.plan.item($0)?.id } ?? ""
        do {
            try await meetings.decide(
                Decision(
                    id: newID(), meeting: meeting.id, number: 0, text: String(text.prefix(300)), item: item,
                    owner: String(owner.prefix(60)),
                    due: due), seen: Int(fields["version"] ?? "") ?? 0)
            return Answer.seeOther(look.site.planMeeting(look.plan.id, meeting.id))
        } catch let refusal as PlanRefusal {
            return try await meetingPage(look, meeting.id, notice: refusal.message)
        }
    }

    private func end(_ request: Request, _ context: PageContext) async throws -> Response {
        try context.visit.require(.supervise, in: nil)
        let look = try await look(request, context)
        let meeting = try await meeting(look, context.segment("meeting"))
        let fields = try await PostedForm.fields(request)
        guard meeting.decisions.contains(where: { $0.id == context.segment("decision") }) else { throw PageMissing("这次会议没有这项议定事项") }
        do {
            let state: Decision.State = fields["state"] == Decision.State.dropped.rawValue ? .dropped : .done
            try await meetings.end(
                context.segment("decision"), as: state, outcome: fields["outcome"] ?? "", by: signature(look.visit))
            return Answer.seeOther(look.site.planMeeting(look.plan.id, meeting.id))
        } catch let refusal as PlanRefusal {
            return try await meetingPage(look, meeting.id, notice: refusal.message)
        }
    }
}
