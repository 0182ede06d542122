internal import Indicators
internal import Vocabulary

/// Rows of `snapshot` with their forms and steps.
enum SnapshotTable {
    /// Snapshots by year, newest first, then county, then number, newest first.
    static func find(_ condition: String, _ values: [SQLValue], _ connection: any SQLConnection) throws -> [Snapshot] {
        let found = try connection.rows(
            """
            SELECT s.id, s.county, s.school_year, s.number, s.state, s.seal_hash, s.seal_catalogue, s.seal_rows, s.seal_at, s.version
            FROM snapshot s WHERE \(condition) ORDER BY s.school_year DESC, s.county, s.number DESC
            """, values, snapshot)
        return try found.map { try complete($0, connection) }
    }

    static func snapshot(_ id: SnapshotID, _ connection: any SQLConnection) throws -> Snapshot {
        guard let found = try find("s.id = $1", [.text(id)], connection).first else {
            throw StoreRefusal(.unknown, "没有这份上报记录，可能链接有误。请从“上报与冻结”重新选择")
        }
        return found
    }

    static func latest(
        _ year: SchoolYear?, county: String?, isFrozen: Bool, _ connection: any SQLConnection
    ) throws -> [Snapshot] {
        let frozen = isFrozen ? "AND n.state = 'frozen'" : ""
        var condition =
            "s.number = (SELECT MAX(n.number) FROM snapshot n WHERE n.county = s.county AND n.school_year = s.school_year \(frozen))"
        var values: [SQLValue] = []
        if let year {
            values.append(.integer(year.start))
            condition += " AND s.school_year = $\(values.count)"
        }
        if let county {
            values.append(.text(county))
            condition += " AND s.county = $\(values.count)"
        }
        return try find(condition, values, connection)
    }

    /// How many current rows the forms of a snapshot have in its county.
    static func currentRows(of snapshot: Snapshot, _ connection: any SQLConnection) throws -> Int {
        try connection.integer(
            """
            SELECT COUNT(*) FROM current_row c JOIN snapshot_form f ON f.form = c.form AND f.snapshot_id = $1
            WHERE c.school_year = $2 AND c.county = $3
            """, [.text(snapshot.id), .integer(snapshot.schoolYear.start), .text(snapshot.county)])
    }

    static func write(_ step: SnapshotStep, number: Int, to id: SnapshotID, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO snapshot_step (snapshot_id, number, action, to_state, done_by, done_name, done_at, reason)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                .text(id), .integer(number), .text(step.action.rawValue), .text(step.to.rawValue), .text(step.signature.by),
                .text(step.signature.name), .time(step.signature.at), .text(step.reason),
            ])
        guard step.action != .open, step.action != .freeze else { return }
        try connection.execute(
            "UPDATE snapshot SET state = $2, version = version + 1 WHERE id = $1", [.text(id), .text(step.to.rawValue)])
    }

    private static func snapshot(_ row: any SQLRow) throws -> Snapshot {
        var seal: SnapshotSeal?
        if !row.isNull(5) {
            seal = SnapshotSeal(
                hash: try row.text(5), catalogue: try row.text(6), rows: try row.integer(7), at: try row.time(8))
        }
        return Snapshot(
            id: try row.text(0), county: try row.text(1), schoolYear: SchoolYear(try row.integer(2)), number: try row.integer(3),
            forms: [], state: try state(row.text(4)), seal: seal, version: try row.integer(9))
    }

    private static func complete(_ snapshot: Snapshot, _ connection: any SQLConnection) throws -> Snapshot {
        var whole = snapshot
        whole.forms = try connection.rows(
            "SELECT form FROM snapshot_form WHERE snapshot_id = $1", [.text(snapshot.id)]
        ) { try $0.text(0) }.sorted()  // Here and not in SQL: every database sorts text its own way.
        whole.steps = try connection.rows(
            """
            SELECT action, to_state, done_by, done_name, done_at, reason FROM snapshot_step WHERE snapshot_id = $1 ORDER BY number
            """, [.text(snapshot.id)]
        ) { row in
            guard let action = SnapshotAction(rawValue: try row.text(0)), let signature = try row.signature(2) else {
                throw SQLFault(.type, "snapshot step of \(snapshot.id)")
            }
            return SnapshotStep(action, to: try state(row.text(1)), signature, reason: try row.text(5))
        }
        return whole
    }

    private static func state(_ text: String) throws -> Snapshot.State {
        guard let state = Snapshot.State(rawValue: text) else { throw SQLFault(.type, "snapshot state \(text)") }
        return state
    }
}
