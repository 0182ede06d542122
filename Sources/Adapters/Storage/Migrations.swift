internal import Foundation

/// The numbered steps of the schema. A released step is never edited: its text is kept beside its number and compared.
struct Migrations {
    struct Step {
        var number: Int
        var name: String
        var sql: String
    }

    static func run(on driver: any SQLDriver) async throws {
        let steps = try shipped()
        try await driver.write { connection in
            try connection.run(
                script: "CREATE TABLE IF NOT EXISTS schema_step (number BIGINT PRIMARY KEY, name TEXT NOT NULL, sql TEXT NOT NULL)")
            let done = try connection.rows("SELECT number, sql FROM schema_step ORDER BY number") { (try $0.integer(0), try $0.text(1)) }
            if let newest = done.last?.0, newest > (steps.last?.number ?? 0) {
                throw SQLFault(.other, "数据库由更新版本的程序写成（第\(newest)步），请用那个版本打开")
            }
            let texts = Dictionary(uniqueKeysWithValues: done)
            for step in steps {
                guard let text = texts[step.number] else {
                    try take(step, on: connection)
                    continue
                }
                if text != step.sql { throw SQLFault(.other, "数据库结构第\(step.number)步与程序里的不同，程序文件可能不完整") }
            }
        }
    }

    /// Whether a database is at the newest step; changes nothing.
    static func isCurrent(_ driver: any SQLDriver) async throws -> Bool {
        let steps = try shipped().map(\.sql)
        do {
            return try await driver.read { try $0.rows("SELECT sql FROM schema_step ORDER BY number") { try $0.text(0) } == steps }
        } catch let fault as SQLFault where fault.kind == .other {
            return false
        }
    }

    private static func take(_ step: Step, on connection: any SQLConnection) throws {
        try connection.run(script: step.sql)
        try connection.execute(
            "INSERT INTO schema_step (number, name, sql) VALUES ($1, $2, $3)", [.integer(step.number), .text(step.name), .text(step.sql)])
    }

    static func shipped() throws -> [Step] {
        guard let folder = Bundle.module.url(forResource: "Migrations", withExtension: nil) else {
            throw SQLFault(.other, "程序旁边缺少数据库结构文件夹 Migrations，请重新安装")
        }
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.filter { $0.pathExtension == "sql" }.compactMap { url in
            let name = url.deletingPathExtension().lastPathComponent
            guard let number = Int(name.prefix { $0 != "-" }) else { return nil }
            return Step(number: number, name: name, sql: try String(contentsOf: url, encoding: .utf8))
        }.sorted { $0.number < $1.number }
    }
}
