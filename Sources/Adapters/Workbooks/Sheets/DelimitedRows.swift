internal import Foundation
internal import Indicators

/// The rows of a CSV file in UTF-8, UTF-16 or GB18030, separated by comma, tab or semicolon.
final class DelimitedRows: RowSource {
    private let stream: TextStream
    private var parser: DelimitedParser
    private var ready: [SheetRow] = []
    private var place = 0
    private var isFinished = false
    var width = SheetLimit.columns
    var isSearching = false

    init(_ url: URL, _ encoding: TextEncoding, name: String) throws {
        stream = try TextStream(url, encoding, name: name)
        let first = try stream.next() ?? []
        parser = DelimitedParser(separator: DelimitedRows.separator(first), file: name)
        isFinished = first.isEmpty
        try parser.feed(first, width: width, into: &ready)
    }

    var fraction: Double? { isFinished ? 1 : stream.fraction }

    func next() throws -> SheetRow? {
        while place == ready.count {
            if isFinished { return nil }
            ready.removeAll(keepingCapacity: true)
            place = 0
            if let bytes = try stream.next() {
                try parser.feed(bytes, width: width, into: &ready)
            } else {
                isFinished = true
                try parser.finish(into: &ready)
            }
        }
        place += 1
        return ready[place - 1]
    }

    /// The sign that stands most often in the first lines; a title above the header has none.
    private static func separator(_ head: [UInt8]) -> UInt8 {
        let lines = head.split(separator: 0x0A, maxSplits: 10).prefix(10)
        func most(_ sign: UInt8) -> Int { lines.map { line in line.count { $0 == sign } }.max() ?? 0 }
        return [0x3B, 0x09, 0x2C].max { most($0) < most($1) } ?? 0x2C
    }
}

/// Cuts a text into rows and fields. Quotes that do not pair are refused: they would swallow whole rows without a word.
struct DelimitedParser {
    let separator: UInt8
    let file: String
    private var row = SheetRow(number: 1, cells: [])
    private var column = 0
    private var columns = 0
    private var field: [UInt8] = []
    private enum Place { case start, plain, quoted, afterQuote }
    private var at = Place.start
    private var isAfterReturn = false
    /// Row in which the open quote stands.
    private var quoteRow = 0
    private var linesInQuote = 0
    private var separatorsInLine = 0

    init(separator: UInt8, file: String) {
        self.separator = separator
        self.file = file
    }

    mutating func feed(_ bytes: [UInt8], width: Int, into rows: inout [SheetRow]) throws {
        for byte in bytes {
            if at == .quoted {
                if byte == 0x22 { at = .afterQuote } else { try addQuoted(byte) }
                continue
            }
            if isAfterReturn {
                isAfterReturn = false
                if byte == 0x0A { continue }
            }
            switch byte {
            case separator: endField(width)
            case 0x0A, 0x0D:
                isAfterReturn = byte == 0x0D
                try endRow(width, &rows)
            case 0x22 where at == .start: openQuote()
            case 0x22 where at == .afterQuote:
                field.append(byte)
                at = .quoted
            default: try add(byte)
            }
        }
    }

    private mutating func add(_ byte: UInt8) throws {
        if at == .afterQuote {
            if byte == 0x20 { return }
            throw unpaired()
        }
        at = .plain
        field.append(byte)
        if field.count > SheetLimit.cellBytes { throw FileRefusal("file.cells", file, "第\(row.number)行长得不正常，这不像一份 CSV。请另存为 .xlsx 后再上传") }
    }

    private mutating func openQuote() {
        at = .quoted
        quoteRow = row.number
        linesInQuote = 0
        separatorsInLine = 0
    }

    /// A line inside quotes with many separators is a row of the table, swallowed by a quote that was never closed.
    private mutating func addQuoted(_ byte: UInt8) throws {
        field.append(byte)
        if byte == 0x0A {
            linesInQuote += 1
            separatorsInLine = 0
        } else if byte == separator {
            separatorsInLine += 1
            if linesInQuote > 0, separatorsInLine >= max(3, columns / 2) { throw unpaired() }
        }
        if field.count > SheetLimit.cellBytes { throw unpaired() }
    }

    private func unpaired() -> FileRefusal {
        FileRefusal("file.quotes", file, "第\(quoteRow)行的双引号没有成对，后面的内容分不清是哪一格。请补上或删去这个引号，或另存为 .xlsx 后再上传")
    }

    private mutating func endField(_ width: Int) {
        column += 1
        if column <= width { row.cells.append(field.isEmpty ? .empty : .text(String(decoding: field, as: UTF8.self))) }
        field.removeAll(keepingCapacity: true)
        at = .start
    }

    private mutating func endRow(_ width: Int, _ rows: inout [SheetRow]) throws {
        endField(width)
        columns = max(columns, column)
        if column > SheetLimit.columns || row.number > SheetLimit.rows {
            throw FileRefusal("file.rows", file, "第\(row.number)行超出了电子表格的大小（\(SheetLimit.rows) 行、\(SheetLimit.columns) 列），请只保留要上报的内容")
        }
        let number = row.number
        if row.cells.contains(where: { $0 != .empty }) { rows.append(row) }
        row = SheetRow(number: number + 1, cells: [])
        row.cells.reserveCapacity(min(column, width))
        column = 0
    }

    mutating func finish(into rows: inout [SheetRow]) throws {
        if at == .quoted { throw unpaired() }
        if column > 0 || at != .start { try endRow(SheetLimit.columns, &rows) }
    }
}
