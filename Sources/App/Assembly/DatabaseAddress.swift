internal import Foundation
public import PostgresDriver
internal import SQLiteDriver
internal import Storage

/// Which database: a SQLite file or a PostgreSQL server. Its description holds no password.
public enum DatabaseAddress: Sendable, CustomStringConvertible {
    /// The path of a file.
    case sqlite(String)
    case postgres(PostgresAddress)

    /// `postgres://…` or `sqlite:PATH`; a path that ends in `.sqlite` may stand alone. Throws `SQLFault` when it is neither.
    public init(_ text: String) throws {
        if PostgresAddress.isAddress(text) {
            self = .postgres(try PostgresAddress(text))
        } else if text.hasPrefix("sqlite:"), text.count > 7 {
            self = .sqlite(String(text.dropFirst(7)))
        } else if text.hasSuffix(".sqlite") {
            self = .sqlite(text)
        } else {
            throw SQLFault(.other, "数据库地址写得不对，应为 postgres://用户:密码@主机:端口/库名 或 sqlite:文件夹/junheng.sqlite")
        }
    }

    public var description: String {
        switch self {
        case .sqlite(let path): "sqlite:\(path)"
        case .postgres(let address): address.description
        }
    }

    /// Throws `SQLFault` when a file cannot be opened; a server is asked at the first question.
    func open(_ limits: PostgresLimits = PostgresLimits()) throws -> any SQLDriver {
        switch self {
        case .sqlite(let path): try SQLiteDriver(path: path)
        case .postgres(let address): PostgresDriver(address, limits: limits)
        }
    }
}
