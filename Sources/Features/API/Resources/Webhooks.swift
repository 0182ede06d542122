internal import Foundation
internal import HTTPTypes
internal import Indicators
internal import Pages
internal import Registry
internal import Vocabulary

extension ApiDesk {
    /// Whom to tell of events, and how that went.
    var webhookOperations: [Operation] {
        let one = Parameter.path("webhook", "通知地址的编号", .text(1...64))
        let keep = KeepWebhooks(desk: self)
        return [
            .list(
                "/webhooks", "listWebhooks", .hooks, LocalizedText(zh: "我的通知地址", en: "My webhooks"), of: Webhook.shape, key: \.id
            ) { call in try await webhooks.hooks(of: call.visit.person.id) },
            .post(
                "/webhooks", "makeWebhook", .hooks, LocalizedText(zh: "加一个通知地址", en: "Add a webhook"), needs: .duty(.look),
                body: .json(WebhookWish.schema, example: WebhookWish.example), status: 201, isSecret: true,
                note: "签名用的密钥只在这个回答里出现一次。每次发送带 Junheng-Signature: t=时间,v1=HMAC-SHA-256(密钥, 时间 + \".\" + 正文)。",
                gives: NewWebhook.shape
            ) { call in
                let wish = WebhookWish(
                    name: call.body["name"]?.string ?? "", url: call.body["url"]?.string ?? "",
                    kinds: call.body["events"]?.items?.compactMap(\.string) ?? [], county: call.body["county"]?.string)
                let (hook, secret) = try await keep.make(wish, call.visit)
                return NewWebhook(secret: secret, hook: hook)
            },
            .get(
                "/webhooks/{webhook}", "getWebhook", .hooks, LocalizedText(zh: "一个通知地址", en: "A webhook"), [one], gives: Webhook.shape
            ) { call in try await keep.own(call.segment("webhook"), call.visit) },
            Operation(
                method: .delete, path: "/webhooks/{webhook}", id: "removeWebhook", group: .hooks,
                title: LocalizedText(zh: "删去一个通知地址", en: "Remove a webhook"), needs: .duty(.look), parameters: [one], success: .empty
            ) { call in
                try await webhooks.remove(try await keep.own(call.segment("webhook"), call.visit).id)
                return .done
            },
        ] + webhookSteps(one, keep)
    }

    private func webhookSteps(_ one: Parameter, _ keep: KeepWebhooks) -> [Operation] {
        [
            .post(
                "/webhooks/{webhook}/enable", "enableWebhook", .hooks, LocalizedText(zh: "启用", en: "Switch on"), needs: .duty(.look), [one],
                gives: Webhook.shape
            ) { call in
                let hook = try await keep.own(call.segment("webhook"), call.visit)
                try await webhooks.enable(hook.id, at: now())
                return try await keep.own(hook.id, call.visit)
            },
            .post(
                "/webhooks/{webhook}/disable", "disableWebhook", .hooks, LocalizedText(zh: "停用", en: "Switch off"), needs: .duty(.look),
                [one],
                gives: Webhook.shape
            ) { call in
                let hook = try await keep.own(call.segment("webhook"), call.visit)
                try await webhooks.disable(hook.id, why: "本人停用")
                return try await keep.own(hook.id, call.visit)
            },
            .post(
                "/webhooks/{webhook}/secret", "renewSecret", .hooks, LocalizedText(zh: "换密钥", en: "A new secret"), needs: .duty(.look),
                [one],
                isSecret: true, note: "旧密钥再同时签名 24 小时，好让接收方换过去。", gives: NewWebhook.shape
            ) { call in
                let hook = try await keep.own(call.segment("webhook"), call.visit)
                return NewWebhook(secret: try await keep.renew(hook), hook: hook)
            },
            .post(
                "/webhooks/{webhook}/test", "testWebhook", .hooks, LocalizedText(zh: "试发一次", en: "Send a trial"), needs: .duty(.look),
                [one],
                status: 202, gives: HookDelivery.shape
            ) { call in try await keep.send(try await keep.own(call.segment("webhook"), call.visit)) },
            Operation(
                method: .get, path: "/webhooks/{webhook}/deliveries", id: "listDeliveries", group: .hooks,
                title: LocalizedText(zh: "发送记录，新的在前", en: "Deliveries, newest first"), needs: .duty(.look), parameters: [one],
                success: .json(status: 200, Paging.schema(HookDelivery.shape.schema)), isPaged: true
            ) { call in
                let hook = try await keep.own(call.segment("webhook"), call.visit)
                let paging = try Paging(call)
                let found = try await webhooks.deliveries(of: hook.id, from: paging.from, limit: paging.limit + 1)
                let page = found.prefix(paging.limit)
                let next = found.count > page.count ? paging.cursor(key: "", place: paging.from + page.count - 1) : nil
                return Reply(Paging.json(page.map(HookDelivery.shape.write), count: nil, next: next), next: next)
            },
            .post(
                "/webhooks/{webhook}/deliveries/{delivery}/resend", "resend", .hooks, LocalizedText(zh: "再发一次", en: "Send again"),
                needs: .duty(.look), [one, .path("delivery", "发送的编号", .text(1...64))], status: 202, gives: HookDelivery.shape
            ) { call in
                let hook = try await keep.own(call.segment("webhook"), call.visit)
                guard let former = try await webhooks.delivery(call.segment("delivery")), former.webhook == hook.id else {
                    throw Problem(.notFound, "没有这次发送", "There is no such delivery")
                }
                return try await keep.send(hook, again: former)
            },
        ]
    }
}

struct NewWebhook: Sendable {
    var secret: String
    var hook: Webhook

    static let shape = Shape<NewWebhook>.object(
        "NewWebhook", [Field("secret", .text, "签名用的密钥，只显示这一次") { $0.secret }, Field("webhook", Webhook.shape) { $0.hook }])
}

extension Webhook {
    static let shape = Shape<Webhook>.object(
        "Webhook",
        [
            Field("id", .text) { $0.id }, Field("name", .text) { $0.name }, Field("url", .text) { $0.url },
            Field("events", Shape<HookEvent.Kind>.word.list) { $0.kinds.sorted { $0.rawValue < $1.rawValue } },
            .maybe("county", .text) { $0.county }, Field("createdAt", .moment) { $0.createdAt }, Field("isEnabled", .flag) { $0.isEnabled },
            Field("failures", .count, "连续没有送到的次数") { $0.failures },
            .maybe("endedWhy", .text, "为什么停用") { $0.endedWhy.isEmpty ? nil : $0.endedWhy },
        ])
}

extension HookDelivery {
    static let shape = Shape<HookDelivery>.object(
        "Delivery",
        [
            Field("id", .text) { $0.id }, Field("event", Shape<HookEvent.Kind>.word) { $0.kind }, Field("body", .text) { $0.body },
            Field("createdAt", .moment) { $0.createdAt }, Field("state", Shape<State>.word) { $0.state },
            Field("attempts", .count) { $0.attempts }, .maybe("triedAt", .moment) { $0.triedAt },
            .maybe("status", .count, "对方回答的状态") { $0.status },
            .maybe("problem", .text, "哪里没有办成") { $0.words.isEmpty ? nil : $0.words },
            .maybe("dueAt", .moment, "下一次什么时候试") { $0.state == .waiting ? $0.dueAt : nil },
        ])
}
