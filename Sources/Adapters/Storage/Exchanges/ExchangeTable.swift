internal import Exchanges
internal import Vocabulary

/// Turns as rows.
struct ExchangeTable: Sendable {
    /// Nil where names are not kept.
    let seal: (any NameSeal)?

    private static let columns = [
        "id", "county", "school_year", "teacher", "sealed_name", "stage", "post", "is_backbone", "from_school", "from_name", "from_setting",
        "to_school",
        "to_name", "to_setting", "form", "state", "ended_year", "plan", "version",
    ]

    func find(_ filter: ExchangeFilter, _ connection: any SQLConnection) throws -> [Exchange] {
        var (conditions, values): ([String], [SQLValue]) = ([], [])
        func add(_ column: String, _ value: SQLValue) {
            values.append(value)
            conditions.append("\(column) = $\(values.count)")
        }
        if let county = filter.county { add("county", .text(county)) }
        if let year = filter.year { add("school_year", .integer(year.start)) }
        if let teacher = filter.teacher { add("teacher", .text(teacher)) }
        return try find(conditions.isEmpty ? "1 = 1" : conditions.joined(separator: " AND "), values, connection)
    }

    func find(_ condition: String, _ values: [SQLValue], _ connection: any SQLConnection) throws -> [Exchange] {
        try connection.rows(
            """
            SELECT \(ExchangeTable.columns.joined(separator: ", ")) FROM teacher_exchange
            WHERE \(condition) ORDER BY school_year DESC, county, to_school, teacher
            """, values
        ) { try turn($0) }
    }

    private func turn(_ row: any SQLRow) throws -> Exchange {
        guard let stage = Stage(rawValue: try row.text(5)), let state = Exchange.State(rawValue: try row.text(15)) else {
            throw SQLFault(.type, "teacher_exchange holds an unknown stage or state")
        }
        let id = try row.text(0)
        let sealed = try row.optionalText(4)
        return Exchange(
            id: id, county: try row.text(1), year: SchoolYear(try row.integer(2)), teacher: try row.text(3),
            name: try sealed.flatMap { try seal?.opened($0, of: id) } ?? "", stage: stage, post: try row.text(6),
            isBackbone: try row.integer(7) == 1, from: .init(code: try row.text(8), name: try row.text(9), setting: try row.text(10)),
            to: .init(code: try row.text(11), name: try row.text(12), setting: try row.text(13)), form: try row.text(14), state: state,
            ended: try row.optionalInteger(16).map { SchoolYear($0) }, plan: try row.optionalText(17), version: try row.integer(18))
    }

    func write(_ turns: [Exchange], _ connection: any SQLConnection) throws -> ExchangeTally {
        var tally = ExchangeTally()
        for turn in turns {
            let old = try find(
                "county = $1 AND school_year = $2 AND teacher = $3",
                [.text(turn.county), .integer(turn.year.start), .text(turn.teacher)], connection
            ).first
            guard let old else {
                try insert(turn, connection)
                tally.added += 1
                continue
            }
            var kept = turn
            (kept.id, kept.version, kept.plan) = (old.id, old.version, turn.plan ?? old.plan)
            if seal == nil || kept.name.isEmpty { kept.name = old.name }
            if kept == old {
                tally.same += 1
                continue
            }
            if old.state == .finished {
                throw ExchangeRefusal("教师\(old.teacher)在\(old.year.label.zh)的交流已期满，不能再改。请从表中删去这一行")
            }
            if old.state == .serving, kept.state == .planned {
                throw ExchangeRefusal("教师\(old.teacher)在\(old.year.label.zh)已经到岗，不能改回拟交流。请先取消那一条")
            }
            kept.version += 1
            try update(kept, connection)
            tally.changed += 1
        }
        return tally
    }

    /// Everything but the sealed name, unless a new one is told.
    private func update(_ turn: Exchange, _ connection: any SQLConnection) throws {
        let columns = ExchangeTable.columns.filter { $0 != "id" && $0 != "sealed_name" }
        let assignments = columns.enumerated().map { "\($1) = $\($0 + 1)" }.joined(separator: ", ")
        let values = zip(ExchangeTable.columns, try values(turn)).filter { $0.0 != "id" && $0.0 != "sealed_name" }.map(\.1)
        try connection.execute(
            "UPDATE teacher_exchange SET \(assignments) WHERE id = $\(columns.count + 1)", values + [.text(turn.id)])
        guard let seal, !turn.name.isEmpty else { return }
        try connection.execute(
            "UPDATE teacher_exchange SET sealed_name = $1 WHERE id = $2", [.text(try seal.sealed(turn.name, of: turn.id)), .text(turn.id)])
    }

    private func insert(_ turn: Exchange, _ connection: any SQLConnection) throws {
        try connection.insert(into: "teacher_exchange", columns: ExchangeTable.columns, rows: [try values(turn)])
    }

    private func values(_ turn: Exchange) throws -> [SQLValue] {
        let name = turn.name.isEmpty ? nil : try seal?.sealed(turn.name, of: turn.id)
        return [
            .text(turn.id), .text(turn.county), .integer(turn.year.start), .text(turn.teacher), .text(name),
            .text(turn.stage.rawValue), .text(turn.post), .integer(turn.isBackbone ? 1 : 0), .text(turn.from.code),
            .text(turn.from.name), .text(turn.from.setting), .text(turn.to.code), .text(turn.to.name), .text(turn.to.setting),
            .text(turn.form),
            .text(turn.state.rawValue), .integer(turn.ended?.start), .text(turn.plan), .integer(turn.version),
        ]
    }
}
