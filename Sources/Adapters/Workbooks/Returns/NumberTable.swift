public import Foundation
public import Indicators
internal import Vocabulary

/// Any plain table: headers in its first row that is not blank, numbers as columns; NaN where a cell holds none.
public struct NumberTable: Sendable {
    public private(set) var count = 0
    public private(set) var numbers: [String: [Double]] = [:]
    /// The columns asked for as text.
    public private(set) var texts: [String: [String]] = [:]
    private let file: String
    private var headers: [String] = []

    /// Throws `FileRefusal` when the file cannot be read.
    public init(_ url: URL, texts wanted: [String]) throws {
        let sheets = try SheetFile(url)
        file = sheets.name
        guard let sheet = sheets.sheets.first else { throw FileRefusal("file.sheets", file, "工作簿里没有工作表") }
        var columns: [[Double]] = []
        var kept: [String: [String]] = [:]
        var names: [String] = []
        try sheets.rows(of: sheet) { row in
            if row.isBlank { return }
            if names.isEmpty {
                names = row.cells.map { PlainText.normal($0.plain) }
                columns = names.map { _ in [] }
                return
            }
            for (place, name) in names.enumerated() {
                columns[place].append(NumberTable.number(row[place]))
                if wanted.contains(name) { kept[name, default: []].append(PlainText.normal(row[place].plain)) }
            }
        }
        headers = names
        texts = kept
        numbers = Dictionary(zip(names, columns)) { first, _ in first }
        count = columns.first?.count ?? 0
        if count == 0 { throw FileRefusal("return.rows.none", file, "表头下面没有一行数据") }
    }

    public func missing(_ name: String) -> FileRefusal {
        FileRefusal("table.column", file, "表中没有“\(name)”这一列。现有的列：\(headers.prefix(40).joined(separator: "、"))")
    }

    private static func number(_ cell: SheetCell) -> Double {
        switch cell {
        case .number(let value): value
        case .text(let text): PlainText.number(text) ?? .nan
        default: .nan
        }
    }
}
