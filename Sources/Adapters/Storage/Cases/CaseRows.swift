internal import Casework
internal import Foundation
internal import Vocabulary

/// Everything beside the events that is folded from a case: its row and what is indexed.
struct CaseRows: Equatable {
    static let columns = [
        "id", "number", "definition", "version", "title", "subject", "county", "school", "place", "parent", "state", "is_open",
        "is_abandoned", "owner", "assignee", "assignee_name", "opened_by", "opened_at", "opened_day", "since", "days_taken", "due_day",
        "warn_day", "is_provisional", "revision", "head", "words",
    ]
    /// Characters of a title that are searched; an index cannot hold any length.
    private static let mostWords = 200
    /// The tables beside `case_file`, with their columns; the case's id is always `case_id`.
    static let tables: [(name: String, columns: [String])] = [
        ("case_waiting", ["unit", "due_day", "case_id", "definition", "state"]),
        ("case_link", ["case_id", "kind", "target"]),
        ("case_claim", ["definition", "kind", "target", "case_id"]), ("case_deadline", ["day", "case_id", "step"]),
        ("case_evidence", ["case_id", "digest", "event", "place"]), ("case_public", CasePublicRows.columns),
        ("case_public_school", CasePublicRows.schoolColumns),
    ]

    var file: [SQLValue]
    /// Rows of `tables`, in their order.
    var beside: [Set<[SQLValue]>]

    init(_ item: Case, by definition: CaseDefinition, calendar: WorkingCalendar, head: String) {
        let summary = definition.summary(item)
        let due = summary.due.day?.ordinal ?? CaseDays.none
        file = [
            .text(item.id), .text(item.number), .text(item.definition.id), .text(item.definition.version), .text(item.title),
            .text(item.subject), .text(item.place.county), .text(item.place.school), .text(item.place.label), .text(item.parent),
            .text(item.state), .integer(summary.isOpen ? 1 : 0), .integer(summary.isAbandoned ? 1 : 0), .text(item.owner?.key),
            .text(item.assignee?.person), .text(item.assignee?.name), .text(item.openedBy.person), .time(item.openedAt),
            .integer(item.openedDay.ordinal), .time(item.since),
            .integer(summary.isOpen ? nil : item.sinceDay.ordinal - item.openedDay.ordinal), .integer(due),
            .integer(summary.due.warning?.ordinal ?? CaseDays.none), .integer(summary.due.isProvisional ? 1 : 0),
            .integer(item.revision), .text(head), .text("\(item.number) \(item.title.prefix(CaseRows.mostWords))"),
        ]
        let id = SQLValue.text(item.id)
        let claimed = definition.opening.unique.map { kind in item.links.filter { $0.kind == kind && summary.isOpen } } ?? []
        let evidence = item.history.enumerated().flatMap { number, event in
            (event.evidence.compactMap(\.file) + event.answeredFiles).enumerated().map { place, file in
                [id, .text(file.digest), .integer(number + 1), .integer(place)]
            }
        }
        beside = [
            Set(summary.waiting.map { [.text($0.key), .integer(due), id, .text(item.definition.id), .text(item.state)] }),
            Set(item.links.map { [id, .text($0.kind), .text($0.target)] }),
            Set(claimed.map { [.text(item.definition.id), .text($0.kind), .text($0.target), id] }),
            Set(definition.escalations(of: item, calendar).map { [.integer($0.day.ordinal), id, .integer($0.step)] }), Set(evidence),
            CasePublicRows.lines(definition.entry(item)), CasePublicRows.schools(definition.entry(item)),
        ]
    }

    init(file: [SQLValue], beside: [Set<[SQLValue]>]) {
        self.file = file
        self.beside = beside
    }

    func insert(_ connection: any SQLConnection) throws {
        try CaseRows.insert([self], connection)
    }

    /// Writes what differs from the rows that stand there.
    func replace(_ old: CaseRows, _ connection: any SQLConnection) throws {
        let id = file[0]
        try CaseRows.remember([self], connection)
        let changed = CaseRows.columns.indices.filter { file[$0] != old.file[$0] }
        if !changed.isEmpty {
            let sets = changed.enumerated().map { "\(CaseRows.columns[$1]) = $\($0 + 2)" }.joined(separator: ", ")
            try connection.execute("UPDATE case_file SET \(sets) WHERE id = $1", [id] + changed.map { file[$0] })
        }
        for (place, table) in CaseRows.tables.enumerated() where beside[place] != old.beside[place] {
            try connection.execute("DELETE FROM \(table.name) WHERE case_id = $1", [id])
            try connection.insert(into: table.name, columns: table.columns, rows: Array(beside[place]))
        }
    }

    // MARK: As they stand

    /// The rows of the cases whose ids lie between two, both included.
    static func stored(from: CaseID, through: CaseID, _ connection: any SQLConnection) throws -> [CaseID: CaseRows] {
        let (schema, span) = (try SchemaTable.all(), [SQLValue.text(from), .text(through)])
        func values(_ name: String, _ columns: [String], _ row: any SQLRow) throws -> [SQLValue] {
            let kinds = schema.first { $0.name == name }?.columns ?? []
            return try columns.enumerated().map { place, column in
                if row.isNull(place) { return .null }
                let kind = kinds.first { $0.name == column }?.kind
                return kind == .integer ? .integer(try row.integer(place)) : .text(try row.text(place))
            }
        }
        var all: [CaseID: CaseRows] = [:]
        let list = columns.joined(separator: ", ")
        try connection.query("SELECT \(list) FROM case_file WHERE id >= $1 AND id <= $2", span) { row in
            let file = try values("case_file", columns, row)
            all[try row.text(0)] = CaseRows(file: file, beside: tables.map { _ in [] })
        }
        for (place, table) in tables.enumerated() {
            let wanted = table.columns.joined(separator: ", ")
            let key = table.columns.firstIndex(of: "case_id") ?? 0
            try connection.query("SELECT \(wanted) FROM \(table.name) WHERE case_id >= $1 AND case_id <= $2", span) { row in
                let one = try values(table.name, table.columns, row)
                all[try row.text(key)]?.beside[place].insert(one)
            }
        }
        return all
    }
}

extension CaseEvent {
    /// Files handed in as answers, in the order of the questions' names.
    var answeredFiles: [CaseFile] { CaseEvent.files(answers) }

    private static func files(_ answers: [String: FieldValue]) -> [CaseFile] {
        answers.sorted { $0.key < $1.key }.flatMap { _, value -> [CaseFile] in
            switch value {
            case .files(let files): files
            case .table(let rows): rows.flatMap(files)
            default: []
            }
        }
    }
}
