internal import CLibPQ
internal import Storage

/// Where a PostgreSQL database is: `postgres://user:password@host:port/database?sslmode=…`, with every option libpq knows.
/// Its description leaves the password out; nothing else of it is ever logged.
public struct PostgresAddress: Sendable, Hashable, CustomStringConvertible {
    /// With the password.
    let uri: String
    public let description: String

    /// Throws `SQLFault` when it is no such address; the message repeats nothing of it.
    public init(_ text: String) throws {
        guard PostgresAddress.isAddress(text) else { throw PostgresAddress.refused }
        guard !text.contains("\0"), let options = PQconninfoParse(text, nil) else { throw PostgresAddress.refused }
        defer { PQconninfoFree(options) }
        var parts: [String: String] = [:]
        var next = options
        while let keyword = next.pointee.keyword {
            if let value = next.pointee.val { parts[String(cString: keyword)] = String(cString: value) }
            next += 1
        }
        let (host, user, name) = (parts["host"] ?? "", parts["user"] ?? "", parts["dbname"] ?? "")
        // An @ of the password taken for the one before the host would put half the password into messages.
        if (host + user + name).contains("@") { throw SQLFault(.other, "数据库地址里有多余的 @。密码中的 @ 请写成 %40") }
        guard (parts["port"] ?? "").allSatisfy({ $0.isASCII && $0.isNumber || $0 == "," }) else { throw PostgresAddress.refused }
        uri = text
        let place = host.isEmpty ? "本机" : host + (parts["port"].map { ":\($0)" } ?? "")
        description = "postgres://\(user.isEmpty ? "" : user + "@")\(place)/\(name)"
    }

    /// Whether a text means to be one.
    public static func isAddress(_ text: String) -> Bool { text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") }

    private static var refused: SQLFault { SQLFault(.other, "数据库地址写得不对，应为 postgres://用户:密码@主机:端口/库名") }
}
