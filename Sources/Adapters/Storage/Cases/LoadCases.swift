public import Casework

extension StoredCases {
    /// One case with everything that has happened to it.
    public struct History: Sendable {
        public var id: CaseID
        public var definition: CaseDefinition
        public var events: [CaseEvent]

        public init(id: CaseID, definition: CaseDefinition, events: [CaseEvent]) {
            self.id = id
            self.definition = definition
            self.events = events
        }
    }

    /// Takes in whole histories, as from another system, in one transaction. Their numbers are kept as they are; the counters of later
    /// openings do not know them. Throws `damaged` for a history that does not begin with an opening.
    public func load(_ histories: [History]) async throws {
        var (files, events): ([CaseRows], [[SQLValue]]) = ([], [])
        var definitions: [CaseDefinitionKey: CaseDefinition] = [:]
        for history in histories {
            guard let item = Case(history.id, events: history.events) else {
                throw CaseRefusal(.damaged, "“\(history.id)”的记录不完整，没有立件")
            }
            var head = CaseEventText.origin
            for (place, event) in history.events.enumerated() {
                let body = try CaseEventText.text(event)
                head = hash(Array(CaseEventText.chained(body, of: history.id, number: place + 1, previous: head).utf8))
                events.append([
                    .text(history.id), .integer(place + 1), .time(event.at), .text(event.person), .text(event.name), .text(event.label),
                    .text(body), .text(head),
                ])
            }
            files.append(CaseRows(item, by: history.definition, calendar: calendar, head: head))
            definitions[item.definition] = history.definition
        }
        let (rows, happened, kinds) = (files, events, definitions)
        _ = try await driver.write { connection in
            for definition in kinds.values { try keep(definition, connection) }
            try CaseRows.insert(rows, connection)
            try connection.insert(into: "case_event", columns: StoredCases.eventColumns, rows: happened)
        }
    }
}

extension CaseRows {
    static func insert(_ all: [CaseRows], _ connection: any SQLConnection) throws {
        try connection.insert(into: "case_file", columns: columns, rows: all.map(\.file))
        try remember(all, connection)
        for (place, table) in tables.enumerated() {
            let rows = all.flatMap { $0.beside[place] }
            if !rows.isEmpty { try connection.insert(into: table.name, columns: table.columns, rows: rows) }
        }
    }
}
