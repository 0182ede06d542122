public import Foundation
public import Indicators
public import Vocabulary

/// Reads xlsx and CSV files as returns, a batch of rows at a time, and hands wrong ones back marked.
public struct WorkbookReader: ReturnFileReader {
    let catalogue: IndicatorCatalogue

    public init(catalogue: IndicatorCatalogue) { self.catalogue = catalogue }

    public func forms(in file: URL, name: String, among forms: [ReturnForm]) throws -> [ReturnForm] {
        try self.forms(in: try SheetFile(file, name: name), among: forms)
    }

    /// The same for a file that is already open.
    public func forms(in file: SheetFile, among forms: [ReturnForm]) throws -> [ReturnForm] {
        try FormSheets(file: file).held(among: forms)
    }

    public func open(_ file: URL, name: String, form: ReturnForm, importID: String) throws -> any ReturnCursor {
        try ReturnRowCursor(try SheetFile(file, name: name), form, catalogue, importID: importID)
    }

    public func marked(_ file: URL, name: String, with diagnostics: [Diagnostic]) throws -> Data {
        let sheets = try SheetFile(file, name: name)
        let forms = catalogue.forms.values.sorted { $0.id < $1.id }
        let marks = SheetMarks.bySheet(diagnostics)
        return switch sheets.content {
        case .xlsx(let book) where book.hasStyles: try MarkedWorkbook(file: sheets, book: book, forms: forms).make(marks)
        default: try MarkedTable(file: sheets, forms: forms).make(marks)
        }
    }
}
