internal import Foundation
internal import Registry

/// Rows of `webhook` and `webhook_delivery`.
enum WebhookTable {
    static func hooks(_ condition: String, _ values: [SQLValue], _ connection: any SQLConnection) throws -> [Webhook] {
        try connection.rows(
            """
            SELECT id, owner, name, url, kinds, county, created_at, failures, is_enabled, ended_why FROM webhook
            WHERE \(condition) ORDER BY name, id
            """, values
        ) { row in
            let kinds = try row.text(4).split(separator: ",").compactMap { HookEvent.Kind(rawValue: String($0)) }
            return Webhook(
                id: try row.text(0), owner: try row.text(1), name: try row.text(2), url: try row.text(3), kinds: Set(kinds),
                county: try row.optionalText(5), createdAt: try row.time(6), failures: try row.integer(7),
                isEnabled: try row.integer(8) == 1, endedWhy: try row.text(9))
        }
    }

    static func deliveries(_ rest: String, _ values: [SQLValue], _ connection: any SQLConnection) throws -> [HookDelivery] {
        try connection.rows(
            """
            SELECT d.id, d.webhook_id, d.kind, d.county, d.body, d.created_at, d.state, d.due_at, d.attempts, d.tried_at,
                d.answered_status, d.answered_words
            FROM webhook_delivery d \(rest)
            """, values
        ) { row -> HookDelivery? in
            guard let kind = HookEvent.Kind(rawValue: try row.text(2)), let state = HookDelivery.State(rawValue: try row.text(6)) else {
                return nil
            }
            return HookDelivery(
                id: try row.text(0), webhook: try row.text(1), kind: kind, county: try row.text(3), body: try row.text(4),
                createdAt: try row.time(5), state: state, dueAt: try row.time(7), attempts: try row.integer(8),
                triedAt: row.isNull(9) ? nil : try row.time(9), status: try row.optionalInteger(10), words: try row.text(11))
        }.compactMap { $0 }
    }

    static func insert(_ delivery: HookDelivery, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO webhook_delivery (id, webhook_id, kind, county, body, created_at, state, due_at, attempts)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            [
                .text(delivery.id), .text(delivery.webhook), .text(delivery.kind.rawValue), .text(delivery.county), .text(delivery.body),
                .time(delivery.createdAt), .text(delivery.state.rawValue), .time(delivery.dueAt), .integer(delivery.attempts),
            ])
    }
}

/// Puts an event in line for every address that is on and asked to be told, in the transaction of the change itself: neither is there without
/// the other.
enum HookOutbox {
    static func add(_ event: HookEvent, _ connection: any SQLConnection) throws {
        let hooks = try WebhookTable.hooks("is_enabled = 1", [], connection).filter { hook in
            hook.kinds.contains(event.kind) && (hook.county == nil || hook.county == event.county)
        }
        for hook in hooks {
            let id = UUID().uuidString.lowercased()
            try WebhookTable.insert(
                HookDelivery(
                    id: id, webhook: hook.id, kind: event.kind, county: event.county, body: event.text(id: id), createdAt: event.at,
                    dueAt: event.at),
                connection)
        }
    }
}
