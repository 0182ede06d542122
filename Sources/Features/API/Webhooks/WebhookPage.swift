internal import Foundation
internal import Hummingbird
internal import Pages
internal import Registry
internal import Vocabulary

/// 事件通知: the addresses a person has events sent to, and how that went.
struct WebhookPage: Sendable {
    struct Row: Sendable {
        var name: String
        var url: String
        var events: String
        var state: String
        var style: String
        var why: [String]
        var logURL: String
        var steps: [Step]
    }
    struct Step: Sendable {
        var label: String
        var url: String
    }

    let page: PageFrame
    let notice: [String]
    let secret: [String]
    let kinds: [TokenPage.Choice]
    let name: String
    let address: String
    let county: String
    let rows: [Row]
    let hasRows: Bool

    init(_ desk: ApiDesk, _ hooks: [Webhook], _ visit: Visit, wish: WebhookWish? = nil, notice: [String] = [], secret: String? = nil) {
        let off = hooks.count { !$0.isEnabled }
        let title = hooks.isEmpty ? "还没有通知地址" : off > 0 ? "有\(off)个通知地址停用了" : "\(hooks.count)个通知地址都在用"
        page = desk.frame(
            title, lead: "数据导入、上报、审核、冻结之后，系统把消息发到您给的地址，带签名。送不到会再试。", visit, current: "/webhooks",
            actions: [PageFrame.Link("怎样使用", "/api")])
        self.notice = notice
        self.secret = secret.map { [$0] } ?? []
        kinds = HookEvent.Kind.offered.map {
            TokenPage.Choice(value: $0.rawValue, label: $0.label.zh, isChosen: wish?.kinds.contains($0.rawValue) ?? false)
        }
        (name, address, county) = secret == nil ? (wish?.name ?? "", wish?.url ?? "", wish?.county ?? "") : ("", "", "")
        rows = hooks.map(WebhookPage.row)
        hasRows = !rows.isEmpty
    }

    private static func row(_ hook: Webhook) -> Row {
        let url = "/webhooks/\(hook.id)"
        let events = HookEvent.Kind.offered.filter(hook.kinds.contains).map(\.label.zh).joined(separator: "、")
        let steps =
            hook.isEnabled
            ? [Step(label: "试发", url: "\(url)/test"), Step(label: "换密钥", url: "\(url)/secret"), Step(label: "停用", url: "\(url)/disable")]
            : [Step(label: "启用", url: "\(url)/enable")]
        return Row(
            name: hook.name, url: hook.url, events: events + (hook.county.map { "（只限\($0)）" } ?? ""), state: hook.isEnabled ? "在用" : "已停用",
            style: hook.isEnabled ? "met" : "notmet", why: hook.endedWhy.isEmpty ? [] : [hook.endedWhy], logURL: url,
            steps: steps + [Step(label: "删去", url: "\(url)/remove")])
    }
}

/// What was sent to one address.
struct DeliveryPage: Sendable {
    struct Row: Sendable {
        var time: String
        var event: String
        var state: String
        var style: String
        var attempts: String
        var status: String
        var problem: String
        var resendURL: String
    }

    let page: PageFrame
    let rows: [Row]
    let hasRows: Bool

    init(_ desk: ApiDesk, _ hook: Webhook, _ deliveries: [HookDelivery], _ visit: Visit) {
        let failed = deliveries.count { $0.state == .failed }
        let owed = deliveries.count { $0.state == .waiting && $0.attempts > 0 }
        let title =
            deliveries.isEmpty
            ? "还没有发送过" : failed > 0 ? "有\(failed)条没有送到" : owed > 0 ? "有\(owed)条还没有送到，会再试" : "最近的都送到了"
        page = desk.frame(
            "“\(hook.name)”\(title)", lead: "发往 \(hook.url)。\(deliveries.isEmpty ? "" : "下面是最近的\(deliveries.count)条。")", visit, current: "",
            actions: [PageFrame.Link("回到事件通知", "/webhooks")])
        rows = deliveries.map { delivery in
            let next = delivery.state == .waiting && delivery.attempts > 0 ? "；下次 \(PageTime.text(delivery.dueAt))" : ""
            return Row(
                time: PageTime.text(delivery.createdAt),
                event: delivery.kind.label.zh + (delivery.county.isEmpty ? "" : "，\(delivery.county)"),
                state: delivery.state.label.zh,
                style: delivery.state == .delivered ? "met" : delivery.state == .waiting ? "warning" : "notmet",
                attempts: "\(delivery.attempts)", status: delivery.status.map { "\($0)" } ?? "—", problem: delivery.words + next,
                resendURL: "/webhooks/\(hook.id)/deliveries/\(delivery.id)/resend")
        }
        hasRows = !rows.isEmpty
    }
}

extension ApiDesk {
    func addWebhookRoutes(to router: Router<PageContext>) {
        let keep = KeepWebhooks(desk: self)
        router.get("/webhooks") { _, context in try await webhookPage(context.visit) }
        router.post("/webhooks") { request, context in
            let posted = try await PostedForm.fields(request)
            let kinds = HookEvent.Kind.offered.map(\.rawValue).filter { posted["event-\($0)"] != nil }
            func trimmed(_ name: String) -> String { (posted[name] ?? "").trimmingCharacters(in: .whitespacesAndNewlines) }
            let wish = WebhookWish(
                name: trimmed("name"), url: trimmed("url"), kinds: kinds, county: trimmed("county").isEmpty ? nil : trimmed("county"))
            context.note.say(wish.name)
            try context.visit.requireSomewhere(.look)
            do {
                let made = try await keep.make(wish, context.visit)
                return try await webhookPage(context.visit, wish: wish, secret: made.secret)
            } catch let problem as Problem {
                return try await webhookPage(context.visit, wish: wish, notice: problem.complaints.map(\.zh))
            } catch let refusal as AccountRefusal {
                return try await webhookPage(context.visit, wish: wish, notice: [refusal.message])
            }
        }
        let one = router.group("/webhooks/:webhook")
        one.get { _, context in
            let hook = try await ownHook(context)
            let found = try await webhooks.deliveries(of: hook.id, from: 0, limit: 100)
            return Answer.page(try templates.html(DeliveryPage(self, hook, found, context.visit), "deliveries"))
        }
        one.post("secret") { _, context in
            let hook = try await ownHook(context)
            return try await webhookPage(context.visit, secret: try await keep.renew(hook))
        }
        for (step, work) in steps(keep) {
            one.post("\(step)") { _, context in
                try await work(try await ownHook(context))
                return Answer.seeOther(step == "test" ? "/webhooks/\(context.segment("webhook"))" : "/webhooks")
            }
        }
        one.post("deliveries/:delivery/resend") { _, context in
            let hook = try await ownHook(context)
            guard let former = try await webhooks.delivery(context.segment("delivery")), former.webhook == hook.id else {
                throw PageMissing("没有这次发送。请从“事件通知”重新选择")
            }
            _ = try await asPage { try await keep.send(hook, again: former) }
            return Answer.seeOther("/webhooks/\(hook.id)")
        }
    }

    private func steps(_ keep: KeepWebhooks) -> [(String, @Sendable (Webhook) async throws -> Void)] {
        [
            ("test", { hook in _ = try await asPage { try await keep.send(hook) } }),
            ("enable", { hook in try await webhooks.enable(hook.id, at: now()) }),
            ("disable", { hook in try await webhooks.disable(hook.id, why: "本人停用") }),
            ("remove", { hook in try await webhooks.remove(hook.id) }),
        ]
    }

    private func ownHook(_ context: PageContext) async throws -> Webhook {
        try context.visit.requireSomewhere(.look)
        return try await asPage { try await KeepWebhooks(desk: self).own(context.segment("webhook"), context.visit) }
    }

    /// A problem in the words of a page.
    private func asPage<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let problem as Problem {
            throw problem.kind == .notFound ? PageMissing(problem.detail) as any Error : PageForbidden(problem.detail)
        }
    }

    private func webhookPage(
        _ visit: Visit, wish: WebhookWish? = nil, notice: [String] = [], secret: String? = nil
    ) async throws -> Response {
        try visit.requireSomewhere(.look)
        let page = WebhookPage(self, try await webhooks.hooks(of: visit.person.id), visit, wish: wish, notice: notice, secret: secret)
        return Answer.page(try templates.html(page, "webhooks"), status: notice.isEmpty ? .ok : .unprocessableContent)
    }
}

extension Visit {
    /// Throws `NotAllowed` where the duty holds nowhere.
    func requireSomewhere(_ duty: Duty) throws {
        if !mayAnywhere(duty) { try require(duty, in: nil) }
    }
}
