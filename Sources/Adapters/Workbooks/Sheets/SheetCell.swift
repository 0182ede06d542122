internal import Foundation

/// One cell as read from a sheet.
public enum SheetCell: Sendable, Hashable {
    case empty
    case number(Double)
    case text(String)
    case flag(Bool)
    /// A number shown as a date; days since 30 December 1899, whichever epoch the workbook counts from.
    case date(Double)
    /// An error of a formula such as `#DIV/0!`.
    case failure(String)

    public var isEmpty: Bool {
        switch self {
        case .empty: true
        case .text(let text): !SheetCell.beginsWithMark(text) && text.allSatisfy(\.isWhitespace)
        default: false
        }
    }

    /// True where the first byte alone shows that no blank stands first: no blank of Unicode begins with one of these.
    private static func beginsWithMark(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        return first > 0x20 && first != 0xC2 && first != 0xE1 && first != 0xE2 && first != 0xE3 && first != 0xEF
    }

    /// The cell as a person would read it.
    public var plain: String {
        switch self {
        case .empty: ""
        case .number(let value):
            value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
        case .date(let days): SheetCell.day(days).map { "\($0.year)-\($0.month)-\($0.day)" } ?? String(days)
        case .text(let text), .failure(let text): text
        case .flag(let value): value ? "TRUE" : "FALSE"
        }
    }

    /// The day of a date cell; nil outside the years office programs show as dates.
    static func day(_ days: Double) -> (year: Int, month: Int, day: Int)? {
        guard days >= 1, days < 2_958_466 else { return nil }
        // The office programs' 29 February 1900, which never was, is day 60.
        let real = days < 60 ? days + 1 : days
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? calendar.timeZone
        let date = Date(timeIntervalSince1970: (real.rounded(.down) - 25_569) * 86_400)
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        guard let year = parts.year, let month = parts.month, let day = parts.day else { return nil }
        return (year, month, day)
    }
}

/// A row of a sheet: its number counted from 1, and its cells from column A on.
public struct SheetRow: Sendable {
    public var number: Int
    public var cells: [SheetCell]

    public subscript(column: Int) -> SheetCell { column < cells.count ? cells[column] : .empty }
    public var isBlank: Bool { cells.allSatisfy(\.isEmpty) }
}
