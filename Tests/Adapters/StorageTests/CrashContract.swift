import Foundation
import Indicators
import Storage
import Testing
import Vocabulary

/// A driver under which the program "dies": in the midst of a transaction the files are copied as the disk then has them.
struct DyingDriver: SQLDriver {
    let driver: any SQLDriver
    /// The statement after which it dies.
    let after: String
    /// What it does then; it throws.
    let death: @Sendable (any SQLConnection) throws -> Void

    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
        try await driver.read(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
        let (after, death) = (after, death)
        return try await driver.write { try body(DyingConnection(connection: $0, after: after, death: death)) }
    }
}

private struct DyingConnection: SQLConnection {
    let connection: any SQLConnection
    let after: String
    let death: @Sendable (any SQLConnection) throws -> Void

    func execute(_ sql: String, _ values: [SQLValue]) throws -> Int {
        let changed = try connection.execute(sql, values)
        if sql.contains(after) { try death(connection) }
        return changed
    }

    func query(_ sql: String, _ values: [SQLValue], _ row: (any SQLRow) throws -> Void) throws { try connection.query(sql, values, row) }
    func stream(_ sql: String, _ values: [SQLValue], _ row: (any SQLRow) throws -> Void) throws { try connection.stream(sql, values, row) }
    func insert(into table: String, columns: [String], rows: [[SQLValue]]) throws {
        try connection.insert(into: table, columns: columns, rows: rows)
        if "INSERT INTO \(table)".contains(after) { try death(connection) }
    }
    func run(script: String) throws { try connection.run(script: script) }
}

@Suite("断电也不留半份") struct CrashContract {
    @Test(
        "在确认导入的中途断电，重新打开时数据与之前一样",
        arguments: ["INSERT INTO current_row", "INSERT INTO data_revision", "UPDATE return_import SET state = 'applied'"])
    func applying(_ after: String) async throws {
        let desk = try await Desk(.sqlite)
        try await desk.hand("i1", [Desk.row(2, "A1", "清河县")])
        let preview = try await desk.preview("i2", (2..<300).map { Desk.row($0, "A\($0 - 1)", "清河县", pupils: .known(1)) })
        let wreck = desk.folder.appendingPathExtension("wreck")
        defer { try? FileManager.default.removeItem(at: wreck) }
        let folder = desk.folder
        let dying = DyingDriver(driver: try Engine.sqlite.open(folder), after: after) { _ in
            try FileManager.default.copyItem(at: folder, to: wreck)
            throw CancellationError()
        }
        let imports = try await Storage(dying).imports
        await #expect(throws: CancellationError.self) {
            _ = try await imports.apply("i2", ImportChoice(), seen: preview.version, by: Desk.signed("王科长"))
        }
        for storage in [desk.storage, try await Storage(Engine.sqlite.open(wreck))] {
            let table = try await storage.returns.table(Desk.form, Desk.year)
            #expect(table.count == 1)
            #expect(table.fact(FactKey("pupils", .primary), 0) == .known(812))
            let record = try #require(try await storage.imports.record("i2"))
            #expect(record.state == .preview)
            _ = try await storage.imports.apply("i2", ImportChoice(), seen: record.version, by: Desk.signed("王科长"))
            #expect(try await storage.returns.table(Desk.form, Desk.year).count == 298)
        }
    }

    @Test(
        "确认导入的中途数据库断开，数据与之前一样，随后照常",
        arguments: ["INSERT INTO current_row", "INSERT INTO data_revision", "UPDATE return_import SET state = 'applied'"])
    func disconnected(_ after: String) async throws {
        let desk = try await Desk(.postgres)
        try await desk.hand("i1", [Desk.row(2, "A1", "清河县")])
        let preview = try await desk.preview("i2", (2..<300).map { Desk.row($0, "A\($0 - 1)", "清河县", pupils: .known(1)) })
        let dying = DyingDriver(driver: try Engine.postgres.open(desk.folder), after: after) {
            try $0.execute("SELECT pg_terminate_backend(pg_backend_pid())", [])
        }
        let imports = try await Storage(dying).imports
        await #expect(throws: StoreUnavailable.self) {
            _ = try await imports.apply("i2", ImportChoice(), seen: preview.version, by: Desk.signed("王科长"))
        }
        #expect(try await desk.pupils() == ["A1": .known(812)])
        _ = try await desk.storage.imports.apply("i2", ImportChoice(), seen: preview.version, by: Desk.signed("王科长"))
        #expect(try await desk.table().count == 298)
    }

    @Test("读到一半断电，下次启动标为中断，暂存的行清掉", arguments: Engine.allCases) func abandoned(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let start = ImportStart(
            id: "i1", form: "schools", key: "code", schoolYear: Desk.year, county: nil, file: KeptFile(name: "半份.xlsx"),
            uploader: Desk.signed("李科员"))
        _ = try await desk.storage.imports.begin(start)
        let origin = ReturnOrigin(importID: "i1", file: "半份.xlsx", sheet: "学校数据", columns: Desk.columns)
        let rows = (2..<50).map { Desk.row($0, "A\($0)", "清河县") }
        try await desk.storage.imports.append(rows, from: origin, to: "i1", done: 48, total: 100, at: start.uploader.at)
        #expect(try await desk.storage.imports.record("i1")?.progressDone == 48)
        let again = try await desk.reopened()
        let now = Desk.signed("", minute: 5).at
        #expect(try await again.servers.takeOver(at: now) == 1)
        #expect(try await again.imports.record("i1")?.state == .abandoned)
        #expect(try await again.imports.rows(of: "i1", [], from: 0, limit: 5).isEmpty)
        #expect(try await again.servers.takeOver(at: now) == 0)
    }

    @Test("同一批里编号重复，整批不存", arguments: Engine.allCases) func duplicates(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let refused = await refusal { try await desk.preview("i1", [Desk.row(2, "A1", "清河县"), Desk.row(3, "A1", "清河县")]) }
        #expect(refused?.code == .duplicate)
        #expect(try await desk.storage.imports.rows(of: "i1", [], from: 0, limit: 5).isEmpty)
    }

    @Test("两万行分批导入，内存有界，数秒完成", arguments: Engine.allCases) func many(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let start = ImportStart(
            id: "i1", form: "schools", key: "code", schoolYear: Desk.year, county: nil, file: KeptFile(name: "全省.xlsx"),
            uploader: Desk.signed("李科员"))
        _ = try await desk.storage.imports.begin(start)
        let origin = ReturnOrigin(importID: "i1", file: "全省.xlsx", sheet: "学校数据", columns: Desk.columns)
        for batch in 0..<20 {
            let rows = (0..<1_000).map { Desk.row(batch * 1_000 + $0 + 2, "S\(batch * 1_000 + $0)", "第\(batch)县") }
            try await desk.storage.imports.append(
                rows, from: origin, to: "i1", done: (batch + 1) * 1_000, total: 20_000, at: start.uploader.at)
        }
        let preview = try await desk.storage.imports.finish("i1", rowsRead: 20_000, refused: 0, schoolYear: nil, at: start.uploader.at)
        #expect(preview.tally == ImportTally(read: 20_000, new: 20_000))
        let applied = try await desk.storage.imports.apply("i1", ImportChoice(), seen: preview.version, by: Desk.signed("王科长"))
        #expect(try await desk.storage.returns.counts(form: "schools", Desk.year).values.reduce(0, +) == 20_000)
        #expect(try await desk.table(county: "第7县").count == 1_000)
        _ = try await desk.storage.imports.undo("i1", seen: applied.version, by: Desk.signed("王科长"))
        #expect(try await desk.storage.returns.counts(form: "schools", Desk.year).isEmpty)
    }
}
