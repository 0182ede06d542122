internal import Foundation

/// Turns the tags of a worksheet into rows.
final class RowListener: XmlListener {
    private let sharedStrings: [String]
    private let dateStyles: Set<Int>
    private var rows: [SheetRow] = []
    private var row = SheetRow(number: 0, cells: [])
    private var column = 0
    private var kind: UInt8 = 0
    private var isDate = false
    private var bytes: [UInt8] = []
    private var isValue = false
    private var isFormula = false

    private static let lastColumn = 16_384

    init(sharedStrings: [String], dateStyles: Set<Int>) {
        self.sharedStrings = sharedStrings
        self.dateStyles = dateStyles
    }

    func takeRows() -> [SheetRow] {
        defer { rows.removeAll(keepingCapacity: true) }
        return rows
    }

    func open(_ name: UnsafePointer<CChar>, _ attributes: XmlAttributes) {
        if XmlName.equals(name, "c") {
            openCell(attributes)
        } else if XmlName.equals(name, "v") || XmlName.equals(name, "t") {
            isValue = true
        } else if XmlName.equals(name, "f") {
            isFormula = true
        } else if XmlName.equals(name, "row") {
            let number = attributes["r"].flatMap { Int(String(cString: $0)) } ?? row.number + 1
            row = SheetRow(number: number, cells: [])
            row.cells.reserveCapacity(32)
            column = 0
        }
    }

    private func openCell(_ attributes: XmlAttributes) {
        column += 1
        // n(umber), s(hared), t for st(r), i(nlineStr), b(ool), e(rror), d(ate)
        kind = 0x6E
        isDate = false
        isFormula = false
        bytes.removeAll(keepingCapacity: true)
        guard var next = attributes.list else { return }
        while let key = next[0], let value = next[1] {
            if key[1] == 0 {
                switch UInt8(bitPattern: key[0]) {
                case 0x72: column = RowListener.column(value) ?? column
                case 0x74: kind = UInt8(bitPattern: value[0]) == 0x73 && value[1] != 0 ? 0x74 : UInt8(bitPattern: value[0])
                case 0x73: isDate = !dateStyles.isEmpty && dateStyles.contains(Int(atoi(value)))
                default: break
                }
            }
            next += 2
        }
    }

    func close(_ name: UnsafePointer<CChar>) {
        if XmlName.equals(name, "c") {
            closeCell()
        } else if XmlName.equals(name, "v") || XmlName.equals(name, "t") {
            isValue = false
        } else if XmlName.equals(name, "row") {
            rows.append(row)
        }
    }

    func text(_ more: UnsafeBufferPointer<UInt8>) { if isValue { bytes.append(contentsOf: more) } }

    private func closeCell() {
        guard column >= 1, column <= RowListener.lastColumn, !bytes.isEmpty || isFormula else { return }
        while row.cells.count < column - 1 { row.cells.append(.empty) }
        if row.cells.count == column - 1 { row.cells.append(cell()) } else { row.cells[column - 1] = cell() }
    }

    private func cell() -> SheetCell {
        if bytes.isEmpty { return .failure("公式没有保存结果") }
        switch kind {
        case 0x73:
            let place = number().flatMap { Int(exactly: $0) } ?? -1
            return sharedStrings.indices.contains(place) ? .text(sharedStrings[place]) : .failure("#REF!")
        case 0x62: return .flag(bytes.first == 0x31)
        case 0x65: return .failure(string)
        case 0x6E:
            guard let value = number() else { return .text(string) }
            return isDate ? .date(value) : .number(value)
        default: return .text(string)
        }
    }

    private var string: String { String(decoding: bytes, as: UTF8.self) }

    private func number() -> Double? { shortNumber() ?? anyNumber() }

    /// Up to 15 digits with a decimal point somewhere: both parts are exact doubles, so their quotient is correctly rounded.
    private func shortNumber() -> Double? {
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
        return decimals > 0 ? Double(whole) / RowListener.powers[decimals] : Double(whole)
    }

    private static let powers: [Double] = (0...15).map { (0..<$0).reduce(1.0) { power, _ in power * 10 } }

    private func anyNumber() -> Double? {
        bytes.append(0)
        defer { bytes.removeLast() }
        return bytes.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { text in
                guard let start = text.baseAddress else { return nil }
                var end: UnsafeMutablePointer<CChar>?
                let value = strtod(start, &end)
                guard let end, end - UnsafeMutablePointer(mutating: start) == text.count - 1, value.isFinite else { return nil }
                return value
            }
        }
    }

    /// Column number of a reference such as `AB12`.
    private static func column(_ reference: UnsafePointer<CChar>) -> Int? {
        var column = 0
        var next = reference
        while next[0] >= 65 && next[0] <= 90 {
            column = column * 26 + Int(next[0]) - 64
            if column > lastColumn { return nil }
            next += 1
        }
        return column > 0 ? column : nil
    }
}
