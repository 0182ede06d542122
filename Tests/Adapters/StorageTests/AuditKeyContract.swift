import Foundation
import Registry
import Testing
import Vault

@testable import Storage

@Suite("用密钥校验的审计") struct AuditKeyContract {
    private func entry(_ number: Int) -> AuditEntry {
        AuditEntry(
            at: Date(timeIntervalSince1970: 1_800_000_000 + Double(number)), person: "p", name: "市督导室", action: "POST /imports",
            object: "第\(number)份", outcome: .done, address: "10.0.0.1")
    }

    /// Three events of the time before keys, three under a key.
    private func filled(_ engine: Engine) async throws -> (Desk, any AuditLog) {
        let desk = try await Desk(engine)
        let plain = desk.storage.audit(hash: { Sha256.hex($0) })
        for number in 1...3 { try await plain.append(entry(number)) }
        let log = desk.storage.audit(hash: { Sha256.hex($0) }, keys: desk.vault)
        for number in 4...6 { try await log.append(entry(number)) }
        return (desk, log)
    }

    private func tamper(_ desk: Desk, _ change: @escaping @Sendable (any SQLConnection) throws -> Void) async throws {
        try await desk.engine.open(desk.folder).write { try change($0) }
    }

    @Test("没有密钥的老记录和有密钥的新记录连在一条链上", arguments: Engine.allCases) func mixed(_ engine: Engine) async throws {
        let (desk, log) = try await filled(engine)
        defer { withExtendedLifetime(desk) {} }
        let check = try await log.verify()
        #expect(check.isIntact && check.count == 6)
        let strange = PersonalVault(try FieldKeyRing([FieldKey(.xchacha, madeOn: "2026-09-01")]))
        let blind = try await desk.storage.audit(hash: { Sha256.hex($0) }, keys: strange).verify()
        #expect(blind.broken == 4 && blind.reason.contains(desk.vault.keyID))
    }

    @Test("换了密钥接着记，前后都校验得过", arguments: Engine.allCases) func rotated(_ engine: Engine) async throws {
        let (desk, _) = try await filled(engine)
        defer { withExtendedLifetime(desk) {} }
        let ring = try desk.vault.ring.adding(FieldKey(.sm4, madeOn: "2026-10-01"))
        let log = desk.storage.audit(hash: { Sha256.hex($0) }, keys: PersonalVault(ring))
        try await log.append(entry(7))
        let check = try await log.verify()
        #expect(check.isIntact && check.count == 7)
    }

    /// Whoever holds the database but not the key writes a chain that fits as far as it goes.
    @Test("没有密钥的人把全链用公开的办法重算一遍，也查得出", arguments: Engine.allCases) func recomputed(_ engine: Engine) async throws {
        let (desk, log) = try await filled(engine)
        defer { withExtendedLifetime(desk) {} }
        let events = try await log.events(AuditFilter(), from: 0, limit: 9).reversed()
        try await tamper(desk) { connection in
            var previous = AuditChain.origin
            for event in events {
                var entry = event.entry
                if event.number == 5 { entry.object = "别的" }
                let digest = Sha256.hex(Array(AuditChain.text(entry, number: event.number, previous: previous).utf8))
                try connection.execute(
                    "UPDATE audit_event SET object = $2, digest = $3, key_id = NULL WHERE number = $1",
                    [.integer(event.number), .text(entry.object), .text(digest)])
                previous = digest
            }
            try connection.execute("UPDATE audit_head SET digest = $1, key_id = NULL, seal = NULL WHERE id = 1", [.text(previous)])
        }
        // The chain alone fits; what was written down elsewhere does not.
        let head = try #require(events.last)
        let check = try await log.verify(AuditAnchor(number: head.number, digest: head.digest))
        #expect(check.broken == 6 && check.reason.contains("抄下"))
    }

    @Test("有密钥的记录改成没有密钥的，查得出", arguments: Engine.allCases) func downgraded(_ engine: Engine) async throws {
        let (desk, log) = try await filled(engine)
        defer { withExtendedLifetime(desk) {} }
        let events = try await log.events(AuditFilter(), from: 0, limit: 9)
        let (fifth, fourth) = (try #require(events.first { $0.number == 5 }), try #require(events.first { $0.number == 4 }))
        let digest = Sha256.hex(Array(AuditChain.text(fifth.entry, number: 5, previous: fourth.digest).utf8))
        try await tamper(desk) {
            try $0.execute("UPDATE audit_event SET digest = $1, key_id = NULL WHERE number = 5", [.text(digest)])
        }
        #expect(try await log.verify().broken == 5)
    }

    @Test("截去末尾并改好末条的登记，查得出；抄在别处的一行也查得出", arguments: Engine.allCases) func truncated(_ engine: Engine) async throws {
        let (desk, log) = try await filled(engine)
        defer { withExtendedLifetime(desk) {} }
        let anchor = try await log.verify().anchor
        let fifth = try #require(try await log.events(AuditFilter(), from: 1, limit: 1).first)
        try await tamper(desk) {
            try $0.execute("DELETE FROM audit_event WHERE number > 5", [])
            try $0.execute("UPDATE audit_head SET number = 5, digest = $1 WHERE id = 1", [.text(fifth.digest)])
        }
        #expect(try await log.verify().broken == 5)
        // Cut back to before the keys, nothing in the database tells; the line kept elsewhere does.
        let third = try #require(try await log.events(AuditFilter(), from: 2, limit: 1).first)
        try await tamper(desk) {
            try $0.execute("DELETE FROM audit_event WHERE number > 3", [])
            try $0.execute("UPDATE audit_head SET number = 3, digest = $1, key_id = NULL, seal = NULL WHERE id = 1", [.text(third.digest)])
        }
        #expect(try await log.verify().isIntact)
        let check = try await log.verify(anchor)
        #expect(check.broken == 4 && check.reason.contains("截去了3条"))
    }

    @Test("抄下的一行写错了认得出来") func anchors() {
        let digest = String(repeating: "a", count: 64)
        #expect(AuditAnchor(" 12:\(digest)\n")?.number == 12)
        for wrong in ["", "12", "12:abc", "x:\(digest)", "-1:\(digest)", "1:2:\(digest)"] { #expect(AuditAnchor(wrong) == nil, "\(wrong)") }
    }
}
