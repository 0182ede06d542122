import Foundation
import Registry
import Testing
import Vault
import Vocabulary

@testable import Storage

@Suite("到期清理的约定") struct RetentionContract {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)
    private func days(_ count: Double) -> Date { now.addingTimeInterval(-count * 86_400) }

    @Test("数据库的每张表、每一列都写在清单里，清单里没有多余的") func complete() throws {
        let complaints = try nationalInventory().complaints(schema: try Storage.schema())
        #expect(complaints == [])
    }

    @Test("新加一张没有申报的表、一列没有申报的列，就说出是哪个") func undeclared() throws {
        let schema = try Storage.schema() + [("pupil", ["id", "name"])]
        #expect(try nationalInventory().complaints(schema: schema).contains { $0.contains("pupil") })
        let wider = try Storage.schema().map { $0.table == "account" ? ($0.table, $0.columns + ["home_address"]) : ($0.table, $0.columns) }
        #expect(try nationalInventory().complaints(schema: wider) == ["account.home_address 没有写进个人信息清单"])
    }

    @Test("先看后删：看的时候什么也不变，删的正是看到的", arguments: Engine.allCases) func dryRun(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        for (id, disabled) in [("a", false), ("b", true), ("c", true)] {
            let account = Account(
                person: Person(id: id, name: id, grants: [Grant(.administrator)]), login: "u-\(id)", mustChangePassword: false,
                passwordAt: now, isDisabled: disabled, createdAt: now)
            try await desk.storage.accounts.add(account, passwordHash: "h", asFirst: false)
        }
        let store = desk.storage.personal(try nationalInventory())
        for (number, id) in ["a", "b", "c"].enumerated() {
            try await store.setDetail(PersonDetail(person: id, mobile: "1380000000\(number)", changedAt: days(1_200), changedBy: id))
        }
        try await store.setHold(LegalHold(person: "c", reason: "信访核查", setBy: "a", setAt: now))
        for (number, age) in [1.0, 29, 31, 400].enumerated() {
            let session = Session(
                id: "s\(number)", account: "a", stage: .full, startedAt: days(age), seenAt: days(age), address: "", agent: "")
            try await desk.storage.sessions.open(session, tokenDigest: "d\(number)")
        }
        let retention = desk.storage.retention(try nationalInventory())
        func counts(_ due: [StoredRetention.Due]) -> [String: Int] {
            Dictionary(uniqueKeysWithValues: due.filter { $0.count > 0 }.map { ($0.register, $0.count) })
        }
        let due = counts(try await retention.due(now))
        // Of the disabled people one is held; the active one keeps hers.
        #expect(due == ["account_session": 2, "person_detail": 1])
        #expect(try await desk.storage.sessions.sessions(of: "a").count == 4)
        #expect(counts(try await retention.apply(now)) == due)
        #expect(try await desk.storage.sessions.sessions(of: "a").map(\.id) == ["s0", "s1"])
        #expect(try await store.detail(of: "b")?.mobile == "")
        #expect(try await store.detail(of: "c")?.mobile == "13800000002")
        #expect(try await store.people(with: "13800000001", .mobile).isEmpty)
        #expect(counts(try await retention.due(now)).isEmpty)
    }
}
