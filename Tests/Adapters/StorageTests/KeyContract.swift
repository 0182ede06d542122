import Foundation
import Registry
import Testing
import Vault
import Vocabulary

@testable import Storage

@Suite("密钥的约定") struct KeyContract {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    /// Accounts and details under the desk's key.
    private func filled(_ engine: Engine, _ count: Int) async throws -> Desk {
        let desk = try await Desk(engine)
        let store = desk.storage.personal(try nationalInventory())
        for number in 0..<count {
            let account = Account(
                person: Person(id: "p\(number)", name: "甲乙\(number)", grants: []), login: "u\(number)", mustChangePassword: false,
                passwordAt: now, createdAt: now)
            try await desk.storage.accounts.add(account, passwordHash: "h", asFirst: false)
            let mobile = "138\(String(10_000_000 + number))"
            try await store.setDetail(PersonDetail(person: account.id, mobile: mobile, changedAt: now, changedBy: "a"))
        }
        return desk
    }

    private func usage(_ storage: Storage) async throws -> [String: Int] {
        try await storage.sealedRows(try nationalInventory()).usage().reduce(into: [:]) { $0[$1.keyID ?? "plain", default: 0] += $1.count }
    }

    @Test("换密钥：全部改用新密钥，原文不变，两种算法都行", arguments: Engine.allCases) func rotation(_ engine: Engine) async throws {
        let desk = try await filled(engine, 7)
        defer { withExtendedLifetime(desk) {} }
        let old = desk.vault.ring
        #expect(try await usage(desk.storage) == [old.current.id: 14])
        let ring = try old.adding(FieldKey(.sm4, madeOn: "2026-10-01"))
        let storage = try await desk.storage.with(PersonalVault(ring))
        #expect(try await storage.sealedRows(try nationalInventory()).bringUp() == 14)
        #expect(try await usage(storage) == [ring.current.id: 14])
        // The new key alone is enough now.
        let alone = try await desk.storage.with(PersonalVault(try FieldKeyRing([ring.current])))
        #expect(try await alone.accounts.account("p3")?.person.name == "甲乙3")
        #expect(try await alone.personal(try nationalInventory()).people(with: "13810000003", .mobile) == ["p3"])
        #expect(try await storage.sealedRows(try nationalInventory()).bringUp() == 0)
    }

    @Test("换到一半断了：哪些换了哪些没换都读得出，接着换完", arguments: Engine.allCases) func interrupted(_ engine: Engine) async throws {
        let desk = try await filled(engine, 9)
        defer { withExtendedLifetime(desk) {} }
        let ring = try desk.vault.ring.adding(FieldKey(.xchacha, madeOn: "2026-10-01"))
        // The driver dies at the fifth change of a detail.
        let count = Counter()
        let dying = DyingDriver(driver: try engine.open(desk.folder), after: "UPDATE person_detail") { _ in
            if count.next() == 5 { throw CancellationError() }
        }
        let halfway = try await Storage(dying, fields: PersonalVault(ring))
        await #expect(throws: CancellationError.self) { try await halfway.sealedRows(try nationalInventory()).bringUp() }
        let storage = try await desk.storage.with(PersonalVault(ring))
        #expect(try await storage.accounts.accounts().count == 9)
        #expect(try await storage.personal(try nationalInventory()).details().count == 9)
        for number in 0..<9 {
            #expect(
                try await storage.personal(try nationalInventory()).people(with: "138\(10_000_000 + number)", .mobile) == ["p\(number)"])
        }
        #expect(try await storage.sealedRows(try nationalInventory()).bringUp() == 9)
        #expect(try await usage(storage) == [ring.current.id: 18])
    }

    @Test("以前明文存下的，打开时就加密", arguments: Engine.allCases) func plain(_ engine: Engine) async throws {
        let desk = try await filled(engine, 1)
        defer { withExtendedLifetime(desk) {} }
        _ = try await engine.open(desk.folder).write { connection in
            try connection.execute("UPDATE account SET name = '丙丁', code_secret = 'GEZDGNBV'", [])
            try connection.execute("UPDATE person_detail SET mobile = '13900000000', mobile_index = NULL", [])
        }
        #expect(try await usage(desk.storage)["plain"] == 3)
        #expect(try await desk.storage.sealedRows(try nationalInventory()).bringUp() == 3)
        #expect(try await desk.storage.accounts.account("p0")?.person.name == "丙丁")
        #expect(try await desk.storage.accounts.credentials(of: "p0")?.timeCodeSecret == "GEZDGNBV")
        #expect(try await desk.storage.personal(try nationalInventory()).people(with: "13900000000", .mobile) == ["p0"])
    }

    @Test("数据库记得用过哪些密钥：少一把、换一把都不让用", arguments: Engine.allCases) func known(_ engine: Engine) async throws {
        let desk = try await filled(engine, 0)
        defer { withExtendedLifetime(desk) {} }
        let first = desk.vault.ring.current
        try await desk.storage.registerKeys(suite: first.suite.rawValue, madeOn: first.madeOn)
        try await desk.storage.registerKeys(suite: first.suite.rawValue, madeOn: first.madeOn)
        #expect(try await desk.storage.knownKeys() == [first.id])
        let other = try FieldKeyRing([FieldKey(.xchacha, madeOn: "2026-10-01")])
        await #expect { try await desk.storage.with(PersonalVault(other)).registerKeys(suite: "x", madeOn: "x") } throws: {
            "\($0)".contains(first.id)
        }
        #expect(try await desk.storage.knownKeys() == [first.id])
        let text = first.line.dropLast(4) + "0000"
        let twin = try FieldKeyRing(text: String(text), source: "test")
        await #expect(throws: SealRefusal.self) {
            try await desk.storage.with(PersonalVault(twin)).registerKeys(suite: "x", madeOn: "x")
        }
    }
}

/// Counts from one, for closures that may run on any thread.
final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var number = 0

    func next() -> Int {
        lock.withLock {
            number += 1
            return number
        }
    }
}
