import Foundation
import Storage
import Testing

@Suite("数据库接口的约定") struct DriverContract {
    private func withTable(_ engine: Engine) async throws -> any SQLDriver {
        let driver = try await engine.open(TestFolder.make(engine))
        try await driver.write {
            try $0.run(script: "CREATE TABLE t (id BIGINT PRIMARY KEY, name TEXT, size DOUBLE PRECISION, body BYTEA)")
        }
        return driver
    }

    private static let rows: [[SQLValue]] = [
        [.integer(.max), .text("制表\t换行\n回车\r反斜\\杠 '引号' \"双引号\" 𠮷 👩‍🏫 \\N"), .real(0.1 + 0.2), .bytes([0, 92, 120, 255, 10])],
        [.integer(.min), .text(""), .real(-1e300), .bytes([])],
        [.integer(0), .null, .null, .null],
    ]

    @Test("写进去的值原样读回，逐条和成批都是", arguments: Engine.allCases, [true, false])
    func values(_ engine: Engine, _ isBulk: Bool) async throws {
        let driver = try await withTable(engine)
        try await driver.write { connection in
            if isBulk { return try connection.insert(into: "t", columns: ["id", "name", "size", "body"], rows: DriverContract.rows) }
            for row in DriverContract.rows {
                try connection.execute("INSERT INTO t (id, name, size, body) VALUES ($1, $2, $3, $4)", row)
            }
        }
        let found = try await driver.read { connection in
            var found: Set<[SQLValue]> = []
            try connection.query("SELECT id, name, size, body FROM t", []) { row in
                found.insert([
                    .integer(try row.integer(0)), row.isNull(1) ? .null : .text(try row.text(1)),
                    row.isNull(2) ? .null : .real(try row.real(2)), row.isNull(3) ? .null : .bytes(try row.bytes(3)),
                ])
            }
            return found
        }
        #expect(found == Set(DriverContract.rows))
    }

    @Test("重复的主键说成约束，写错的语句说成其他，整个事务撤回", arguments: Engine.allCases) func faults(_ engine: Engine) async throws {
        let driver = try await withTable(engine)
        for isBulk in [true, false] {
            let fault = await #expect(throws: SQLFault.self) {
                try await driver.write { connection in
                    try connection.execute("INSERT INTO t (id) VALUES ($1)", [.integer(1)])
                    if isBulk { return try connection.insert(into: "t", columns: ["id"], rows: [[.integer(2)], [.integer(1)]]) }
                    try connection.execute("INSERT INTO t (id) VALUES ($1)", [.integer(1)])
                }
            }
            #expect(fault?.kind == .constraint)
        }
        let fault = await #expect(throws: SQLFault.self) {
            _ = try await driver.write { try $0.execute("INSERT INTO nowhere VALUES (1)", []) }
        }
        #expect(fault?.kind == .other)
        await #expect(throws: CancellationError.self) {
            try await driver.write { connection in
                try connection.execute("INSERT INTO t (id) VALUES ($1)", [.integer(3)])
                throw CancellationError()
            }
        }
        #expect(try await count(driver) == 0)
    }

    @Test("边取边问：大结果里可以再问别的", arguments: Engine.allCases) func streaming(_ engine: Engine) async throws {
        let driver = try await withTable(engine)
        try await driver.write { connection in
            try connection.insert(into: "t", columns: ["id", "name"], rows: (0..<2_500).map { [.integer($0), .text("第\($0)行")] })
        }
        let matched = try await driver.read { connection in
            var matched = 0
            try connection.stream("SELECT id, name FROM t WHERE id >= $1 ORDER BY id", [.integer(100)]) { row in
                let id = try row.integer(0)
                try connection.query("SELECT name FROM t WHERE id = $1", [.integer(id)]) { inner in
                    if try inner.text(0) == row.text(1), id == matched + 100 { matched += 1 }
                }
            }
            return matched
        }
        #expect(matched == 2_400)
    }

    @Test("写的人互相等，读的人不等，读到的是开始时的样子", arguments: Engine.allCases) func turns(_ engine: Engine) async throws {
        let driver = try await withTable(engine)
        await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    // Read, then write what depends on it: two at once would meet in the same key.
                    try await driver.write { connection in
                        var next = 0
                        try connection.query("SELECT COUNT(*) FROM t", []) { next = try $0.integer(0) }
                        Thread.sleep(forTimeInterval: 0.005)
                        try connection.execute("INSERT INTO t (id, name) VALUES ($1, $2)", [.integer(next), .text("\(number)")])
                    }
                }
                group.addTask {
                    let counts = try await driver.read { connection in
                        var counts: [Int] = []
                        for _ in 0..<3 { try connection.query("SELECT COUNT(*) FROM t", []) { counts.append(try $0.integer(0)) } }
                        return Set(counts)
                    }
                    #expect(counts.count == 1)
                }
            }
        }
        #expect(try await count(driver) == 20)
    }

    private func count(_ driver: any SQLDriver) async throws -> Int {
        try await driver.read { connection in
            var count = 0
            try connection.query("SELECT COUNT(*) FROM t", []) { count = try $0.integer(0) }
            return count
        }
    }
}
