internal import Indicators

/// Turns the tags of a worksheet into rows.
final class RowListener: XmlListener {
    var parser: RowParser

    init(_ file: XlsxFile) { parser = RowParser(file) }

    override func open(_ name: UnsafePointer<CChar>, _ attributes: XmlAttributes) { parser.open(name, attributes) }
    override func close(_ name: UnsafePointer<CChar>) { parser.close(name) }
    override func text(_ bytes: UnsafeBufferPointer<UInt8>) { parser.text(bytes) }
}

/// The state of a worksheet being read. Where two readings are possible, nothing is guessed: `problem` says so.
struct RowParser {
    private let strings: SharedStrings
    private let isDateStyle: [Bool]
    private let epochShift: Double
    var width = SheetLimit.columns
    /// Why the sheet cannot be read, in the user's words.
    private(set) var problem: String?
    private var rows: [SheetRow] = []
    private var row = SheetRow(number: 0, cells: [])
    private var column = 0
    private var kind: UInt8 = 0
    private var isDate = false
    private var bytes: [UInt8] = []
    private var isInData = false
    private var isInCell = false
    private var isValue = false
    private var isPhonetic = false
    private var isFormula = false

    init(_ file: XlsxFile) {
        strings = file.strings
        isDateStyle = file.isDateStyle
        // Days between the two epochs.
        epochShift = file.countsFrom1904 ? 1_462 : 0
    }

    /// Exchanges the rows read since the last call for the emptied ones of the caller.
    mutating func swapRows(_ taken: inout [SheetRow]) {
        taken.removeAll(keepingCapacity: true)
        swap(&taken, &rows)
    }

    mutating func open(_ name: UnsafePointer<CChar>, _ attributes: XmlAttributes) {
        guard isInData else {
            if XmlName.equals(name, "sheetData") { isInData = true }
            return
        }
        if XmlName.equals(name, "c") {
            openCell(attributes)
        } else if XmlName.equals(name, "v") || XmlName.equals(name, "t") {
            isValue = isInCell && !isPhonetic
        } else if XmlName.equals(name, "f") {
            isFormula = true
        } else if XmlName.equals(name, "row") {
            openRow(attributes)
        } else if XmlName.equals(name, "rPh") {
            isPhonetic = true
        }
    }

    private mutating func openRow(_ attributes: XmlAttributes) {
        var number = row.number + 1
        if let text = attributes["r"] {
            guard let written = CellReference.number(text), written >= number else {
                complain("的行号错乱或重复（第\(row.number)行之后）")
                return
            }
            number = written
        }
        if number > SheetLimit.rows { complain("的行号超过 \(SheetLimit.rows)") }
        row = SheetRow(number: number, cells: [])
        column = 0
    }

    private mutating func complain(_ text: String) { if problem == nil { problem = text } }

    private mutating func openCell(_ attributes: XmlAttributes) {
        let previous = column
        column += 1
        // n(umber), s(hared), t for st(r), i(nlineStr), b(ool), e(rror), d(ate)
        kind = 0x6E
        isDate = false
        isFormula = false
        isInCell = true
        bytes.removeAll(keepingCapacity: true)
        guard var next = attributes.list else { return }
        while let key = next[0], let value = next[1] {
            if key[1] == 0 {
                switch UInt8(bitPattern: key[0]) {
                case 0x72: column = place(value)
                case 0x74: kind = UInt8(bitPattern: value[0]) == 0x73 && value[1] != 0 ? 0x74 : UInt8(bitPattern: value[0])
                case 0x73: isDate = CellReference.number(value).map { $0 < isDateStyle.count && isDateStyle[$0] } ?? false
                default: break
                }
            }
            next += 2
        }
        if column <= previous || column > SheetLimit.columns { complain("第\(row.number)行的单元格次序错乱或重复") }
    }

    /// The column of a reference, which must lie in the row it stands in.
    private func place(_ reference: UnsafePointer<CChar>) -> Int {
        guard let place = CellReference(reference), place.row == row.number else { return 0 }
        return place.column
    }

    mutating func close(_ name: UnsafePointer<CChar>) {
        guard isInData else { return }
        if XmlName.equals(name, "c") {
            closeCell()
            isInCell = false
        } else if XmlName.equals(name, "v") || XmlName.equals(name, "t") {
            isValue = false
        } else if XmlName.equals(name, "row") {
            if !row.cells.isEmpty { rows.append(row) }
        } else if XmlName.equals(name, "rPh") {
            isPhonetic = false
        } else if XmlName.equals(name, "sheetData") {
            isInData = false
        }
    }

    mutating func text(_ more: UnsafeBufferPointer<UInt8>) {
        guard isValue else { return }
        bytes.append(contentsOf: more)
        if bytes.count > SheetLimit.cellBytes { complain("第\(row.number)行有一格长得不正常") }
    }

    private mutating func closeCell() {
        guard column >= 1, column <= width, problem == nil, !bytes.isEmpty || isFormula else { return }
        if row.cells.isEmpty { row.cells.reserveCapacity(Swift.min(width, 32)) }
        while row.cells.count < column - 1 { row.cells.append(.empty) }
        row.cells.append(cell())
    }

    private func cell() -> SheetCell {
        if bytes.isEmpty { return .failure("公式没有保存结果") }
        switch kind {
        case 0x73:
            return CellNumber.read(bytes).flatMap { Int(exactly: $0) }.flatMap { strings[$0] }.map(SheetCell.text) ?? .failure("#REF!")
        case 0x62: return .flag(bytes.first == 0x31 || bytes.first == 0x74)
        case 0x65: return .failure(string)
        case 0x6E:
            guard let value = CellNumber.read(bytes) else { return .text(string) }
            return isDate ? .date(value + epochShift) : .number(value)
        default: return .text(string)
        }
    }

    private var string: String { String(decoding: bytes, as: UTF8.self) }
}
