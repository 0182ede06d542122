internal import Targets
internal import Vocabulary

/// Joint meetings in the database.
struct StoredMeetings: MeetingStore {
    let driver: any SQLDriver

    func call(_ id: String, plan: String, title: String, day: Day, by: PlanSignature) async throws -> Meeting {
        try await driver.write { connection in
            let number = try connection.integer("SELECT MAX(number) FROM plan_meeting WHERE plan = $1", [.text(plan)]) + 1
            try connection.execute(
                """
                INSERT INTO plan_meeting (id, plan, number, title, day, called_by, called_name, called_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                """, [.text(id), .text(plan), .integer(number), .text(title), .day(day)] + SQLValue.signature(by))
            return Meeting(id: id, plan: plan, number: number, title: title, day: day, by: by)
        }
    }

    func meetings(of plan: String) async throws -> [Meeting] {
        try await driver.read { try StoredMeetings.find("m.plan = $1", [.text(plan)], $0) }
    }

    func meeting(_ id: String) async throws -> Meeting? {
        try await driver.read { try StoredMeetings.find("m.id = $1", [.text(id)], $0).first }
    }

    func decide(_ decision: Decision, seen version: Int) async throws {
        try await driver.write { connection in
            guard let meeting = try StoredMeetings.find("m.id = $1", [.text(decision.meeting)], connection).first else {
                throw PlanRefusal(.unknown, "没有这次会议，可能链接有误")
            }
            guard meeting.version == version else { throw PlanRefusal.stale }
            try connection.execute("UPDATE plan_meeting SET version = version + 1 WHERE id = $1", [.text(meeting.id)])
            try connection.execute(
                """
                INSERT INTO plan_decision (id, meeting_id, number, body, item, owner, due, state, outcome)
                VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', '')
                """,
                [
                    .text(decision.id), .text(meeting.id), .integer(meeting.decisions.count + 1), .text(decision.text),
                    .text(decision.item), .text(decision.owner), .day(decision.due),
                ])
        }
    }

    func end(_ decision: String, as state: Decision.State, outcome: String, by: PlanSignature) async throws {
        try PlanRefusal.check(reason: outcome)
        try await driver.write { connection in
            let found = try connection.first("SELECT state FROM plan_decision WHERE id = $1", [.text(decision)]) { try $0.text(0) }
            guard let found else { throw PlanRefusal(.unknown, "没有这项议定事项，可能链接有误") }
            guard found == Decision.State.open.rawValue else { throw PlanRefusal(.state, "这项议定事项已经办结或不再办理") }
            try connection.execute(
                "UPDATE plan_decision SET state = $2, outcome = $3, ended_by = $4, ended_name = $5, ended_at = $6 WHERE id = $1",
                [.text(decision), .text(state.rawValue), .text(outcome)] + SQLValue.signature(by))
        }
    }

    /// Newest first.
    private static func find(_ condition: String, _ values: [SQLValue], _ connection: any SQLConnection) throws -> [Meeting] {
        let decisions = try connection.rows(
            """
            SELECT d.id, d.meeting_id, d.number, d.body, d.item, d.owner, d.due, d.state, d.outcome, d.ended_by, d.ended_name, d.ended_at
            FROM plan_decision d JOIN plan_meeting m ON m.id = d.meeting_id WHERE \(condition) ORDER BY d.number
            """, values, decision)
        let byMeeting = Dictionary(grouping: decisions, by: \.meeting)
        return try connection.rows(
            """
            SELECT m.id, m.plan, m.number, m.title, m.day, m.called_by, m.called_name, m.called_at, m.version FROM plan_meeting m
            WHERE \(condition) ORDER BY m.number DESC
            """, values
        ) { row in
            Meeting(
                id: try row.text(0), plan: try row.text(1), number: try row.integer(2), title: try row.text(3), day: try row.day(4),
                decisions: byMeeting[try row.text(0)] ?? [], by: try row.planSignature(5), version: try row.integer(8))
        }
    }

    private static func decision(_ row: any SQLRow) throws -> Decision {
        guard let state = Decision.State(rawValue: try row.text(7)) else { throw SQLFault(.type, "decision state") }
        return Decision(
            id: try row.text(0), meeting: try row.text(1), number: try row.integer(2), text: try row.text(3), item: try row.text(4),
            owner: try row.text(5), due: try row.day(6), state: state, outcome: try row.text(8),
            ended: row.isNull(9) ? nil : try row.planSignature(9))
    }
}
