import Foundation
import Registry
import Storage
import Testing
import Vault

@Suite("审计的约定") struct AuditContract {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)

    private func entry(_ number: Int) -> AuditEntry {
        AuditEntry(
            at: start.addingTimeInterval(Double(number)), person: "p\(number % 2)", name: number % 2 == 0 ? "张_三" : "李四",
            action: number % 3 == 0 ? "POST /login" : "POST /imports", object: "第\(number)份", outcome: .done, address: "10.0.0.1")
    }

    private func filled(_ engine: Engine) async throws -> (Desk, any AuditLog) {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let log = desk.storage.audit { Sha256.hex($0) }
        for number in 1...6 { try await log.append(entry(number)) }
        return (desk, log)
    }

    @Test("一条接一条，筛选与翻页", arguments: Engine.allCases) func listing(_ engine: Engine) async throws {
        let (desk, log) = try await filled(engine)
        defer { withExtendedLifetime(desk) {} }
        let check = try await log.verify()
        #expect(check.isIntact && check.count == 6 && check.head.count == 64)
        #expect(try await log.events(AuditFilter(), from: 1, limit: 2).map(\.number) == [5, 4])
        #expect(try await log.events(AuditFilter(), from: 0, limit: 1).first?.entry == entry(6))
        #expect(try await log.count(AuditFilter(name: "李")) == 3)
        #expect(try await log.count(AuditFilter(name: "_")) == 3)
        #expect(try await log.count(AuditFilter(name: "%")) == 0)
        #expect(try await log.count(AuditFilter(action: "POST /login")) == 2)
        let span = AuditFilter(from: start.addingTimeInterval(2), until: start.addingTimeInterval(4))
        #expect(try await log.events(span, from: 0, limit: 9).map(\.number) == [3, 2])
        #expect(try await log.actions() == ["POST /imports", "POST /login"])
    }

    @Test(
        "改、删、换位置、删末尾、整条重写都查得出，并指出第一条",
        arguments: [
            ("UPDATE audit_event SET object = '别的' WHERE number = 3", 3),
            ("UPDATE audit_event SET happened_at = happened_at + 1 WHERE number = 2", 2),
            ("UPDATE audit_event SET outcome = 'x' WHERE number = 4", 4),
            ("DELETE FROM audit_event WHERE number = 4", 4),
            ("DELETE FROM audit_event WHERE number > 4", 5),
            ("DELETE FROM audit_event WHERE number = 1", 1),
            ("UPDATE audit_head SET number = 7 WHERE id = 1", 7),
            ("UPDATE audit_event SET number = number + 100 WHERE number = 2", 2),
        ]) func tampering(_ change: String, _ first: Int) async throws
    {
        for engine in Engine.allCases {
            let (desk, log) = try await filled(engine)
            defer { withExtendedLifetime(desk) {} }
            let driver = try engine.open(desk.folder)
            _ = try await driver.write { try $0.execute(change, []) }
            let check = try await log.verify()
            #expect(check.broken == first, "\(engine) \(check)")
            #expect(!check.reason.isEmpty)
        }
    }

    @Test("两条对调查得出", arguments: Engine.allCases) func swapped(_ engine: Engine) async throws {
        let (desk, log) = try await filled(engine)
        defer { withExtendedLifetime(desk) {} }
        let driver = try engine.open(desk.folder)
        _ = try await driver.write { connection in
            for change in ["99 WHERE number = 2", "2 WHERE number = 3", "3 WHERE number = 99"] {
                try connection.execute("UPDATE audit_event SET number = \(change)", [])
            }
        }
        #expect(try await log.verify().broken == 2)
    }

    @Test("地址和名字里的控制字符断不了链", arguments: Engine.allCases) func controls(_ engine: Engine) async throws {
        let (desk, log) = try await filled(engine)
        defer { withExtendedLifetime(desk) {} }
        var hostile = entry(7)
        (hostile.object, hostile.name) = ("/a\u{0}b\r\nc", "\u{0}")
        try await log.append(hostile)
        let check = try await log.verify()
        #expect(check.isIntact && check.count == 7, "\(check)")
        #expect(try await log.events(AuditFilter(), from: 0, limit: 1).first?.entry.object == "/a\u{FFFD}b\u{FFFD}\u{FFFD}c")
    }

    @Test("许多人同时写，不断链", arguments: Engine.allCases) func together(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let log = desk.storage.audit { Sha256.hex($0) }
        let other = try await desk.reopened().audit { Sha256.hex($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 { group.addTask { try await (number % 2 == 0 ? log : other).append(entry(number)) } }
            try await group.waitForAll()
        }
        let check = try await log.verify()
        #expect(check.isIntact && check.count == 40)
    }
}
