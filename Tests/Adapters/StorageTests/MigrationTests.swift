import Foundation
import Indicators
import Storage
import Testing

@Suite("数据库结构") struct MigrationTests {
    @Test("再次打开不重做", arguments: Engine.allCases) func again(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        try await desk.hand("i1", [Desk.row(2, "A1", "清河县")])
        #expect(try await desk.reopened().returns.counts(form: "schools", Desk.year) == ["清河县": 1])
    }

    @Test(
        "结构与程序不符就不打开", arguments: Engine.allCases,
        [
            "UPDATE schema_step SET sql = 'x' WHERE number = 1", "INSERT INTO schema_step (number, name, sql) VALUES (9999, 'n', '')",
        ])
    func foreign(_ engine: Engine, _ change: String) async throws {
        let desk = try await Desk(engine)
        let driver = try engine.open(desk.folder)
        _ = try await driver.write { try $0.execute(change, []) }
        await #expect(throws: SQLFault.self) { _ = try await desk.reopened() }
    }

    @Test("结构升级到一半断了，留下的是原来的结构，再开就完成", arguments: Engine.allCases) func halfway(_ engine: Engine) async throws {
        let folder = try await TestFolder.make(engine)
        // The second step is made, its number not yet written down.
        let dying = DyingDriver(driver: try engine.open(folder), after: "INSERT INTO schema_step") {
            var steps = 0
            try $0.query("SELECT COUNT(*) FROM schema_step", []) { steps = try $0.integer(0) }
            if steps == 2 { throw CancellationError() }
        }
        await #expect(throws: CancellationError.self) { _ = try await Storage(dying) }
        let fault = await #expect(throws: SQLFault.self) {
            _ = try await engine.open(folder).read { try $0.execute("SELECT 1 FROM snapshot", []) }
        }
        #expect(fault?.kind == .other)
        #expect(try await Storage(engine.open(folder)).imports.records(ImportFilter()).isEmpty)
    }

    @Test("两台服务器同时第一次启动，结构只建一次", arguments: Engine.allCases) func together(_ engine: Engine) async throws {
        let folder = try await TestFolder.make(engine)
        async let one = Storage(engine.open(folder))
        async let other = Storage(engine.open(folder))
        for storage in try await [one, other] { #expect(try await storage.imports.records(ImportFilter()).isEmpty) }
    }

    @Test("磁盘满了说清楚，已有的数据不动") func full() async throws {
        let desk = try await Desk(.sqlite)
        try await desk.hand("i1", [Desk.row(2, "A1", "清河县")])
        let driver = DyingDriver(driver: try Engine.sqlite.open(desk.folder), after: "INSERT INTO current_row") { connection in
            var pages = 0
            try connection.query("PRAGMA page_count", []) { pages = try $0.integer(0) }
            // A limit in pages is what a full disk looks like to SQLite.
            try connection.query("PRAGMA max_page_count = \(pages + 2)", []) { _ in }
            try connection.insert(
                into: "data_revision", columns: ["form", "school_year", "county", "number", "changed_by", "changed_at"],
                rows: (0..<5_000).map { [.text("x"), .integer($0), .text("县"), .integer(0), .text("名"), .integer(0)] })
        }
        let imports = try await Storage(driver).imports
        let preview = try await desk.preview("i2", [Desk.row(2, "A1", "清河县", pupils: .known(1))])
        let absence = await #expect(throws: StoreUnavailable.self) {
            _ = try await imports.apply("i2", ImportChoice(), seen: preview.version, by: Desk.signed("王科长"))
        }
        #expect(absence?.message.contains("磁盘满了") == true)
        #expect(try await desk.pupils()["A1"] == .known(812))
    }
}
