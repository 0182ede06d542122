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
    private static let tallest = 6

    /// The best header among the first rows of a sheet; nil when none resembles the form.
    static func find(in head: SheetHead, _ names: HeaderNames) -> HeaderMatch? {
        var best: HeaderMatch?
        for last in head.rows.indices {
            for height in 1...min(tallest, last + 1) {
                let block = (last - height + 1)...last
                // Most blocks hold no word of any header: they are passed over without spelling out their columns.
                guard head.known(block, names) > 1 else { continue }
                let match = HeaderMatch(head, block, names)
                if match.score > (best?.score ?? 1) {
                    best = match
                    best?.takeUnits(head, at: last + 1, names)
                }
            }
        }
        return best
    }

    private init(_ head: SheetHead, _ block: ClosedRange<Int>, _ names: HeaderNames) {
        lastRow = head.rows[block.upperBound].number
        var totalColumns: [Int: [Int]] = [:]
        for (column, path) in head.paths(block).enumerated() {
            guard let text = path.last, text != SheetHead.reasons else { continue }
            if text == "是否计校数" { branchFlag = column }
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
        totals = totalColumns.sorted { $0.key < $1.key }.map { Total(total: names.form.totals[$0.key], columns: $0.value) }
    }

    /// A row beneath the header that holds units alone (人, 平方米, 万元) is part of it: no school, and it says how numbers are written.
    private mutating func takeUnits(_ head: SheetHead, at row: Int, _ names: HeaderNames) {
        guard row < head.rows.count else { return }
        var scales: [Int: Double] = [:]
        for (index, place) in columns {
            let text = head.text(row, place.column)
            if text.isEmpty { continue }
            guard case .fact = names.form.columns[index].field else {
                if ["单位", "计量单位", "-", "—", "/"].contains(text) { continue }
                return
            }
            guard let scale = names.scale(of: text, in: index) else { return }
            scales[index] = scale
        }
        guard !scales.isEmpty else { return }
        for (index, scale) in scales { columns[index]?.scale = scale }
        lastRow = head.rows[row].number
    }

    /// How many columns from the left hold something that is read.
    var width: Int {
        let used = columns.values.map(\.column) + totals.flatMap(\.columns) + [branchFlag ?? 0]
        return (used.max() ?? 0) + 1
    }

    /// Headers of required columns that were not found.
    func missing(of form: ReturnForm) -> [String] {
        form.columns.indices.filter { form.columns[$0].required && columns[$0] == nil }.map { form.columns[$0].header }
    }
}

/// The first rows of a sheet, with their texts in the spelling of headers.
struct SheetHead {
    let rows: [SheetRow]
    private let texts: [[String]]
    /// The column by which a workbook handed back tells what is wrong.
    static let reasons = "错误原因"

    init(_ rows: [SheetRow]) {
        self.rows = rows
        texts = rows.map { $0.cells.map { $0.isEmpty ? "" : PlainText.header($0.plain) } }
    }

    func text(_ row: Int, _ column: Int) -> String { column < texts[row].count ? texts[row][column] : "" }
    func width(_ block: ClosedRange<Int>) -> Int { block.map { texts[$0].count }.max() ?? 0 }
    func known(_ block: ClosedRange<Int>, _ names: HeaderNames) -> Int {
        block.reduce(0) { count, row in count + texts[row].count { !$0.isEmpty && names.mayEnd(with: $0) } }
    }

    /// The texts above every column from top to bottom. Above the last row a blank cell belongs to the merged cell on its left,
    /// unless the two already stand under different ones: then it is the lower end of a cell merged downwards.
    func paths(_ block: ClosedRange<Int>) -> [[String]] {
        let width = width(block)
        var paths = [[String]](repeating: [], count: width)
        var isBlank = [Bool](repeating: true, count: width)
        var isUnderLeft = [Bool](repeating: true, count: width)
        for row in block {
            var left = ""
            for column in 0..<width {
                let own = text(row, column)
                if !own.isEmpty { isBlank[column] = false }
                let text = own.isEmpty && row < block.upperBound && isUnderLeft[column] ? left : own
                if text != left { isUnderLeft[column] = false }
                if !text.isEmpty, text != paths[column].last { paths[column].append(text) }
                left = text
            }
        }
        return zip(paths, isBlank).map { $1 ? [] : $0 }
    }
}

/// The headers a form understands, in one spelling.
struct HeaderNames {
    let form: ReturnForm
    private var fields: [String: (index: Int, scale: Double)] = [:]
    private var bareFields: [String: Int] = [:]
    private var totalPlaces: [String: [Int]] = [:]
    private var endings: Set<String> = []

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
        for name in Array(fields.keys) + Array(bareFields.keys) + Array(totalPlaces.keys) {
            endings.insert(PlainText.splitUnit(HeaderNames.ending(name)).bare)
        }
    }

    private static func ending(_ name: String) -> String { name.split(separator: "/").last.map(String.init) ?? name }

    /// Whether a text, unit apart, is the last word of some header.
    func mayEnd(with text: String) -> Bool { endings.contains(PlainText.splitUnit(HeaderNames.ending(text)).bare) }

    /// Paths from the whole to the last text alone. Between two rows of a header stands the stroke of an export,
    /// or nothing at all: 小学 over 在校生数, as well as 在校生数 over 小学, is 小学在校生数.
    private func spellings(_ path: [String]) -> [String] {
        path.indices.flatMap { start -> [String] in
            let part = path[start...]
            return part.count == 1 ? Array(part) : [part.joined(separator: "/"), part.joined(), part.reversed().joined()]
        }
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

    /// Factor of a unit standing alone beneath the header of a column; nil where the text is no unit of its.
    func scale(of text: String, in index: Int) -> Double? {
        let (bare, bracketed) = PlainText.splitUnit(text)
        let unit = bare.isEmpty ? bracketed : text
        let column = form.columns[index]
        if column.scale != 1 { return scale(column, unit) }
        return unit == PlainText.header(column.unit) || (column.unit == "人" && unit == "名") ? 1 : nil
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
