internal import Foundation
internal import Vocabulary

/// Rewrites a worksheet on its way from one file to another: marked cells change their style, a column of reasons is added,
/// and every other byte stays.
struct SheetPatch {
    let marks: SheetMarks
    let styles: StylePatch
    /// Row of the header (from 1), if one was found.
    let headerRow: Int?
    /// Column (from 1) of the reasons.
    let reasonColumn: Int
    /// The column holds the reasons of an earlier marking, which are out of date.
    let hasOldReasons: Bool
    private let write: (ArraySlice<UInt8>) throws -> Void
    private var row = 0
    private var rowStyle: Int?
    private var prefix = ""
    private var column = 0
    /// Columns still to be written in this row, from left to right.
    private var waiting: [Int] = []
    private var rowMarks: [Int: SheetMarks.Mark] = [:]
    private var headerStyle = 0
    private var columnStyles: [(range: ClosedRange<Int>, style: Int)] = []
    private var hasColumn = false
    private var isInData = false
    /// Inside a cell that is being left out.
    private var skipping = false

    init(
        _ marks: SheetMarks, _ styles: StylePatch, headerRow: Int?, reasonColumn: Int, hasOldReasons: Bool,
        write: @escaping (ArraySlice<UInt8>) throws -> Void
    ) {
        self.marks = marks
        self.styles = styles
        self.headerRow = headerRow
        self.reasonColumn = reasonColumn
        self.hasOldReasons = hasOldReasons
        self.write = write
    }

    mutating func run(_ tokens: XmlTokens) throws {
        while let token = try tokens.next() {
            switch token {
            case .text(let bytes): if !skipping { try write(bytes) }
            case .tag(let tag):
                if skipping {
                    skipping = !(tag.isClosing && tag.isNamed("c"))
                } else if isInData {
                    try inData(tag)
                } else {
                    try around(tag)
                }
            }
        }
    }

    private func put(_ text: String) throws { try write(Array(text.utf8)[...]) }

    // MARK: Outside the cells

    private mutating func around(_ tag: XmlTag) throws {
        if tag.isNamed("dimension") {
            // Only a hint, and no longer true.
            if tag.isEmpty { return }
        } else if tag.isNamed("col"), tag.opens, let first = tag.number("min"), let last = tag.number("max"), first <= last {
            if let style = tag.number("style") { columnStyles.append((first...last, style)) }
            if !hasColumn, first > reasonColumn { try addColumn(tag.prefix) }
            hasColumn = hasColumn || last >= reasonColumn
        } else if tag.isNamed("cols"), tag.isEmpty {
            return
        } else if tag.isNamed("cols"), tag.isClosing, !hasColumn {
            try addColumn(tag.prefix)
        } else if tag.isNamed("sheetData") {
            isInData = tag.opens && !tag.isEmpty
            prefix = tag.prefix
            if columnStyles.isEmpty, !hasColumn {
                try put("<\(prefix)cols>")
                try addColumn(prefix)
                try put("</\(prefix)cols>")
            }
        }
        try write(tag.bytes)
    }

    private mutating func addColumn(_ prefix: String) throws {
        hasColumn = true
        try put("<\(prefix)col min=\"\(reasonColumn)\" max=\"\(reasonColumn)\" width=\"60\" customWidth=\"1\"/>")
    }

    // MARK: Cells

    private mutating func inData(_ tag: XmlTag) throws {
        if tag.isNamed("c"), tag.opens {
            try cell(tag)
        } else if tag.isNamed("row") {
            if tag.isClosing { try fill(upTo: Int.max) } else { try begin(tag) }
            if tag.isClosing { try write(tag.bytes) }
        } else {
            if tag.isNamed("sheetData") { isInData = false }
            try write(tag.bytes)
        }
    }

    private mutating func begin(_ tag: XmlTag) throws {
        row = tag.number("r") ?? row + 1
        column = 0
        rowMarks = marks.rows[row] ?? [:]
        waiting = Set(rowMarks.keys).union(row == headerRow || !rowMarks.isEmpty ? [reasonColumn] : []).sorted()
        guard !waiting.isEmpty else { return try write(tag.bytes) }
        rowStyle = tag["customFormat"] == "1" ? tag.number("s") : nil
        // The hint which columns a row spans may no longer be true; it may be wider than the row.
        try write((tag["spans"] == nil ? tag : tag.setting("spans", "1:\(max(reasonColumn, waiting.last ?? 1))")).opened.bytes)
        if tag.isEmpty {
            try fill(upTo: Int.max)
            try put("</\(tag.prefix)row>")
        }
    }

    /// Writes the cells that must stand before a column and do not exist.
    private mutating func fill(upTo column: Int) throws {
        while let next = waiting.first, next < column {
            waiting.removeFirst()
            if next == reasonColumn { try reason() } else { try put("<\(prefix)c r=\"\(name(next))\" s=\"\(style(next))\"/>") }
        }
    }

    private func name(_ column: Int) -> String { CellName.letters(column) + String(row) }

    /// The coloured style of a cell that does not exist: it looks like its row or column.
    private func style(_ column: Int) -> Int {
        let base = rowStyle ?? columnStyles.first { $0.range.contains(column) }?.style ?? 0
        return rowMarks[column].map { styles.coloured(base, MarkColour.of($0)) } ?? base
    }

    private func reason() throws {
        let text = row == headerRow ? SheetHead.reasons : SheetMarks.reason(rowMarks)
        try put(
            "<\(prefix)c r=\"\(name(reasonColumn))\" s=\"\(row == headerRow ? headerStyle : 0)\" t=\"inlineStr\"><\(prefix)is><\(prefix)t xml:space=\"preserve\">\(XmlTag.escape(String(text.prefix(32_000))))</\(prefix)t></\(prefix)is></\(prefix)c>"
        )
    }

    private mutating func cell(_ tag: XmlTag) throws {
        column = tag["r"].flatMap { CellReference($0)?.column } ?? column + 1
        try fill(upTo: column)
        let base = tag.number("s") ?? 0
        if column == reasonColumn, waiting.first == column || (hasOldReasons && row > headerRow ?? Int.max) {
            // The place of a reason, given or out of date.
            try fill(upTo: column + 1)
            skipping = !tag.isEmpty
            return
        }
        if row == headerRow, !tag.isEmpty { headerStyle = base }
        if waiting.first == column { waiting.removeFirst() }
        let wanted = rowMarks[column].map { styles.coloured(base, MarkColour.of($0)) } ?? styles.old[base] ?? base
        try write(wanted == base ? tag.bytes : tag.setting("s", String(wanted)).bytes)
    }
}
