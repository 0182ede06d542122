internal import Targets
internal import Vocabulary

/// Adopted plans in the database; what each question promises stands at the port.
struct StoredPlans: PlanStore {
    let driver: any SQLDriver

    // MARK: Adopted plans

    func adopt(_ plan: String, title: String, body: String, seen version: Int, by: PlanSignature) async throws -> PlanAdoption {
        try await driver.write { connection in
            let newest = try connection.integer("SELECT MAX(version) FROM plan_adoption WHERE plan = $1", [.text(plan)])
            guard newest == version else { throw PlanRefusal.stale }
            try connection.execute(
                """
                INSERT INTO plan_adoption (plan, version, title, body, adopted_by, adopted_name, adopted_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                """, [.text(plan), .integer(version + 1), .text(title), .text(body)] + SQLValue.signature(by))
            return PlanAdoption(plan: plan, version: version + 1, title: title, body: body, by: by)
        }
    }

    func adoptions() async throws -> [PlanAdoption] {
        let all = try await driver.read { try StoredPlans.adoptions("1 = 1", [], $0) }
        let newest = Dictionary(all.map { ($0.plan, $0) }) { $0.version > $1.version ? $0 : $1 }
        let first = all.filter { $0.version == 1 }.sorted { ($0.by.at, $0.plan) < ($1.by.at, $1.plan) }
        return first.compactMap { newest[$0.plan] }
    }

    func versions(of plan: String) async throws -> [PlanAdoption] {
        try await driver.read { try StoredPlans.adoptions("plan = $1", [.text(plan)], $0) }.sorted { $0.version > $1.version }
    }

    private static func adoptions(_ condition: String, _ values: [SQLValue], _ connection: any SQLConnection) throws -> [PlanAdoption] {
        try connection.rows(
            "SELECT plan, version, title, body, adopted_by, adopted_name, adopted_at FROM plan_adoption WHERE \(condition)", values
        ) { row in
            PlanAdoption(
                plan: try row.text(0), version: try row.integer(1), title: try row.text(2), body: try row.text(3),
                by: try row.planSignature(4))
        }
    }

    // MARK: Evidence

    func record(of plan: String) async throws -> PlanRecord {
        try await driver.read { connection in
            let versions = try connection.rows("SELECT item, version FROM plan_line WHERE plan = $1", [.text(plan)]) {
                (try $0.text(0), try $0.integer(1))
            }
            return PlanRecord(
                entries: try EvidenceTable.entries("plan = $1", [.text(plan)], connection),
                overrides: try EvidenceTable.overrides(plan, connection), versions: Dictionary(versions) { $1 })
        }
    }

    func enter(_ entry: EvidenceEntry, seen version: Int) async throws {
        try await driver.write { connection in
            try PlanLine.raise(entry.plan, entry.item, seen: version, connection)
            try EvidenceTable.insert(entry, connection)
        }
    }

    func attach(_ document: EvidenceDocument, to entry: String) async throws {
        try await driver.write { connection in
            let found = try EvidenceTable.entry(entry, connection)
            if found.withdrawn != nil { throw PlanRefusal(.state, "这条填报已经撤回，不能再加材料。请另填一条") }
            guard found.documents.count < 50 else { throw PlanRefusal(.state, "一条填报最多附50份材料") }
            try EvidenceTable.insert(document, number: found.documents.count, to: entry, connection)
        }
    }

    func withdraw(_ entry: String, reason: String, seen version: Int, by: PlanSignature) async throws {
        try PlanRefusal.check(reason: reason)
        try await driver.write { connection in
            let found = try EvidenceTable.entry(entry, connection)
            if found.withdrawn != nil { throw PlanRefusal(.state, "这条填报已经撤回了") }
            try PlanLine.raise(found.plan, found.item, seen: version, connection)
            try connection.execute(
                """
                UPDATE plan_evidence SET withdrawn_reason = $2, withdrawn_by = $3, withdrawn_name = $4, withdrawn_at = $5 WHERE id = $1
                """, [.text(entry), .text(reason)] + SQLValue.signature(by))
        }
    }

    // MARK: Lights set by hand

    func override(_ light: PlanLight?, of item: String, in plan: String, reason: String, seen version: Int, by: PlanSignature) async throws
    {
        try PlanRefusal.check(reason: reason)
        try await driver.write { connection in
            try PlanLine.raise(plan, item, seen: version, connection)
            let key: [SQLValue] = [.text(plan), .text(item)]
            let holds = try EvidenceTable.overrides(plan, connection)[item] != nil
            if light == nil, !holds { throw PlanRefusal(.state, "这一条没有人工定灯，不用取消") }
            let number = try connection.integer("SELECT COUNT(*) FROM plan_override WHERE plan = $1 AND item = $2", key) + 1
            try connection.execute(
                """
                INSERT INTO plan_override (plan, item, number, light, reason, set_by, set_name, set_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                """, key + [.integer(number), .text(light?.rawValue), .text(reason)] + SQLValue.signature(by))
        }
    }

    func overrideHistory(of item: String, in plan: String) async throws -> [OverrideStep] {
        try await driver.read { connection in
            try connection.rows(
                """
                SELECT light, reason, set_by, set_name, set_at FROM plan_override WHERE plan = $1 AND item = $2 ORDER BY number DESC
                """, [.text(plan), .text(item)]
            ) { OverrideStep(light: $0.isNull(0) ? nil : try $0.light(0), reason: try $0.text(1), by: try $0.planSignature(2)) }
        }
    }

    // MARK: Weeks

    func keep(_ records: [WeekRecord], of plan: String) async throws {
        try await driver.write { connection in
            for record in records {
                let key: [SQLValue] = [.text(plan), .text(record.item), .day(record.week)]
                try connection.execute("DELETE FROM plan_week WHERE plan = $1 AND item = $2 AND week = $3", key)
                try connection.execute(
                    "INSERT INTO plan_week (plan, item, week, light, value) VALUES ($1, $2, $3, $4, $5)",
                    key + [.text(record.light.rawValue), .real(record.value)])
            }
        }
    }

    func history(of plan: String) async throws -> [WeekRecord] {
        try await driver.read { connection in
            try connection.rows("SELECT item, week, light, value FROM plan_week WHERE plan = $1 ORDER BY week", [.text(plan)]) {
                WeekRecord(item: try $0.text(0), week: try $0.day(1), light: try $0.light(2), value: try $0.optionalReal(3))
            }
        }
    }
}
