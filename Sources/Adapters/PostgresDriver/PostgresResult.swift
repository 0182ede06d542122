internal import CLibPQ
internal import Storage

/// An answer of the server, in text format.
final class PostgresResult {
    let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { PQclear(handle) }

    var rows: Int32 { PQntuples(handle) }
    var changed: Int { PQcmdTuples(handle).flatMap { Int(String(cString: $0)) } ?? 0 }
    var command: String { PQcmdStatus(handle).map { String(cString: $0) } ?? "" }

    /// A field of a complaint by the letter of the protocol: `C` the code, `M` the message.
    func field(_ letter: Unicode.Scalar) -> String? {
        PQresultErrorField(handle, Int32(letter.value)).map { String(cString: $0) }
    }

    func each(_ body: (any SQLRow) throws -> Void) throws {
        for row in 0..<rows { try body(PostgresRow(result: self, row: row)) }
    }
}

struct PostgresRow: SQLRow {
    let result: PostgresResult
    let row: Int32

    func isNull(_ column: Int) -> Bool { PQgetisnull(result.handle, row, Int32(column)) == 1 }

    func integer(_ column: Int) throws -> Int {
        guard let number = Int(try text(column)) else { throw wrong(column, "integer") }
        return number
    }

    func real(_ column: Int) throws -> Double {
        guard let number = Double(try text(column)) else { throw wrong(column, "real") }
        return number
    }

    func text(_ column: Int) throws -> String { String(decoding: try raw(column, "text"), as: UTF8.self) }

    /// `\x` and two hex digits for every byte.
    func bytes(_ column: Int) throws -> [UInt8] {
        let hex = try raw(column, "bytes")
        guard hex.count >= 2, hex.count.isMultiple(of: 2), hex[0] == UInt8(ascii: "\\"), hex[1] == UInt8(ascii: "x") else {
            throw wrong(column, "bytes")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(hex.count / 2 - 1)
        for place in stride(from: 2, to: hex.count, by: 2) { bytes.append(digit(hex[place]) << 4 | digit(hex[place + 1])) }
        return bytes
    }

    private func digit(_ letter: UInt8) -> UInt8 { letter <= UInt8(ascii: "9") ? letter & 15 : letter & 15 + 9 }

    private func raw(_ column: Int, _ type: String) throws -> UnsafeBufferPointer<UInt8> {
        guard column < Int(PQnfields(result.handle)), !isNull(column), let value = PQgetvalue(result.handle, row, Int32(column)) else {
            throw wrong(column, type)
        }
        let length = Int(PQgetlength(result.handle, row, Int32(column)))
        return UnsafeBufferPointer(start: UnsafeRawPointer(value).assumingMemoryBound(to: UInt8.self), count: length)
    }

    private func wrong(_ column: Int, _ type: String) -> SQLFault { SQLFault(.type, "column \(column) is no \(type)") }
}
