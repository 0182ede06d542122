/// One cell as read from a sheet.
public enum SheetCell: Sendable, Hashable {
    case empty
    case number(Double)
    case text(String)
    case flag(Bool)
    /// A number shown as a date; days since the workbook's epoch.
    case date(Double)
    /// An error of a formula such as `#DIV/0!`.
    case failure(String)

    public var isEmpty: Bool {
        switch self {
        case .empty: true
        case .text(let text): text.allSatisfy(\.isWhitespace)
        default: false
        }
    }

    /// The cell as a person would read it.
    public var plain: String {
        switch self {
        case .empty: ""
        case .number(let value), .date(let value):
            value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
        case .text(let text), .failure(let text): text
        case .flag(let value): value ? "TRUE" : "FALSE"
        }
    }
}

/// A row of a sheet: its number counted from 1, and its cells from column A on.
public struct SheetRow: Sendable {
    public var number: Int
    public var cells: [SheetCell]

    public subscript(column: Int) -> SheetCell { column < cells.count ? cells[column] : .empty }
    public var isBlank: Bool { cells.allSatisfy(\.isEmpty) }
}
