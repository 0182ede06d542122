public import Casework

extension StoredCases {
    public func rebuild(
        _ definitions: @escaping @Sendable (CaseDefinitionKey) -> CaseDefinition?, ground: String,
        progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> Int {
        let total = try await driver.read { try $0.integer("SELECT COUNT(*) FROM case_file") }
        var mark = try await begun(ground)
        if mark.done > 0 { progress(mark.done, max(total, mark.done)) }
        while true {
            // Whatever is folded is written down: the next run goes on from here.
            try Task.checkCancellation()
            let spans = try await self.spans(after: mark.last)
            guard let end = spans.last?.last else { break }
            let wrong = try await each(spans) { try self.wrong($0, definitions, $1) }.flatMap { $0 }
            mark.last = end
            mark.done += spans.reduce(0) { $0 + $1.count }
            mark.changed += wrong.count
            let reached = mark
            // What differs is folded once more behind the lock: somebody may have handled it meanwhile.
            try await driver.write { connection in
                for id in wrong { try right(id, definitions, connection) }
                try reached.write(ground, connection)
            }
            progress(mark.done, max(total, mark.done))
        }
        try await driver.write { _ = try $0.execute("DELETE FROM case_rebuild", []) }
        return mark.changed
    }

    // MARK: How far it is

    private struct Mark: Sendable {
        var last = ""
        var done = 0
        var changed = 0

        func write(_ ground: String, _ connection: any SQLConnection) throws {
            try connection.execute(
                "UPDATE case_rebuild SET last = $1, done = $2, changed = $3 WHERE ground = $4",
                [.text(last), .integer(done), .integer(changed), .text(ground)])
        }
    }

    /// Where an earlier run by the same rules and the same program was broken off; of other runs nothing is taken over.
    private func begun(_ ground: String) async throws -> Mark {
        try await driver.write { connection in
            try connection.execute("DELETE FROM case_rebuild WHERE ground <> $1", [.text(ground)])
            let kept = try connection.first("SELECT last, done, changed FROM case_rebuild WHERE ground = $1", [.text(ground)]) {
                Mark(last: try $0.text(0), done: try $0.integer(1), changed: try $0.integer(2))
            }
            if let kept { return kept }
            try connection.execute("INSERT INTO case_rebuild (ground, last, done, changed) VALUES ($1, '', 0, 0)", [.text(ground)])
            return Mark()
        }
    }

    // MARK: Folding

    private func wrong(
        _ span: CaseSpan, _ definitions: (CaseDefinitionKey) -> CaseDefinition?, _ connection: any SQLConnection
    ) throws -> [CaseID] {
        let stored = try CaseRows.stored(from: span.first, through: span.last, connection)
        return try StoredCases.folded(span, connection).compactMap { folded in
            let rows = try self.rows(folded, definitions)
            return stored[folded.item.id].map { $0 == rows } ?? true ? nil : folded.item.id
        }
    }

    private func right(
        _ id: CaseID, _ definitions: (CaseDefinitionKey) -> CaseDefinition?, _ connection: any SQLConnection
    ) throws {
        let span = CaseSpan(first: id, last: id, count: 1)
        guard let old = try CaseRows.stored(from: id, through: id, connection)[id] else { return }
        for folded in try StoredCases.folded(span, connection) { try rows(folded, definitions).replace(old, connection) }
    }

    private func rows(_ folded: (item: Case, head: String), _ definitions: (CaseDefinitionKey) -> CaseDefinition?) throws -> CaseRows {
        guard let definition = definitions(folded.item.definition) else {
            throw CaseRefusal(.definition, "找不到“\(folded.item.definition)”这一版办事规则，不能重建\(folded.item.number)")
        }
        return CaseRows(folded.item, by: definition, calendar: calendar, head: folded.head)
    }

    private static func folded(_ span: CaseSpan, _ connection: any SQLConnection) throws -> [(item: Case, head: String)] {
        var all: [(Case, String)] = []
        var (events, id, head): ([CaseEvent], CaseID, String) = ([], "", "")
        func close() throws {
            guard !events.isEmpty else { return }
            guard let item = Case(id, events: events) else { throw CaseRefusal(.damaged, "“\(id)”的记录不完整，请管理员核对数据库") }
            all.append((item, head))
            events = []
        }
        try connection.query(
            "SELECT case_id, body, digest FROM case_event WHERE case_id >= $1 AND case_id <= $2 ORDER BY case_id, number", span.ends
        ) { row in
            let next = try row.text(0)
            if next != id { try close() }
            id = next
            head = try row.text(2)
            events.append(try read(try row.text(1), id))
        }
        try close()
        return all
    }
}
