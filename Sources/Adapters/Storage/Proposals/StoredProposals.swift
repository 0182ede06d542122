internal import Foundation
internal import Indicators
internal import Planning
internal import Vocabulary

/// Plans in the database; what each question promises stands at the port.
struct StoredProposals: ProposalStore {
    let driver: any SQLDriver

    func add(_ plan: ProposalRecord, files: [ProposalFile]) async throws -> ProposalRecord {
        try await driver.write { connection in
            let known = try ProposalTable.find("job_id = $1 AND county = $2", [.text(plan.job), .text(plan.county)], connection)
            if let first = known.first { return first }
            try ProposalTable.add(plan, files, connection)
            return try ProposalTable.plan(plan.id, connection)
        }
    }

    func plan(_ id: ProposalID) async throws -> ProposalRecord? {
        try await driver.read { try ProposalTable.find("id = $1", [.text(id)], $0).first }
    }

    func plans(_ counties: Set<String>?, limit: Int) async throws -> [ProposalRecord] {
        if counties?.isEmpty == true { return [] }
        let names = (counties ?? []).sorted()
        let places = names.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        let condition = names.isEmpty ? "1 = 1" : "county IN (\(places))"
        return try await driver.read { try ProposalTable.find(condition, names.map { .text($0) }, limit: limit, hasBody: false, $0) }
    }

    func plans(ofJob job: String) async throws -> [ProposalRecord] {
        try await driver.read { try ProposalTable.find("job_id = $1", [.text(job)], limit: .max, $0) }
    }

    func file(_ kind: String, of id: ProposalID) async throws -> ProposalFile? {
        try await driver.read { connection in
            try connection.first(
                "SELECT kind, name, type, body FROM proposal_file WHERE plan_id = $1 AND kind = $2", [.text(id), .text(kind)]
            ) { ProposalFile(kind: try $0.text(0), name: try $0.text(1), type: try $0.text(2), bytes: try $0.bytes(3)) }
        }
    }

    func adopt(_ id: ProposalID, seen version: Int, by: ProposalSignature) async throws -> ProposalRecord {
        try await driver.write { connection in
            let plan = try ProposalTable.plan(id, connection)
            guard plan.version == version else { throw StoreRefusal(.stale, "“\(plan.title)”刚被别人处理过，现在是“\(plan.state.label.zh)”。请看过再决定") }
            guard plan.state != .adopted else { throw StoreRefusal(.state, "“\(plan.title)”已经采用") }
            try connection.execute(
                """
                UPDATE proposal SET state = 'superseded', version = version + 1
                WHERE state = 'adopted' AND county = $1 AND method = $2 AND school_year = $3
                """, [.text(plan.county), .text(plan.method), .integer(plan.schoolYear.start)])
            try connection.execute(
                """
                UPDATE proposal SET state = 'adopted', adopted_by = $2, adopted_name = $3, adopted_at = $4, version = version + 1 WHERE id = $1
                """, [.text(id), .text(by.by), .text(by.name), .time(by.at)])
            return try ProposalTable.plan(id, connection)
        }
    }
}

/// Rows of `proposal`.
private enum ProposalTable {
    static func plan(_ id: ProposalID, _ connection: any SQLConnection) throws -> ProposalRecord {
        guard let found = try find("id = $1", [.text(id)], connection).first else {
            throw StoreRefusal(.unknown, "没有这份方案，可能链接有误。请回到“达标方案”重新选择")
        }
        return found
    }

    static func find(
        _ condition: String, _ values: [SQLValue], limit: Int = 1, hasBody: Bool = true, _ connection: any SQLConnection
    ) throws -> [ProposalRecord] {
        try connection.rows(
            """
            SELECT id, method, title, county, school_year, standard, state, cost, problem, \(hasBody ? "body" : "''"), job_id,
                made_by, made_name, made_at, adopted_by, adopted_name, adopted_at, version
            FROM proposal WHERE \(condition) ORDER BY made_at DESC, id DESC LIMIT \(limit)
            """, values, record)
    }

    private static func record(_ row: any SQLRow) throws -> ProposalRecord {
        let word = try row.text(6)
        guard let state = ProposalRecord.State(rawValue: word) else { throw SQLFault(.type, "plan state \(word)") }
        return ProposalRecord(
            id: try row.text(0), method: try row.text(1), title: try row.text(2), county: try row.text(3),
            schoolYear: SchoolYear(try row.integer(4)), standard: try row.text(5), state: state, cost: try row.integer(7),
            problem: try row.text(8), body: try row.text(9), job: try row.text(10),
            made: ProposalSignature(by: try row.text(11), name: try row.text(12), at: try row.time(13)),
            adopted: row.isNull(14) ? nil : ProposalSignature(by: try row.text(14), name: try row.text(15), at: try row.time(16)),
            version: try row.integer(17))
    }

    static func add(_ plan: ProposalRecord, _ files: [ProposalFile], _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO proposal (id, method, title, county, school_year, standard, state, cost, problem, body, job_id,
                made_by, made_name, made_at)
            VALUES ($1, $2, $3, $4, $5, $6, 'proposed', $7, $8, $9, $10, $11, $12, $13)
            """,
            [
                .text(plan.id), .text(plan.method), .text(plan.title), .text(plan.county), .integer(plan.schoolYear.start),
                .text(plan.standard), .integer(plan.cost), .text(plan.problem), .text(plan.body), .text(plan.job),
                .text(plan.made.by), .text(plan.made.name), .time(plan.made.at),
            ])
        for file in files {
            try connection.execute(
                "INSERT INTO proposal_file (plan_id, kind, name, type, body) VALUES ($1, $2, $3, $4, $5)",
                [.text(plan.id), .text(file.kind), .text(file.name), .text(file.type), .bytes(file.bytes)])
        }
    }
}
