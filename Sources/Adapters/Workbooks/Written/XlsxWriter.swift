internal import CXlsxWriter
public import Foundation
public import Reporting

/// Writes workbooks with libxlsxwriter. Texts stay texts: nothing a user typed becomes a formula.
public struct XlsxWriter: SheetBookWriter {
    public init() {}

    public func write(_ book: SheetBook) throws -> Data {
        try XlsxScratch.data { workbook in
            let formats = XlsxFormats(workbook)
            for sheet in book.sheets { add(sheet, to: workbook, formats) }
            if let stamp = ExportStamp.current { XlsxScratch.comment(stamp.line, workbook) }
        }
    }

    private func add(_ sheet: SheetBook.Sheet, to workbook: UnsafeMutablePointer<lxw_workbook>, _ formats: XlsxFormats) {
        guard let page = workbook_add_worksheet(workbook, XlsxScratch.sheetName(sheet.name)) else { return }
        for (place, column) in sheet.columns.enumerated() {
            worksheet_set_column(page, UInt16(place), UInt16(place), column.width, nil)
        }
        worksheet_write_string(page, 0, 0, sheet.title, formats.title)
        var row: UInt32 = 1
        for note in sheet.notes {
            worksheet_write_string(page, row, 0, note, formats.note)
            row += 1
        }
        for (place, column) in sheet.columns.enumerated() {
            worksheet_write_string(page, row, UInt16(place), column.header, formats.header)
        }
        let header = row
        for cells in sheet.rows {
            row += 1
            for (place, cell) in cells.enumerated() {
                let decimals = sheet.columns.indices.contains(place) ? sheet.columns[place].decimals : 2
                write(cell, page, row, UInt16(place), decimals, formats)
            }
        }
        worksheet_freeze_panes(page, header + 1, UInt16(sheet.frozenColumns))
        if !sheet.rows.isEmpty, !sheet.columns.isEmpty { worksheet_autofilter(page, header, 0, row, UInt16(sheet.columns.count - 1)) }
        worksheet_repeat_rows(page, header, header)
        worksheet_set_landscape(page)
        worksheet_set_paper(page, 9)
        worksheet_fit_to_pages(page, 1, 0)
        guard let stamp = ExportStamp.current else { return }
        // Below the table for whoever reads it on the screen, under every page for whoever prints it.
        worksheet_write_string(page, row + 2, 0, XlsxScratch.safe(stamp.line), formats.note)
        worksheet_set_footer(page, XlsxScratch.footer(stamp.line))
    }

    private func write(
        _ cell: SheetBook.Cell, _ page: UnsafeMutablePointer<lxw_worksheet>, _ row: UInt32, _ column: UInt16, _ decimals: Int,
        _ formats: XlsxFormats
    ) {
        switch cell {
        case .empty: worksheet_write_blank(page, row, column, formats.body)
        case .text(let text): worksheet_write_string(page, row, column, XlsxScratch.safe(text), formats.body)
        case .wrong(let text): worksheet_write_string(page, row, column, XlsxScratch.safe(text), formats.wrong)
        case .number(let value):
            if value.isFinite { worksheet_write_number(page, row, column, value, formats.number(decimals)) }
        }
    }
}

/// Cell formats of one workbook.
final class XlsxFormats {
    private let workbook: UnsafeMutablePointer<lxw_workbook>
    let title: UnsafeMutablePointer<lxw_format>?
    let note: UnsafeMutablePointer<lxw_format>?
    let header: UnsafeMutablePointer<lxw_format>?
    let body: UnsafeMutablePointer<lxw_format>?
    let wrong: UnsafeMutablePointer<lxw_format>?
    let text: UnsafeMutablePointer<lxw_format>?
    private var numbers: [Int: UnsafeMutablePointer<lxw_format>] = [:]

    init(_ workbook: UnsafeMutablePointer<lxw_workbook>) {
        self.workbook = workbook
        title = workbook_add_format(workbook)
        format_set_bold(title)
        format_set_font_size(title, 14)
        note = workbook_add_format(workbook)
        format_set_font_color(note, 0x5D6B70)
        header = workbook_add_format(workbook)
        format_set_bold(header)
        format_set_bg_color(header, 0xE8EFF0)
        format_set_border(header, 1)
        format_set_border_color(header, 0xBFC9CB)
        format_set_text_wrap(header)
        format_set_align(header, 2)
        format_set_align(header, 10)
        body = XlsxFormats.bordered(workbook)
        wrong = XlsxFormats.bordered(workbook)
        format_set_bg_color(wrong, 0xF6D5D1)
        format_set_font_color(wrong, 0x8E1B10)
        text = workbook_add_format(workbook)
        format_set_num_format(text, "@")
    }

    private static func bordered(_ workbook: UnsafeMutablePointer<lxw_workbook>) -> UnsafeMutablePointer<lxw_format>? {
        let format = workbook_add_format(workbook)
        format_set_border(format, 1)
        format_set_border_color(format, 0xDFE5E6)
        return format
    }

    func number(_ decimals: Int) -> UnsafeMutablePointer<lxw_format>? {
        if let format = numbers[decimals] { return format }
        let format = XlsxFormats.bordered(workbook)
        format_set_num_format(format, decimals > 0 ? "#,##0." + String(repeating: "0", count: decimals) : "#,##0")
        numbers[decimals] = format
        return format
    }
}

/// libxlsxwriter writes to a path: a scratch file that is gone afterwards.
enum XlsxScratch {
    /// `inOrder` promises that rows are written from top to bottom, which saves keeping them in memory.
    static func data(inOrder: Bool = false, _ body: (UnsafeMutablePointer<lxw_workbook>) throws -> Void) throws -> Data {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("junheng-\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: url) }
        var options = lxw_workbook_options()
        options.constant_memory = inOrder ? 1 : 0
        guard let workbook = workbook_new_opt(url.path, &options) else { throw CocoaError(.fileWriteUnknown) }
        do {
            try body(workbook)
        } catch {
            workbook_close(workbook)
            throw error
        }
        guard workbook_close(workbook) == LXW_NO_ERROR else { throw CocoaError(.fileWriteUnknown) }
        return try Data(contentsOf: url)
    }

    /// A name Excel accepts for a sheet.
    static func sheetName(_ name: String) -> String { String(name.map { "[]:*?/\\'".contains($0) ? "_" : $0 }.prefix(31)) }

    /// The comment among a workbook's properties.
    static func comment(_ text: String, _ workbook: UnsafeMutablePointer<lxw_workbook>) {
        let copy = strdup(safe(text))
        defer { free(copy) }
        var properties = lxw_doc_properties()
        properties.comments = UnsafeMutablePointer(copy)
        workbook_set_properties(workbook, &properties)
    }

    /// A line under every printed page: `&` begins a command there, and there is room for 255 characters.
    static func footer(_ text: String) -> String { "&L" + String(safe(text).replacing("&", with: "&&").prefix(240)) }

    /// Texts without control characters, cut to what a cell holds.
    static func safe(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 32 || $0 == "\n" }).prefix(32_000))
    }
}
