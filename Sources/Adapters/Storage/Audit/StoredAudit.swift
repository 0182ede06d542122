internal import Foundation
internal import Registry

/// The audit in the database. Rows are added and read; nothing here changes or deletes one.
struct StoredAudit: AuditLog {
    let driver: any SQLDriver
    let hash: @Sendable ([UInt8]) -> String
    /// With keys nobody who only holds the database can write a chain that fits.
    var keys: (any AuditKeys)?

    @discardableResult func append(_ entry: AuditEntry) async throws -> AuditEvent {
        let entry = entry.keepable
        return try await driver.write { connection in
            // Taking the head first makes writers wait for each other.
            try connection.execute("UPDATE audit_head SET number = number + 1 WHERE id = 1", [])
            guard let head = try StoredAudit.head(connection) else { throw SQLFault(.other, "audit_head is missing") }
            let keyID = keys?.keyID
            let text = AuditChain.text(entry, number: head.number, previous: head.digest, keyID: keyID)
            guard let digest = digest(text, keyID) else { throw SQLFault(.other, "the audit's key cannot be used") }
            let event = AuditEvent(number: head.number, entry: entry, digest: digest)
            try connection.insert(
                into: "audit_event",
                columns: ["number", "happened_at", "person", "name", "action", "object", "outcome", "address", "digest", "key_id"],
                rows: [
                    [
                        .integer(event.number), .time(entry.at), .text(entry.person), .text(entry.name), .text(entry.action),
                        .text(entry.object), .text(entry.outcome.rawValue), .text(entry.address), .text(event.digest),
                        .text(keyID),
                    ]
                ])
            let seal = keyID.flatMap { keys?.code(AuditChain.headText(number: event.number, digest: digest, keyID: $0), keyID: $0) }
            try connection.execute(
                "UPDATE audit_head SET digest = $1, key_id = $2, seal = $3 WHERE id = 1", [.text(digest), .text(keyID), .text(seal)])
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

    /// The last column is the key; only a check asks for it.
    static let columns = "SELECT number, happened_at, person, name, action, object, outcome, address, digest, key_id FROM audit_event"

    /// With the key a text names; nil where that key is not here.
    func digest(_ text: String, _ keyID: String?) -> String? {
        guard let keyID else { return hash(Array(text.utf8)) }
        return keys?.code(text, keyID: keyID)
    }

    static func event(_ row: any SQLRow) throws -> AuditEvent? {
        guard let outcome = AuditOutcome(rawValue: try row.text(6)) else { return nil }
        let entry = AuditEntry(
            at: try row.time(1), person: try row.text(2), name: try row.text(3), action: try row.text(4), object: try row.text(5),
            outcome: outcome, address: try row.text(7))
        return AuditEvent(number: try row.integer(0), entry: entry, digest: try row.text(8))
    }

    static func head(_ connection: any SQLConnection) throws -> (number: Int, digest: String)? {
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
            if !filter.people.isEmpty, let last = parts.popLast() {
                let places = filter.people.prefix(500).map { person -> String in
                    values.append(.text(person))
                    return "$\(values.count)"
                }
                parts.append("(\(last) OR person IN (\(places.joined(separator: ", "))))")
            }
        }
        if !filter.action.isEmpty { add("action =", .text(filter.action)) }
        if let from = filter.from { add("happened_at >=", .time(from)) }
        if let until = filter.until { add("happened_at <", .time(until)) }
        if let before = filter.before { add("number <", .integer(before)) }
        return (parts.joined(separator: " AND "), values)
    }
}
