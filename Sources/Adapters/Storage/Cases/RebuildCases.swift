public import Casework

extension StoredCases {
    /// Cases of one transaction: others write in between.
    private static let batch = 500

    public func rebuild(
        _ definitions: @escaping @Sendable (CaseDefinitionKey) -> CaseDefinition?, progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> Int {
        let total = try await driver.read { try $0.integer("SELECT COUNT(*) FROM case_file") }
        var (done, changed, last) = (0, 0, "")
        while true {
            let from = last
            let step = try await driver.write { try rebuild(after: from, definitions, $0) }
            guard step.count > 0 else { return changed }
            done += step.count
            changed += step.changed
            last = step.last
            progress(done, max(total, done))
        }
    }

    private func rebuild(
        after last: CaseID, _ definitions: (CaseDefinitionKey) -> CaseDefinition?, _ connection: any SQLConnection
    ) throws -> (count: Int, changed: Int, last: CaseID) {
        let ids = try connection.rows(
            "SELECT id FROM case_file WHERE id > $1 ORDER BY id LIMIT \(StoredCases.batch)", [.text(last)]
        ) { try $0.text(0) }
        guard let first = ids.first, let end = ids.last else { return (0, 0, last) }
        let stored = try CaseRows.stored(from: first, through: end, connection)
        var changed = 0
        for folded in try StoredCases.folded(from: first, through: end, connection) {
            guard let definition = definitions(folded.item.definition) else {
                throw CaseRefusal(.definition, "找不到“\(folded.item.definition)”这一版办事规则，不能重建\(folded.item.number)")
            }
            let rows = CaseRows(folded.item, by: definition, calendar: calendar, head: folded.head)
            guard let old = stored[folded.item.id], old != rows else { continue }
            try rows.replace(old, connection)
            changed += 1
        }
        return (ids.count, changed, end)
    }

    private static func folded(
        from: CaseID, through: CaseID, _ connection: any SQLConnection
    ) throws -> [(item: Case, head: String)] {
        var all: [(Case, String)] = []
        var (events, id, head): ([CaseEvent], CaseID, String) = ([], "", "")
        func close() throws {
            guard !events.isEmpty else { return }
            guard let item = Case(id, events: events) else { throw CaseRefusal(.damaged, "“\(id)”的记录不完整，请管理员核对数据库") }
            all.append((item, head))
            events = []
        }
        try connection.query(
            "SELECT case_id, body, digest FROM case_event WHERE case_id >= $1 AND case_id <= $2 ORDER BY case_id, number",
            [.text(from), .text(through)]
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
