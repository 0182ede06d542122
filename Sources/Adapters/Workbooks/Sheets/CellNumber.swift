internal import Foundation

/// Numbers as a workbook stores them.
enum CellNumber {
    /// The number written in a cell's value; nil for anything that is not a finite decimal number.
    static func read(_ bytes: [UInt8]) -> Double? { bytes.withUnsafeBufferPointer(short) ?? any(bytes) }

    /// The number of a text that holds digits and perhaps a point and nothing else; nil for any other text, even if it is a number.
    static func plain(_ text: String) -> Double? {
        var text = text
        return text.withUTF8(short)
    }

    /// Up to 15 digits with a decimal point somewhere: both parts are exact doubles, so their quotient is correctly rounded.
    private static func short(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        guard bytes.count <= 16, !bytes.isEmpty else { return nil }
        var digits = 0
        var whole: Int64 = 0
        var decimals = -1
        for byte in bytes {
            if byte >= 0x30, byte <= 0x39 {
                whole = whole * 10 + Int64(byte - 0x30)
                digits += 1
                if decimals >= 0 { decimals += 1 }
            } else if byte == 0x2E, decimals < 0 {
                decimals = 0
            } else {
                return nil
            }
        }
        guard digits > 0, digits <= 15 else { return nil }
        return decimals > 0 ? Double(whole) / powers[decimals] : Double(whole)
    }

    private static let powers: [Double] = (0...15).map { (0..<$0).reduce(1.0) { power, _ in power * 10 } }

    /// Digits, signs, point and exponent only: the C library would also take hexadecimal numbers and the word nan.
    private static func any(_ bytes: [UInt8]) -> Double? {
        guard bytes.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }) else { return nil }
        return Double(String(decoding: bytes, as: UTF8.self)).flatMap { $0.isFinite ? $0 + 0 : nil }
    }
}

/// A cell reference such as `AB12`.
struct CellReference {
    let column: Int
    let row: Int

    init?(_ text: UnsafePointer<CChar>) {
        var column = 0
        var next = text
        while next[0] >= 65 && next[0] <= 90 {
            column = column * 26 + Int(next[0]) - 64
            if column > SheetLimit.columns { return nil }
            next += 1
        }
        guard column > 0, let row = CellReference.number(next), row > 0 else { return nil }
        self.column = column
        self.row = row
    }

    /// A whole number of up to nine digits and nothing else.
    static func number(_ text: UnsafePointer<CChar>) -> Int? {
        var value = 0
        var next = text
        while next[0] >= 48 && next[0] <= 57 {
            value = value * 10 + Int(next[0]) - 48
            next += 1
        }
        return next[0] == 0 && next != text && next - text <= 9 ? value : nil
    }
}
