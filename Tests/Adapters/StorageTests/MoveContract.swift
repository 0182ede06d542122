import Foundation
import Indicators
import Testing
import Vault
import Vocabulary

@testable import Storage

@Suite("搬到另一个数据库") struct MoveContract {
    /// An installation with everything in it: applied, undone and refused imports, diagnostics, a frozen report.
    private func filled(_ engine: Engine) async throws -> Desk {
        let desk = try await Desk(engine)
        try await desk.hand("i1", (2..<2_400).map { Desk.row($0, "A\($0)", "清河县", pupils: .known(Double($0))) })
        let second = try await desk.hand(
            "i2", [Desk.row(2, "A2", "清河县", pupils: .known(1)), Desk.row(3, "B1", "临河县", area: .absent(.blank))])
        _ = try await desk.storage.imports.undo("i2", seen: second.version, by: Desk.signed("王科长"))
        try await desk.preview("i3", [Desk.row(2, "B1", "临河县")], county: "清河县")
        try await desk.storage.imports.note([Diagnostic(.warning, "x", at: .cell(sheet: "表\t一", row: 3, column: 4), "换\n行\\")], on: "i3")
        _ = try await desk.frozen("s1", county: "清河县")
        return desk
    }

    private func move(_ source: Desk, to target: any SQLDriver) async throws -> [TableDigest] {
        try await StoreMove(from: source.engine.open(source.folder), to: target, hash: { Sha256.hex($0) }).run()
    }

    private func empty(_ engine: Engine) async throws -> URL { try await TestFolder.make(engine) }

    @Test("搬过去一模一样，接着能用", arguments: Engine.allCases, Engine.allCases) func same(_ from: Engine, _ to: Engine) async throws {
        let desk = try await filled(from)
        let folder = try await empty(to)
        let digests = try await move(desk, to: to.open(folder))
        #expect(digests.first { $0.table == "import_row" }?.rows == 2_401)
        let moved = try await Storage(to.open(folder))
        for id in ["i1", "i2", "i3"] { #expect(try await moved.imports.record(id) == desk.storage.imports.record(id)) }
        #expect(
            try await moved.imports.diagnostics(of: "i3", from: 0, limit: 9)
                == desk.storage.imports.diagnostics(of: "i3", from: 0, limit: 9))
        let (before, after) = (try await desk.table(), try await moved.returns.table(Desk.form, Desk.year))
        #expect((0..<before.count).map { before.row($0) } == (0..<after.count).map { after.row($0) })
        #expect((0..<before.count).map { before.origin($0) } == (0..<after.count).map { after.origin($0) })
        #expect(try await moved.snapshots.snapshot("s1") == desk.storage.snapshots.snapshot("s1"))
        #expect(try await moved.snapshots.verify("s1", hash: { Sha256.hex($0) }).isIntact)
        let again = try await Storage(to.open(folder)).imports.recount("i2")
        #expect(again.state == .undone)
    }

    @Test("新库不空就不搬，原有的不动", arguments: Engine.allCases) func occupied(_ engine: Engine) async throws {
        let (desk, other) = (try await filled(.sqlite), try await Desk(engine))
        try await other.hand("i9", [Desk.row(2, "Z1", "别县")])
        let refused = await refusal { _ = try await move(desk, to: engine.open(other.folder)) }
        #expect(refused?.message.contains("新库里已经有数据") == true)
        #expect(try await other.storage.returns.counts(form: "schools", Desk.year) == ["别县": 1])
    }

    @Test("搬到一半断了，新库是空的，再搬就好", arguments: Engine.allCases) func halfway(_ engine: Engine) async throws {
        let desk = try await filled(.sqlite)
        let folder = try await empty(engine)
        let dying = DyingDriver(driver: try engine.open(folder), after: "INSERT INTO current_row") { _ in throw CancellationError() }
        await #expect(throws: CancellationError.self) { _ = try await move(desk, to: dying) }
        #expect(try await Storage(engine.open(folder)).imports.records(ImportFilter()).isEmpty)
        _ = try await move(desk, to: engine.open(folder))
        #expect(try await Storage(engine.open(folder)).returns.counts(form: "schools", Desk.year) == ["清河县": 2_398])
    }

    @Test("旧库正有人导入也能搬：搬的是某一刻的全部", arguments: Engine.allCases, Engine.allCases)
    func living(_ from: Engine, _ to: Engine) async throws {
        let desk = try await filled(from)
        let folder = try await empty(to)
        async let written: Void = {
            for round in 0..<12 {
                try await desk.hand("r\(round)", (0..<60).map { Desk.row($0 + 2, "L\($0)", "临河县", pupils: .known(Double(round))) })
            }
        }()
        _ = try await move(desk, to: to.open(folder))
        try await written
        let moved = try await Storage(to.open(folder))
        let table = try await moved.returns.table(Desk.form, Desk.year, county: "临河县")
        // Every import replaces all sixty rows: a moment between two of them is one number throughout, or none at all.
        #expect(table.count == 0 || table.count == 60)
        #expect(Set((0..<table.count).map { table.fact(FactKey("pupils", .primary), $0) }).count <= 1)
        #expect(try await desk.table(county: "临河县").count == 60)
    }

    @Test("少一行、变一个字都对不上") func digests() {
        func digest(_ rows: [[SQLValue]]) -> TableDigest {
            var digest = TableDigest(table: "t")
            for row in rows { digest.add(row) { Sha256.hex($0) } }
            return digest
        }
        let rows: [[SQLValue]] = [[.text("甲"), .integer(1)], [.text("乙"), .null], [.text("甲"), .integer(1)]]
        #expect(digest(rows) == digest(rows.reversed()))
        #expect(digest(rows) != digest(Array(rows.dropLast())))
        #expect(digest(rows) != digest([rows[0], [.text("乙"), .integer(0)], rows[2]]))
        #expect(digest([[.text("1"), .text("")]]) != digest([[.text(""), .text("1")]]))
        #expect(digest([[.integer(1)]]) != digest([[.text("1")]]))
    }

    @Test("结构旧的库先要用这个版本打开") func outdated() async throws {
        let desk = try await Desk(.sqlite)
        _ = try await Engine.sqlite.open(desk.folder).write { try $0.execute("DELETE FROM schema_step WHERE number > 1", []) }
        let folder = try await empty(.sqlite)
        #expect(await refusal { _ = try await move(desk, to: Engine.sqlite.open(folder)) }?.code == .state)
        let nothing = try await empty(.postgres)
        let bare = StoreMove(from: try Engine.postgres.open(nothing), to: try Engine.sqlite.open(folder), hash: { Sha256.hex($0) })
        #expect(await refusal { _ = try await bare.run() }?.code == .state)
    }

    @Test("搬的表和列就是数据库里的全部") func wholeSchema() async throws {
        let desk = try await Desk(.postgres)
        let found = try await Engine.postgres.open(desk.folder).read { connection in
            try connection.rows(
                """
                SELECT table_name, column_name, data_type FROM information_schema.columns
                WHERE table_schema = current_schema() AND table_name <> 'schema_step' ORDER BY table_name, ordinal_position
                """
            ) { "\(try $0.text(0)).\(try $0.text(1)) \(try $0.text(2).split(separator: " ")[0].uppercased())" }
        }
        let known = try SchemaTable.all().sorted { $0.name < $1.name }.flatMap { table in
            table.columns.map { "\(table.name).\($0.name) \($0.kind.rawValue)" }
        }
        #expect(known == found)
    }
}
