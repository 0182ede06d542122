internal import Indicators

/// How many rows a table has and a digest over them that does not depend on their order, which databases sort differently.
public struct TableDigest: Sendable, Equatable {
    public let table: String
    public private(set) var rows = 0
    private var sums: [UInt64] = [0, 0, 0, 0]

    init(table: String) { self.table = table }

    public var text: String { sums.map { String($0, radix: 16) }.joined(separator: "-") }

    /// Adds a row by the sums of the four quarters of its hash: two tables with the same sums hold the same rows
    /// unless somebody found rows whose hashes add up.
    mutating func add(_ row: [SQLValue], _ hash: DigestFunction) {
        rows += 1
        var bytes: [UInt8] = []
        for value in row { TableDigest.write(value, to: &bytes) }
        let hex = Array(hash(bytes).utf8)
        for place in sums.indices {
            let part = String(decoding: hex.dropFirst(place * 16).prefix(16), as: UTF8.self)
            sums[place] &+= UInt64(part, radix: 16) ?? 0
        }
    }

    /// A letter for the kind, then the length: no two rows have the same bytes.
    private static func write(_ value: SQLValue, to bytes: inout [UInt8]) {
        switch value {
        case .null: bytes.append(UInt8(ascii: "n"))
        case .integer(let number): bytes.append(contentsOf: "i\(number);".utf8)
        case .real(let number): bytes.append(contentsOf: "r\(number.bitPattern);".utf8)
        case .text(let text): bytes.append(contentsOf: "t\(text.utf8.count);\(text)".utf8)
        case .bytes(let raw): bytes.append(contentsOf: Array("b\(raw.count);".utf8) + raw)
        }
    }
}
