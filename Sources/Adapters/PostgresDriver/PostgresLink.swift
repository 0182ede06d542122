internal import CLibPQ
internal import Foundation
internal import Storage

/// One connection of libpq, used by one thread alone.
final class PostgresLink {
    /// Statements kept prepared; more are rarely asked again.
    private static let preparedLimit = 250

    private let handle: OpaquePointer
    private var prepared: [String: String] = [:]
    private var cursors = 0

    /// Throws `SQLFault` when the server cannot be reached or its database does not suit.
    init(_ address: PostgresAddress, _ limits: PostgresLimits) throws {
        // Later words count: what the address says wins over these.
        let words = [
            ("connect_timeout", "\(limits.connect)"), ("application_name", "junheng"), ("keepalives_idle", "10"),
            ("keepalives_interval", "5"),
            ("keepalives_count", "3"), ("tcp_user_timeout", "30000"), ("dbname", address.uri), ("client_encoding", "UTF8"),
        ]
        let opened = CStrings.with(words.map(\.0)) { names in CStrings.with(words.map(\.1)) { PQconnectdbParams(names, $0, 1) } }
        guard let opened else { throw SQLFault(.unreachable, "没有内存可以连接数据库") }
        handle = opened
        guard PQstatus(handle) == CONNECTION_OK else { throw PostgresFault.unreachable(handle, address) }
        junheng_ignore_notices(handle)
        try checkServer(address)
        try run(
            script: """
                SET statement_timeout = '\(limits.statement)s'; SET lock_timeout = '\(limits.lock)s'; SET cursor_tuple_fraction = 1;
                SET idle_in_transaction_session_timeout = '\(max(limits.statement, limits.lock) * 5)s'
                """)
    }

    deinit { PQfinish(handle) }

    private func checkServer(_ address: PostgresAddress) throws {
        let encoding = PQparameterStatus(handle, "server_encoding").map { String(cString: $0) } ?? ""
        guard encoding == "UTF8" else {
            throw SQLFault(.other, "数据库 \(address) 的编码是 \(encoding)，须为 UTF8。请用 createdb -E UTF8 -T template0 另建一个库")
        }
        let version = PQserverVersion(handle)
        guard version >= 130_000 else {
            throw SQLFault(.other, "数据库 \(address) 是 PostgreSQL \(version / 10_000)，须为 13 或更新的版本")
        }
    }

    /// Runs statements without parameters; answers what the last one did (`COMMIT`, `INSERT 0 3`).
    @discardableResult func run(script: String) throws -> String {
        if script.utf8.contains(0) { throw PostgresFault.nul }
        let result = try checked(PQexec(handle, script))
        return result.command
    }

    /// Runs a statement, prepared the first time.
    func run(_ sql: String, _ values: [SQLValue]) throws -> PostgresResult {
        let name = try prepare(sql)
        return try PostgresValues(values).with { pointers, lengths, formats in
            try checked(PQexecPrepared(handle, name, Int32(values.count), pointers, lengths, formats, 0))
        }
    }

    private func prepare(_ sql: String) throws -> String {
        if let name = prepared[sql] { return name }
        if prepared.count >= PostgresLink.preparedLimit { try forgetStatements() }
        let name = "s\(prepared.count)"
        _ = try checked(PQprepare(handle, name, sql, 0, nil))
        prepared[sql] = name
        return name
    }

    /// After a change of the schema under them, prepared statements answer with errors.
    func forgetStatements() throws {
        prepared = [:]
        try run(script: "DEALLOCATE ALL")
    }

    /// Opens a cursor over a query and answers its name.
    func declare(_ sql: String, _ values: [SQLValue]) throws -> String {
        cursors += 1
        let name = "c\(cursors)"
        let declaration = "DECLARE \(name) NO SCROLL CURSOR FOR \(sql)"
        _ = try PostgresValues(values).with { pointers, lengths, formats in
            try checked(PQexecParams(handle, declaration, Int32(values.count), nil, pointers, lengths, formats, 0))
        }
        return name
    }

    func fetch(_ count: Int, from cursor: String) throws -> PostgresResult { try checked(PQexec(handle, "FETCH \(count) FROM \(cursor)")) }

    /// Sends rows as `COPY … FROM STDIN` wants them. `next` hands out pieces until there are none; its error ends the copy.
    func copy(_ statement: String, _ next: () throws -> [UInt8]?) throws {
        _ = try checked(PQexec(handle, statement))
        var failure: (any Error)?
        do {
            while let piece = try next() {
                let sent = piece.withUnsafeBufferPointer { bytes in
                    bytes.withMemoryRebound(to: CChar.self) { PQputCopyData(handle, $0.baseAddress, Int32($0.count)) }
                }
                if sent != 1 { break }
            }
        } catch {
            failure = error
        }
        // Without this end the server would never answer, and libpq would say so for ever.
        guard PQputCopyEnd(handle, failure == nil ? nil : "stopped") == 1 else { throw PostgresFault.broken(handle) }
        // All answers must be taken before the connection takes another statement; the first complaint counts.
        var complaint: (any Error)?
        while let answer = PQgetResult(handle) {
            do {
                _ = try checked(answer)
            } catch {
                complaint = complaint ?? error
            }
        }
        if let error = failure ?? complaint { throw error }
    }

    private func checked(_ answer: OpaquePointer?) throws -> PostgresResult {
        guard let answer else { throw PostgresFault.broken(handle) }
        let result = PostgresResult(answer)
        switch PQresultStatus(answer) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN: return result
        default: throw PostgresFault.fault(result, handle)
        }
    }
}

/// Texts as C wants them.
enum CStrings {
    static func with<Value>(_ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Value) -> Value {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        let pointers = copies.map { UnsafePointer($0) } + [nil]
        return pointers.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { preconditionFailure("an array that ends in nil is not empty") }
            return body(start)
        }
    }
}
