public import Casework
public import Vocabulary

extension StoredCases {
    public func page(_ filter: CaseFilter, after: CaseCursor?, limit: Int, today: Day) async throws -> CasePage {
        let size = min(max(limit, 1), 500)
        let rows = try await driver.read { connection in
            let question = CaseQuestion(filter, try CaseOffices(filter, connection), today: today, after: after, limit: size + 1)
            return try connection.rows(
                """
                SELECT \(CaseTable.columns) FROM (\(question.keys)) k JOIN case_file f ON f.id = k.id
                ORDER BY k.due_day, k.id LIMIT \(size + 1)
                """, question.values, CaseTable.summary)
        }
        let shown = Array(rows.prefix(size))
        guard rows.count > size, let last = shown.last else { return CasePage(rows: shown, next: nil) }
        return CasePage(rows: shown, next: CaseCursor(due: last.due.day?.ordinal ?? CaseDays.none, id: last.id))
    }

    public func count(_ filter: CaseFilter, most: Int, today: Day) async throws -> Int {
        try await driver.read { connection in
            let question = CaseQuestion(filter, try CaseOffices(filter, connection), today: today, after: nil, limit: most)
            return try connection.integer("SELECT COUNT(*) FROM (SELECT id FROM (\(question.keys)) k LIMIT \(most)) n", question.values)
        }
    }
}

/// The ids a filter chooses, as SQL. Every in-tray, county or half (open, closed) is a lane of its own that reads its index in order and
/// stops at the limit; the lanes are laid together and sorted.
struct CaseQuestion {
    /// `SELECT id, due_day …`, at most `limit` rows a lane.
    private(set) var keys = ""
    private(set) var values: [SQLValue] = []

    init(_ filter: CaseFilter, _ offices: CaseOffices, today: Day, after: CaseCursor?, limit: Int) {
        var rest: [String] = []
        func value(_ value: SQLValue) -> String {
            values.append(value)
            return "$\(values.count)"
        }
        let isTray = if case .posts = filter.tray { true } else { false }
        // An in-tray knows the kind and the state of what lies in it.
        let kinds = isTray ? "w" : "f"
        if let definition = filter.definition { rest.append("\(kinds).definition = \(value(.text(definition)))") }
        if let state = filter.state { rest.append("\(kinds).state = \(value(.text(state)))") }
        if let school = filter.school { rest.append("f.school = \(value(.text(school)))") }
        if let parent = filter.parent {
            // By the link back: hardly any case has a parent, and a planner takes an index of empty places for worthless.
            let kind = value(.text(CaseLink.parent))
            rest.append("f.id IN (SELECT case_id FROM case_link WHERE kind = \(kind) AND target = \(value(.text(parent))))")
        }
        if !filter.text.isEmpty {
            let plain = filter.text.replacing("!", with: "!!").replacing("%", with: "!%").replacing("_", with: "!_")
            rest.append("f.words LIKE \(value(.text("%\(plain)%"))) ESCAPE '!'")
        }
        let due = isTray ? "w.due_day" : "f.due_day"
        if let from = filter.dueFrom { rest.append("\(due) >= \(value(.integer(from.ordinal)))") }
        if let until = filter.dueUntil { rest.append("\(due) <= \(value(.integer(until.ordinal)))") }
        // Of an open case there is no sum.
        if let from = filter.closedFrom { rest.append("f.opened_day + f.days_taken >= \(value(.integer(from.ordinal)))") }
        if let until = filter.closedUntil { rest.append("f.opened_day + f.days_taken <= \(value(.integer(until.ordinal)))") }
        // An in-tray holds open cases only.
        let open = isTray ? "" : " AND f.is_open = 1"
        switch filter.light {
        case .overdue: rest.append("\(due) < \(value(.integer(today.ordinal)))\(open)")
        case .soon:
            let day = value(.integer(today.ordinal))
            rest.append("\(due) >= \(day) AND f.warn_day <= \(day)\(open)")
        case .onTime:
            let day = value(.integer(today.ordinal))
            rest.append("\(due) >= \(day) AND \(due) < \(CaseDays.none) AND f.warn_day > \(day)\(open)")
        case .open: rest.append("\(due) = \(CaseDays.none)\(open)")
        case .closed: rest.append(isTray ? "1 = 0" : "f.is_open = 0")
        case nil: break
        }
        if let after {
            let id = isTray ? "w.case_id" : "f.id"
            rest.append("(\(due), \(id)) > (\(value(.integer(after.due))), \(value(.text(after.id))))")
        }
        let lanes = CaseQuestion.lanes(filter, offices, value)
        keys = lanes.map { lane in
            let condition = (lane + rest).isEmpty ? "1 = 1" : (lane + rest).joined(separator: " AND ")
            // What stands in the in-tray itself needs no look at the cases.
            let table =
                isTray ? "case_waiting w" + (condition.contains("f.") ? " JOIN case_file f ON f.id = w.case_id" : "") : "case_file f"
            let id = isTray ? "w.case_id" : "f.id"
            return """
                SELECT id, due_day FROM (SELECT \(id) AS id, \(due) AS due_day FROM \(table) WHERE \(condition)
                ORDER BY \(due), \(id) LIMIT \(limit)) lane
                """
        }.joined(separator: lanes.count > 1 && isTray ? " UNION " : " UNION ALL ")
        // The same case in two in-trays is shown once; lanes of other lists have nothing in common.
    }

    /// The conditions that lead an index, one list per lane; without lanes nothing is chosen.
    private static func lanes(_ filter: CaseFilter, _ offices: CaseOffices, _ value: (SQLValue) -> String) -> [[String]] {
        var lanes: [[String]]
        switch filter.tray {
        case .all: lanes = [[]]
        case .mine(let person): lanes = [["f.assignee = \(value(.text(person)))"]]
        case .openedBy(let person): lanes = [["f.opened_by = \(value(.text(person)))"]]
        case .posts: lanes = offices.lanes("w.unit", value)
        case .owned: lanes = offices.lanes("f.owner", value)
        }
        // What few cases have is looked for in the one index that holds all the words, not in a county's cases one by one: an
        // expression is no column of another index.
        let county = lanes == [[]] && filter.school == nil && (!filter.text.isEmpty || filter.state != nil) ? "f.county || ''" : "f.county"
        if let name = filter.county { lanes = lanes.map { $0 + ["\(county) = \(value(.text(name)))"] } }
        if let counties = filter.counties?.sorted(), county != "f.county", !counties.isEmpty {
            let places = counties.map { value(.text($0)) }.joined(separator: ", ")
            lanes = lanes.map { $0 + ["\(county) IN (\(places))"] }
        } else if let counties = filter.counties?.sorted() {
            let places = counties.map { "f.county = \(value(.text($0)))" }
            lanes = lanes.flatMap { lane in places.map { lane + [$0] } }
        }
        // An in-tray holds open cases only.
        if case .posts = filter.tray {
        } else {
            // What has a light is open.
            let halves = filter.isOpen.map { [$0 ? 1 : 0] } ?? ([nil, .closed].contains(filter.light) ? [1, 0] : [1])
            lanes = lanes.flatMap { lane in halves.map { lane + ["f.is_open = \($0)"] } }
        }
        return lanes.isEmpty ? [["1 = 0"]] : lanes
    }
}

/// Rows of `case_file` as summaries.
enum CaseTable {
    static let columns = """
        f.id, f.definition, f.version, f.number, f.title, f.county, f.school, f.place, f.subject, f.parent, f.state, f.is_open, \
        f.is_abandoned, f.owner, f.assignee, f.assignee_name, f.opened_by, f.opened_day, f.days_taken, f.due_day, f.warn_day, \
        f.is_provisional, f.revision
        """

    static func summary(_ row: any SQLRow) throws -> CaseSummary {
        let (due, warning) = (try row.integer(19), try row.integer(20))
        let opened = Day(ordinal: try row.integer(17))
        return CaseSummary(
            id: try row.text(0), definition: CaseDefinitionKey(id: try row.text(1), version: try row.text(2)), number: try row.text(3),
            title: try row.text(4),
            place: CasePlace(county: try row.optionalText(5), school: try row.optionalText(6), label: try row.text(7)),
            subject: try row.text(8), parent: try row.optionalText(9), state: try row.text(10), isOpen: try row.integer(11) == 1,
            isAbandoned: try row.integer(12) == 1, owner: try row.optionalText(13).flatMap { CaseUnit(key: $0) },
            assignee: try row.optionalText(14).map { .init(person: $0, name: try row.optionalText(15) ?? "") },
            openedBy: try row.text(16), openedDay: opened, closedDay: try row.optionalInteger(18).map { opened.adding(days: $0) },
            due: CaseDue(
                day: due == CaseDays.none ? nil : Day(ordinal: due), warning: warning == CaseDays.none ? nil : Day(ordinal: warning),
                isProvisional: try row.integer(21) == 1), revision: try row.integer(22), waiting: [])
    }
}
