internal import CXlsxWriter
public import Foundation
public import Indicators
public import Vocabulary

/// Writes the empty workbook of a form: title, instructions, what goes into each column, an example, drop-downs, limits.
public struct TemplateWriter: Sendable {
    let form: ReturnForm
    let catalogue: IndicatorCatalogue
    /// Rows prepared for filling in.
    static let preparedRows: UInt32 = 2_000

    public init(form: ReturnForm, catalogue: IndicatorCatalogue) {
        self.form = form
        self.catalogue = catalogue
    }

    public func write(_ year: SchoolYear) throws -> Data {
        try XlsxScratch.data { workbook in
            let formats = XlsxFormats(workbook)
            guard let page = workbook_add_worksheet(workbook, XlsxScratch.sheetName(form.sheet)) else { return }
            worksheet_write_string(page, 0, 0, "\(form.label.zh)（\(year.label.zh)）", formats.title)
            var row: UInt32 = 1
            for (number, line) in form.instructions.enumerated() {
                worksheet_write_string(page, row, 0, "\(number + 1). \(line)", formats.note)
                row += 1
            }
            for (place, column) in form.templateColumns.enumerated() { fill(column, page, UInt16(place), row, formats) }
            worksheet_freeze_panes(page, row + 3, 2)
            mark(workbook, year)
        }
    }

    private func fill(
        _ column: ReturnForm.Column, _ page: UnsafeMutablePointer<lxw_worksheet>, _ place: UInt16, _ row: UInt32, _ formats: XlsxFormats
    ) {
        let isText = column.field == .attribute(form.key)
        worksheet_set_column(page, place, place, Swift.max(11, Double(column.header.count) * 1.3), isText ? formats.text : nil)
        worksheet_write_string(page, row, place, explanation(column), formats.note)
        worksheet_write_string(page, row + 1, place, column.example.isEmpty ? "" : "例：\(column.example)", formats.note)
        worksheet_write_string(page, row + 2, place, column.header + (column.required ? " *" : ""), formats.header)
        validate(column, page, place, row + 3)
    }

    private func explanation(_ column: ReturnForm.Column) -> String {
        if case .fact(let key) = column.field, let element = catalogue.elements[key.element] {
            return [column.unit.isEmpty ? element.unit : column.unit, column.note].filter { !$0.isEmpty }.joined(separator: "；")
        }
        return column.note
    }

    private func validate(_ column: ReturnForm.Column, _ page: UnsafeMutablePointer<lxw_worksheet>, _ place: UInt16, _ first: UInt32) {
        let last = first + TemplateWriter.preparedRows - 1
        if !column.choices.isEmpty {
            XlsxValidation.list(page, first, last, place, column.choices)
        } else if case .fact(let key) = column.field, let element = catalogue.elements[key.element] {
            let highest = element.maximum.isFinite ? element.maximum / column.scale : 1e12
            XlsxValidation.range(
                page, first, last, place, isWhole: element.isWhole && column.scale == 1, element.minimum / column.scale, highest,
                "\(column.header)应是 \(ReturnRows.plain(element.minimum / column.scale)) 到 \(ReturnRows.plain(highest)) 之间的\(element.isWhole ? "整数" : "数")"
            )
        }
    }

    /// The hidden sheet by which the file is known again.
    private func mark(_ workbook: UnsafeMutablePointer<lxw_workbook>, _ year: SchoolYear) {
        guard let page = workbook_add_worksheet(workbook, TemplateMark.sheet) else { return }
        let marks = [(TemplateMark.form, form.id), (TemplateMark.version, form.version), (TemplateMark.year, String(year.start))]
        for (row, mark) in marks.enumerated() {
            worksheet_write_string(page, UInt32(row), 0, mark.0, nil)
            worksheet_write_string(page, UInt32(row), 1, mark.1, nil)
        }
        worksheet_hide(page)
    }
}

/// Drop-downs and number limits of template columns.
enum XlsxValidation {
    static func list(_ page: UnsafeMutablePointer<lxw_worksheet>, _ first: UInt32, _ last: UInt32, _ column: UInt16, _ choices: [String]) {
        let texts = choices.map { strdup($0) }
        defer { texts.forEach { free($0) } }
        var pointers: [UnsafeMutablePointer<CChar>?] = texts + [nil]
        pointers.withUnsafeMutableBufferPointer { list in
            var validation = lxw_data_validation()
            validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
            validation.value_list = list.baseAddress
            // Codes and other spellings are understood on reading, so a typed word is warned of, not refused.
            validation.error_type = UInt8(LXW_VALIDATION_ERROR_TYPE_WARNING.rawValue)
            worksheet_data_validation_range(page, first, column, last, column, &validation)
        }
    }

    static func range(
        _ page: UnsafeMutablePointer<lxw_worksheet>, _ first: UInt32, _ last: UInt32, _ column: UInt16, isWhole: Bool, _ minimum: Double,
        _ maximum: Double, _ message: String
    ) {
        let text = strdup(message)
        defer { free(text) }
        var validation = lxw_data_validation()
        validation.validate = UInt8((isWhole ? LXW_VALIDATION_TYPE_INTEGER : LXW_VALIDATION_TYPE_DECIMAL).rawValue)
        validation.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
        validation.minimum_number = minimum
        validation.maximum_number = maximum
        validation.error_message = text
        worksheet_data_validation_range(page, first, column, last, column, &validation)
    }
}
