public import Foundation
public import Indicators
public import Vocabulary

/// What came of reading a return: the good rows as a table, and everything there is to say about the rest.
public struct ReturnImport: Sendable {
    public var table: ReturnTable
    public var diagnostics: [Diagnostic]
    /// Rows that cannot be taken.
    public var refused: Int
    public var rowsRead: Int
    public var sheet: String
    /// School year the file itself names.
    public var schoolYear: SchoolYear?

    public var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
}

/// Reads a whole file as one table of a form.
public struct ReturnReader: Sendable {
    let form: ReturnForm
    let catalogue: IndicatorCatalogue

    public init(form: ReturnForm, catalogue: IndicatorCatalogue) {
        self.form = form
        self.catalogue = catalogue
    }

    /// Reads a file. `schoolYear` counts where the file names none; `progress` hears the number of rows read and the part of the sheet
    /// (0 to 1) now and then. Throws `FileRefusal` when the file as a whole cannot be read.
    public func read(
        _ url: URL, schoolYear: SchoolYear, importID: String = "", progress: (Int, Double?) -> Void = { _, _ in }
    ) throws -> ReturnImport {
        try read(try SheetFile(url), schoolYear: schoolYear, importID: importID, progress: progress)
    }

    /// The same for a file that is already open.
    public func read(
        _ file: SheetFile, schoolYear: SchoolYear, importID: String = "", progress: (Int, Double?) -> Void = { _, _ in }
    ) throws -> ReturnImport {
        let cursor = try ReturnRowCursor(file, form, catalogue, importID: importID)
        var table = ReturnTable(form: form, schoolYear: cursor.schoolYear ?? schoolYear)
        table.begin(cursor.origin)
        var read = ReturnImport(
            table: table, diagnostics: [], refused: 0, rowsRead: 0, sheet: cursor.origin.sheet, schoolYear: cursor.schoolYear)
        var unsaid = 0
        var worst = Diagnostic.Severity.note
        while let batch = try cursor.next() {
            for row in batch.rows { read.table.append(row) }
            let room = max(0, ReturnReader.mostDiagnostics - read.diagnostics.count)
            read.diagnostics += batch.diagnostics.prefix(room)
            unsaid += max(0, batch.diagnostics.count - room)
            worst = batch.diagnostics.dropFirst(room).map(\.severity).reduce(worst, max)
            read.refused += batch.refused
            read.rowsRead = batch.seen
            progress(batch.seen, batch.fraction)
        }
        if unsaid > 0 {
            let message = "还有 \(unsaid) 处没有列出，多半与上面的是同一种"
            read.diagnostics.append(Diagnostic(worst, "return.more", at: .file(cursor.origin.sheet), message))
        }
        return read
    }

    /// More than anybody reads, and few enough to keep.
    static let mostDiagnostics = 20_000
}
