public import Foundation
internal import GRDB
internal import Storage

/// Whole copies of a database file, and looks at them.
public enum SQLiteCopy {
    /// What a look at a database found.
    public struct Findings: Sendable {
        /// Complaints of SQLite's own check of the file's pages and of the foreign keys; none when all is well.
        public var problems: [String]
        /// Number of the newest step of the schema; nil where there is none.
        public var schemaStep: Int?
        /// Rows by table.
        public var counts: [String: Int]
        /// Digests of the handed-in files the database speaks of.
        public var fileDigests: Set<String>
    }

    /// Copies the database as it stands at one moment, while others read and write it. Throws `SQLFault`.
    public static func copy(_ source: URL, to target: URL) throws {
        try faults {
            var reading = GRDB.Configuration()
            reading.busyMode = .timeout(30)
            let from = try DatabaseQueue(path: source.path, configuration: reading)
            let to = try DatabaseQueue(path: target.path)
            try from.backup(to: to)
            // One file, without a log beside it.
            try to.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try to.close()
            try from.close()
        }
    }

    /// Throws `SQLFault` when the file cannot even be opened.
    public static func look(at file: URL) throws -> Findings {
        try faults {
            let queue = try DatabaseQueue(path: file.path)
            defer { try? queue.close() }
            return try queue.read { database in
                var problems = try String.fetchAll(database, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
                let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check")
                let tables = try String.fetchAll(
                    database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
                if !orphans.isEmpty { problems.append("\(orphans.count) 行指向不存在的行") }
                var counts: [String: Int] = [:]
                for table in tables { counts[table] = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM \"\(table)\"") ?? 0 }
                let digests = try KeptFileColumns.query(Set(tables)).map { try String.fetchAll(database, sql: $0) } ?? []
                let step = tables.contains("schema_step") ? try Int.fetchOne(database, sql: "SELECT MAX(number) FROM schema_step") : nil
                return Findings(problems: problems, schemaStep: step, counts: counts, fileDigests: Set(digests))
            }
        }
    }

    private static func faults<Value>(_ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch let error as DatabaseError {
            throw SQLFault(.other, error.resultCode.primaryResultCode == .SQLITE_FULL ? "磁盘满了" : "\(error)")
        }
    }
}
