internal import Foundation
internal import Indicators
internal import Vocabulary
internal import Workbooks

/// Sheets of workbooks that may hold several forms of the catalogue, each or none.
struct SheetUploads: Sendable {
    let catalogue: IndicatorCatalogue

    /// A sheet of a workbook; nil where there is none of that name. Throws `FileRefusal`.
    @Sendable func read(
        _ file: URL, _ name: String, _ form: String, _ year: SchoolYear
    ) throws -> (table: ReturnTable, complaints: [Diagnostic])? {
        guard let form = catalogue.rosters[form] else { throw FileRefusal("roster.form", name, "目录里没有这种表") }
        let book = try SheetFile(file, name: name)
        guard book.sheets.contains(form.sheet) else { return nil }
        let read = try ReturnReader(form: form, catalogue: catalogue).read(book, schoolYear: year)
        return (read.table, read.diagnostics)
    }
}
