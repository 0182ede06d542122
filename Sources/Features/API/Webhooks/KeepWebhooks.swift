internal import Foundation
internal import Pages
internal import Registry

/// What somebody asks of a new webhook.
struct WebhookWish: Sendable {
    var name: String
    var url: String
    var kinds: [String]
    var county: String?

    static let schema = Schema.object([
        Property("name", .text(1...60), "给哪个程序用"),
        Property("url", .text(8...500), "接收的地址，https"),
        Property("events", .list(.choice(HookEvent.Kind.offered.map(\.rawValue)), most: HookEvent.Kind.offered.count), "要知道哪些事"),
        Property("county", .text(1...60), "只要这个县的", isRequired: false),
    ])
    static let example = JSON.object(
        ("name", .text("数据中台")), ("url", .text("https://hooks.example.org/junheng")), ("events", .list([.text("snapshot.frozen")])))
}

/// Makes, changes and ends the webhooks of whoever asks; pages and programs call the same.
struct KeepWebhooks: Sendable {
    let desk: ApiDesk

    /// Everything wrong with a wish, in the user's words.
    func complaints(_ wish: WebhookWish, _ visit: Visit) -> [String] {
        var complaints: [String] = []
        if wish.name.isEmpty || wish.name.count > 60 { complaints.append("名称要写1至60个字，说明给哪个程序用") }
        if wish.kinds.isEmpty { complaints.append("至少选一种事件") }
        if let problem = KeepWebhooks.complaint(wish.url) { complaints.append(problem) }
        if let county = wish.county, !visit.may(.look, in: county) { complaints.append("您不能查看\(county)，也就不能订它的事件") }
        return complaints
    }

    /// Whether the address leads to the machine itself or into a network nobody named is seen when it is reached, not from its text.
    private static func complaint(_ url: String) -> String? {
        guard let parts = URLComponents(string: url), ["https", "http"].contains(parts.scheme?.lowercased()), parts.host?.isEmpty == false,
            url.unicodeScalars.allSatisfy({ $0.value > 32 && $0.value != 127 })
        else { return "接收的地址要写成 https:// 开头的完整网址" }
        return parts.user == nil && parts.password == nil ? nil : "接收的地址里不要写用户名和密码"
    }

    func make(_ wish: WebhookWish, _ visit: Visit) async throws -> (hook: Webhook, secret: String) {
        let complaints = complaints(wish, visit)
        guard complaints.isEmpty else {
            throw Problem(
                .body, complaints.joined(separator: "；"), "The wish for a webhook cannot be granted",
                complaints: complaints.map { Problem.Complaint(pointer: "", zh: $0, en: "cannot be granted") })
        }
        let hook = Webhook(
            id: desk.programs.maker.id(), owner: visit.person.id, name: wish.name, url: wish.url,
            kinds: Set(wish.kinds.compactMap { HookEvent.Kind(rawValue: $0) }), county: wish.county, createdAt: desk.now())
        let secret = newSecret()
        try await desk.webhooks.add(hook, secret: secret)
        return (hook, secret)
    }

    /// A webhook of whoever asks; other people's are not there.
    func own(_ id: String, _ visit: Visit) async throws -> Webhook {
        guard let hook = try await desk.webhooks.hook(id), hook.owner == visit.person.id else {
            throw Problem(.notFound, "您没有这个通知地址", "You have no such webhook")
        }
        return hook
    }

    func renew(_ hook: Webhook) async throws -> String {
        let secret = newSecret()
        try await desk.webhooks.renew(hook.id, secret: secret, formerUntil: desk.now().addingTimeInterval(Webhook.overlap))
        return secret
    }

    /// Sends a trial, or the same event once more.
    func send(_ hook: Webhook, again former: HookDelivery? = nil) async throws -> HookDelivery {
        guard hook.isEnabled else { throw Problem(.conflict, "这个通知地址已停用，请先启用", "The webhook is off; switch it on first") }
        let (id, now) = (desk.programs.maker.id(), desk.now())
        let trial =
            JSON.object(("id", .text(id)), ("kind", .text(HookEvent.Kind.test.rawValue)), ("at", .text(Moment.text(now))))
        let delivery = HookDelivery(
            id: id, webhook: hook.id, kind: former?.kind ?? .test, county: former?.county ?? "",
            body: former?.body ?? String(decoding: trial.bytes, as: UTF8.self), createdAt: now, dueAt: now)
        try await desk.webhooks.enqueue(delivery)
        return delivery
    }

    private func newSecret() -> String { "whsec_" + desk.programs.maker.token() }
}
