internal import Foundation
internal import Pages
internal import Registry
internal import Vocabulary

/// Carries events to the addresses that asked for them: signed, tried again with growing pauses, one server at a time.
public struct HookCourier: Sendable {
    let desk: ApiDesk

    /// How long one attempt may hold a delivery before another server takes it.
    static let lease = 90.0
    /// How many are on their way at once.
    static let batch = 8
    /// How long ended deliveries stay in the log.
    static let kept = 30 * 86_400.0

    public init(_ desk: ApiDesk) { self.desk = desk }

    /// Works until cancelled. A database that is away comes back; nothing is lost by missing rounds.
    public func run(every pause: Duration) async {
        var rounds = 0
        while !Task.isCancelled {
            let sent = (try? await round()) ?? 0
            rounds += 1
            if rounds % 1_000 == 1 { try? await desk.webhooks.forget(endedBefore: desk.now().addingTimeInterval(-HookCourier.kept)) }
            if sent < HookCourier.batch { try? await Task.sleep(for: pause) }
        }
    }

    /// One round: answers how many deliveries were tried.
    func round() async throws -> Int {
        let now = desk.now()
        let due = try await desk.webhooks.claim(at: now, lease: now.addingTimeInterval(HookCourier.lease), limit: HookCourier.batch)
        await withTaskGroup(of: Void.self) { group in
            for delivery in due { group.addTask { try? await carry(delivery) } }
        }
        return due.count
    }

    private func carry(_ delivery: HookDelivery) async throws {
        guard let hook = try await desk.webhooks.hook(delivery.webhook), let secrets = try await desk.webhooks.secrets(of: hook.id) else {
            return
        }
        var tried = delivery
        tried.triedAt = desk.now()
        guard try await mayKnow(hook.owner, delivery.county) else {
            tried.state = .withheld
            tried.words = "建这个地址的人现在无权查看\(delivery.county)"
            return try await desk.webhooks.note(tried, failureLimit: desk.programs.patience.failures)
        }
        tried.attempts += 1
        (tried.status, tried.words) = await send(tried, to: hook, secrets)
        if tried.words.isEmpty {
            tried.state = .delivered
        } else if let pause = desk.programs.patience.pause(after: tried.attempts) {
            tried.dueAt = desk.now().addingTimeInterval(pause)
        } else {
            tried.state = .failed
        }
        try await desk.webhooks.note(tried, failureLimit: desk.programs.patience.failures)
    }

    /// What the receiver answered, and what went wrong in words; no words where it took the event.
    private func send(_ delivery: HookDelivery, to hook: Webhook, _ secrets: HookSecrets) async -> (status: Int?, words: String) {
        let request = OutgoingRequest("POST", hook.url, headers: headers(delivery, secrets), body: Array(delivery.body.utf8))
        do {
            let answer = try await desk.programs.outgoing.answer(to: request)
            return (answer.status, (200..<300).contains(answer.status) ? "" : "对方回答 \(answer.status)")
        } catch let failure as OutgoingFailure {
            return (nil, failure.message)
        } catch {
            return (nil, "没有发出去")
        }
    }

    /// Whoever may no longer look at a county is no longer told of it.
    private func mayKnow(_ owner: PersonID, _ county: String) async throws -> Bool {
        guard let person = try await desk.programs.holder(owner) else { return false }
        // A trial speaks of no county.
        return county.isEmpty || person.may(.look, in: county, today: desk.surroundings.today())
    }

    private func headers(_ delivery: HookDelivery, _ secrets: HookSecrets) -> [(name: String, value: String)] {
        let now = desk.now()
        let time = Int(now.timeIntervalSince1970)
        let signatures = secrets.signing(at: now).map { "v1=\(desk.programs.sign($0, "\(time).\(delivery.body)"))" }
        return [
            ("Content-Type", "application/json"), ("User-Agent", "junheng"), ("Junheng-Event", delivery.kind.rawValue),
            ("Junheng-Delivery", delivery.id), ("Junheng-Signature", (["t=\(time)"] + signatures).joined(separator: ",")),
        ]
    }
}
