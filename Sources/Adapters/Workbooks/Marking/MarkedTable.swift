internal import CXlsxWriter
internal import Foundation
internal import Indicators
internal import Vocabulary

/// A table that is no xlsx, handed back as one: every cell in its place, wrong ones coloured, and a column that says why.
struct MarkedTable {
    let file: SheetFile
    let forms: [ReturnForm]

    func make(_ marks: [String: SheetMarks]) throws -> Data {
        try XlsxScratch.data(inOrder: true) { workbook in
            let colours = MarkFormats(workbook)
            for sheet in file.sheets { try add(sheet, marks[sheet] ?? SheetMarks(), workbook, colours) }
        }
    }

    private func add(_ sheet: String, _ marks: SheetMarks, _ workbook: UnsafeMutablePointer<lxw_workbook>, _ formats: MarkFormats) throws {
        guard let page = workbook_add_worksheet(workbook, XlsxScratch.sheetName(sheet)) else { return }
        let headerRow = FormSheets(file: file).headerRow(
            in: try SheetFile.head(of: try file.open(sheet), HeaderMatch.searchedRows), among: forms)
        var lastColumn = 0
        var reasons: Int?
        try file.rows(of: sheet) { row in
            lastColumn = max(lastColumn, row.cells.count)
            if row.number == headerRow { reasons = row.cells.lastIndex { PlainText.header($0.plain) == SheetHead.reasons } }
        }
        let reasonColumn = reasons ?? lastColumn
        worksheet_set_column(page, UInt16(reasonColumn), UInt16(reasonColumn), 60, nil)
        try file.rows(of: sheet) { row in
            let rowMarks = marks.rows[row.number] ?? [:]
            for column in 0..<max(row.cells.count, reasonColumn) where column != reasonColumn {
                let format = rowMarks[column + 1].map { formats.of($0) } ?? nil
                write(row[column], page, row.number, column, isHead: row.number <= headerRow ?? 0, format)
            }
            let reason = row.number == headerRow ? SheetHead.reasons : SheetMarks.reason(rowMarks)
            if !reason.isEmpty {
                worksheet_write_string(page, UInt32(row.number - 1), UInt16(reasonColumn), XlsxScratch.safe(reason), nil)
            }
        }
    }

    private func write(
        _ cell: SheetCell, _ page: UnsafeMutablePointer<lxw_worksheet>, _ row: Int, _ column: Int, isHead: Bool,
        _ format: UnsafeMutablePointer<lxw_format>?
    ) {
        let (row, column) = (UInt32(row - 1), UInt16(column))
        switch cell {
        case .empty: if format != nil { worksheet_write_blank(page, row, column, format) }
        case .number(let value), .date(let value): worksheet_write_number(page, row, column, value, format)
        case .text(let text):
            // Plain short numbers become numbers, so that the table can be reckoned with; codes such as 007 stay texts.
            if !isHead, let value = MarkedTable.plainNumber(text) {
                worksheet_write_number(page, row, column, value, format)
            } else {
                worksheet_write_string(page, row, column, XlsxScratch.safe(text), format)
            }
        case .flag, .failure: worksheet_write_string(page, row, column, XlsxScratch.safe(cell.plain), format)
        }
    }

    static func plainNumber(_ text: String) -> Double? {
        guard text.utf8.count <= 15, let value = PlainText.number(text), SheetCell.number(value).plain == text else { return nil }
        return value
    }
}

/// The colours of marked cells in a workbook written anew.
struct MarkFormats {
    private let error: UnsafeMutablePointer<lxw_format>?
    private let warning: UnsafeMutablePointer<lxw_format>?

    init(_ workbook: UnsafeMutablePointer<lxw_workbook>) {
        error = workbook_add_format(workbook)
        format_set_bg_color(error, UInt32(MarkColour.error.dropFirst(2), radix: 16) ?? 0)
        warning = workbook_add_format(workbook)
        format_set_bg_color(warning, UInt32(MarkColour.warning.dropFirst(2), radix: 16) ?? 0)
    }

    func of(_ mark: SheetMarks.Mark) -> UnsafeMutablePointer<lxw_format>? { mark.isError ? error : warning }
}
