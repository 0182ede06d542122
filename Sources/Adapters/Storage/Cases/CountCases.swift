public import Casework
public import Vocabulary

extension StoredCases {
    public func figures(
        _ filter: CaseFilter, by grouping: CaseGrouping, opened: (from: Day?, until: Day?), today: Day
    ) async throws -> [CaseFigures] {
        let (condition, values) = StoredCases.condition(filter, opened)
        let column = "COALESCE(\(StoredCases.column(grouping)), '')"
        let day = "$\(values.count + 1)"
        return try await driver.read { connection in
            // Two queries: what is counted, and the middle of the durations, found by numbering them within their group.
            let medians = try connection.rows(
                """
                SELECT grp, CAST(AVG(days) AS DOUBLE PRECISION) FROM (
                    SELECT \(column) AS grp, f.days_taken AS days,
                        ROW_NUMBER() OVER (PARTITION BY \(column) ORDER BY f.days_taken) AS place,
                        COUNT(*) OVER (PARTITION BY \(column)) AS members
                    FROM case_file f WHERE \(condition) AND f.is_open = 0 AND f.is_abandoned = 0
                ) numbered WHERE place IN ((members + 1) / 2, (members + 2) / 2) GROUP BY grp
                """, values
            ) { (try $0.text(0), try $0.real(1)) }
            let median = Dictionary(uniqueKeysWithValues: medians)
            return try connection.rows(
                """
                SELECT \(column), COUNT(*), CAST(SUM(f.is_open) AS BIGINT), CAST(SUM(f.is_abandoned) AS BIGINT),
                    CAST(SUM(CASE WHEN f.is_open = 1 AND f.due_day < \(day) THEN 1 ELSE 0 END) AS BIGINT)
                FROM case_file f WHERE \(condition) GROUP BY \(column)
                """, values + [.integer(today.ordinal)]
            ) { row in
                let (group, all, open, abandoned) = (try row.text(0), try row.integer(1), try row.integer(2), try row.integer(3))
                return CaseFigures(
                    group: group, opened: all, open: open, closed: all - open - abandoned, abandoned: abandoned,
                    overdue: try row.integer(4), medianDays: median[group])
            }.sorted { $0.group < $1.group }
        }
    }

    public func linked(_ kind: String, _ target: String) async throws -> [CaseSummary] {
        try await driver.read {
            try $0.rows(
                """
                SELECT \(CaseTable.columns) FROM case_link l JOIN case_file f ON f.id = l.case_id
                WHERE l.kind = $1 AND l.target = $2 ORDER BY f.opened_at DESC, f.id
                """, [.text(kind), .text(target)], CaseTable.summary)
        }
    }

    public func claims(_ kind: String, _ targets: [String]) async throws -> [String: CaseSummary] {
        let wanted = Set(targets)
        return try await driver.read { connection in
            var found: [String: CaseSummary] = [:]
            for target in wanted {
                let one = try connection.first(
                    """
                    SELECT \(CaseTable.columns) FROM case_claim c JOIN case_file f ON f.id = c.case_id
                    WHERE c.kind = $1 AND c.target = $2 ORDER BY f.id
                    """, [.text(kind), .text(target)], CaseTable.summary)
                if let one { found[target] = one }
            }
            return found
        }
    }

    public func escalationsDue(_ today: Day, limit: Int) async throws -> [CaseDeadline] {
        try await driver.read {
            try $0.rows(
                """
                SELECT d.case_id, f.definition, f.version, d.day, d.step FROM case_deadline d JOIN case_file f ON f.id = d.case_id
                WHERE d.day < $1 ORDER BY d.day, d.case_id, d.step LIMIT \(min(max(limit, 1), 10_000))
                """, [.integer(today.ordinal)]
            ) { row in
                CaseDeadline(
                    id: try row.text(0), definition: CaseDefinitionKey(id: try row.text(1), version: try row.text(2)),
                    day: Day(ordinal: try row.integer(3)), step: try row.integer(4))
            }
        }
    }

    public func casesWithFile(_ digest: String, besides: CaseID?) async throws -> [CaseID] {
        try await driver.read {
            try $0.rows(
                "SELECT DISTINCT case_id FROM case_evidence WHERE digest = $1 AND case_id <> $2 ORDER BY case_id",
                [.text(digest), .text(besides ?? "")]
            ) { try $0.text(0) }
        }
    }

    private static func column(_ grouping: CaseGrouping) -> String {
        switch grouping {
        case .county: "f.county"
        case .school: "f.school"
        case .definition: "f.definition"
        case .state: "f.state"
        case .owner: "f.owner"
        }
    }

    private static func condition(_ filter: CaseFilter, _ opened: (from: Day?, until: Day?)) -> (String, [SQLValue]) {
        var (parts, values): ([String], [SQLValue]) = (["1 = 1"], [])
        func add(_ part: String, _ value: SQLValue) {
            values.append(value)
            parts.append("\(part) $\(values.count)")
        }
        if let definition = filter.definition { add("f.definition =", .text(definition)) }
        if let state = filter.state { add("f.state =", .text(state)) }
        if let county = filter.county { add("f.county =", .text(county)) }
        if let school = filter.school { add("f.school =", .text(school)) }
        if let isOpen = filter.isOpen { add("f.is_open =", .integer(isOpen ? 1 : 0)) }
        if let from = opened.from { add("f.opened_day >=", .integer(from.ordinal)) }
        if let until = opened.until { add("f.opened_day <=", .integer(until.ordinal)) }
        if let counties = filter.counties {
            values += counties.sorted().map { .text($0) }
            let places = (values.count - counties.count..<values.count).map { "$\($0 + 1)" }
            parts.append(counties.isEmpty ? "1 = 0" : "f.county IN (\(places.joined(separator: ", ")))")
        }
        return (parts.joined(separator: " AND "), values)
    }
}
