import Foundation
import Indicators
import Registry
import Testing
import Vault
import Vocabulary

@testable import Storage

@Suite("令牌、重发和通知的约定") struct AccessContract {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    private func token(_ id: String, owner: String = "p") -> AccessToken {
        AccessToken(
            id: id, owner: owner, name: "数据中台", scope: TokenScope(duties: [.look, .handIn], county: "清河县"), createdAt: now,
            lastDay: Day(year: 2027, month: 1, day: 31))
    }

    @Test("令牌凭摘要找到，原样读回；停用只由主人", arguments: Engine.allCases) func tokens(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.tokens
        try await store.add(token("a"), digest: "da")
        #expect(try await store.token(digest: "da") == token("a"))
        #expect(try await store.token(digest: "a") == nil)
        try await store.touch("a", at: now)
        #expect(try await store.token(digest: "da")?.usedAt == now)
        try await store.revoke("a", of: "somebody", at: now)
        #expect(try await store.tokens(of: "p").map(\.revokedAt) == [nil])
        try await store.revoke("a", of: "p", at: now)
        try await store.revoke("a", of: "p", at: now.addingTimeInterval(9))
        #expect(try await store.token(digest: "da")?.revokedAt == now)
    }

    @Test("令牌有个数上限，停用的不算", arguments: Engine.allCases) func most(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.tokens
        for number in 0..<AccessToken.most { try await store.add(token("t\(number)"), digest: "d\(number)") }
        await #expect(throws: AccountRefusal.self) { try await store.add(token("more"), digest: "dm") }
        try await store.revoke("t0", of: "p", at: now)
        try await store.add(token("more"), digest: "dm")
    }

    @Test("同一个键只办一次，换了内容要说", arguments: Engine.allCases) func replay(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.replays
        let request = ReplayRequest(owner: "p", key: "k", digest: "d")
        let since = now.addingTimeInterval(-3600)
        #expect(try await store.begin(request, at: now, keepingSince: since) == .fresh)
        #expect(try await store.begin(request, at: now.addingTimeInterval(1), keepingSince: since) == .running(since: now))
        let answer = ReplayAnswer(status: 200, type: "application/json", tag: "\"v2-x\"", body: #"{"a":"清河县"}"#)
        try await store.finish(request, answer)
        #expect(try await store.begin(request, at: now, keepingSince: since) == .done(answer))
        var other = request
        other.digest = "e"
        #expect(try await store.begin(other, at: now, keepingSince: since) == .other)
        other.owner = "q"
        #expect(try await store.begin(other, at: now, keepingSince: since) == .fresh)
        try await store.forget(other)
        #expect(try await store.begin(other, at: now, keepingSince: since) == .fresh)
        // A day later the key is free again.
        #expect(try await store.begin(request, at: now.addingTimeInterval(9_000), keepingSince: now.addingTimeInterval(1)) == .fresh)
    }

    @Test("存下的答复是封存的，重发照样答；以前明文的也答，换密钥时封存", arguments: Engine.allCases)
    func sealedReplay(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let (store, raw) = (desk.storage.replays, try engine.open(desk.folder))
        func stored() async throws -> [String] {
            try await raw.read { try $0.rows("SELECT body FROM replayed_request ORDER BY request_key") { try $0.text(0) } }
        }
        let since = now.addingTimeInterval(-3600)
        let answer = ReplayAnswer(status: 200, type: "application/json", tag: "t", body: #"{"reason":"不便公开的话"}"#)
        let request = ReplayRequest(owner: "token:a", key: "k 1", digest: "d")
        _ = try await store.begin(request, at: now, keepingSince: since)
        try await store.finish(request, answer)
        #expect(try await stored().allSatisfy { SealedText.isSealed($0) && !$0.contains("不便公开") })
        #expect(try await store.begin(request, at: now, keepingSince: since) == .done(answer))
        let empty = ReplayRequest(owner: "token:a", key: "k 2", digest: "d")
        _ = try await store.begin(empty, at: now, keepingSince: since)
        try await store.finish(empty, ReplayAnswer(status: 204, type: "", tag: "", body: ""))
        #expect(
            try await store.begin(empty, at: now, keepingSince: since)
                == .done(ReplayAnswer(status: 204, type: "", tag: "", body: "")))
        // As a version before this one left it.
        _ = try await raw.write { try $0.execute("UPDATE replayed_request SET body = 'plain' WHERE request_key = 'k 1'", []) }
        #expect(
            try await store.begin(request, at: now, keepingSince: since)
                == .done(ReplayAnswer(status: 200, type: "application/json", tag: "t", body: "plain")))
        #expect(try await desk.storage.sealedRows(try nationalInventory()).bringUp() == 1)
        #expect(SealedText.isSealed(try #require(try await stored().first)))
        // A new key takes the old one's place here too.
        let ring = try desk.vault.ring.adding(FieldKey(.sm4, madeOn: "2026-10-01"))
        let renewed = try await desk.storage.with(PersonalVault(ring))
        #expect(try await renewed.sealedRows(try nationalInventory()).bringUp() == 1)
        let alone = try await desk.storage.with(PersonalVault(try FieldKeyRing([ring.current])))
        #expect(
            try await alone.replays.begin(request, at: now, keepingSince: since)
                == .done(ReplayAnswer(status: 200, type: "application/json", tag: "t", body: "plain")))
    }

    @Test("两台服务器同时来，只有一台拿到", arguments: Engine.allCases) func race(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let (stores, at) = ([desk.storage.replays, try await desk.reopened().replays], now)
        let fresh = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<8 {
                group.addTask {
                    try await stores[number % 2].begin(
                        ReplayRequest(owner: "p", key: "k", digest: "d"), at: at, keepingSince: at.addingTimeInterval(-1))
                        == .fresh
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(fresh == 1)
    }

    // MARK: Webhooks

    private func hook(_ id: String, _ kinds: Set<HookEvent.Kind>, county: String? = nil) -> Webhook {
        Webhook(id: id, owner: "p", name: id, url: "https://hooks.example.org/", kinds: kinds, county: county, createdAt: now)
    }

    @Test("上报一步，订了的人各得一条；没订的、别的县的没有", arguments: Engine.allCases) func events(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.webhooks
        try await store.add(hook("all", [.importApplied, .snapshotSubmitted]), secret: "s")
        try await store.add(hook("here", [.snapshotSubmitted], county: "清河县"), secret: "s")
        try await store.add(hook("off", [.snapshotSubmitted]), secret: "s")
        try await store.disable("off", why: "本人停用")
        try await store.add(hook("elsewhere", [.snapshotSubmitted], county: "东岭县"), secret: "s")
        try await desk.hand("i1", [Desk.row(1, "A1", "清河县")])
        let opened = try await desk.storage.snapshots.open(
            "s1", county: "清河县", Desk.year, forms: [Desk.form.id], reason: "", by: Desk.signed("李科员"))
        _ = try await desk.storage.snapshots.take(.submit, on: opened.id, seen: opened.version, reason: "", by: Desk.signed("李科员"))
        let all = try await store.deliveries(of: "all", from: 0, limit: 9)
        #expect(Set(all.map(\.kind)) == [.importApplied, .snapshotSubmitted] && all.count == 2)
        #expect(try await store.deliveries(of: "here", from: 0, limit: 9).map(\.county) == ["清河县"])
        for none in ["elsewhere", "off"] { #expect(try await store.deliveries(of: none, from: 0, limit: 9).isEmpty, "\(none)") }
        #expect(all.allSatisfy { $0.body.contains("\"id\":\"\($0.id)\"") && $0.body.contains("清河县") })
    }

    private func delivery(_ id: String, due: Double = 0) -> HookDelivery {
        HookDelivery(
            id: id, webhook: "h", kind: .test, county: "", body: "{}", createdAt: now.addingTimeInterval(due),
            dueAt: now.addingTimeInterval(due))
    }

    @Test("到时间的只给一台，过了租期再给；送达就完", arguments: Engine.allCases) func lease(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.webhooks
        try await store.add(hook("h", [.importApplied]), secret: "s")
        try await store.enqueue(delivery("now"))
        try await store.enqueue(delivery("later", due: 500))
        let lease = now.addingTimeInterval(90)
        #expect(try await store.claim(at: now, lease: lease, limit: 9).map(\.id) == ["now"])
        #expect(try await store.claim(at: now.addingTimeInterval(89), lease: lease, limit: 9).isEmpty)
        var taken = try #require(try await store.claim(at: lease, lease: lease.addingTimeInterval(90), limit: 9).first)
        (taken.state, taken.attempts, taken.status, taken.triedAt) = (.delivered, 1, 204, now)
        try await store.note(taken, failureLimit: 3)
        #expect(try await store.claim(at: now.addingTimeInterval(400), lease: lease, limit: 9).isEmpty)
        #expect(try await store.delivery("now") == taken)
    }

    @Test("连续送不到就停用，送到一次重新计；启用后马上再试", arguments: Engine.allCases) func failing(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.webhooks
        try await store.add(hook("h", [.importApplied]), secret: "s")
        var tried = delivery("d")
        try await store.enqueue(tried)
        func note(_ state: HookDelivery.State) async throws {
            tried.state = state
            tried.words = state == .delivered ? "" : "连不上对方的服务器"
            tried.dueAt = now.addingTimeInterval(1_000)
            try await store.note(tried, failureLimit: 2)
        }
        try await note(.waiting)
        try await note(.delivered)
        try await note(.waiting)
        #expect(try await store.hook("h")?.isEnabled == true)
        try await note(.waiting)
        let ended = try #require(try await store.hook("h"))
        #expect(!ended.isEnabled && ended.endedWhy.contains("连不上对方的服务器") && ended.endedWhy.contains("2次"))
        #expect(try await store.claim(at: now.addingTimeInterval(2_000), lease: now.addingTimeInterval(9_000), limit: 9).isEmpty)
        try await store.enable("h", at: now)
        #expect(try await store.claim(at: now, lease: now.addingTimeInterval(90), limit: 9).map(\.id) == ["d"])
    }

    @Test("签名密钥在数据库里是封存的，换新时旧的也是；以前明文存下的开服务时封存", arguments: Engine.allCases)
    func sealedSecrets(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let (store, raw) = (desk.storage.webhooks, try engine.open(desk.folder))
        func stored() async throws -> [String] {
            try await raw.read {
                try $0.rows("SELECT secret, former_secret FROM webhook") { [try $0.text(0), try $0.optionalText(1) ?? ""] }.flatMap { $0 }
            }
        }
        try await store.add(hook("h", [.importApplied]), secret: "one")
        try await store.renew("h", secret: "two", formerUntil: now)
        #expect(try await stored().allSatisfy { SealedText.isSealed($0) })
        _ = try await raw.write { try $0.execute("UPDATE webhook SET secret = 'three', former_secret = 'four'", []) }
        #expect(try await desk.storage.sealedRows(try nationalInventory()).bringUp() == 2)
        #expect(try await stored().allSatisfy { SealedText.isSealed($0) })
        let kept = try #require(try await store.secrets(of: "h"))
        #expect(kept.secret == "three" && kept.former == "four")
    }

    @Test("换密钥留下旧的；删去地址连同记录", arguments: Engine.allCases) func secrets(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.webhooks
        try await store.add(hook("h", [.importApplied]), secret: "one")
        try await store.renew("h", secret: "two", formerUntil: now)
        let kept = try #require(try await store.secrets(of: "h"))
        #expect(kept.secret == "two" && kept.former == "one" && kept.formerUntil == now)
        try await store.enqueue(delivery("d"))
        try await store.remove("h")
        #expect(try await store.hook("h") == nil)
        #expect(try await store.delivery("d") == nil)
    }
}
