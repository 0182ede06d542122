import Foundation
import PostgresDriver
import Storage
import Synchronization
import Testing

private final class Tries: Sendable {
    let count = Mutex(0)
}

/// What only a database over the wire can do wrong.
@Suite("PostgreSQL 的连接") struct PostgresTests {
    private func driver(_ limits: PostgresLimits = PostgresLimits()) throws -> PostgresDriver {
        PostgresDriver(try PostgresAddress(TestPostgres.address()), limits: limits)
    }

    private func one(_ driver: PostgresDriver) async throws -> Int {
        try await driver.read { connection in
            var one = 0
            try connection.query("SELECT 1", []) { one = try $0.integer(0) }
            return one
        }
    }

    @Test(
        "地址的说明里没有密码",
        arguments: [
            ("postgres://bureau:s3cret@db.example:5433/junheng?sslmode=require", "postgres://bureau@db.example:5433/junheng"),
            ("postgresql://bureau:s3cret@db.example/junheng", "postgres://bureau@db.example/junheng"),
            ("postgres://bureau@/junheng?host=/run/postgresql&password=s3cret", "postgres://bureau@/run/postgresql/junheng"),
        ])
    func description(_ text: String, _ shown: String) throws { #expect(try PostgresAddress(text).description == shown) }

    @Test("写错的地址不念出来", arguments: ["postgres://b:s3cret@h:port/x", "mysql://b:s3cret@h/x", "postgres://b:s3cr@et@h/x"])
    func wrongAddress(_ text: String) throws {
        let fault = #expect(throws: SQLFault.self) { _ = try PostgresAddress(text) }
        #expect(fault?.description.contains("s3cr") == false && fault?.description.contains("et@") == false)
    }

    @Test("连不上时说清楚哪里，不带密码") func unreachable() async throws {
        let driver = PostgresDriver(try PostgresAddress("postgres://bureau:s3cret@/junheng?host=/nowhere"))
        let fault = await #expect(throws: SQLFault.self) { _ = try await one(driver) }
        #expect(fault?.kind == .unreachable)
        #expect(fault?.description.contains("连不上数据库 postgres://bureau@/nowhere/junheng") == true)
        #expect(fault?.description.contains("s3cret") == false)
    }

    @Test("空字符在送出之前就拒绝", arguments: [true, false]) func nul(_ isBulk: Bool) async throws {
        let driver = try driver()
        let fault = await #expect(throws: SQLFault.self) {
            try await driver.write { connection in
                try connection.run(script: "CREATE TEMPORARY TABLE n (name TEXT) ON COMMIT DROP")
                if isBulk { return try connection.insert(into: "n", columns: ["name"], rows: [[.text("好")], [.text("坏\0")]]) }
                try connection.execute("INSERT INTO n (name) VALUES ($1)", [.text("坏\0")])
            }
        }
        #expect(fault?.kind == .type)
        #expect(try await one(driver) == 1)
    }

    @Test("服务器断开了旧连接，下一次照常") func reconnecting() async throws {
        let driver = try driver()
        let pid = try await driver.read { connection in
            var pid = 0
            try connection.query("SELECT pg_backend_pid()", []) { pid = try $0.integer(0) }
            return pid
        }
        // Reading, so that it need not wait for those who write in the other tests.
        try await self.driver().read { try $0.query("SELECT pg_terminate_backend(CAST($1 AS INTEGER))", [.integer(pid)]) { _ in } }
        try await Task.sleep(for: .milliseconds(200))
        #expect(try await one(driver) == 1)
    }

    @Test("升级结构不受单句时限，别的句子仍受") func slowScript() async throws {
        var limits = PostgresLimits()
        limits.statement = 1
        let driver = try driver(limits)
        try await driver.write { try $0.run(script: "SELECT pg_sleep(1.3); SELECT pg_sleep(0.1)") }
        await #expect(throws: SQLFault.self) { try await driver.write { _ = try $0.execute("SELECT pg_sleep(1.3)", []) } }
        await #expect(throws: SQLFault.self) { try await driver.read { try $0.query("SELECT pg_sleep(1.3)", []) { _ in } } }
    }

    @Test("等别人太久就说正忙，读照常") func busy() async throws {
        var limits = PostgresLimits()
        limits.lock = 1
        let (slow, quick) = (try driver(), try driver(limits))
        let (held, release) = (AsyncStream<Void>.makeStream(), DispatchSemaphore(value: 0))
        async let holding: Void = slow.write { _ in
            held.continuation.yield()
            _ = release.wait(timeout: .now() + 120)
        }
        for await _ in held.stream { break }
        defer { release.signal() }
        let fault = await #expect(throws: SQLFault.self) { try await quick.write { _ in } }
        #expect(fault?.kind == .busy)
        #expect(try await one(quick) == 1)
        release.signal()
        try await holding
    }

    @Test("语句超时也说正忙") func statementTimeout() async throws {
        var limits = PostgresLimits()
        limits.statement = 1
        let driver = try driver(limits)
        let fault = await #expect(throws: SQLFault.self) { _ = try await driver.read { try $0.execute("SELECT pg_sleep(5)", []) } }
        #expect(fault?.kind == .busy)
    }

    @Test("互相卡住的两个事务，重来一次都做成") func deadlock() async throws {
        let driver = try driver()
        let tries = Tries()
        // Both hold their first lock before either asks for its second.
        let (mine, yours) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let locking = { @Sendable (first: Int, second: Int) in
            try await driver.read { connection in
                tries.count.withLock { $0 += 1 }
                try connection.execute("SELECT pg_advisory_xact_lock($1)", [.integer(first)])
                if tries.count.withLock({ $0 }) <= 2 {
                    (first < second ? yours : mine).signal()
                    _ = (first < second ? mine : yours).wait(timeout: .now() + 120)
                }
                try connection.execute("SELECT pg_advisory_xact_lock($1)", [.integer(second)])
            }
        }
        async let one: Void = locking(770_001, 770_002)
        async let other: Void = locking(770_002, 770_001)
        _ = try await (one, other)
        #expect(tries.count.withLock { $0 } > 2)
    }

    @Test("编码不是 UTF-8 的库不用") func encoding() async throws {
        let address = try TestPostgres.address()
        let name = "latin\(UInt32.random(in: 0..<1_000_000))"
        // CREATE DATABASE stands in no transaction, so a link of its own makes it.
        let maker = Process()
        maker.executableURL = URL(fileURLWithPath: "/usr/bin/psql")
        maker.arguments = [address, "-qc", "CREATE DATABASE \(name) ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"]
        try maker.run()
        maker.waitUntilExit()
        let driver = PostgresDriver(try PostgresAddress(address.replacing("/postgres?", with: "/\(name)?")))
        let fault = await #expect(throws: SQLFault.self) { _ = try await one(driver) }
        #expect(fault?.description.contains("SQL_ASCII，须为 UTF8") == true)
    }
}
