internal import Indicators

/// Which columns of a sheet hold which fields of a form, and where the header ends.
struct HeaderMatch {
    struct Total {
        var total: ReturnForm.Total
        var columns: [Int]
    }
    /// Row of the sheet the header ends in, counted from 1.
    var lastRow = 0
    /// Sheet column (from 0) by index of the form's column, with the factor into the element's unit.
    var columns: [Int: (column: Int, scale: Double)] = [:]
    var totals: [Total] = []
    /// Headers no field was found for, by sheet column.
    var unknown: [Int: String] = [:]
    /// Two columns with one meaning: form column index and the second sheet column.
    var doubled: [(Int, Int)] = []
    /// Flag column that marks branch sites with 0 (是否计校数).
    var branchFlag: Int?

    var score: Int { columns.count + totals.reduce(0) { $0 + $1.columns.count } }

    static let searchedRows = 30
    static let tallest = 6

    /// The best header among the first rows of a sheet; nil when none resembles the form.
    static func find(in rows: [SheetRow], form: ReturnForm) -> HeaderMatch? {
        let names = HeaderNames(form)
        var best: HeaderMatch?
        for last in rows.indices {
            for height in 1...min(tallest, last + 1) {
                let block = Array(rows[(last - height + 1)...last])
                let match = HeaderMatch(block, form, names)
                if match.score > (best?.score ?? 1) { best = match }
            }
        }
        return best
    }

    private init(_ block: [SheetRow], _ form: ReturnForm, _ names: HeaderNames) {
        lastRow = block.last?.number ?? 0
        let width = block.map(\.cells.count).max() ?? 0
        var totalColumns: [Int: [Int]] = [:]
        for column in 0..<width {
            let path = HeaderMatch.path(block, column)
            guard !path.isEmpty else { continue }
            if PlainText.header(path.last ?? "") == "是否计校数" { branchFlag = column }
            if let found = names.field(path) {
                if columns[found.index] != nil {
                    doubled.append((found.index, column))
                } else {
                    columns[found.index] = (column, found.scale)
                }
            } else if case let places = names.totals(path), !places.isEmpty {
                for place in places { totalColumns[place, default: []].append(column) }
            } else {
                unknown[column] = path.joined(separator: "/")
            }
        }
        totals = totalColumns.sorted { $0.key < $1.key }.map { Total(total: form.totals[$0.key], columns: $0.value) }
    }

    /// The texts above a column from top to bottom. Above the last row a blank cell belongs to the merged cell on its left.
    private static func path(_ block: [SheetRow], _ column: Int) -> [String] {
        var path: [String] = []
        for (place, row) in block.enumerated() {
            var text = PlainText.normal(row[column].plain)
            if text.isEmpty, place < block.count - 1 {
                var left = column - 1
                while left >= 0, text.isEmpty {
                    text = PlainText.normal(row[left].plain)
                    left -= 1
                }
            }
            if !text.isEmpty, text != path.last { path.append(text) }
        }
        return block.last.map { !$0[column].isEmpty } == true || block.contains { !$0[column].isEmpty } ? path : []
    }
}

/// The headers a form understands, in one spelling.
struct HeaderNames {
    private var fields: [String: (index: Int, scale: Double)] = [:]
    private var bareFields: [String: Int] = [:]
    private var totalPlaces: [String: [Int]] = [:]
    private let form: ReturnForm

    init(_ form: ReturnForm) {
        self.form = form
        for (index, column) in form.columns.enumerated() {
            for name in [column.header] + column.aliases {
                let header = PlainText.header(name)
                fields[header] = (index, column.scale)
                bareFields[PlainText.splitUnit(header).bare] = index
            }
        }
        for (index, total) in form.totals.enumerated() {
            for name in total.headers { totalPlaces[PlainText.header(name), default: []].append(index) }
        }
    }

    /// Paths from the whole to the last text alone.
    private func spellings(_ path: [String]) -> [String] {
        path.indices.map { path[$0...].map(PlainText.header).joined(separator: "/") }
    }

    func field(_ path: [String]) -> (index: Int, scale: Double)? {
        for name in spellings(path) {
            if let found = fields[name] { return found }
            let (bare, unit) = PlainText.splitUnit(name)
            guard !unit.isEmpty, let index = bareFields[bare] else { continue }
            return scale(form.columns[index], unit).map { (index, $0) }
        }
        return nil
    }

    func totals(_ path: [String]) -> [Int] {
        for name in spellings(path) { if let places = totalPlaces[name] { return places } }
        return []
    }

    /// Factor of a unit written in the header; nil for a unit of another kind.
    private func scale(_ column: ReturnForm.Column, _ unit: String) -> Double? {
        guard column.scale != 1 else { return 1 }
        switch unit {
        case column.unit: return column.scale
        case "元": return 1
        case "千元": return 1_000
        case "万元": return 10_000
        default: return nil
        }
    }
}
