import Definitions
import Foundation
import Registry
import Testing
import Vault
import Vocabulary

@testable import Storage

/// The national inventory, as the program reads it.
func nationalInventory() throws -> PersonalInventory {
    let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    let log = DiagnosticLog()
    let files = try DefinitionFile.folder(root.appendingPathComponent("Catalogue/national/personal"))
    let inventory = PersonalInventory(DefinitionSet(files, log), log)
    #expect(log.diagnostics.isEmpty, "\(log.diagnostics)")
    return inventory
}

@Suite("个人信息的约定") struct PersonalContract {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)
    private let today = Day(year: 2027, month: 1, day: 15)

    private func account(_ id: String, _ grants: Grant...) -> Account {
        Account(
            person: Person(id: id, name: "甲乙\(id)", grants: grants), login: "u-\(id)", mustChangePassword: false, passwordAt: now,
            createdAt: now)
    }

    /// An administrator `a` and a clerk `b`, both with details.
    private func filled(_ engine: Engine) async throws -> (Desk, any PersonalStore) {
        let desk = try await Desk(engine)
        try await desk.storage.accounts.add(account("a", Grant(.administrator)), passwordHash: "h", asFirst: true)
        try await desk.storage.accounts.add(account("b", Grant(.dataClerk, county: "清河县")), passwordHash: "h", asFirst: false)
        try await desk.storage.accounts.setTimeCodes(of: "b", secret: "GEZDGNBVGY3TQOJQ")
        let store = desk.storage.personal(try nationalInventory())
        try await store.setDetail(detail("a", "13800000001", "11010519491231002X"))
        try await store.setDetail(detail("b", "13800000002", "E12345678"))
        return (desk, store)
    }

    private func detail(_ id: String, _ mobile: String, _ idNumber: String = "") -> PersonDetail {
        PersonDetail(person: id, mobile: mobile, idNumber: idNumber, changedAt: now, changedBy: id)
    }

    /// Every text of every table, as somebody with a copy of the database reads it.
    private func dump(_ desk: Desk) async throws -> String {
        let driver = try desk.engine.open(desk.folder)
        let tables = try SchemaTable.all()
        return try await driver.read { connection in
            try tables.flatMap { table in
                try connection.rows(table.selectAll) { try table.values($0).compactMap(\.words).joined(separator: "|") }
            }.joined(separator: "\n")
        }
    }

    @Test("数据库里找不到姓名、手机、证件号码和动态码密钥的原文", arguments: Engine.allCases) func sealed(_ engine: Engine) async throws {
        let (desk, store) = try await filled(engine)
        defer { withExtendedLifetime(desk) {} }
        let text = try await dump(desk)
        #expect(text.contains("u-b"))
        for secret in ["甲乙", "13800000001", "11010519491231002X", "E12345678", "GEZDGNBVGY3TQOJQ"] { #expect(!text.contains(secret)) }
        #expect(try await store.detail(of: "a") == detail("a", "13800000001", "11010519491231002X"))
        #expect(try await desk.storage.accounts.credentials(of: "b")?.timeCodeSecret == "GEZDGNBVGY3TQOJQ")
        #expect(try await desk.storage.accounts.accounts().map(\.person.name) == ["甲乙a", "甲乙b"])
    }

    @Test("把一个人的密文搬到另一个人名下就打不开", arguments: Engine.allCases) func moved(_ engine: Engine) async throws {
        let (desk, store) = try await filled(engine)
        defer { withExtendedLifetime(desk) {} }
        _ = try await engine.open(desk.folder).write {
            try $0.execute(
                "UPDATE person_detail SET mobile = (SELECT mobile FROM person_detail WHERE account_id = 'a') WHERE account_id = 'b'", [])
        }
        await #expect(throws: SealRefusal.self) { try await store.detail(of: "b") }
    }

    @Test("没有密钥打开的库，个人信息读不了也写不了", arguments: Engine.allCases) func keyless(_ engine: Engine) async throws {
        let (desk, _) = try await filled(engine)
        defer { withExtendedLifetime(desk) {} }
        let bare = try await Storage(engine.open(desk.folder))
        await #expect(throws: SealRefusal.self) { try await bare.accounts.accounts() }
        await #expect(throws: SealRefusal.self) { try await bare.accounts.setTimeCodes(of: "b", secret: "S") }
    }

    @Test("按完整号码查得到，写法不同也一样；一个号码只归一人", arguments: Engine.allCases) func lookUp(_ engine: Engine) async throws {
        let (desk, store) = try await filled(engine)
        defer { withExtendedLifetime(desk) {} }
        #expect(try await store.people(with: "+86 138-0000-0002", .mobile) == ["b"])
        #expect(try await store.people(with: "11010519491231002x", .idNumber) == ["a"])
        #expect(try await store.people(with: "13800000009", .mobile).isEmpty)
        await #expect(throws: AccountRefusal.mobileTaken) { try await store.setDetail(detail("b", "13800000001")) }
        await #expect(throws: AccountRefusal.idNumberTaken) { try await store.setDetail(detail("b", "", "11010519491231002X")) }
        await #expect(throws: AccountRefusal.unknown) { try await store.setDetail(detail("z", "13800000003")) }
        try await store.setDetail(detail("b", ""))
        #expect(try await store.people(with: "13800000002", .mobile).isEmpty)
    }

    @Test("看原文只给一个人、一次登录、一段时间", arguments: Engine.allCases) func unmasking(_ engine: Engine) async throws {
        let (desk, store) = try await filled(engine)
        defer { withExtendedLifetime(desk) {} }
        let view = Unmasking(id: "v1", viewer: "a", session: "s1", person: "b", purpose: "核对名册", begunAt: now)
        try await store.begin(view)
        #expect(try await store.unmasking(of: "b", by: "a", session: "s1", at: now.addingTimeInterval(599)) == view)
        #expect(try await store.unmasking(of: "b", by: "a", session: "s1", at: now.addingTimeInterval(600)) == nil)
        #expect(try await store.unmasking(of: "b", by: "a", session: "s2", at: now) == nil)
        #expect(try await store.unmasking(of: "a", by: "a", session: "s1", at: now) == nil)
        #expect(try await store.unmaskings(of: "b") == [view])
    }

    @Test("同意一次算一次，撤回后留着记录，还可以再同意", arguments: Engine.allCases) func consent(_ engine: Engine) async throws {
        let (desk, store) = try await filled(engine)
        defer { withExtendedLifetime(desk) {} }
        func word(_ id: String) -> Consent {
            Consent(id: id, person: "b", notice: "n", version: "1", digest: "d", givenAt: now.addingTimeInterval(Double(id.count)))
        }
        try await store.give(word("c"))
        try await store.give(word("cc"))
        #expect(try await store.consents(of: "b") == [word("c")])
        try await store.withdraw("c", of: "a", at: now)
        #expect(try await store.consents(of: "b").first?.withdrawnAt == nil)
        try await store.withdraw("c", of: "b", at: now.addingTimeInterval(60))
        try await store.give(word("ccc"))
        #expect(try await store.consents(of: "b").map(\.id) == ["ccc", "c"])
    }

    @Test("本人的信息一样不少地列出来，加密的列出原文，密钥和摘要不列", arguments: Engine.allCases) func holdings(_ engine: Engine) async throws {
        let (desk, store) = try await filled(engine)
        defer { withExtendedLifetime(desk) {} }
        let held = Dictionary(uniqueKeysWithValues: try await store.holdings(of: "b").map { ($0.register, $0) })
        func value(_ table: String, _ column: String) -> String? {
            guard let holding = held[table], let place = holding.columns.firstIndex(of: column) else { return nil }
            return holding.rows.first?[place]
        }
        #expect(value("account", "name") == "甲乙b" && value("person_detail", "mobile") == "13800000002")
        #expect(value("account_grant", "county") == "清河县")
        #expect(value("account", "code_secret") == "（不导出）" && value("account", "password_hash") == "（不导出）")
        #expect(!held.values.contains { $0.rows.flatMap { $0 }.contains { $0?.contains("甲乙a") == true } })
    }

    @Test("删除后谁也看不到原来的信息，账户不能再用，办过的事还在", arguments: Engine.allCases) func erasure(_ engine: Engine) async throws {
        let (desk, store) = try await filled(engine)
        defer { withExtendedLifetime(desk) {} }
        let log = desk.storage.audit(hash: { Sha256.hex($0) }, keys: desk.vault)
        try await log.append(
            AuditEntry(at: now, person: "b", name: "", action: "POST /imports", object: "/imports", outcome: .done, address: ""))
        try await store.erase("b", today: today)
        let left = try #require(try await desk.storage.accounts.account("b"))
        #expect(left.person.name == AccountRefusal.erasedName && left.isDisabled && left.person.grants.isEmpty && !left.hasTimeCodes)
        #expect(try await desk.storage.accounts.account(login: "u-b") == nil)
        #expect(try await store.detail(of: "b") == nil)
        #expect(try await store.people(with: "13800000002", .mobile).isEmpty)
        let text = try await dump(desk)
        #expect(!text.contains("u-b|"))
        #expect(try await log.verify().isIntact)
        #expect(try await store.detail(of: "a")?.mobile == "13800000001")
    }

    @Test("保全中的和最后一个管理员删不掉，什么也没改", arguments: Engine.allCases) func kept(_ engine: Engine) async throws {
        let (desk, store) = try await filled(engine)
        defer { withExtendedLifetime(desk) {} }
        await #expect(throws: AccountRefusal.lastManager) { try await store.erase("a", today: today) }
        #expect(try await store.detail(of: "a")?.mobile == "13800000001")
        #expect(try await desk.storage.accounts.account("a")?.person.grants == [Grant(.administrator)])
        try await store.setHold(LegalHold(person: "b", reason: "信访核查", setBy: "a", setAt: now))
        await #expect { try await store.erase("b", today: today) } throws: { "\($0)".contains("信访核查") }
        #expect(try await store.detail(of: "b")?.mobile == "13800000002")
        try await store.liftHold(on: "b")
        try await store.erase("b", today: today)
    }
}
