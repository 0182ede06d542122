internal import Foundation
internal import Registry

/// Requests with an idempotency key in the database: the key is taken by the row's primary key, so by one server alone.
struct StoredReplays: ReplayStore {
    let driver: any SQLDriver

    func begin(_ request: ReplayRequest, at: Date, keepingSince: Date) async throws -> ReplayStart {
        try await driver.write { connection in
            try connection.execute("DELETE FROM replayed_request WHERE begun_at < $1", [.time(keepingSince)])
            let taken = try connection.execute(
                """
                INSERT INTO replayed_request (owner, request_key, request_digest, begun_at, type, tag, body)
                VALUES ($1, $2, $3, $4, '', '', '') ON CONFLICT (owner, request_key) DO NOTHING
                """, [.text(request.owner), .text(request.key), .text(request.digest), .time(at)])
            if taken == 1 { return .fresh }
            let found = try connection.first(
                "SELECT request_digest, begun_at, status, type, tag, body FROM replayed_request WHERE owner = $1 AND request_key = $2",
                [.text(request.owner), .text(request.key)]
            ) { row -> ReplayStart in
                if try row.text(0) != request.digest { return .other }
                if row.isNull(2) { return .running(since: try row.time(1)) }
                return .done(
                    ReplayAnswer(
                        status: try row.integer(2), type: try row.text(3), tag: try row.text(4), body: try row.text(5)))
            }
            return found ?? .running(since: at)
        }
    }

    func finish(_ request: ReplayRequest, _ answer: ReplayAnswer) async throws {
        _ = try await driver.write {
            try $0.execute(
                "UPDATE replayed_request SET status = $3, type = $4, tag = $5, body = $6 WHERE owner = $1 AND request_key = $2",
                [
                    .text(request.owner), .text(request.key), .integer(answer.status), .text(answer.type), .text(answer.tag),
                    .text(answer.body),
                ])
        }
    }

    func forget(_ request: ReplayRequest) async throws {
        _ = try await driver.write {
            try $0.execute(
                "DELETE FROM replayed_request WHERE owner = $1 AND request_key = $2 AND status IS NULL",
                [.text(request.owner), .text(request.key)])
        }
    }
}
