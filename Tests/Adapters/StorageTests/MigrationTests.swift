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
        "结构与程序不符就不打开",
        arguments: [
            "UPDATE schema_step SET sql = 'x' WHERE number = 1", "INSERT INTO schema_step (number, name, sql) VALUES (9999, 'n', '')",
        ])
    func foreign(_ change: String) async throws {
        let desk = try await Desk(.sqlite)
        let driver = try Engine.sqlite.open(desk.folder)
        _ = try await driver.write { try $0.execute(change, []) }
        await #expect(throws: SQLFault.self) { _ = try await desk.reopened() }
    }
}
