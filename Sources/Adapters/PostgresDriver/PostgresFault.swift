internal import CLibPQ
internal import Storage

/// What PostgreSQL complains of, as the port's kinds of faults.
enum PostgresFault {
    static let nul = SQLFault(.type, "文字里有编码为 0 的字符，PostgreSQL 存不了。请删去后重试")

    static func unreachable(_ handle: OpaquePointer, _ address: PostgresAddress) -> SQLFault {
        SQLFault(.unreachable, "连不上数据库 \(address)：\(message(handle))")
    }

    static func broken(_ handle: OpaquePointer) -> SQLFault { SQLFault(.unreachable, "与数据库的连接断了：\(message(handle))") }

    static func fault(_ result: PostgresResult, _ handle: OpaquePointer) -> SQLFault {
        // A complaint without a code is libpq's own: the server closed the connection without a word, which libpq may notice before
        // it calls the connection bad.
        guard let state = result.field("C"), !state.isEmpty else { return broken(handle) }
        // The first line alone: details repeat the values of a row, which are nobody's in a log.
        let text = result.field("M") ?? ""
        return SQLFault(PQstatus(handle) == CONNECTION_BAD ? .unreachable : kind(state), "\(state) \(text)")
    }

    /// By class and code of https://www.postgresql.org/docs/current/errcodes-appendix.html.
    static func kind(_ state: String) -> SQLFault.Kind {
        switch state {
        case "40001", "40P01": .again
        // A prepared statement that the schema grew away from, or that another program's pool lost.
        case "0A000", "26000": .again
        case "55P03", "57014": .busy
        case "53100": .full
        case "57P01", "57P02", "57P03", "57P05", "53300", "25P03": .unreachable
        case _ where state.hasPrefix("08"): .unreachable
        case _ where state.hasPrefix("23"): .constraint
        case _ where state.hasPrefix("22"): .type
        default: .other
        }
    }

    private static func message(_ handle: OpaquePointer) -> String {
        let text = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
        return text.split(separator: "\n").joined(separator: " ")
    }
}
