internal import Foundation
internal import Registry
internal import Vocabulary

/// Rows of `account` with their grants.
enum AccountTable {
    /// Two queries, however many accounts there are. `condition` speaks of the table `a`.
    static func find(_ condition: String, _ values: [SQLValue], _ connection: any SQLConnection) throws -> [Account] {
        try list("SELECT a.id FROM account a WHERE \(condition)", values, connection)
    }

    /// The accounts whose ids a query gives.
    static func list(_ ids: String, _ values: [SQLValue], _ connection: any SQLConnection) throws -> [Account] {
        var found = try connection.rows(
            """
            SELECT id, login, name, password_at, must_change, code_secret, is_disabled, created_at, version
            FROM account WHERE id IN (\(ids)) ORDER BY name, login
            """, values, account)
        var grants: [PersonID: [Grant]] = [:]
        try connection.query(
            """
            SELECT account_id, role, county, school, until_day FROM account_grant
            WHERE account_id IN (\(ids)) ORDER BY account_id, number
            """, values
        ) { row in
            if let grant = try grant(row) { grants[try row.text(0), default: []].append(grant) }
        }
        for place in found.indices { found[place].person.grants = grants[found[place].id] ?? [] }
        return found
    }

    static func existing(_ id: PersonID, _ connection: any SQLConnection) throws -> Account {
        guard let found = try find("a.id = $1", [.text(id)], connection).first else { throw AccountRefusal.unknown }
        return found
    }

    static func write(_ grants: [Grant], of id: PersonID, _ connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM account_grant WHERE account_id = $1", [.text(id)])
        for (number, grant) in grants.enumerated() {
            try connection.execute(
                "INSERT INTO account_grant (account_id, number, role, county, school, until_day) VALUES ($1, $2, $3, $4, $5, $6)",
                [
                    .text(id), .integer(number), .text(grant.role.rawValue), .text(grant.county), .text(grant.school),
                    .text(grant.until?.description),
                ])
        }
    }

    private static func account(_ row: any SQLRow) throws -> Account {
        Account(
            person: Person(id: try row.text(0), name: try row.text(2), grants: []), login: try row.text(1),
            mustChangePassword: try row.integer(4) == 1, passwordAt: try row.time(3), hasTimeCodes: !row.isNull(5),
            isDisabled: try row.integer(6) == 1, createdAt: try row.time(7), version: try row.integer(8))
    }

    /// A role this program does not know gives no right; nor does an end it cannot read.
    private static func grant(_ row: any SQLRow) throws -> Grant? {
        guard let role = Role(rawValue: try row.text(1)) else { return nil }
        let until = try row.optionalText(4)
        let day = until.flatMap { Day(iso: $0) }
        if until != nil, day == nil { return nil }
        return Grant(role, county: try row.optionalText(2), school: try row.optionalText(3), until: day)
    }
}
