internal import Storage

/// Parameters as libpq wants them: one buffer of values that end in zero, bytes beside as they are.
struct PostgresValues {
    private var buffer: [UInt8] = []
    private var starts: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(_ values: [SQLValue]) throws {
        for value in values {
            let start = buffer.count
            switch value {
            case .null: break
            case .integer(let number): buffer.append(contentsOf: String(number).utf8)
            case .real(let number): buffer.append(contentsOf: "\(number)".utf8)
            case .text(let text):
                if text.utf8.contains(0) { throw PostgresFault.nul }
                buffer.append(contentsOf: text.utf8)
            case .bytes(let bytes): buffer.append(contentsOf: bytes)
            }
            starts.append(value == .null ? nil : start)
            lengths.append(Int32(buffer.count - start))
            if case .bytes = value { formats.append(1) } else { formats.append(0) }
            buffer.append(0)
        }
    }

    func with<Value>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) throws -> Value
    ) rethrows -> Value {
        try buffer.withUnsafeBytes { bytes in
            let base = bytes.baseAddress
            let pointers = starts.map { start in start.flatMap { base?.advanced(by: $0).assumingMemoryBound(to: CChar.self) } }
            return try pointers.withUnsafeBufferPointer { pointers in
                try lengths.withUnsafeBufferPointer { lengths in
                    try formats.withUnsafeBufferPointer { try body(pointers.baseAddress, lengths.baseAddress, $0.baseAddress) }
                }
            }
        }
    }
}

/// Rows in the text format of COPY: https://www.postgresql.org/docs/current/sql-copy.html, section "Text Format".
enum CopyText {
    static func add(_ row: [SQLValue], to text: inout [UInt8]) throws {
        for (place, value) in row.enumerated() {
            if place > 0 { text.append(UInt8(ascii: "\t")) }
            switch value {
            case .null: text.append(contentsOf: "\\N".utf8)
            case .integer(let number): text.append(contentsOf: String(number).utf8)
            case .real(let number): text.append(contentsOf: "\(number)".utf8)
            case .text(let words): try add(words, to: &text)
            case .bytes(let bytes): add(bytes, to: &text)
            }
        }
        text.append(UInt8(ascii: "\n"))
    }

    private static func add(_ words: String, to text: inout [UInt8]) throws {
        for byte in words.utf8 {
            switch byte {
            case 0: throw PostgresFault.nul
            case UInt8(ascii: "\\"): text.append(contentsOf: "\\\\".utf8)
            case UInt8(ascii: "\t"): text.append(contentsOf: "\\t".utf8)
            case UInt8(ascii: "\n"): text.append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\r"): text.append(contentsOf: "\\r".utf8)
            default: text.append(byte)
            }
        }
    }

    private static func add(_ bytes: [UInt8], to text: inout [UInt8]) {
        text.append(contentsOf: "\\\\x".utf8)
        let digits = Array("0123456789abcdef".utf8)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
    }
}
