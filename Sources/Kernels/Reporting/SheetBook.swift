public import Foundation

/// A workbook to be handed out: sheets with a title, notes and one table each.
public struct SheetBook: Sendable {
    public var sheets: [Sheet]
    public init(_ sheets: [Sheet]) { self.sheets = sheets }

    public struct Sheet: Sendable {
        public var name: String
        public var title: String
        /// Sentences under the title: source, date, how to read it.
        public var notes: [String]
        public var columns: [Column]
        public var rows: [[Cell]]
        /// How many columns stay in view when scrolling right.
        public var frozenColumns: Int

        public init(name: String, title: String, notes: [String] = [], columns: [Column], rows: [[Cell]], frozenColumns: Int = 1) {
            self.name = name
            self.title = title
            self.notes = notes
            self.columns = columns
            self.rows = rows
            self.frozenColumns = frozenColumns
        }
    }

    public struct Column: Sendable {
        public var header: String
        /// Width in characters.
        public var width: Double
        public var decimals: Int

        public init(_ header: String, width: Double = 12, decimals: Int = 2) {
            self.header = header
            self.width = width
            self.decimals = decimals
        }
    }

    public enum Cell: Sendable, Hashable {
        case empty
        /// Always written as a text, never as a formula.
        case text(String)
        case number(Double)
        /// A text on red ground: what is wrong.
        case wrong(String)

        public init(_ number: Double?) { self = number.map(Cell.number) ?? .empty }
    }
}

/// Writes workbooks.
public protocol SheetBookWriter: Sendable {
    /// The bytes of an xlsx file. Throws when it cannot be written.
    func write(_ book: SheetBook) throws -> Data
}
