import Exchanges
import Foundation
import Storage
import Testing
import Vault
import Vocabulary

@Suite("交流登记册的约定") struct ExchangeContract {
    /// Turns a name round and says whose it is: enough to see that the store seals and never keeps a name as it is.
    struct Backwards: NameSeal {
        struct Strange: Error {}
        func sealed(_ name: String, of subject: String) throws -> String { subject + ":" + String(name.reversed()) }
        func opened(_ sealed: String, of subject: String) throws -> String {
            guard sealed.hasPrefix(subject + ":") else { throw Strange() }
            return String(sealed.dropFirst(subject.count + 1).reversed())
        }
    }

    private func turn(_ number: Int, year: Int = 2025, county: String = "清河县", state: Exchange.State = .planned) -> Exchange {
        Exchange(
            id: "e\(year)-\(number)", county: county, year: SchoolYear(year), teacher: "T\(number)", name: "甲乙\(number)", stage: .primary,
            post: "语文", isBackbone: number % 2 == 0, from: .init(code: "s1", name: "第一小学", setting: "城区"),
            to: .init(code: "s2", name: "第二小学", setting: "乡村"), form: "regular", state: state)
    }

    private func open(_ engine: Engine, seal: (any NameSeal)? = Backwards()) async throws -> (Desk, any ExchangeStore) {
        let desk = try await Desk(engine)
        return (desk, desk.storage.exchanges(seal: seal))
    }

    @Test("写入、筛选；再写一次没有变化，改了才算改", arguments: Engine.allCases) func writing(_ engine: Engine) async throws {
        let (desk, store) = try await open(engine)
        defer { withExtendedLifetime(desk) {} }
        let turns = [turn(1), turn(2), turn(3, year: 2023, state: .serving), turn(4, county: "临河县")]
        #expect(try await store.write(turns) == ExchangeTally(added: 4))
        #expect(try await store.write(turns) == ExchangeTally(same: 4))
        var moved = turn(1)
        (moved.id, moved.to.code) = ("other", "s9")
        #expect(try await store.write([moved]) == ExchangeTally(changed: 1))
        let found = try await store.exchanges(ExchangeFilter(county: "清河县"))
        #expect(found.map(\.teacher) == ["T2", "T1", "T3"])
        #expect(found.first { $0.teacher == "T1" }?.version == 2 && found[0].name == "甲乙2")
        #expect(try await store.exchanges(ExchangeFilter(year: SchoolYear(2023))).map(\.id) == ["e2023-3"])
        #expect(try await store.exchanges(ExchangeFilter(teacher: "T4")).count == 1)
    }

    @Test("库里没有姓名原文；没有加密就不存姓名；换到别人名下的密文打不开", arguments: Engine.allCases) func names(_ engine: Engine) async throws {
        let (desk, store) = try await open(engine)
        defer { withExtendedLifetime(desk) {} }
        _ = try await store.write([turn(1), turn(2)])
        let driver = try engine.open(desk.folder)
        let kept = try await driver.read { connection in
            var texts: [String] = []
            try connection.query("SELECT sealed_name FROM teacher_exchange", []) { texts.append(try $0.text(0)) }
            return texts
        }
        #expect(kept.count == 2 && !kept.contains { $0.contains("甲乙") })
        let plain = desk.storage.exchanges(seal: nil)
        #expect(!plain.keepsNames && store.keepsNames)
        #expect(try await plain.write([turn(3)]) == ExchangeTally(added: 1))
        #expect(try await plain.exchanges(ExchangeFilter(teacher: "T3")).first?.name == "")
        // Written again without a name, the sealed one stays.
        var nameless = turn(1)
        nameless.name = ""
        #expect(try await store.write([nameless]) == ExchangeTally(same: 1))
        // Nor is it lost to a server that has no seal and writes a change.
        nameless.post = "数学"
        #expect(try await plain.write([nameless]) == ExchangeTally(changed: 1))
        #expect(try await store.exchanges(ExchangeFilter(teacher: "T1")).map(\.name) == ["甲乙1"])
        _ = try await driver.write {
            try $0.execute("UPDATE teacher_exchange SET sealed_name = 'e2025-2:x' WHERE teacher = 'T1'", [])
        }
        await #expect(throws: Backwards.Strange.self) { _ = try await store.exchanges(ExchangeFilter(teacher: "T1")) }
    }

    @Test("开始、期满、取消按次序走；慢一步的人被告知；期满的不能再写", arguments: Engine.allCases) func steps(_ engine: Engine) async throws {
        let (desk, store) = try await open(engine)
        defer { withExtendedLifetime(desk) {} }
        _ = try await store.write([turn(1)])
        await #expect(throws: ExchangeRefusal.self) { _ = try await store.step("e2025-1", to: .finished, ended: nil, seen: 1) }
        let serving = try await store.step("e2025-1", to: .serving, ended: nil, seen: 1)
        #expect(serving.state == .serving && serving.version == 2)
        await #expect(throws: ExchangeRefusal.self) { _ = try await store.step("e2025-1", to: .finished, ended: nil, seen: 1) }
        await #expect(throws: ExchangeRefusal.self) {
            _ = try await store.step("e2025-1", to: .finished, ended: SchoolYear(2024), seen: 2)
        }
        let over = try await store.step("e2025-1", to: .finished, ended: SchoolYear(2027), seen: 2)
        #expect(over.ended == SchoolYear(2027))
        await #expect(throws: ExchangeRefusal.self) { _ = try await store.write([turn(2), turn(1)]) }
        #expect(try await store.exchanges(ExchangeFilter()).map(\.teacher) == ["T1"])
        await #expect(throws: ExchangeRefusal.self) { _ = try await store.step("nobody", to: .serving, ended: nil, seen: 1) }
    }

    @Test("方案采用一次，名单随之登记；再采用被拒绝，什么也不写", arguments: Engine.allCases) func adopting(_ engine: Engine) async throws {
        let (desk, store) = try await open(engine)
        defer { withExtendedLifetime(desk) {} }
        let at = Date(timeIntervalSince1970: 1_760_000_000)
        let plan = RosterPlan(id: "p1", county: "清河县", year: SchoolYear(2025), body: "{\"x\": \"换\\n行\"}", madeBy: "某科", madeAt: at)
        try await store.keep(plan)
        #expect(try await store.plan("p1") == plan)
        #expect(try await store.adopt("p1", by: "某科", at: at, [turn(1), turn(2)]) == ExchangeTally(added: 2))
        #expect(try await store.plans("清河县", SchoolYear(2025)).first?.adoptedBy == "某科")
        await #expect(throws: ExchangeRefusal.self) { _ = try await store.adopt("p1", by: "某科", at: at, [turn(3)]) }
        await #expect(throws: ExchangeRefusal.self) { _ = try await store.adopt("p2", by: "某科", at: at, [turn(3)]) }
        #expect(try await store.exchanges(ExchangeFilter()).count == 2)
    }

    @Test("后采用的方案取代先前的：没到岗的旧名单取消，已到岗的不动", arguments: Engine.allCases) func adoptingAgain(_ engine: Engine) async throws {
        let (desk, store) = try await open(engine)
        defer { withExtendedLifetime(desk) {} }
        let at = Date(timeIntervalSince1970: 1_760_000_000)
        func planned(_ number: Int, _ plan: String) -> Exchange {
            var turn = turn(number)
            turn.plan = plan
            return turn
        }
        for plan in ["p1", "p2", "p3"] {
            try await store.keep(
                RosterPlan(id: plan, county: "清河县", year: SchoolYear(2025), body: "{}", madeBy: "某科", madeAt: at))
        }
        _ = try await store.adopt("p1", by: "某科", at: at, [planned(1, "p1"), planned(2, "p1"), planned(3, "p1")])
        _ = try await store.step("e2025-1", to: .serving, ended: nil, seen: 1)
        _ = try await store.adopt("p2", by: "某科", at: at, [planned(3, "p2"), planned(4, "p2")])
        let states = Dictionary(uniqueKeysWithValues: try await store.exchanges(ExchangeFilter()).map { ($0.teacher, $0.state) })
        #expect(states == ["T1": .serving, "T2": .cancelled, "T3": .planned, "T4": .planned])
        // Somebody already there can't be planned anew.
        await #expect(throws: ExchangeRefusal.self) { _ = try await store.adopt("p3", by: "某科", at: at, [planned(1, "p3")]) }
        #expect(try await store.plan("p3")?.adoptedAt == nil)
    }

    @Test("基数按县按年存，重写即更新；搬库时登记册一起搬", arguments: Engine.allCases) func bases(_ engine: Engine) async throws {
        let (desk, store) = try await open(engine)
        defer { withExtendedLifetime(desk) {} }
        let base = ExchangeBase(county: "清河县", year: SchoolYear(2025), eligible: 900, fullTime: 2_800)
        try await store.set(base)
        try await store.set(ExchangeBase(county: "清河县", year: SchoolYear(2025), eligible: 910, fullTime: 2_800))
        #expect(try await store.base("清河县", SchoolYear(2025))?.eligible == 910)
        #expect(try await store.base("清河县", SchoolYear(2024)) == nil)
        _ = try await store.write([turn(1)])
        let folder = try await TestFolder.make(.sqlite)
        _ = try await StoreMove(from: engine.open(desk.folder), to: Engine.sqlite.open(folder), hash: { Sha256.hex($0) }).run()
        let moved = try await Storage(Engine.sqlite.open(folder)).exchanges(seal: Backwards())
        #expect(try await moved.exchanges(ExchangeFilter()) == store.exchanges(ExchangeFilter()))
    }
}
