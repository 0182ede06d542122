/// A sheet on its way out of a file: it unpacks and parses no more than the next rows need.
protocol RowSource: AnyObject {
    /// The next row that holds anything, from top to bottom; nil after the last. Throws `FileRefusal` when the rest cannot be read.
    func next() throws -> SheetRow?
    /// Part of the sheet read so far, 0 to 1.
    var fraction: Double? { get }
    /// Cells beyond this many columns are passed over.
    var width: Int { get set }
    /// While only the header is looked for, `next` gives up after some megabytes without it, so that no sheet is unpacked for nothing.
    var isSearching: Bool { get set }
}

/// What a sheet can hold, in every office program.
enum SheetLimit {
    static let rows = 1_048_576
    static let columns = 16_384
    /// Bytes of one cell's text; office programs stop at 32,767 characters.
    static let cellBytes = 200_000
}
