import Foundation
import Registry
import Storage
import Testing
import Vault
import Vocabulary

@Suite("账户与会话的约定") struct AccountContract {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)
    private let today = Day(year: 2027, month: 1, day: 15)

    private func account(_ id: String, _ grants: Grant...) -> Account {
        Account(
            person: Person(id: id, name: "\(id)科员", grants: grants), login: "U-\(id)", mustChangePassword: true, passwordAt: now,
            createdAt: now)
    }

    @Test("建好的账户原样读回", arguments: Engine.allCases) func identical(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.accounts
        #expect(try await !store.hasAccounts())
        let made = account("a", Grant(.countyOfficer, county: "清河县", until: today), Grant(.schoolHead, county: "清河县", school: "A1"))
        try await store.add(made, passwordHash: "h1", asFirst: true)
        #expect(try await store.account("a") == made)
        #expect(try await store.account(login: " u-A ") == made)
        #expect(try await store.person("a") == made.person)
        #expect(try await store.hasAccounts())
    }

    @Test("第一个只有一个，登录名不重", arguments: Engine.allCases) func first(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.accounts
        try await store.add(account("a", Grant(.administrator)), passwordHash: "h", asFirst: true)
        await #expect(throws: AccountRefusal.notFirst) { try await store.add(account("b"), passwordHash: "h", asFirst: true) }
        var twin = account("c")
        twin.login = "u-a"
        await #expect(throws: AccountRefusal.loginTaken) { try await store.add(twin, passwordHash: "h", asFirst: false) }
    }

    @Test("旧密码留下几个，多的忘掉", arguments: Engine.allCases) func former(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.accounts
        try await store.add(account("a", Grant(.administrator)), passwordHash: "h0", asFirst: true)
        for number in 1...4 {
            try await store.setPassword(of: "a", hash: "h\(number)", mustChange: number < 4, keeping: 2, at: now)
        }
        let kept = try #require(try await store.credentials(of: "a"))
        #expect(kept.passwordHash == "h4" && kept.formerHashes == ["h3", "h2"])
        #expect(try await store.account("a")?.mustChangePassword == false)
    }

    @Test("动态码一步只用一次", arguments: Engine.allCases) func codes(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.accounts
        try await store.add(account("a"), passwordHash: "h", asFirst: true)
        try await store.setTimeCodes(of: "a", secret: "S")
        #expect(try await store.account("a")?.hasTimeCodes == true)
        #expect(try await store.useTimeCode(of: "a", step: 7))
        #expect(try await !store.useTimeCode(of: "a", step: 7))
        #expect(try await !store.useTimeCode(of: "a", step: 6))
        #expect(try await store.useTimeCode(of: "a", step: 8))
    }

    @Test("最后一个管理员停不掉，也卸不下", arguments: Engine.allCases) func lastManager(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.accounts
        try await store.add(account("a", Grant(.administrator)), passwordHash: "h", asFirst: true)
        await #expect(throws: AccountRefusal.lastManager) { try await store.setDisabled("a", true, seen: nil, today: today) }
        await #expect(throws: AccountRefusal.lastManager) { try await store.setGrants(of: "a", [], seen: nil, today: today) }
        #expect(try await store.account("a")?.isDisabled == false)
        #expect(try await store.account("a")?.person.grants == [Grant(.administrator)])
        try await store.add(account("b", Grant(.administrator)), passwordHash: "h", asFirst: false)
        try await store.setDisabled("a", true, seen: nil, today: today)
        #expect(try await store.account("a")?.isDisabled == true)
        await #expect(throws: AccountRefusal.unknown) { try await store.setDisabled("z", true, seen: nil, today: today) }
    }

    @Test("会话只认摘要，可以逐个或一起结束", arguments: Engine.allCases) func sessions(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let storage = desk.storage
        try await storage.accounts.add(account("a"), passwordHash: "h", asFirst: true)
        let store = storage.sessions
        for number in 1...3 {
            let session = Session(
                id: "s\(number)", account: "a", stage: .full, startedAt: now.addingTimeInterval(Double(number)), seenAt: now,
                address: "10.0.0.\(number)", agent: "Firefox")
            try await store.open(session, tokenDigest: "d\(number)")
        }
        #expect(try await store.session(tokenDigest: "d2")?.id == "s2")
        #expect(try await store.session(tokenDigest: "s2") == nil)
        try await store.end("s2", of: "somebody else")
        #expect(try await store.sessions(of: "a").map(\.id) == ["s3", "s2", "s1"])
        try await store.end("s2", of: "a")
        try await store.endAll(of: "a", except: "s1")
        #expect(try await store.sessions(of: "a").map(\.id) == ["s1"])
        try await store.touch("s1", at: now.addingTimeInterval(60))
        #expect(try await store.session(tokenDigest: "d1")?.seenAt == now.addingTimeInterval(60))
        try await store.forget(startedBefore: now.addingTimeInterval(100))
        #expect(try await store.session(tokenDigest: "d1") == nil)
    }

    @Test("失败记录按对象分开，可以忘掉", arguments: Engine.allCases) func failures(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.sessions
        try await store.noteFailure("account:a", at: now)
        try await store.noteFailure("account:a", at: now.addingTimeInterval(5))
        try await store.noteFailure("address:1", at: now)
        #expect(try await store.failures("account:a", since: now.addingTimeInterval(1)) == [now.addingTimeInterval(5)])
        #expect(try await store.failures("account:a", since: now).count == 2)
        try await store.forgetFailures("account:a")
        #expect(try await store.failures("account:a", since: now).isEmpty)
        #expect(try await store.failures("address:1", since: now).count == 1)
    }
}
