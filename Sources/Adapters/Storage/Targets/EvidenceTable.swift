internal import Targets
internal import Vocabulary

/// Rows of `plan_evidence` with their documents, and the lights set by hand that hold.
enum EvidenceTable {
    static func entries(_ condition: String, _ values: [SQLValue], _ connection: any SQLConnection) throws -> [EvidenceEntry] {
        let documents = try connection.rows(
            """
            SELECT d.evidence_id, d.name, d.digest FROM plan_document d JOIN plan_evidence e ON e.id = d.evidence_id
            WHERE \(condition) ORDER BY d.evidence_id, d.number
            """, values
        ) { (try $0.text(0), EvidenceDocument(name: try $0.text(1), digest: try $0.optionalText(2))) }
        let byEntry = Dictionary(grouping: documents, by: \.0).mapValues { $0.map(\.1) }
        return try connection.rows(
            """
            SELECT id, plan, item, county, day, amount, note, entered_by, entered_name, entered_at, withdrawn_reason, withdrawn_by,
            withdrawn_name, withdrawn_at FROM plan_evidence WHERE \(condition) ORDER BY day, entered_at, id
            """, values
        ) { row in
            let id = try row.text(0)
            let withdrawn =
                row.isNull(10) ? nil : EvidenceEntry.Withdrawal(reason: try row.text(10), by: try row.planSignature(11))
            return EvidenceEntry(
                id: id, plan: try row.text(1), item: try row.text(2), county: try row.optionalText(3), day: try row.day(4),
                amount: try row.optionalReal(5), note: try row.text(6), documents: byEntry[id] ?? [], by: try row.planSignature(7),
                withdrawn: withdrawn)
        }
    }

    static func entry(_ id: String, _ connection: any SQLConnection) throws -> EvidenceEntry {
        guard let entry = try entries("id = $1", [.text(id)], connection).first else {
            throw PlanRefusal(.unknown, "没有这条填报，可能链接有误。请从规划页面重新选择")
        }
        return entry
    }

    static func insert(_ entry: EvidenceEntry, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO plan_evidence (id, plan, item, county, day, amount, note, entered_by, entered_name, entered_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            [
                .text(entry.id), .text(entry.plan), .text(entry.item), .text(entry.county), .day(entry.day), .real(entry.amount),
                .text(entry.note),
            ] + SQLValue.signature(entry.by))
        for (number, document) in entry.documents.enumerated() { try insert(document, number: number, to: entry.id, connection) }
    }

    static func insert(_ document: EvidenceDocument, number: Int, to entry: String, _ connection: any SQLConnection) throws {
        try connection.execute(
            "INSERT INTO plan_document (evidence_id, number, name, digest) VALUES ($1, $2, $3, $4)",
            [.text(entry), .integer(number), .text(document.name), .text(document.digest)])
    }

    static func overrides(_ plan: String, _ connection: any SQLConnection) throws -> [String: LightOverride] {
        let newest = try connection.rows(
            """
            SELECT item, light, reason, set_by, set_name, set_at FROM plan_override o WHERE plan = $1 AND number =
            (SELECT MAX(number) FROM plan_override n WHERE n.plan = o.plan AND n.item = o.item)
            """, [.text(plan)]
        ) { row -> LightOverride? in
            guard !row.isNull(1) else { return nil }
            return LightOverride(
                item: try row.text(0), light: try row.light(1), reason: try row.text(2), by: try row.planSignature(3))
        }
        return Dictionary(newest.compactMap { $0 }.map { ($0.item, $0) }) { first, _ in first }
    }
}
