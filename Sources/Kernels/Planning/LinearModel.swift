/// A linear or mixed-integer programme: minimise cost · x under rows and column bounds. Columns and rows carry names a person
/// can trace back to what they mean.
public struct LinearModel: Sendable {
    public struct Column: Sendable {
        public var name: String
        public var lower: Double
        public var upper: Double
        public var cost: Double
        public var isWhole: Bool
    }

    public struct Row: Sendable {
        public var name: String
        public var lower: Double
        public var upper: Double
        public var terms: [Term]
    }

    public struct Term: Sendable {
        public var column: Int
        public var factor: Double
        public init(_ column: Int, _ factor: Double) {
            self.column = column
            self.factor = factor
        }
    }

    public private(set) var columns: [Column] = []
    public private(set) var rows: [Row] = []

    public init() {}

    /// Adds a column and returns its number. `upper` may be infinite.
    public mutating func column(
        _ name: String, _ lower: Double = 0, _ upper: Double = .infinity, cost: Double = 0, isWhole: Bool = false
    ) -> Int {
        columns.append(Column(name: name, lower: lower, upper: upper, cost: cost, isWhole: isWhole))
        return columns.count - 1
    }

    /// Adds a row; terms of the same column are added up.
    public mutating func row(_ name: String, _ terms: [Term], atLeast lower: Double = -.infinity, atMost upper: Double = .infinity) {
        var factors: [Int: Double] = [:]
        for term in terms { factors[term.column, default: 0] += term.factor }
        let merged = factors.filter { $0.value != 0 }.sorted { $0.key < $1.key }.map { Term($0.key, $0.value) }
        rows.append(Row(name: name, lower: lower, upper: upper, terms: merged))
    }

    /// The same without integrality.
    public var relaxed: LinearModel {
        var copy = self
        for place in copy.columns.indices { copy.columns[place].isWhole = false }
        return copy
    }

    public mutating func setBounds(_ column: Int, _ lower: Double, _ upper: Double) {
        columns[column].lower = lower
        columns[column].upper = upper
    }
}

extension LinearModel {
    /// The least sum by which rows must be broken: no costs, and for every row columns that give way at a cost of 1. The multipliers of its
    /// optimum say why the rows cannot all hold (`SafeBound.excludesAll`).
    public var elastic: LinearModel {
        var model = LinearModel()
        for column in columns { _ = model.column(column.name, column.lower, column.upper) }
        for row in rows {
            var terms = row.terms
            if row.lower.isFinite { terms.append(.init(model.column("under", cost: 1), 1)) }
            if row.upper.isFinite { terms.append(.init(model.column("over", cost: 1), -1)) }
            model.row(row.name, terms, atLeast: row.lower, atMost: row.upper)
        }
        return model
    }
}
