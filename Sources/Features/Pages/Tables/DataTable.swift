/// A table as a value: what a page shows, what the browser sorts and filters, and what goes into the workbook are the same cells.
public struct DataTable: Sendable {
    public struct Column: Sendable {
        public enum Kind: Sendable, Hashable {
            case text
            /// Set to the right; the workbook shows this many decimals.
            case number(Int)
            /// A number with words around it, such as `5 / 7` or `12 人`: sorted as a number, handed out as written.
            case figure
        }
        /// What stands in the last row.
        public enum Total: Sendable, Hashable {
            case none
            case sum
            /// The mean weighted by another column, given by its key.
            case mean(weight: String)
        }

        public var key: String
        public var label: String
        public var kind: Kind
        public var total: Total
        /// Narrow columns that should not wrap.
        public var isTight: Bool

        public init(_ key: String, _ label: String, _ kind: Kind = .text, total: Total = .none, isTight: Bool = false) {
            self.key = key
            self.label = label
            self.kind = kind
            self.total = total
            self.isTight = isTight
        }

        var isNumber: Bool { kind != .text }
        var decimals: Int { if case .number(let decimals) = kind { decimals } else { 0 } }
    }

    public struct Cell: Sendable {
        public var text: String
        /// What sorting and the workbook use; nil for texts and for numbers that are not there.
        public var number: Double?
        public var url: String?
        public var light: Light?
        /// A class of the style sheet, such as `notmet`.
        public var style: String

        public init(_ text: String, url: String? = nil, style: String = "") {
            self.init(text: text, number: nil, url: url, light: nil, style: style)
        }

        /// A number with its written form; `absent` says why there is none.
        public init(
            _ number: Double?, _ text: String? = nil, decimals: Int = 0, absent: String = "—", url: String? = nil, style: String = ""
        ) {
            let written = number.map { text ?? Figure.grouped($0, decimals) } ?? absent
            self.init(text: written, number: number, url: url, light: nil, style: style)
        }

        public init(_ light: Light) { self.init(text: light.word, number: nil, url: nil, light: light, style: "") }

        private init(text: String, number: Double?, url: String?, light: Light?, style: String) {
            self.text = text
            self.number = number
            self.url = url
            self.light = light
            self.style = style
        }
    }

    /// Short and unique on its page.
    public var id: String
    /// What the table shows, read out by screen readers and printed in the workbook.
    public var caption: String
    public var columns: [Column]
    public var rows: [[Cell]]
    /// Whether filter, column choice and export stand above it.
    public var hasTools: Bool

    public init(_ id: String, _ caption: String, columns: [Column], rows: [[Cell]], hasTools: Bool = true) {
        self.id = id
        self.caption = caption
        self.columns = columns
        self.rows = rows
        self.hasTools = hasTools
    }

    var hasTotals: Bool { rows.count > 1 && columns.contains { $0.total != .none } }

    /// The last row: sums and weighted means over the rows there are. A mean over a missing number is missing.
    var totals: [Cell] {
        columns.enumerated().map { place, column in
            let numbers = rows.map { $0[place].number }
            switch column.total {
            case .none: return Cell(place == 0 ? totalsName : "")
            case .sum:
                let known = numbers.compactMap { $0 }
                return known.isEmpty ? Cell("—") : Cell(known.reduce(0, +), decimals: column.decimals)
            case .mean(let key):
                guard let weight = columns.firstIndex(where: { $0.key == key }) else { return Cell("—") }
                return Cell(DataTable.mean(numbers, rows.map { $0[weight].number }), decimals: column.decimals)
            }
        }
    }

    private var totalsName: String {
        let hasMean = columns.contains { if case .mean = $0.total { true } else { false } }
        let hasSum = columns.contains { $0.total == .sum }
        return hasMean ? hasSum ? "合计、加权平均" : "加权平均" : "合计"
    }

    private static func mean(_ numbers: [Double?], _ weights: [Double?]) -> Double? {
        var (sum, whole) = (0.0, 0.0)
        for (number, weight) in zip(numbers, weights) {
            guard let number, let weight else { return nil }
            sum += number * weight
            whole += weight
        }
        return whole > 0 ? sum / whole : nil
    }
}
