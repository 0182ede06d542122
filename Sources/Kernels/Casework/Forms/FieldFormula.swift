/// `price * count`, `sum(items.cost) / 2`: a field reckoned from others. Numbers as such, money in yuan. One answer missing and there
/// is no result; a division by zero has none either.
public indirect enum FieldFormula: Hashable, Sendable {
    case number(Double)
    case field(String)
    case sum(table: String, column: String)
    case count(table: String)
    case add(FieldFormula, FieldFormula)
    case subtract(FieldFormula, FieldFormula)
    case multiply(FieldFormula, FieldFormula)
    case divide(FieldFormula, FieldFormula)

    /// nil for anything that is not such a formula.
    public init?(_ text: String) {
        var reader = Reader(text: Array(text))
        guard let formula = reader.sum(), reader.isAtEnd else { return nil }
        self = formula
    }

    public func value(_ answers: [String: FieldValue]) -> Double? {
        switch self {
        case .number(let value): return value
        case .field(let name): return answers[name]?.number
        case .count(let table):
            guard case .table(let rows)? = answers[table] else { return nil }
            return Double(rows.count)
        case .sum(let table, let column):
            guard case .table(let rows)? = answers[table] else { return nil }
            let numbers = rows.map { $0[column]?.number }
            return numbers.contains { $0 == nil } ? nil : numbers.compactMap { $0 }.reduce(0, +)
        case .add(let a, let b): return FieldFormula.both(a, b, answers, +)
        case .subtract(let a, let b): return FieldFormula.both(a, b, answers, -)
        case .multiply(let a, let b): return FieldFormula.both(a, b, answers, *)
        case .divide(let a, let b):
            guard let result = FieldFormula.both(a, b, answers, /), result.isFinite else { return nil }
            return result
        }
    }

    /// Fields it needs; a table's column as `table.column`.
    public var needs: [String] {
        switch self {
        case .number: []
        case .field(let name): [name]
        case .sum(let table, let column): ["\(table).\(column)"]
        case .count(let table): [table]
        case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b), .divide(let a, let b): a.needs + b.needs
        }
    }

    private static func both(
        _ a: FieldFormula, _ b: FieldFormula, _ answers: [String: FieldValue], _ reckon: (Double, Double) -> Double
    ) -> Double? {
        guard let left = a.value(answers), let right = b.value(answers) else { return nil }
        return reckon(left, right)
    }

    private struct Reader {
        let text: [Character]
        var place = 0
        private var depth = 0

        init(text: [Character]) { self.text = text }

        var isAtEnd: Bool {
            mutating get {
                skip()
                return place == text.count
            }
        }

        mutating func sum() -> FieldFormula? {
            depth += 1
            defer { depth -= 1 }
            guard depth < 50, var left = product() else { return nil }
            while let sign = take(["+", "-"]) {
                guard let right = product() else { return nil }
                left = sign == "+" ? .add(left, right) : .subtract(left, right)
            }
            return left
        }

        private mutating func product() -> FieldFormula? {
            guard var left = term() else { return nil }
            while let sign = take(["*", "/"]) {
                guard let right = term() else { return nil }
                left = sign == "*" ? .multiply(left, right) : .divide(left, right)
            }
            return left
        }

        private mutating func term() -> FieldFormula? {
            if take(["("]) != nil {
                guard let inner = sum(), take([")"]) != nil else { return nil }
                return inner
            }
            let word = word()
            if word.first?.isNumber == true { return Double(word).map { .number($0) } }
            guard let first = word.first, first.isLetter else { return nil }
            guard word == "sum" || word == "count", take(["("]) != nil else { return word.contains(".") ? nil : .field(word) }
            let name = self.word().split(separator: ".").map(String.init)
            guard take([")"]) != nil else { return nil }
            if word == "count" { return name.count == 1 ? .count(table: name[0]) : nil }
            return name.count == 2 ? .sum(table: name[0], column: name[1]) : nil
        }

        private mutating func word() -> String {
            skip()
            let start = place
            while place < text.count, text[place].isLetter || text[place].isNumber || "._".contains(text[place]) { place += 1 }
            return String(text[start..<place])
        }

        private mutating func take(_ signs: [Character]) -> Character? {
            skip()
            guard place < text.count, signs.contains(text[place]) else { return nil }
            place += 1
            return text[place - 1]
        }

        private mutating func skip() { while place < text.count, text[place].isWhitespace { place += 1 } }
    }
}
