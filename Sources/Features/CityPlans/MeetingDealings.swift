public import Foundation
public import Pages
internal import Registry
internal import Reporting
public import Targets
public import Vocabulary

/// What can be done with joint meetings, whoever asks.
extension CityPlansDesk {
    /// The meetings of a plan, newest first.
    public func meetings(of plan: String, _ visit: Visit) async throws -> [Meeting] {
        try await meetings.meetings(of: try await look(plan, PageQuery(), visit).plan.id)
    }

    public func meeting(_ id: String, of plan: String, _ visit: Visit) async throws -> Meeting {
        try await meeting(id, try await look(plan, PageQuery(), visit))
    }

    func meeting(_ id: String, _ look: PlanLook) async throws -> Meeting {
        guard let meeting = try await meetings.meeting(id), meeting.plan == look.plan.id else {
            throw PageMissing("没有这次会议，可能链接有误。请从“联席研判”重新选择")
        }
        return meeting
    }

    public func call(_ title: String, on day: Day, of plan: String, _ visit: Visit) async throws -> Meeting {
        try visit.require(.supervise, in: nil)
        let look = try await look(plan, PageQuery(), visit)
        let title = title.trimmingCharacters(in: .whitespaces)
        guard !title.isEmpty else { throw PlanRefusal(.invalid, "请写会议名称和日期（如 2026-09-01）") }
        return try await meetings.call(newID(), plan: look.plan.id, title: String(title.prefix(80)), day: day, by: signature(visit))
    }

    /// What a meeting decides: a task with its office and day. An unknown line is refused.
    public func decide(
        _ text: String, owner: String, due: Day, item: String?, at meeting: String, of plan: String, seen: Int?, _ visit: Visit
    ) async throws -> Meeting {
        try visit.require(.supervise, in: nil)
        let look = try await look(plan, PageQuery(), visit)
        let meeting = try await self.meeting(meeting, look)
        let text = text.trimmingCharacters(in: .whitespaces)
        let owner = owner.trimmingCharacters(in: .whitespaces)
        guard !text.isEmpty, !owner.isEmpty, due >= meeting.day else { throw PlanRefusal(.invalid, CityPlansDesk.decisionWords) }
        if let item, look.plan.item(item) == nil { throw PlanRefusal(.invalid, "规划里没有“\(item.prefix(60))”这一条") }
        try await meetings.decide(
            Decision(
                id: newID(), meeting: meeting.id, number: 0, text: String(text.prefix(300)), item: item ?? "",
                owner: String(owner.prefix(60)),
                due: due), seen: seen ?? meeting.version)
        return try await self.meeting(meeting.id, look)
    }

    static let decisionWords = "请写明事项、责任单位和期限，期限不早于开会那天"

    /// A decision is done, or dropped, with what came of it.
    public func end(
        _ decision: String, as state: Decision.State, outcome: String, at meeting: String, of plan: String, _ visit: Visit
    ) async throws -> Meeting {
        try visit.require(.supervise, in: nil)
        let look = try await look(plan, PageQuery(), visit)
        let meeting = try await self.meeting(meeting, look)
        guard meeting.decisions.contains(where: { $0.id == decision }) else { throw PageMissing("这次会议没有这项议定事项") }
        guard state != .open else { throw PlanRefusal(.invalid, "议定事项只能办结或不再办理") }
        try await meetings.end(decision, as: state, outcome: outcome, by: signature(visit))
        return try await self.meeting(meeting.id, look)
    }

    /// What a meeting has before it, as a paper.
    public func pack(_ meeting: String, of plan: String, _ visit: Visit) async throws -> (bytes: Data, name: String) {
        let look = try await look(plan, PageQuery(), visit)
        let meeting = try await self.meeting(meeting, look)
        let paper = MeetingPaper(
            look: look, meeting: meeting, earlier: try await meetings.meetings(of: look.plan.id),
            slips: try await slips(look.plan, today: look.today))
        return (try papers.docx(paper.document), "\(meeting.title)材料.docx")
    }
}
