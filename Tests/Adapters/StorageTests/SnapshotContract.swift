import Foundation
import Indicators
import Storage
import Testing
import Vault
import Vocabulary

@Suite("上报与冻结的约定") struct SnapshotContract {
    private let rows = [Desk.row(2, "A1", "清河县"), Desk.row(3, "A2", "清河县", pupils: .absent(.blank), area: .known(0.1 + 0.2))]

    private func rowsOf(_ table: ReturnTable) -> [ReturnRow] { (0..<table.count).map { table.row($0) } }

    @Test("冻结的数据原样读回，以后的导入不影响它", arguments: Engine.allCases) func identical(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        try await desk.hand("i1", rows)
        try await desk.hand("i2", [Desk.row(7, "B1", "临河县")])
        let before = try await desk.table(county: "清河县")
        let frozen = try await desk.frozen("s1", county: "清河县")
        #expect(frozen.state == .frozen)
        #expect(frozen.seal?.rows == 2)
        #expect(frozen.signature(of: .approve)?.name == "王科长")
        _ = try await desk.storage.snapshots.open(
            "s2", county: "清河县", Desk.year, forms: ["schools"], reason: "A1 漏报", by: Desk.signed("李科员"))
        try await desk.hand("i3", [Desk.row(2, "A1", "清河县", pupils: .known(1))])
        let after = try await desk.storage.snapshots.frozenTable(Desk.form, of: "s1")
        #expect(rowsOf(after) == rowsOf(before))
        #expect((0..<2).map { after.origin($0) } == (0..<2).map { before.origin($0) })
        let all = try await desk.storage.snapshots.frozenTable(Desk.form, Desk.year, county: nil)
        #expect(rowsOf(all) == rowsOf(before))
    }

    @Test("改动一个字节，校验就发现，并指出哪所学校", arguments: Engine.allCases) func tampering(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        try await desk.hand("i1", rows)
        _ = try await desk.frozen("s1", county: "清河县")
        let intact = try await desk.storage.snapshots.verify("s1", hash: { Sha256.hex($0) })
        #expect(intact.isIntact)
        for change in [
            "UPDATE frozen_row SET body = replace(body, '812', '813') WHERE row_key = 'A1'",
            "UPDATE frozen_row SET sheet_row = 9 WHERE row_key = 'A1'",
        ] {
            let driver = try engine.open(desk.folder)
            _ = try await driver.write { try $0.execute(change, []) }
            let check = try await desk.storage.snapshots.verify("s1", hash: { Sha256.hex($0) })
            #expect(!check.isIntact)
            #expect(check.suspects == ["A1"])
            _ = try await driver.write {
                try $0.execute(
                    "UPDATE frozen_row SET sheet_row = 2, body = replace(body, '813', '812') WHERE row_key = 'A1'", [])
            }
        }
        let driver = try engine.open(desk.folder)
        _ = try await driver.write { try $0.execute("UPDATE frozen_origin SET file = '别的.xlsx'", []) }
        #expect(try await !desk.storage.snapshots.verify("s1", hash: { Sha256.hex($0) }).isIntact)
    }

    @Test("冻结后没有回头路，更正另开一版并写明理由", arguments: Engine.allCases) func correction(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        try await desk.hand("i1", rows)
        let frozen = try await desk.frozen("s1", county: "清河县")
        #expect(frozen.availableActions.isEmpty)
        let back = await refusal {
            _ = try await desk.storage.snapshots.take(
                .giveBack, on: "s1", seen: frozen.version, reason: "改", by: Desk.signed("王科长"))
        }
        #expect(back?.message.contains("需要更正请另开新版") == true)
        #expect(await refusal { try await desk.hand("i2", rows) }?.code == .locked)
        let silent = await refusal {
            _ = try await desk.storage.snapshots.open(
                "s2", county: "清河县", Desk.year, forms: ["schools"], reason: " ", by: Desk.signed("李科员"))
        }
        #expect(silent?.code == .state)
        let second = try await desk.frozen("s2", county: "清河县")
        #expect(second.title == "清河县 2025—2026学年（第2版）")
        #expect(second.seal?.hash != frozen.seal?.hash)
        #expect(try await desk.storage.snapshots.versions(county: "清河县", Desk.year).map(\.id) == ["s1", "s2"])
        #expect(try await desk.storage.snapshots.latest(Desk.year, county: nil).map(\.id) == ["s2"])
        #expect(try await desk.storage.snapshots.verify("s1", hash: { Sha256.hex($0) }).isIntact)
    }

    @Test("两个审核人同时办理，后到的看到前一个做了什么", arguments: Engine.allCases) func stale(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        try await desk.hand("i1", rows)
        let store = desk.storage.snapshots
        let open = try await store.open("s1", county: "清河县", Desk.year, forms: ["schools"], reason: "", by: Desk.signed("李科员"))
        let sent = try await store.take(.submit, on: "s1", seen: open.version, reason: "", by: Desk.signed("李科员"))
        _ = try await store.take(.approve, on: "s1", seen: sent.version, reason: "", by: Desk.signed("王科长"))
        let late = await refusal {
            _ = try await store.take(.giveBack, on: "s1", seen: sent.version, reason: "不对", by: Desk.signed("赵科长"))
        }
        #expect(late?.message == "清河县 2025—2026学年：王科长刚刚做了“审核通过”，现在是“已审核”。请刷新页面后再决定")
    }

    @Test("没有数据不能上报，退回要有理由", arguments: Engine.allCases) func rules(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let store = desk.storage.snapshots
        let open = try await store.open("s1", county: "清河县", Desk.year, forms: ["schools"], reason: "", by: Desk.signed("李科员"))
        let empty = await refusal {
            _ = try await store.take(.submit, on: "s1", seen: open.version, reason: "", by: Desk.signed("李科员"))
        }
        #expect(empty?.code == .empty)
        try await desk.hand("i1", rows)
        let sent = try await store.take(.submit, on: "s1", seen: open.version, reason: "", by: Desk.signed("李科员"))
        let blank = await refusal {
            _ = try await store.take(.giveBack, on: "s1", seen: sent.version, reason: "  ", by: Desk.signed("王科长"))
        }
        #expect(blank?.message.contains("理由") == true)
        let endless = await refusal {
            let reason = String(repeating: "长", count: 501)
            _ = try await store.take(.giveBack, on: "s1", seen: sent.version, reason: reason, by: Desk.signed("王科长"))
        }
        #expect(endless?.message.contains("最多500个字") == true)
        let back = try await store.take(.giveBack, on: "s1", seen: sent.version, reason: "核对A1", by: Desk.signed("王科长"))
        #expect(back.returnReason == "核对A1")
    }
}
