internal import Foundation
internal import Registry

/// Webhooks and deliveries in the database; what each question promises stands at the port.
struct StoredWebhooks: WebhookStore {
    let driver: any SQLDriver
    let fields: any PersonalFields

    private static let secret = FieldColumn("webhook", "secret")
    private static let former = FieldColumn("webhook", "former_secret")

    func add(_ hook: Webhook, secret: String) async throws {
        let sealed: String = try fields.seal(secret, at: StoredWebhooks.secret.row(hook.id))
        try await driver.write { connection in
            let count = try connection.integer("SELECT COUNT(*) FROM webhook WHERE owner = $1", [.text(hook.owner)])
            guard count < Webhook.most else { throw AccountRefusal("每人最多\(Webhook.most)个通知地址。请先删去不用的") }
            try connection.execute(
                """
                INSERT INTO webhook (id, owner, name, url, kinds, county, secret, created_at, failures, is_enabled, ended_why)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 1, '')
                """,
                [
                    .text(hook.id), .text(hook.owner), .text(hook.name), .text(hook.url),
                    .text(hook.kinds.map(\.rawValue).sorted().joined(separator: ",")), .text(hook.county), .text(sealed),
                    .time(hook.createdAt),
                ])
        }
    }

    func hooks(of owner: PersonID) async throws -> [Webhook] {
        try await driver.read { try WebhookTable.hooks("owner = $1", [.text(owner)], $0) }
    }

    func hook(_ id: String) async throws -> Webhook? {
        try await driver.read { try WebhookTable.hooks("id = $1", [.text(id)], $0).first }
    }

    func secrets(of id: String) async throws -> HookSecrets? {
        try await driver.read { [fields] in
            try $0.first("SELECT secret, former_secret, former_until FROM webhook WHERE id = $1", [.text(id)]) {
                HookSecrets(
                    secret: try fields.open(try $0.text(0), at: StoredWebhooks.secret.row(id)),
                    former: try fields.open($0.optionalText(1), at: StoredWebhooks.former.row(id)),
                    formerUntil: $0.isNull(2) ? nil : try $0.time(2))
            }
        }
    }

    func renew(_ id: String, secret: String, formerUntil: Date) async throws {
        let sealed: String = try fields.seal(secret, at: StoredWebhooks.secret.row(id))
        try await driver.write { [fields] connection in
            let old = try connection.first("SELECT secret FROM webhook WHERE id = $1", [.text(id)]) { try $0.text(0) }
            guard let old else { return }
            // A value is bound to its column: what moves is sealed anew.
            let opened: String = try fields.open(old, at: StoredWebhooks.secret.row(id))
            let former: String = try fields.seal(opened, at: StoredWebhooks.former.row(id))
            try connection.execute(
                "UPDATE webhook SET former_secret = $2, former_until = $3, secret = $4 WHERE id = $1",
                [.text(id), .text(former), .time(formerUntil), .text(sealed)])
        }
    }

    func enable(_ id: String, at: Date) async throws {
        try await driver.write {
            try $0.execute("UPDATE webhook SET is_enabled = 1, failures = 0, ended_why = '' WHERE id = $1", [.text(id)])
            try $0.execute(
                "UPDATE webhook_delivery SET due_at = $2 WHERE webhook_id = $1 AND state = 'waiting' AND due_at > $2",
                [.text(id), .time(at)])
        }
    }

    func disable(_ id: String, why: String) async throws {
        _ = try await driver.write {
            try $0.execute("UPDATE webhook SET is_enabled = 0, ended_why = $2 WHERE id = $1", [.text(id), .text(why)])
        }
    }

    func remove(_ id: String) async throws {
        try await driver.write {
            try $0.execute("DELETE FROM webhook_delivery WHERE webhook_id = $1", [.text(id)])
            try $0.execute("DELETE FROM webhook WHERE id = $1", [.text(id)])
        }
    }

    // MARK: Deliveries

    func enqueue(_ delivery: HookDelivery) async throws { try await driver.write { try WebhookTable.insert(delivery, $0) } }

    func deliveries(of hook: String, from: Int, limit: Int) async throws -> [HookDelivery] {
        try await driver.read {
            try WebhookTable.deliveries(
                "WHERE d.webhook_id = $1 ORDER BY d.created_at DESC, d.id LIMIT $2 OFFSET $3",
                [.text(hook), .integer(limit), .integer(from)], $0)
        }
    }

    func delivery(_ id: String) async throws -> HookDelivery? {
        try await driver.read { try WebhookTable.deliveries("WHERE d.id = $1", [.text(id)], $0).first }
    }

    func claim(at: Date, lease: Date, limit: Int) async throws -> [HookDelivery] {
        // Most rounds find nothing: looking takes no lock.
        let due = try await driver.read {
            try WebhookTable.deliveries(StoredWebhooks.due, [.time(at), .integer(limit)], $0).count
        }
        guard due > 0 else { return [] }
        return try await driver.write { connection in
            let found = try WebhookTable.deliveries(StoredWebhooks.due, [.time(at), .integer(limit)], connection)
            for delivery in found {
                try connection.execute("UPDATE webhook_delivery SET due_at = $2 WHERE id = $1", [.text(delivery.id), .time(lease)])
            }
            return found
        }
    }

    private static let due = """
        JOIN webhook w ON w.id = d.webhook_id WHERE d.state = 'waiting' AND d.due_at <= $1 AND w.is_enabled = 1
        ORDER BY d.due_at, d.id LIMIT $2
        """

    func note(_ delivery: HookDelivery, failureLimit: Int) async throws {
        try await driver.write { connection in
            try connection.execute(
                """
                UPDATE webhook_delivery SET state = $2, due_at = $3, attempts = $4, tried_at = $5, answered_status = $6,
                    answered_words = $7 WHERE id = $1
                """,
                [
                    .text(delivery.id), .text(delivery.state.rawValue), .time(delivery.dueAt), .integer(delivery.attempts),
                    .time(delivery.triedAt), .integer(delivery.status), .text(delivery.words),
                ])
            let hook: [SQLValue] = [.text(delivery.webhook)]
            switch delivery.state {
            case .delivered: try connection.execute("UPDATE webhook SET failures = 0 WHERE id = $1", hook)
            case .withheld: break
            case .waiting, .failed:
                try connection.execute("UPDATE webhook SET failures = failures + 1 WHERE id = $1", hook)
                try connection.execute(
                    "UPDATE webhook SET is_enabled = 0, ended_why = $3 WHERE id = $1 AND is_enabled = 1 AND failures >= $2",
                    hook + [.integer(failureLimit), .text("连续\(failureLimit)次没有送到，已自动停用。最后一次：\(delivery.words)")])
            }
        }
    }

    func forget(endedBefore: Date) async throws {
        _ = try await driver.write {
            try $0.execute("DELETE FROM webhook_delivery WHERE state <> 'waiting' AND created_at < $1", [.time(endedBefore)])
        }
    }
}
