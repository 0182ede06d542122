public import Casework
internal import Foundation
internal import Vocabulary

/// Cases in the database. What each promises stands at the ports.
public struct StoredCases: CaseStore, CaseQuery {
    let driver: any SQLDriver
    let hash: @Sendable ([UInt8]) -> String
    /// By which escalations are dated.
    let calendar: WorkingCalendar
    /// Cases that are walked through in one reading.
    var span = 500

    public func open(
        _ id: CaseID, by definition: CaseDefinition, year: Int, decide: @escaping @Sendable (String) throws -> CaseEvent
    ) async throws -> Case {
        try await driver.write { connection in
            try begin(id, by: definition, year: year, decide: decide, connection)
        }
    }

    public func append(
        to id: CaseID, seen: Int, by definition: CaseDefinition, decide: @escaping @Sendable (Case) throws -> CaseStep
    ) async throws -> Case {
        try await driver.write { connection in
            guard let (item, head) = try StoredCases.find(id, connection) else { throw StoredCases.unknown }
            try StoredCases.checkFresh(item, seen: seen, definition)
            let step = try decide(item)
            if let child = step.child {
                _ = try begin(child.id, by: child.definition, year: step.event.day.year, decide: child.opening, connection)
            }
            let old = CaseRows(item, by: definition, calendar: calendar, head: head)
            var next = item
            next.apply(step.event)
            let digest = try write(step.event, of: id, number: next.revision, previous: head, connection)
            try CaseRows(next, by: definition, calendar: calendar, head: digest).replace(old, connection)
            next.openSubCases += step.child == nil ? 0 : 1
            return next
        }
    }

    public func find(_ id: CaseID) async throws -> Case? { try await driver.read { try StoredCases.find(id, $0)?.item } }

    public func find(_ ids: [CaseID]) async throws -> [Case] {
        var found: [CaseID: Case] = [:]
        for start in stride(from: 0, to: ids.count, by: span) {
            let some = ids[start..<min(start + span, ids.count)]
            let places = some.indices.map { "$\($0 - start + 1)" }.joined(separator: ", ")
            let events = try await driver.read { connection in
                var events: [CaseID: [CaseEvent]] = [:]
                try connection.query(
                    "SELECT case_id, body FROM case_event WHERE case_id IN (\(places)) ORDER BY case_id, number", some.map { .text($0) }
                ) { row in
                    let id = try row.text(0)
                    events[id, default: []].append(try StoredCases.read(try row.text(1), id))
                }
                return events
            }
            for (id, own) in events {
                guard let item = Case(id, events: own) else { throw StoredCases.incomplete }
                found[id] = item
            }
        }
        return ids.compactMap { found[$0] }
    }

    public func definition(_ key: CaseDefinitionKey) async throws -> String? {
        try await driver.read {
            try $0.first("SELECT body FROM case_definition WHERE id = $1 AND version = $2", [.text(key.id), .text(key.version)]) {
                try $0.text(0)
            }
        }
    }

    public func definitions() async throws -> [CaseDefinitionKey] {
        try await driver.read {
            try $0.rows("SELECT id, version FROM case_definition ORDER BY id, version") {
                CaseDefinitionKey(id: try $0.text(0), version: try $0.text(1))
            }
        }
    }

    public func broken(_ id: CaseID) async throws -> Int? {
        try await driver.read { connection in
            var (number, head) = (0, CaseEventText.origin)
            var broken: Int?
            try connection.query("SELECT number, body, digest FROM case_event WHERE case_id = $1 ORDER BY number", [.text(id)]) { row in
                guard broken == nil else { return }
                number += 1
                let text = CaseEventText.chained(try row.text(1), of: id, number: number, previous: head)
                head = try row.text(2)
                if try row.integer(0) != number || hash(Array(text.utf8)) != head { broken = number }
            }
            guard broken == nil else { return broken }
            let kept = try connection.first("SELECT head FROM case_file WHERE id = $1", [.text(id)]) { try $0.text(0) }
            return kept == nil || kept == head ? nil : number + 1
        }
    }

    static let eventColumns = ["case_id", "number", "happened_at", "person", "name", "label", "body", "digest"]

    // MARK: Inside a transaction

    private static let incomplete = CaseRefusal(.damaged, "这件的记录不完整，请管理员核对数据库")
    private static let unknown = CaseRefusal(.unknown, "没有这件，可能链接有误。请从列表里重新选择")

    private func begin(
        _ id: CaseID, by definition: CaseDefinition, year: Int, decide: (String) throws -> CaseEvent, _ connection: any SQLConnection
    ) throws -> Case {
        let count = try StoredCases.count("\(definition.series)/\(year)", connection)
        let event = try decide("\(definition.series)〔\(year)〕\(count)号")
        guard let item = Case(id, events: [event]) else { throw CaseRefusal(.damaged, "立件的记录不完整") }
        try keep(definition, connection)
        let digest = hash(Array(try text(event, id, 1, CaseEventText.origin).utf8))
        let rows = CaseRows(item, by: definition, calendar: calendar, head: digest)
        try checkClaims(item, definition, connection)
        try rows.insert(connection)
        _ = try write(event, of: id, number: 1, previous: CaseEventText.origin, connection)
        return item
    }

    private func text(_ event: CaseEvent, _ id: CaseID, _ number: Int, _ previous: String) throws -> String {
        CaseEventText.chained(try CaseEventText.text(event), of: id, number: number, previous: previous)
    }

    private func write(
        _ event: CaseEvent, of id: CaseID, number: Int, previous: String, _ connection: any SQLConnection
    ) throws -> String {
        let body = try CaseEventText.text(event)
        let digest = hash(Array(CaseEventText.chained(body, of: id, number: number, previous: previous).utf8))
        try connection.insert(
            into: "case_event", columns: StoredCases.eventColumns,
            rows: [
                [
                    .text(id), .integer(number), .time(event.at), .text(event.person), .text(event.name), .text(event.label), .text(body),
                    .text(digest),
                ]
            ])
        return digest
    }

    /// One more of a series; the first of a year is 1.
    private static func count(_ series: String, _ connection: any SQLConnection) throws -> Int {
        if try connection.execute("UPDATE case_counter SET last = last + 1 WHERE series = $1", [.text(series)]) == 0 {
            try connection.execute("INSERT INTO case_counter (series, last) VALUES ($1, 1)", [.text(series)])
        }
        return try connection.integer("SELECT last FROM case_counter WHERE series = $1", [.text(series)])
    }

    /// A version's text is kept with its first case, and never becomes another.
    func keep(_ definition: CaseDefinition, _ connection: any SQLConnection) throws {
        let key = [SQLValue.text(definition.id), .text(definition.version)]
        let kept = try connection.first("SELECT body FROM case_definition WHERE id = $1 AND version = $2", key) { try $0.text(0) }
        if let kept, kept != definition.text {
            throw CaseRefusal(
                .definition, "“\(definition.label.zh)”\(definition.version)版的内容在有件之后被改动过。请改用新的版本号（version），旧件仍按旧版办理")
        }
        guard kept == nil else { return }
        try connection.execute("INSERT INTO case_definition (id, version, body) VALUES ($1, $2, $3)", key + [.text(definition.text)])
    }

    private func checkClaims(_ item: Case, _ definition: CaseDefinition, _ connection: any SQLConnection) throws {
        guard let kind = definition.opening.unique else { return }
        for link in item.links where link.kind == kind {
            let other = try connection.first(
                """
                SELECT f.number, f.state FROM case_claim c JOIN case_file f ON f.id = c.case_id
                WHERE c.definition = $1 AND c.kind = $2 AND c.target = $3
                """, [.text(definition.id), .text(kind), .text(link.target)]
            ) { (try $0.text(0), try $0.text(1)) }
            guard let other else { continue }
            let state = definition.state(other.1)?.label.zh ?? other.1
            throw CaseRefusal(.duplicate, "“\(link.label)”已经立了\(other.0)（\(state)），办结之前不能再立一件")
        }
    }

    private static func checkFresh(_ item: Case, seen: Int, _ definition: CaseDefinition) throws {
        guard item.revision != seen else { return }
        guard item.revision > seen, let last = item.history.last else {
            throw CaseRefusal(.stale, "页面上的版本不对，请刷新后再办")
        }
        let state = definition.state(item.state)?.label.zh ?? item.state
        let before = item.history[seen...].dropLast().map { "\($0.name)办了“\($0.label)”，" }.suffix(3).joined()
        throw CaseRefusal(.stale, "\(before)\(last.name)刚刚办了“\(last.label)”，这件现在是“\(state)”。您的操作没有生效，请看过之后再办")
    }

    static func find(_ id: CaseID, _ connection: any SQLConnection) throws -> (item: Case, head: String)? {
        var (events, head): ([CaseEvent], String) = ([], "")
        try connection.query("SELECT body, digest FROM case_event WHERE case_id = $1 ORDER BY number", [.text(id)]) { row in
            events.append(try StoredCases.read(try row.text(0), id))
            head = try row.text(1)
        }
        guard !events.isEmpty else { return nil }
        guard var item = Case(id, events: events) else { throw incomplete }
        // By the ids the case itself knows: hardly any case has a parent, and a planner takes an index of empty places for worthless.
        for child in item.subCases {
            item.openSubCases += try connection.integer("SELECT COUNT(*) FROM case_file WHERE id = $1 AND is_open = 1", [.text(child)])
        }
        return (item, head)
    }

    static func read(_ body: String, _ id: CaseID) throws -> CaseEvent {
        do {
            return try CaseEventText.event(body)
        } catch {
            throw CaseRefusal(.damaged, "“\(id)”的记录读不出来，请管理员核对数据库：\(error)")
        }
    }
}
