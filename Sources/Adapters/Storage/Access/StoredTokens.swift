internal import Foundation
internal import Registry
internal import Vocabulary

/// Tokens of programs in the database, by their digests.
struct StoredTokens: AccessTokenStore {
    let driver: any SQLDriver

    func add(_ token: AccessToken, digest: String) async throws {
        try await driver.write { connection in
            let alive = try connection.integer(
                "SELECT COUNT(*) FROM access_token WHERE owner = $1 AND revoked_at IS NULL", [.text(token.owner)])
            guard alive < AccessToken.most else { throw AccountRefusal("每人最多\(AccessToken.most)个令牌。请先停用不再用的") }
            try connection.execute(
                """
                INSERT INTO access_token (id, token_digest, owner, name, duties, county, school, created_at, last_day)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """,
                [
                    .text(token.id), .text(digest), .text(token.owner), .text(token.name),
                    .text(token.scope.duties.map(\.rawValue).sorted().joined(separator: ",")), .text(token.scope.county),
                    .text(token.scope.school), .time(token.createdAt), .text(token.lastDay.description),
                ])
        }
    }

    func token(digest: String) async throws -> AccessToken? {
        try await driver.read { try StoredTokens.find("token_digest = $1", digest, $0).first }
    }

    func tokens(of owner: PersonID) async throws -> [AccessToken] {
        try await driver.read { try StoredTokens.find("owner = $1", owner, $0) }
    }

    func touch(_ id: String, at: Date) async throws {
        _ = try await driver.write { try $0.execute("UPDATE access_token SET used_at = $2 WHERE id = $1", [.text(id), .time(at)]) }
    }

    func revoke(_ id: String, of owner: PersonID, at: Date) async throws {
        _ = try await driver.write {
            try $0.execute(
                "UPDATE access_token SET revoked_at = $3 WHERE id = $1 AND owner = $2 AND revoked_at IS NULL",
                [.text(id), .text(owner), .time(at)])
        }
    }

    private static func find(_ condition: String, _ value: String, _ connection: any SQLConnection) throws -> [AccessToken] {
        try connection.rows(
            """
            SELECT id, owner, name, duties, county, school, created_at, last_day, used_at, revoked_at FROM access_token
            WHERE \(condition) ORDER BY created_at DESC, id
            """, [.text(value)]
        ) { row -> AccessToken? in
            // A last day that cannot be read gives no right.
            guard let lastDay = Day(iso: try row.text(7)) else { return nil }
            let duties = try row.text(3).split(separator: ",").compactMap { Duty(rawValue: String($0)) }
            return AccessToken(
                id: try row.text(0), owner: try row.text(1), name: try row.text(2),
                scope: TokenScope(duties: Set(duties), county: try row.optionalText(4), school: try row.optionalText(5)),
                createdAt: try row.time(6), lastDay: lastDay, usedAt: row.isNull(8) ? nil : try row.time(8),
                revokedAt: row.isNull(9) ? nil : try row.time(9))
        }.compactMap { $0 }
    }
}
