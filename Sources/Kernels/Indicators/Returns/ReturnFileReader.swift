public import Foundation
public import Vocabulary

/// Reads the files people hand in as returns of a form, a batch of rows at a time, so that memory stays small however long they are.
public protocol ReturnFileReader: Sendable {
    /// Which of the forms a file holds, in the order given: a workbook may carry the schools' and the county's own sheet.
    /// Throws `FileRefusal` when the file as a whole cannot be read.
    func forms(in file: URL, name: String, among forms: [ReturnForm]) throws -> [ReturnForm]
    /// Finds sheet and header and stands before the first row. `name` is what the person called the file.
    func open(_ file: URL, name: String, form: ReturnForm, importID: String) throws -> any ReturnCursor
    /// The same workbook with the wrong cells red and a column 错误原因, as xlsx bytes; a CSV comes back as a workbook.
    func marked(_ file: URL, name: String, with diagnostics: [Diagnostic]) throws -> Data
}

/// A return on its way out of a file.
public protocol ReturnCursor: AnyObject {
    /// Where the rows stand: file, sheet, and the column of every field found.
    var origin: ReturnOrigin { get }
    /// The school year the file itself names; nil when it names none.
    var schoolYear: SchoolYear? { get }
    /// The next rows, about a thousand; nil after the last. What is to be said of the file and its header comes with the first batch.
    /// Throws `FileRefusal` when the rest cannot be read, or when there was no row at all.
    func next() throws -> ReturnBatch?
}

/// Some rows of a return as read, with what there is to say about them.
public struct ReturnBatch: Sendable {
    /// The rows without errors.
    public var rows: [ReturnRow]
    public var diagnostics: [Diagnostic]
    /// Rows that cannot be taken, in this batch.
    public var refused: Int
    /// Rows seen so far, good and bad, this batch included.
    public var seen: Int
    /// Part of the sheet read so far, 0 to 1; nil where it cannot be told.
    public var fraction: Double?

    public init(rows: [ReturnRow] = [], diagnostics: [Diagnostic] = [], refused: Int = 0, seen: Int = 0, fraction: Double? = nil) {
        self.rows = rows
        self.diagnostics = diagnostics
        self.refused = refused
        self.seen = seen
        self.fraction = fraction
    }
}

/// A file that is not taken at all, with what to do about it.
public struct FileRefusal: Error, Sendable, CustomStringConvertible {
    public let diagnostic: Diagnostic

    public init(_ code: String, _ file: String, _ message: String) {
        diagnostic = Diagnostic(.error, code, at: .file(file), message)
    }

    public var description: String { diagnostic.description }
}
