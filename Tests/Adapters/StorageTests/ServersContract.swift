import Foundation
import Indicators
import Storage
import Testing
import Vocabulary

@Suite("几台服务器共用一个库") struct ServersContract {
    private let now = Desk.signed("").at
    private let origin = ReturnOrigin(importID: "i1", file: "半份.xlsx", sheet: "学校数据", columns: Desk.columns)

    private func begin(_ storage: Storage) async throws {
        _ = try await storage.servers.beat(at: now)
        let start = ImportStart(
            id: "i1", form: "schools", key: "code", schoolYear: Desk.year, county: nil, file: KeptFile(name: "半份.xlsx"),
            uploader: Desk.signed("李科员"))
        _ = try await storage.imports.begin(start)
        try await storage.imports.append([Desk.row(2, "A1", "清河县")], from: origin, to: "i1", done: 1, total: 9, at: now)
    }

    @Test("别的服务器还在读，启动和巡查都不打断它", arguments: Engine.allCases) func alive(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        try await begin(desk.storage)
        let other = try await desk.reopened()
        for _ in 0..<3 * ServerWatch.patience {
            #expect(try await other.servers.beat(at: now) == 0)
            try await desk.storage.servers.beat(at: now)
        }
        try await desk.storage.imports.append([Desk.row(3, "A2", "清河县")], from: origin, to: "i1", done: 2, total: 9, at: now)
        #expect(try await other.imports.record("i1")?.state == .reading)
    }

    @Test("停住的服务器，几轮之后它没读完的标为中断；它醒来再写，被拒绝", arguments: Engine.allCases) func dead(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        try await begin(desk.storage)
        let other = try await desk.reopened()
        var abandoned = 0
        for _ in 0...ServerWatch.patience {
            #expect(abandoned == 0)
            abandoned = try await other.servers.beat(at: now)
        }
        #expect(abandoned == 1)
        #expect(try await other.imports.record("i1")?.state == .abandoned)
        #expect(try await other.imports.rows(of: "i1", [], from: 0, limit: 5).isEmpty)
        let late = await refusal {
            try await desk.storage.imports.append([Desk.row(3, "A2", "清河县")], from: origin, to: "i1", done: 2, total: 9, at: now)
        }
        #expect(late?.message.contains("请重新上传") == true)
    }

    @Test("正常停下的服务器，自己没读完的当场标为中断，别人的不动", arguments: Engine.allCases) func leaving(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        try await begin(desk.storage)
        let other = try await desk.reopened()
        try await other.servers.beat(at: now)
        try await other.servers.leave(at: now)
        #expect(try await desk.storage.imports.record("i1")?.state == .reading)
        try await desk.storage.servers.leave(at: now)
        #expect(try await desk.storage.imports.record("i1")?.state == .abandoned)
    }

    @Test("从前的版本留下的半份，第一轮就标为中断", arguments: Engine.allCases) func nobody(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        try await begin(desk.storage)
        _ = try await engine.open(desk.folder).write { try $0.execute("UPDATE return_import SET reader = NULL", []) }
        #expect(try await desk.storage.servers.beat(at: now) == 1)
    }

    @Test("编号里有空字符的行，说清楚哪一行", arguments: Engine.allCases) func nul(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let refused = await refusal { try await desk.preview("i1", [Desk.row(2, "A1", "清河县"), Desk.row(3, "A\0", "清河县")]) }
        #expect(refused?.message.contains("“学校数据”第3行") == true)
        try await desk.storage.imports.note([Diagnostic(.error, "x", at: .file("半份.csv"), "这一格是“\0”")], on: "i1")
        #expect(try await desk.storage.imports.diagnostics(of: "i1", from: 0, limit: 5).first?.message == "这一格是“␀”")
    }
}
