public import Casework
public import Vocabulary

extension StoredCases {
    public func figures(
        _ filter: CaseFilter, by grouping: CaseGrouping, opened: (from: Day?, until: Day?), today: Day
    ) async throws -> [CaseFigures] {
        let (condition, values) = StoredCases.condition(filter, opened)
        let (column, keys) = StoredCases.column(grouping)
        let day = "$\(values.count + 1)"
        // One round in the order of an index that holds all of it: cases that are alike come as one row, and are told apart here.
        return try await driver.read { connection in
            var tallies: [String: CaseTally] = [:]
            try connection.query(
                """
                SELECT \(column), is_open, is_abandoned, days_taken, COUNT(*),
                    CAST(SUM(CASE WHEN is_open = 1 AND due_day < \(day) THEN 1 ELSE 0 END) AS BIGINT)
                FROM case_file f WHERE \(condition) GROUP BY \(keys), is_open, is_abandoned, days_taken
                """, values + [.integer(today.ordinal)]
            ) { row in
                let count = try row.integer(4)
                var tally = tallies[try row.optionalText(0) ?? ""] ?? CaseTally()
                if try row.integer(1) == 1 {
                    tally.open += count
                    tally.overdue += try row.integer(5)
                } else if try row.integer(2) == 1 {
                    tally.abandoned += count
                } else {
                    tally.days[try row.optionalInteger(3) ?? 0, default: 0] += count
                }
                tallies[try row.optionalText(0) ?? ""] = tally
            }
            return tallies.map { $1.figures($0) }.sorted { $0.group < $1.group }
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

    /// What is grouped by, and the beginning of the index it is read from.
    private static func column(_ grouping: CaseGrouping) -> (name: String, keys: String) {
        switch grouping {
        case .county: ("county", "county, definition, state")
        case .definition: ("definition", "county, definition, state")
        case .state: ("state", "county, definition, state")
        case .school: ("school", "county, school, owner")
        case .owner: ("owner", "county, school, owner")
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

/// What figures of one group are put together from.
private struct CaseTally {
    var (open, overdue, abandoned) = (0, 0, 0)
    /// Days from opening to closing → how many took so long.
    var days: [Int: Int] = [:]

    func figures(_ group: String) -> CaseFigures {
        let closed = days.values.reduce(0, +)
        return CaseFigures(
            group: group, opened: open + abandoned + closed, open: open, closed: closed, abandoned: abandoned, overdue: overdue,
            medianDays: closed == 0 ? nil : (day((closed + 1) / 2) + day((closed + 2) / 2)) / 2)
    }

    /// How long the so-and-so-many-th took, counted from the quickest.
    private func day(_ place: Int) -> Double {
        var seen = 0
        for (day, count) in days.sorted(by: { $0.key < $1.key }) {
            seen += count
            if seen >= place { return Double(day) }
        }
        return 0
    }
}
