import Foundation
import Registry
import Storage
import Testing
import Vault
import Vocabulary

@Suite("动态码、外部账号与查找的约定") struct SecondFactorContract {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)
    private let today = Day(year: 2027, month: 1, day: 15)

    private func account(_ id: String, _ grants: Grant..., name: String? = nil) -> Account {
        Account(
            person: Person(id: id, name: name ?? "\(id)科员", grants: grants), login: "u-\(id)", mustChangePassword: false, passwordAt: now,
            createdAt: now)
    }

    @Test("先扫码后启用，恢复码用一次少一个", arguments: Engine.allCases) func enrolment(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.accounts
        try await store.add(account("a", Grant(.administrator)), passwordHash: "h", asFirst: true)
        #expect(try await !store.confirmTimeCodes(of: "a", step: 7, recovery: ["d0"]))
        try await store.setPendingTimeCodes(of: "a", secret: "S")
        #expect(try await store.credentials(of: "a")?.pendingSecret == "S")
        #expect(try await store.account("a")?.hasTimeCodes == false)
        #expect(try await store.confirmTimeCodes(of: "a", step: 7, recovery: ["d1", "d2"]))
        let kept = try #require(try await store.credentials(of: "a"))
        #expect(kept.timeCodeSecret == "S" && kept.pendingSecret == nil && kept.timeCodeStep == 7 && kept.recoveryCodes == 2)
        // The code that confirmed it is used up.
        #expect(try await !store.useTimeCode(of: "a", step: 7))
        #expect(try await store.useTimeCode(of: "a", step: 8))
        #expect(try await store.useRecoveryCode(of: "a", digest: "d1"))
        #expect(try await !store.useRecoveryCode(of: "a", digest: "d1"))
        #expect(try await !store.useRecoveryCode(of: "b", digest: "d2"))
        try await store.setTimeCodes(of: "a", secret: nil)
        #expect(try await store.account("a")?.hasTimeCodes == false)
        #expect(try await store.credentials(of: "a")?.recoveryCodes == 0)
    }

    @Test("两人同时改一个账户，后改的知道", arguments: Engine.allCases) func twoEditors(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.accounts
        try await store.add(account("a", Grant(.administrator)), passwordHash: "h", asFirst: true)
        try await store.add(account("b"), passwordHash: "h", asFirst: false)
        let seen = try #require(try await store.account("b")).version
        try await store.setGrants(of: "b", [Grant(.cityLeader)], seen: seen, today: today)
        await #expect(throws: AccountRefusal.changed) { try await store.setGrants(of: "b", [], seen: seen, today: today) }
        await #expect(throws: AccountRefusal.changed) { try await store.setDisabled("b", true, seen: seen, today: today) }
        await #expect(throws: AccountRefusal.changed) { try await store.setName(of: "b", "别名", seen: seen, today: today) }
        #expect(try await store.account("b")?.person.grants == [Grant(.cityLeader)])
        try await store.setName(of: "b", "新名", seen: seen + 1, today: today)
        #expect(try await store.account("b")?.person.name == "新名")
        // Of many at once with the same version exactly one is first.
        let version = try #require(try await store.account("b")).version
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<6 {
                group.addTask { (try? await store.setName(of: "b", "名\(number)", seen: version, today: today)) != nil }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(outcomes == 1)
    }

    @Test("两千个账户里按姓名、角色、县、状态查，一页一页看", arguments: Engine.allCases) func search(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.accounts
        try await store.add(account("root", Grant(.administrator)), passwordHash: "h", asFirst: true)
        for number in 0..<120 {
            let county = number % 3 == 0 ? "东岭县" : "清河县"
            let post = number % 2 == 0 ? Grant(.dataClerk, county: county) : Grant(.countyOfficer, county: county)
            try await store.add(account("n\(number)", post, post, name: "\(number)号科员"), passwordHash: "h", asFirst: false)
        }
        try await store.setDisabled("n5", true, seen: nil, today: today)
        let first = try await store.accounts(AccountSearch(limit: 50))
        let third = try await store.accounts(AccountSearch(from: 100, limit: 50))
        #expect(first.count == 121 && first.accounts.count == 50 && third.accounts.count == 21)
        #expect(Set(first.accounts.map(\.id)).isDisjoint(with: third.accounts.map(\.id)))
        #expect(first.accounts.allSatisfy { $0.id == "root" || $0.person.grants.count == 2 })
        #expect(try await store.accounts(AccountSearch(text: "11号")).accounts.map(\.id).sorted() == ["n11", "n111"])
        #expect(try await store.accounts(AccountSearch(text: "U-N11")).count == 11)
        #expect(try await store.accounts(AccountSearch(text: "%")).count == 0)
        #expect(try await store.accounts(AccountSearch(role: .dataClerk)).count == 60)
        #expect(try await store.accounts(AccountSearch(role: .dataClerk, county: "东岭县")).count == 20)
        #expect(try await store.accounts(AccountSearch(state: .disabled)).accounts.map(\.id) == ["n5"])
        #expect(try await store.accounts(AccountSearch(state: .active)).count == 120)
    }

    @Test("外部账号一名一户，换了人认得出", arguments: Engine.allCases) func identities(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let (accounts, store) = (desk.storage.accounts, desk.storage.identities)
        for id in ["a", "b"] { try await accounts.add(account(id), passwordHash: "h", asFirst: false) }
        let bound = Identity(provider: "unified", name: "li", account: "a", boundAt: now)
        try await store.bind(bound)
        #expect(try await store.identity(provider: "unified", name: "li") == bound)
        #expect(try await store.identity(provider: "other", name: "li") == nil)
        await #expect(throws: AccountRefusal.identityTaken) {
            try await store.bind(Identity(provider: "unified", name: "li", account: "b", boundAt: now))
        }
        await #expect(throws: AccountRefusal.unknown) {
            try await store.bind(Identity(provider: "unified", name: "x", account: "nobody", boundAt: now))
        }
        #expect(try await store.note(subject: "s1", provider: "unified", name: "li"))
        #expect(try await store.note(subject: "s1", provider: "unified", name: "li"))
        #expect(try await !store.note(subject: "s2", provider: "unified", name: "li"))
        #expect(try await store.identity(provider: "unified", subject: "s1")?.account == "a")
        await #expect(throws: AccountRefusal.identityTaken) {
            try await store.bind(Identity(provider: "unified", name: "li2", subject: "s1", account: "b", boundAt: now))
        }
        try await store.unbind(provider: "unified", name: "li", of: "b")
        #expect(try await store.identities(of: "a").count == 1)
        try await store.unbind(provider: "unified", name: "li", of: "a")
        #expect(try await store.identities(of: "a").isEmpty)
    }

    @Test("去外部登录的一趟只能回来一次", arguments: Engine.allCases) func rounds(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.identities
        func round(_ state: String, _ minute: Double) -> LoginRound {
            LoginRound(
                stateDigest: state, browserDigest: "b", provider: "unified", nonce: "n", verifier: "v", target: "/people",
                begunAt: now.addingTimeInterval(minute * 60))
        }
        try await store.begin(round("s1", 0))
        #expect(try await store.takeRound(stateDigest: "s1") == round("s1", 0))
        #expect(try await store.takeRound(stateDigest: "s1") == nil)
        try await store.begin(round("s2", 0))
        try await store.begin(round("s3", 11))
        #expect(try await store.takeRound(stateDigest: "s2") == nil)
        #expect(round("s3", 11).isAlive(now.addingTimeInterval(20 * 60)) && !round("s3", 11).isAlive(now.addingTimeInterval(22 * 60)))
    }

    @Test("失败的登录合计，时段过了交出一次", arguments: Engine.allCases) func tallies(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let store = desk.storage.sessions
        for number in 1...5 {
            #expect(
                try await store.tally(login: "li", address: "10.0.0.1", window: now, at: now.addingTimeInterval(Double(number))) == number)
        }
        #expect(try await store.tally(login: "li", address: "10.0.0.2", window: now, at: now) == 1)
        #expect(try await store.takeTallies(before: now).isEmpty)
        let closed = try await store.takeTallies(before: now.addingTimeInterval(1))
        #expect(closed.count == 2)
        #expect(
            closed.contains(
                LoginTally(login: "li", address: "10.0.0.1", window: now, attempts: 5, last: now.addingTimeInterval(5))))
        #expect(try await store.takeTallies(before: now.addingTimeInterval(1)).isEmpty)
        #expect(try await store.tally(login: "li", address: "10.0.0.1", window: now, at: now) == 1)
    }
}
