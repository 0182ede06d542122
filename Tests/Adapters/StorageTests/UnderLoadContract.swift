import Foundation
import Indicators
import Storage
import Testing
import Vault
import Vocabulary

/// Many at once over two connections to one database, as two servers would: whatever the order, the data stay whole.
@Suite("很多人同时办理") struct UnderLoadContract {
    private let counties = ["清河县", "临河县"]

    @Test("两台服务器上同时确认同一份导入，正好一个成功，其余看到说明", arguments: Engine.allCases) func oneWins(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let stores = [desk.storage, try await desk.reopened()]
        for round in 0..<5 {
            let preview = try await desk.preview("i\(round)", [Desk.row(2, "A1", "清河县", pupils: .known(Double(round)))])
            let outcomes = await withTaskGroup(of: StoreRefusal?.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        await refusal {
                            _ = try await stores[number % 2].imports.apply(
                                preview.id, ImportChoice(), seen: preview.version, by: Desk.signed("第\(number)人"))
                        }
                    }
                }
                return await group.reduce(into: [StoreRefusal?]()) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == nil } == 1)
            #expect(outcomes.compactMap { $0 }.allSatisfy { $0.code == .stale })
            #expect(try await desk.pupils()["A1"] == .known(Double(round)))
        }
    }

    @Test("放弃与确认同时来，不会留下没有行的指针", arguments: Engine.allCases) func discarding(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let other = try await desk.reopened()
        for round in 0..<12 {
            let id = "i\(round)"
            let preview = try await desk.preview(id, (0..<40).map { Desk.row($0 + 2, "R\(round)-\($0)", "清河县") })
            async let applied = refusal {
                _ = try await desk.storage.imports.apply(id, ImportChoice(), seen: preview.version, by: Desk.signed("王科长"))
            }
            async let discarded = refusal { _ = try await other.imports.discard(id, seen: preview.version, by: Desk.signed("李科员")) }
            let refused = await [applied, discarded]
            #expect(refused.count { $0 == nil } == 1)
        }
        #expect(try await dangling(desk) == 0)
    }

    @Test("冻结与导入同时来，冻结的就是那一刻的数", arguments: Engine.allCases) func freezing(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let other = try await desk.reopened()
        try await desk.hand("i", [Desk.row(2, "A1", "清河县", pupils: .known(-1))])
        for round in 0..<8 {
            let id = "s\(round)"
            let store = desk.storage.snapshots
            let open = try await store.open(id, county: "清河县", Desk.year, forms: ["schools"], reason: "更正", by: Desk.signed("李科员"))
            let preview = try await desk.preview("i\(round)", [Desk.row(2, "A1", "清河县", pupils: .known(Double(round)))])
            async let applied = refusal {
                _ = try await other.imports.apply("i\(round)", ImportChoice(), seen: preview.version, by: Desk.signed("王科长"))
            }
            async let frozen: Void = {
                let sent = try await store.take(.submit, on: id, seen: open.version, reason: "", by: Desk.signed("李科员"))
                let good = try await store.take(.approve, on: id, seen: sent.version, reason: "", by: Desk.signed("王科长"))
                _ = try await store.freeze(id, seen: good.version, catalogue: "c", by: Desk.signed("王科长"), hash: { Sha256.hex($0) })
            }()
            let refused = await applied
            try await frozen
            #expect(refused == nil || refused?.code == .locked)
            let table = try await store.frozenTable(Desk.form, of: id)
            #expect(try await store.verify(id, hash: { Sha256.hex($0) }).isIntact)
            // What was frozen is what counts: nothing slipped in between the copy and the seal.
            #expect(table.fact(FactKey("pupils", .primary), 0) == (try await desk.pupils()["A1"]))
        }
    }

    @Test("乱序的导入、撤销、放弃、比对之后，数据是一致的", arguments: Engine.allCases) func storm(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let stores = [desk.storage, try await desk.reopened()]
        let strange = await withTaskGroup(of: [String].self) { group in
            for worker in 0..<6 { group.addTask { await work(desk, stores[worker % 2], worker) } }
            return await group.reduce(into: [String]()) { $0 += $1 }
        }
        // Refusals are part of the work; anything else, a deadlock before all, is not.
        #expect(strange == [])
        #expect(try await dangling(desk) == 0)
        let applied = try await desk.storage.imports.records(ImportFilter(states: [.applied], limit: 1_000)).map(\.id)
        let table = try await desk.table()
        #expect((0..<table.count).allSatisfy { applied.contains(table.origin($0)?.importID ?? "") })
    }

    private func work(_ desk: Desk, _ storage: Storage, _ worker: Int) async -> [String] {
        var strange: [String] = []
        for round in 0..<8 {
            let (id, county) = ("w\(worker)-\(round)", counties[(worker + round) % 2])
            do {
                let start = ImportStart(
                    id: id, form: "schools", key: "code", schoolYear: Desk.year, county: nil, file: KeptFile(name: id),
                    uploader: Desk.signed("第\(worker)人"))
                _ = try await storage.imports.begin(start)
                let rows = (0..<12).map {
                    Desk.row($0 + 2, "\(county)\($0 + round % 3)", county, pupils: .known(Double(worker * 100 + round)))
                }
                let origin = ReturnOrigin(importID: id, file: id, sheet: "学校数据", columns: Desk.columns)
                try await storage.imports.append(rows, from: origin, to: id, done: 12, total: 12, at: start.uploader.at)
                var record = try await storage.imports.finish(id, rowsRead: 12, refused: 0, schoolYear: nil, at: start.uploader.at)
                if round % 4 == 3 { record = try await storage.imports.discard(id, seen: record.version, by: start.uploader) }
                record = try await storage.imports.recount(id)
                record = try await storage.imports.apply(id, ImportChoice(), seen: record.version, by: start.uploader)
                if round % 3 == 1 { _ = try await storage.imports.undo(id, seen: record.version, by: start.uploader) }
                _ = try await storage.returns.table(Desk.form, Desk.year, county: county)
            } catch is StoreRefusal {
                continue
            } catch {
                strange.append("\(error)")
            }
        }
        return strange
    }

    /// Current rows whose import does not hold them, or does not count.
    private func dangling(_ desk: Desk) async throws -> Int {
        try await desk.engine.open(desk.folder).read { connection in
            var count = 0
            try connection.query(
                """
                SELECT COUNT(*) FROM current_row c LEFT JOIN import_row r ON r.import_id = c.import_id AND r.row_key = c.row_key
                LEFT JOIN return_import i ON i.id = c.import_id
                WHERE r.row_key IS NULL OR r.refused = 1 OR i.state <> 'applied' OR r.county <> c.county
                """, []
            ) { count = try $0.integer(0) }
            return count
        }
    }
}
