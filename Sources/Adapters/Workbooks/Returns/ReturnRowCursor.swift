internal import Foundation
internal import Indicators
internal import Vocabulary

/// The rows of a form on their way out of a file, a batch at a time.
final class ReturnRowCursor: ReturnCursor {
    let origin: ReturnOrigin
    let schoolYear: SchoolYear?
    private let source: any RowSource
    private let headerRow: Int
    private var head: ArraySlice<SheetRow>
    private var rows: ReturnRows
    private var isFirst = true
    private var isDone = false
    private let notes: [Diagnostic]

    private static let batchRows = 1_000
    /// A batch ends early where complaints pile up, or where the sheet goes on without schools.
    private static let batchDiagnostics = 5_000
    private static let batchLooked = 20_000

    init(_ file: SheetFile, _ form: ReturnForm, _ catalogue: IndicatorCatalogue, importID: String) throws {
        let found = try FormSheets(file: file).best(for: form)
        source = found.source
        headerRow = found.match.lastRow
        head = found.head[...]
        rows = ReturnRows(form: form, catalogue: catalogue, sheet: found.sheet, match: found.match)
        schoolYear =
            try file.marks()[TemplateMark.year].flatMap { SchoolYear(text: $0) }
            ?? TitleYear.find(in: found.head.prefix { $0.number < found.match.lastRow })
        origin = ReturnOrigin(importID: importID, file: file.name, sheet: found.sheet, columns: rows.originColumns)
        notes =
            (file.hasMacros ? [Diagnostic(.warning, "file.macros", at: .file(file.name), "工作簿带有宏，宏没有运行，只读取了单元格")] : [])
            + rows.headerNotes
    }

    func next() throws -> ReturnBatch? {
        guard !isDone else { return nil }
        var batch = ReturnBatch()
        let (seen, refused) = (rows.rowsRead, rows.refused)
        var looked = 0
        while rows.rowsRead - seen < Self.batchRows, rows.diagnostics.count < Self.batchDiagnostics, looked < Self.batchLooked {
            guard let row = try nextRow() else {
                isDone = true
                break
            }
            looked += 1
            if let read = rows.read(row) { batch.rows.append(read) }
        }
        if isDone, rows.rowsRead == 0 { throw FileRefusal("return.rows.none", origin.sheet, "表头下面没有一行数据") }
        batch.diagnostics = (isFirst ? notes : []) + rows.takeDiagnostics()
        isFirst = false
        batch.seen = rows.rowsRead
        batch.refused = rows.refused - refused
        batch.fraction = isDone ? 1 : source.fraction
        return batch
    }

    /// The next row under the header: first of those the search for the header has already read.
    private func nextRow() throws -> SheetRow? {
        while let row = head.popFirst() { if row.number > headerRow { return row } }
        return try source.next()
    }
}
