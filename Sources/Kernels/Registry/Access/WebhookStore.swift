public import Foundation

/// Webhooks and what is on its way to them, shared by all servers.
public protocol WebhookStore: Sendable {
    /// Throws `AccountRefusal` where the owner has as many as there may be.
    func add(_ hook: Webhook, secret: String) async throws
    /// By name.
    func hooks(of owner: PersonID) async throws -> [Webhook]
    func hook(_ id: String) async throws -> Webhook?
    func secrets(of id: String) async throws -> HookSecrets?
    /// Puts a new secret in place; the one before signs until a moment.
    func renew(_ id: String, secret: String, formerUntil: Date) async throws
    /// On again: what waits is tried at once.
    func enable(_ id: String, at: Date) async throws
    func disable(_ id: String, why: String) async throws
    /// With its deliveries.
    func remove(_ id: String) async throws

    /// Puts one delivery in line, for trying an address out or sending again.
    func enqueue(_ delivery: HookDelivery) async throws
    /// Newest first.
    func deliveries(of hook: String, from: Int, limit: Int) async throws -> [HookDelivery]
    func delivery(_ id: String) async throws -> HookDelivery?
    /// Takes the deliveries that are due for webhooks that are on, each by one server alone: they are due again at `lease`
    /// unless the outcome is noted before.
    func claim(at: Date, lease: Date, limit: Int) async throws -> [HookDelivery]
    /// How an attempt ended. With `next` it waits on; without, it is over as `state` says. A failure counts against the webhook,
    /// which goes off at `limit` of them in a row.
    func note(_ delivery: HookDelivery, failureLimit: Int) async throws
    /// Forgets deliveries that ended before a moment.
    func forget(endedBefore: Date) async throws
}
