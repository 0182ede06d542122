internal import Foundation
internal import HTTPTypes
internal import Pages
internal import Registry
internal import Targets
internal import Vocabulary

extension ApiDesk {
    /// Joint meetings of a plan: called, decided at, followed up.
    func meetingOperations(_ one: Parameter) -> [Operation] {
        let meeting = Parameter.path("meeting", "会议的编号", .text(1...64))
        return meetingReadingOperations(one, meeting) + meetingStepOperations(one, meeting)
    }

    /// A meeting with the decisions it begins with.
    private func detail(_ meeting: Meeting, _ call: Call) async throws -> MeetingDetail {
        let work = work.cityPlans
        let seen = try await work.reading.one(call.segment("plan"), call.visit)
        return MeetingDetail(
            meeting: meeting, all: try await work.meetings.list(seen.plan.id, call.visit), today: call.visit.today,
            warnDays: seen.plan.warnDays)
    }

    private func meetingReadingOperations(_ one: Parameter, _ meeting: Parameter) -> [Operation] {
        let work = work.cityPlans
        return [
            .list(
                "/city-plans/{plan}/meetings", "listPlanMeetings", .cityPlans,
                LocalizedText(zh: "联席研判会议，最近的在前", en: "Joint meetings, newest first"),
                [one], of: MeetingDetail.entry, key: \.id
            ) { call in try await work.meetings.list(call.segment("plan"), call.visit) },
            .get(
                "/city-plans/{plan}/meetings/{meeting}", "getPlanMeeting", .cityPlans, LocalizedText(zh: "一次会议", en: "A joint meeting"),
                [one, meeting], note: "议定的事项，和以前议定、还要看落实的（carried）。", gives: MeetingDetail.shape, version: \.meeting.version
            ) { call in try await detail(try await work.meetings.one(call.segment("meeting"), call.segment("plan"), call.visit), call) },
            Operation(
                method: .get, path: "/city-plans/{plan}/meetings/{meeting}/pack.docx", id: "getMeetingPack", group: .cityPlans,
                title: LocalizedText(zh: "会议材料（Word）", en: "The papers of a meeting"), needs: .duty(.look), parameters: [one, meeting],
                success: .file(type: "application/octet-stream")
            ) { call in
                let pack = try await work.meetings.pack(call.segment("meeting"), call.segment("plan"), call.visit)
                return Reply(file: pack.bytes, name: pack.name, type: "application/octet-stream")
            },
        ]
    }

    private func meetingStepOperations(_ one: Parameter, _ meeting: Parameter) -> [Operation] {
        let work = work.cityPlans
        let decision = Parameter.path("decision", "议定事项的编号", .text(1...64))
        return [
            .post(
                "/city-plans/{plan}/meetings", "callPlanMeeting", .cityPlans, LocalizedText(zh: "开一次会议", en: "Call a joint meeting"),
                needs: .duty(.supervise), [one],
                body: .json(
                    .object([Property("title", .text(1...80)), Property("day", .day)]),
                    example: .object(("title", .text("第2次联席研判会议")), ("day", .text("2026-09-01")))), status: 201,
                gives: MeetingDetail.shape, version: \.meeting.version
            ) { call in
                guard let day = call.body["day"]?.string.flatMap({ Day(iso: $0) }) else { throw Problem(.body) }
                let called = try await work.meetings.call(call.body["title"]?.string ?? "", day, call.segment("plan"), call.visit)
                call.note.say(called.title)
                return try await detail(called, call)
            },
            .post(
                "/city-plans/{plan}/meetings/{meeting}/decisions", "decideAtPlanMeeting", .cityPlans,
                LocalizedText(zh: "记一项议定事项", en: "Keep a decision"), needs: .duty(.supervise), [one, meeting],
                body: .json(
                    .object([
                        Property("text", .text(1...300)), Property("owner", .text(1...60), "责任单位"), Property("due", .day, "不早于开会那天"),
                        Property("item", .text(1...80), "对应规划的哪一条", isRequired: false),
                    ]), example: .object(("text", .text("月底前补报学位数")), ("owner", .text("市财务科")), ("due", .text("2026-09-30")))),
                isVersioned: true, gives: MeetingDetail.shape, version: \.meeting.version
            ) { call in
                guard let due = call.body["due"]?.string.flatMap({ Day(iso: $0) }) else { throw Problem(.body) }
                let wish = Decision(
                    id: "", meeting: call.segment("meeting"), number: 0, text: call.body["text"]?.string ?? "",
                    item: call.body["item"]?.string ?? "", owner: call.body["owner"]?.string ?? "", due: due)
                return try await detail(try await work.meetings.decide(wish, call.segment("plan"), call.seen, call.visit), call)
            },
            .post(
                "/city-plans/{plan}/meetings/{meeting}/decisions/{decision}", "endPlanDecision", .cityPlans,
                LocalizedText(zh: "议定事项办结，或不再办理", en: "A decision is done, or dropped"), needs: .duty(.supervise),
                [one, meeting, decision],
                body: .json(
                    .object([Property("state", .choice(["done", "dropped"])), Property("outcome", .text(1...500), "办成了什么，或为什么不办")]),
                    example: .object(("state", .text("done")), ("outcome", .text("已补报")))), gives: MeetingDetail.shape,
                version: \.meeting.version
            ) { call in
                let state: Decision.State = call.body["state"]?.string == Decision.State.dropped.rawValue ? .dropped : .done
                let ended = try await work.meetings.end(
                    call.segment("decision"), state, call.body["outcome"]?.string ?? "", call.segment("meeting"), call.segment("plan"),
                    call.visit)
                return try await detail(ended, call)
            },
        ]
    }
}

/// A decision, its light today and the meeting it was made at.
struct DecisionEntry: Sendable {
    var decision: Decision
    var meeting: Meeting
    var light: PlanLight

    static let shape = Shape<DecisionEntry>.object(
        "PlanDecision",
        [
            Field("id", .text) { $0.decision.id }, Field("number", .count) { $0.decision.number },
            Field("meeting", .text) { $0.meeting.id }, Field("meetingNumber", .count, "第几次会议") { $0.meeting.number },
            Field("text", .text) { $0.decision.text },
            .maybe("item", .text, "规划的哪一条") { $0.decision.item.isEmpty ? nil : $0.decision.item },
            Field("owner", .text, "责任单位") { $0.decision.owner }, Field("due", .day) { $0.decision.due },
            Field("light", Shape<PlanLight>.word) { $0.light }, Field("state", Shape<Decision.State>.word) { $0.decision.state },
            .maybe("outcome", .text) { $0.decision.outcome.isEmpty ? nil : $0.decision.outcome },
            .maybe("ended", PlanSignature.shape) { $0.decision.ended },
        ])
}

struct MeetingDetail: Sendable {
    var meeting: Meeting
    /// All meetings of the plan.
    var all: [Meeting]
    var today: Day
    var warnDays: Int

    private func entry(_ decision: Decision, _ meeting: Meeting) -> DecisionEntry {
        DecisionEntry(decision: decision, meeting: meeting, light: decision.light(today, warnDays: warnDays))
    }

    private static let fields: [Field<Meeting>] = [
        Field("id", .text) { $0.id }, Field("number", .count, "第几次") { $0.number }, Field("title", .text) { $0.title },
        Field("day", .day) { $0.day }, Field("calledBy", PlanSignature.shape) { $0.by },
        Field("decisionCount", .count) { $0.decisions.count },
        Field("openDecisions", .count, "还没有办结的") { $0.decisions.count { $0.state == .open } },
    ]

    static let entry = Shape<Meeting>.object("PlanMeeting", fields)

    static let shape = Shape<MeetingDetail>.object(
        "PlanMeetingInFull",
        fields.map { $0.of(\.meeting) } + [
            Field("decisions", DecisionEntry.shape.list) { detail in detail.meeting.decisions.map { detail.entry($0, detail.meeting) } },
            Field("carried", DecisionEntry.shape.list, "上次议定的，和更早还没有办结的") { detail in
                detail.meeting.carried(from: detail.all).map { detail.entry($0.decision, $0.meeting) }
            },
            Field("version", .count) { $0.meeting.version },
        ])
}
