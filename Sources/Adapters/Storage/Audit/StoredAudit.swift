internal import Foundation
internal import Registry

/// The audit in the database. Rows are added and read; nothing here changes or deletes one.
struct StoredAudit: AuditLog {
    let driver: any SQLDriver
    let hash: @Sendable ([UInt8]) -> String

    @discardableResult func append(_ entry: AuditEntry) async throws -> AuditEvent {
        try await driver.write { connection in
            // Taking the head first makes writers wait for each other.
            try connection.execute("UPDATE audit_head SET number = number + 1 WHERE id = 1", [])
            guard let head = try StoredAudit.head(connection) else { throw SQLFault(.other, "audit_head is missing") }
            let text = AuditChain.text(entry, number: head.number, previous: head.digest)
            let event = AuditEvent(number: head.number, entry: entry, digest: hash(Array(text.utf8)))
            try connection.insert(
                into: "audit_event",
                columns: ["number", "happened_at", "person", "name", "action", "object", "outcome", "address", "digest"],
                rows: [
                    [
                        .integer(event.number), .time(entry.at), .text(entry.person), .text(entry.name), .text(entry.action),
                        .text(entry.object), .text(entry.outcome.rawValue), .text(entry.address), .text(event.digest),
                    ]
                ])
            try connection.execute("UPDATE audit_head SET digest = $1 WHERE id = 1", [.text(event.digest)])
            return event
        }
    }

    func events(_ filter: AuditFilter, from: Int, limit: Int) async throws -> [AuditEvent] {
        let (condition, values) = StoredAudit.condition(filter)
        return try await driver.read { connection in
            try connection.rows(
                """
                \(StoredAudit.columns) WHERE \(condition)
                ORDER BY number DESC LIMIT $\(values.count + 1) OFFSET $\(values.count + 2)
                """, values + [.integer(limit), .integer(from)]
            ) { try StoredAudit.event($0) }.compactMap { $0 }
        }
    }

    func count(_ filter: AuditFilter) async throws -> Int {
        let (condition, values) = StoredAudit.condition(filter)
        return try await driver.read { try $0.integer("SELECT COUNT(*) FROM audit_event WHERE \(condition)", values) }
    }

    func actions() async throws -> [String] {
        try await driver.read { try $0.rows("SELECT DISTINCT action FROM audit_event ORDER BY action") { try $0.text(0) } }
    }

    func verify() async throws -> AuditCheck {
        try await driver.read { connection in
            var check = AuditCheck(count: 0, head: AuditChain.origin)
            try connection.query("\(StoredAudit.columns) ORDER BY number", []) { row in
                guard check.isIntact else { return }
                try look(row, &check)
            }
            guard check.isIntact, let head = try StoredAudit.head(connection) else { return check }
            if head.number != check.count {
                check.broken = check.count + 1
                check.reason = "末尾少了\(head.number - check.count)条记录"
            } else if head.digest != check.head {
                check.broken = check.count
                check.reason = "最后一条与登记的校验码不符"
            }
            return check
        }
    }

    private func look(_ row: any SQLRow, _ check: inout AuditCheck) throws {
        let number = try row.integer(0)
        guard number == check.count + 1 else {
            check.broken = check.count + 1
            check.reason = "缺少这条记录，下一条是第\(number)条"
            return
        }
        guard let event = try StoredAudit.event(row) else {
            check.broken = number
            check.reason = "结果一栏不是程序写的"
            return
        }
        let text = AuditChain.text(event.entry, number: number, previous: check.head)
        guard hash(Array(text.utf8)) == event.digest else {
            check.broken = number
            check.reason = "内容与校验码不符，被改动过或换过位置"
            return
        }
        check.count = number
        check.head = event.digest
    }

    private static let columns = "SELECT number, happened_at, person, name, action, object, outcome, address, digest FROM audit_event"

    private static func event(_ row: any SQLRow) throws -> AuditEvent? {
        guard let outcome = AuditOutcome(rawValue: try row.text(6)) else { return nil }
        let entry = AuditEntry(
            at: try row.time(1), person: try row.text(2), name: try row.text(3), action: try row.text(4), object: try row.text(5),
            outcome: outcome, address: try row.text(7))
        return AuditEvent(number: try row.integer(0), entry: entry, digest: try row.text(8))
    }

    private static func head(_ connection: any SQLConnection) throws -> (number: Int, digest: String)? {
        try connection.first("SELECT number, digest FROM audit_head WHERE id = 1") { (try $0.integer(0), try $0.text(1)) }
    }

    private static func condition(_ filter: AuditFilter) -> (String, [SQLValue]) {
        var (parts, values): ([String], [SQLValue]) = (["1 = 1"], [])
        func add(_ part: String, _ value: SQLValue) {
            values.append(value)
            parts.append("\(part) $\(values.count)\(part.hasSuffix("LIKE") ? " ESCAPE '!'" : "")")
        }
        if !filter.name.isEmpty {
            let plain = filter.name.replacing("!", with: "!!").replacing("%", with: "!%").replacing("_", with: "!_")
            add("name LIKE", .text("%\(plain)%"))
        }
        if !filter.action.isEmpty { add("action =", .text(filter.action)) }
        if let from = filter.from { add("happened_at >=", .time(from)) }
        if let until = filter.until { add("happened_at <", .time(until)) }
        return (parts.joined(separator: " AND "), values)
    }
}
