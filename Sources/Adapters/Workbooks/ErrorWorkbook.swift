public import Foundation
public import Reporting
internal import Vocabulary

/// The workbook that was handed in, with its wrong cells red and a column that says why.
public struct ErrorWorkbook: Sendable {
    public init() {}

    /// All cells of the sheet that was read, as texts and numbers, plus 错误原因.
    public func make(_ file: URL, _ read: ReturnImport) throws -> SheetBook {
        var reasons: [Int: [Int: [String]]] = [:]
        for diagnostic in read.diagnostics where diagnostic.severity != .note {
            guard case .cell(_, let row, let column) = diagnostic.place else { continue }
            reasons[row, default: [:]][column - 1, default: []].append(diagnostic.message)
        }
        var header: [String] = []
        var rows: [[SheetBook.Cell]] = []
        try SheetFile(file).rows(of: read.sheet) { row in
            if row.number == read.headerRow { header = row.cells.map(\.plain) }
            guard row.number > read.headerRow else { return }
            rows.append(cells(row, width: header.count, reasons[row.number] ?? [:]))
        }
        let columns = [SheetBook.Column("错误原因", width: 48)] + header.map { SheetBook.Column($0, width: 14) }
        return SheetBook([
            SheetBook.Sheet(
                name: read.sheet, title: "请改正标红的单元格后重新上传", notes: ["左起第一列写明原因；“错误原因”列和本行文字不用删除，重新上传时会自动忽略"],
                columns: columns, rows: rows, frozenColumns: 1)
        ])
    }

    private func cells(_ row: SheetRow, width: Int, _ reasons: [Int: [String]]) -> [SheetBook.Cell] {
        let why = reasons.sorted { $0.key < $1.key }.flatMap { column, texts in texts.map { "\(CellName.letters(column + 1))列：\($0)" } }
        let first: SheetBook.Cell = why.isEmpty ? .empty : .wrong(why.joined(separator: "\n"))
        return [first]
            + (0..<Swift.max(width, row.cells.count)).map { column in
                let cell = row[column]
                if reasons[column] != nil { return .wrong(cell.plain) }
                switch cell {
                case .empty: return .empty
                case .number(let value): return .number(value)
                default: return .text(cell.plain)
                }
            }
    }
}
