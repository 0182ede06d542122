public import Reporting

/// A table as one request asked for it: filtered, ordered, with the chosen columns.
public struct ShownTable: Sendable {
    public let id: String
    public let caption: String
    /// For the template.
    public let html: String
    private let shown: DataTable
    private let filter: String

    init(_ table: DataTable, _ query: PageQuery) {
        id = table.id
        caption = table.caption
        filter = query.filter(table.id)
        var kept = table
        kept.rows = ShownTable.ordered(ShownTable.filtered(table.rows, filter), table.columns, query.order(table.id))
        let chosen = query.columns(table.id)
        let visible = table.columns.indices.filter { $0 == 0 || chosen?.contains(table.columns[$0].key) ?? true }
        html = TableMarkup(table: kept, whole: table.rows.count, visible: Set(visible), filter: filter, query: query).html
        shown = kept.picking(visible)
    }

    /// Rows one of whose cells holds every word of the filter.
    private static func filtered(_ rows: [[DataTable.Cell]], _ filter: String) -> [[DataTable.Cell]] {
        let words = filter.lowercased().split(separator: " ")
        guard !words.isEmpty else { return rows }
        return rows.filter { row in
            let text = row.map(\.text).joined(separator: " ").lowercased()
            return words.allSatisfy { text.contains($0) }
        }
    }

    private static func ordered(
        _ rows: [[DataTable.Cell]], _ columns: [DataTable.Column], _ order: (key: String, isFalling: Bool)?
    ) -> [[DataTable.Cell]] {
        guard let order, let place = columns.firstIndex(where: { $0.key == order.key }) else { return rows }
        let isNumber = columns[place].isNumber
        // Rows without a number stay last in both directions; equal rows keep their order.
        return rows.enumerated().sorted { left, right in
            let (a, b) = (left.element[place], right.element[place])
            if isNumber, a.number != b.number {
                guard let x = a.number else { return false }
                guard let y = b.number else { return true }
                return order.isFalling ? x > y : x < y
            }
            if !isNumber, a.text != b.text { return order.isFalling ? a.text > b.text : a.text < b.text }
            return left.offset < right.offset
        }.map(\.element)
    }

    /// Exactly what is shown, as a workbook.
    public func book(title: String, notes: [String]) -> SheetBook {
        let notes = notes.filter { !$0.isEmpty } + (filter.isEmpty ? [] : ["只含与“\(filter)”相符的\(shown.rows.count)行"])
        let rows = (shown.rows + (shown.hasTotals ? [shown.totals] : [])).map { row in
            zip(row, shown.columns).map { cell, column -> SheetBook.Cell in
                if case .number = column.kind, let number = cell.number { return .number(number) }
                return cell.text.isEmpty || (column.isNumber && cell.text == "—") ? .empty : .text(cell.text)
            }
        }
        let columns = zip(shown.columns, shown.columns.indices).map { column, place in
            let longest = shown.rows.prefix(200).map { $0[place].text.count }.max() ?? 0
            let width = Double(Swift.min(Swift.max(longest, column.label.count) * 2 + 2, 48))
            return SheetBook.Column(column.label, width: Swift.max(9, width), decimals: column.decimals)
        }
        return SheetBook([SheetBook.Sheet(name: shown.caption, title: title, notes: notes, columns: columns, rows: rows, frozenColumns: 1)])
    }
}

extension DataTable {
    /// The table as a request asks for it.
    public func shown(_ query: PageQuery) -> ShownTable { ShownTable(self, query) }

    func picking(_ places: [Int]) -> DataTable {
        var copy = self
        copy.columns = places.map { columns[$0] }
        copy.rows = rows.map { row in places.map { row[$0] } }
        return copy
    }
}
