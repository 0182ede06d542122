internal import Targets
internal import Vocabulary

/// Drafts under review in the database.
struct StoredDrafts: DraftStore {
    let driver: any SQLDriver

    func open(_ draft: ReviewedDraft) async throws {
        _ = try await driver.write { connection in
            try connection.execute(
                """
                INSERT INTO plan_draft (id, title, body, opened_by, opened_name, opened_at) VALUES ($1, $2, $3, $4, $5, $6)
                """, [.text(draft.id), .text(draft.title), .text(draft.text)] + SQLValue.signature(draft.by))
        }
    }

    func drafts() async throws -> [ReviewedDraft] {
        try await driver.read { connection in
            try connection.rows(
                "SELECT id, title, opened_by, opened_name, opened_at, adopted_as, version FROM plan_draft ORDER BY opened_at DESC, id"
            ) { row in
                ReviewedDraft(
                    id: try row.text(0), title: try row.text(1), text: "", by: try row.planSignature(2), adopted: try row.optionalText(5),
                    version: try row.integer(6))
            }
        }
    }

    func draft(_ id: String) async throws -> ReviewedDraft? {
        try await driver.read { try StoredDrafts.find(id, $0) }
    }

    func choose(_ choices: [Int: LineChoice], in draft: String, seen version: Int) async throws {
        try await driver.write { connection in
            try StoredDrafts.raise(draft, seen: version, connection)
            for (number, choice) in choices.sorted(by: { $0.key < $1.key }) {
                try connection.execute(
                    "DELETE FROM plan_draft_line WHERE draft_id = $1 AND number = $2", [.text(draft), .integer(number)])
                try connection.execute(
                    "INSERT INTO plan_draft_line (draft_id, number, is_dropped, label, owner, deadline) VALUES ($1, $2, $3, $4, $5, $6)",
                    [
                        .text(draft), .integer(number), .integer(choice.isDropped ? 1 : 0), .text(choice.label), .text(choice.owner),
                        .day(choice.deadline),
                    ])
            }
        }
    }

    func close(_ draft: String, as plan: String, seen version: Int) async throws {
        try await driver.write { connection in
            try StoredDrafts.raise(draft, seen: version, connection)
            try connection.execute("UPDATE plan_draft SET adopted_as = $2 WHERE id = $1", [.text(draft), .text(plan)])
        }
    }

    private static func raise(_ draft: String, seen version: Int, _ connection: any SQLConnection) throws {
        guard let found = try find(draft, connection) else { throw PlanRefusal(.unknown, "没有这份草稿，可能链接有误") }
        if found.adopted != nil { throw PlanRefusal(.state, "这份草稿已经采用，不能再改。要改规划，请另录一份") }
        guard found.version == version else { throw PlanRefusal.stale }
        try connection.execute("UPDATE plan_draft SET version = version + 1 WHERE id = $1", [.text(draft)])
    }

    private static func find(_ id: String, _ connection: any SQLConnection) throws -> ReviewedDraft? {
        let lines = try connection.rows(
            "SELECT number, is_dropped, label, owner, deadline FROM plan_draft_line WHERE draft_id = $1", [.text(id)]
        ) { row in
            let choice = LineChoice(
                isDropped: try row.integer(1) == 1, label: try row.text(2), owner: try row.text(3), deadline: try row.optionalDay(4))
            return (try row.integer(0), choice)
        }
        return try connection.first(
            "SELECT id, title, body, opened_by, opened_name, opened_at, adopted_as, version FROM plan_draft WHERE id = $1", [.text(id)]
        ) { row in
            ReviewedDraft(
                id: try row.text(0), title: try row.text(1), text: try row.text(2), by: try row.planSignature(3),
                adopted: try row.optionalText(6), version: try row.integer(7), choices: Dictionary(lines) { $1 })
        }
    }
}
