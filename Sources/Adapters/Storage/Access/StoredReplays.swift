internal import Foundation
internal import Registry

/// Requests with an idempotency key in the database: the key is taken by the row's primary key, so by one server alone. What was
/// answered is sealed: it may hold what only the caller may read.
struct StoredReplays: ReplayStore {
    let driver: any SQLDriver
    let fields: any PersonalFields

    private static let body = FieldColumn("replayed_request", "body")

    private static func id(_ request: ReplayRequest) -> String { "\(request.owner) \(request.key)" }

    func begin(_ request: ReplayRequest, at: Date, keepingSince: Date) async throws -> ReplayStart {
        try await driver.write { [fields] connection in
            try connection.execute("DELETE FROM replayed_request WHERE begun_at < $1", [.time(keepingSince)])
            let taken = try connection.execute(
                """
                INSERT INTO replayed_request (id, owner, request_key, request_digest, begun_at, type, tag, body)
                VALUES ($5, $1, $2, $3, $4, '', '', '') ON CONFLICT (owner, request_key) DO NOTHING
                """,
                [
                    .text(request.owner), .text(request.key), .text(request.digest), .time(at), .text(StoredReplays.id(request)),
                ])
            if taken == 1 { return .fresh }
            let found = try connection.first(
                "SELECT request_digest, begun_at, status, type, tag, body FROM replayed_request WHERE owner = $1 AND request_key = $2",
                [.text(request.owner), .text(request.key)]
            ) { row -> ReplayStart in
                if try row.text(0) != request.digest { return .other }
                if row.isNull(2) { return .running(since: try row.time(1)) }
                let kept = try row.text(5)
                // Rows of before answers were sealed are plain for a day.
                let body: String =
                    SealedText.isSealed(kept) ? try fields.open(kept, at: StoredReplays.body.row(StoredReplays.id(request))) : kept
                return .done(ReplayAnswer(status: try row.integer(2), type: try row.text(3), tag: try row.text(4), body: body))
            }
            return found ?? .running(since: at)
        }
    }

    func finish(_ request: ReplayRequest, _ answer: ReplayAnswer) async throws {
        let sealed: String = answer.body.isEmpty ? "" : try fields.seal(answer.body, at: StoredReplays.body.row(StoredReplays.id(request)))
        _ = try await driver.write {
            try $0.execute(
                "UPDATE replayed_request SET status = $3, type = $4, tag = $5, body = $6 WHERE owner = $1 AND request_key = $2",
                [
                    .text(request.owner), .text(request.key), .integer(answer.status), .text(answer.type), .text(answer.tag),
                    .text(sealed),
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
