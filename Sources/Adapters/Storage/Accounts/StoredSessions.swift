internal import Foundation
internal import Registry

/// Sessions and failed attempts in the database.
struct StoredSessions: SessionStore, FailureStore {
    let driver: any SQLDriver

    func open(_ session: Session, tokenDigest: String) async throws {
        _ = try await driver.write {
            try $0.execute(
                """
                INSERT INTO account_session (id, token_digest, account_id, stage, started_at, seen_at, address, agent, provider)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """,
                [
                    .text(session.id), .text(tokenDigest), .text(session.account), .text(session.stage.rawValue), .time(session.startedAt),
                    .time(session.seenAt), .text(session.address), .text(session.agent), .text(session.provider),
                ])
        }
    }

    func session(tokenDigest: String) async throws -> Session? {
        try await driver.read { try StoredSessions.find("token_digest = $1", tokenDigest, $0).first }
    }

    func touch(_ id: String, at: Date) async throws {
        _ = try await driver.write { try $0.execute("UPDATE account_session SET seen_at = $2 WHERE id = $1", [.text(id), .time(at)]) }
    }

    func sessions(of account: PersonID) async throws -> [Session] {
        try await driver.read { try StoredSessions.find("account_id = $1", account, $0) }
    }

    func end(_ id: String, of account: PersonID) async throws {
        _ = try await driver.write {
            try $0.execute("DELETE FROM account_session WHERE id = $1 AND account_id = $2", [.text(id), .text(account)])
        }
    }

    func endAll(of account: PersonID, except id: String?) async throws {
        _ = try await driver.write {
            try $0.execute("DELETE FROM account_session WHERE account_id = $1 AND id <> $2", [.text(account), .text(id ?? "")])
        }
    }

    func forget(startedBefore: Date) async throws {
        _ = try await driver.write { try $0.execute("DELETE FROM account_session WHERE started_at < $1", [.time(startedBefore)]) }
    }

    func noteFailure(_ subject: String, at: Date) async throws {
        try await driver.write {
            // A day is longer than any lock: older attempts matter to nobody.
            try $0.execute("DELETE FROM login_failure WHERE failed_at < $1", [.time(at.addingTimeInterval(-86_400))])
            try $0.execute("INSERT INTO login_failure (subject, failed_at) VALUES ($1, $2)", [.text(subject), .time(at)])
        }
    }

    func failures(_ subject: String, since: Date) async throws -> [Date] {
        try await driver.read {
            try $0.rows(
                "SELECT failed_at FROM login_failure WHERE subject = $1 AND failed_at >= $2 ORDER BY failed_at",
                [.text(subject), .time(since)]
            ) { try $0.time(0) }
        }
    }

    func forgetFailures(_ subject: String) async throws {
        _ = try await driver.write { try $0.execute("DELETE FROM login_failure WHERE subject = $1", [.text(subject)]) }
    }

    func tally(login: String, address: String, window: Date, at: Date) async throws -> Int {
        try await driver.write { connection in
            let key: [SQLValue] = [.text(login), .text(address), .time(window)]
            try connection.execute(
                """
                INSERT INTO login_tally (login, address, window_at, attempts, last_at) VALUES ($1, $2, $3, 1, $4)
                ON CONFLICT (login, address, window_at) DO UPDATE SET attempts = login_tally.attempts + 1, last_at = excluded.last_at
                """, key + [.time(at)])
            return try connection.integer(
                "SELECT attempts FROM login_tally WHERE login = $1 AND address = $2 AND window_at = $3", key)
        }
    }

    func takeTallies(before: Date) async throws -> [LoginTally] {
        try await driver.write { connection in
            let found = try connection.rows(
                "SELECT login, address, window_at, attempts, last_at FROM login_tally WHERE window_at < $1 ORDER BY last_at, login, address",
                [.time(before)]
            ) {
                LoginTally(
                    login: try $0.text(0), address: try $0.text(1), window: try $0.time(2), attempts: try $0.integer(3),
                    last: try $0.time(4))
            }
            // Of two servers only the one that takes a count out hands it on.
            return try found.filter { tally in
                try connection.execute(
                    "DELETE FROM login_tally WHERE login = $1 AND address = $2 AND window_at = $3",
                    [.text(tally.login), .text(tally.address), .time(tally.window)]) == 1
            }
        }
    }

    private static func find(_ condition: String, _ value: String, _ connection: any SQLConnection) throws -> [Session] {
        try connection.rows(
            """
            SELECT id, account_id, stage, started_at, seen_at, address, agent, provider FROM account_session
            WHERE \(condition) ORDER BY started_at DESC, id
            """, [.text(value)]
        ) {
            Session(
                id: try $0.text(0), account: try $0.text(1), stage: Session.Stage(rawValue: try $0.text(2)) ?? .code,
                startedAt: try $0.time(3), seenAt: try $0.time(4), address: try $0.text(5), agent: try $0.text(6),
                provider: try $0.optionalText(7))
        }
    }
}
