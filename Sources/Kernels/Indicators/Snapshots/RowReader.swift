internal import Foundation
internal import Vocabulary

/// Reads the text a `RowWriter` wrote. Anything else is refused as damaged, never guessed at.
public struct RowReader: Sendable {
    private var keys: [String: FactKey] = [:]

    public init() {}

    /// The row, with the number of its sheet row. Throws `StoreRefusal` with code `damaged`.
    public mutating func row(_ text: String, number: Int) throws(StoreRefusal) -> ReturnRow {
        var text = text
        let parsed = text.withUTF8 { bytes -> ReturnRow? in
            var scanner = CanonicalScanner(bytes: bytes)
            return row(&scanner, number)
        }
        guard let parsed else { throw StoreRefusal(.damaged, "第\(number)行存储的内容读不出来，可能被改动过。请从备份恢复，或重新导入这份表") }
        return parsed
    }

    private mutating func row(_ scanner: inout CanonicalScanner, _ number: Int) -> ReturnRow? {
        var row = ReturnRow(number: number, attributes: [:], facts: [:])
        guard scanner.take("{\"a\":{") else { return nil }
        let attributes = scanner.members { name, scanner in
            guard let value = scanner.string() else { return false }
            row.attributes[name] = value
            return true
        }
        guard attributes, scanner.take(",\"f\":{") else { return nil }
        let facts = scanner.members { name, scanner in
            guard let key = factKey(name), let fact = scanner.fact() else { return false }
            row.facts[key] = fact
            return true
        }
        return facts && scanner.take("}") && scanner.isAtEnd ? row : nil
    }

    private mutating func factKey(_ name: String) -> FactKey? {
        if let known = keys[name] { return known }
        let key = FactKey(name)
        keys[name] = key
        return key
    }
}

/// Walks over canonical text.
struct CanonicalScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    mutating func take(_ literal: StaticString) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard place + count <= bytes.count else { return false }
        for offset in 0..<count where bytes[place + offset] != literal.utf8Start[offset] { return false }
        place += count
        return true
    }

    private func next() -> UInt8? { place < bytes.count ? bytes[place] : nil }

    /// Members up to and including the closing brace; the opening one is already taken.
    mutating func members(_ member: (String, inout CanonicalScanner) -> Bool) -> Bool {
        if take("}") { return true }
        repeat {
            guard let name = string(), take(":"), member(name, &self) else { return false }
        } while take(",")
        return take("}")
    }

    mutating func fact() -> Fact? {
        if next() == 0x22 { return string().flatMap(Absence.init(rawValue:)).map(Fact.absent) }
        let start = place
        while let byte = next(), byte != 0x2C, byte != 0x7D { place += 1 }
        return number(bytes[start..<place]).map(Fact.known)
    }

    private func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Double? {
        if digits.count <= 15, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), !digits.isEmpty {
            return Double(digits.reduce(0) { $0 * 10 + Int($1) - 0x30 })
        }
        guard let value = Double(String(decoding: digits, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }

    mutating func string() -> String? {
        guard take("\"") else { return nil }
        let start = place
        var isPlain = true
        while let byte = next(), byte != 0x22 {
            if byte == 0x5C {
                isPlain = false
                place += 1
            }
            place += 1
        }
        guard place < bytes.count else { return nil }
        let inside = bytes[start..<place]
        place += 1
        return isPlain ? String(decoding: inside, as: UTF8.self) : CanonicalScanner.unescaped(inside)
    }

    private static func unescaped(_ inside: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
        let json = Data([0x22] + inside + [0x22])
        return try? JSONDecoder().decode(String.self, from: json)
    }
}
