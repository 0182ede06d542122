/// A lower bound on a linear programme's cost, from row multipliers of any origin, in exact arithmetic.
///
/// For y with the right signs: cost·x ≥ Σ y·(row bound) + Σ min over the column's bounds of (cost − yᵀA)·x. A multiplier of the
/// wrong sign is dropped, so whatever a solver hands in, the bound holds (Neumaier and Shcherbina, 2004).
public enum SafeBound {
    /// Nil where a column without an upper bound keeps a negative reduced cost: then nothing is proved.
    ///
    /// `doubt` is how far the model's numbers may be from the true ones, as a part of each; what that can change is taken off.
    public static func lower(_ model: LinearModel, multipliers: [Double], doubt: Double = 0) -> Fraction? {
        combined(model, model.columns.map(\.cost), multipliers, doubt)
    }

    /// Whether the multipliers show that no point keeps all rows and bounds: were nothing to cost anything, every point would still cost
    /// more than nothing (Farkas). False proves nothing.
    public static func excludesAll(_ model: LinearModel, multipliers: [Double], doubt: Double = 0) -> Bool {
        if model.columns.contains(where: { $0.lower > $0.upper }) { return true }
        return combined(model, model.columns.map { _ in 0 }, multipliers, doubt).map { $0 > .zero } ?? false
    }

    private static func combined(_ model: LinearModel, _ costs: [Double], _ multipliers: [Double], _ doubt: Double) -> Fraction? {
        guard multipliers.count == model.rows.count else { return nil }
        var reduced = costs.map { BinaryNumber($0) }
        var bound = BinaryNumber.zero
        var uncertain = 0.0
        for (row, multiplier) in zip(model.rows, multipliers) {
            let side = multiplier > 0 ? row.lower : row.upper
            guard multiplier.isFinite, abs(multiplier) < 1e9, multiplier != 0, side.isFinite else { continue }
            let y = BinaryNumber(onGrid(multiplier))
            if y.isZero { continue }
            bound += y * BinaryNumber(side)
            for term in row.terms {
                guard term.factor.isFinite else { return nil }
                reduced[term.column] += -(y * BinaryNumber(term.factor))
            }
            if doubt > 0 { uncertain += abs(multiplier) * weight(row, model, side) }
        }
        for (column, cost) in zip(model.columns, reduced) where !cost.isZero {
            let end = cost.sign > 0 ? column.lower : column.upper
            guard end.isFinite else { return nil }
            bound += cost * BinaryNumber(end)
            if doubt > 0 { uncertain += abs(cost.approximate * end) }
        }
        guard doubt > 0 else { return bound.fraction }
        for (column, cost) in zip(model.columns, costs) where cost != 0 { uncertain += abs(cost) * reach(column) }
        // A little more than the sum, which was itself rounded.
        guard let off = Fraction(binary: uncertain * doubt * 1.01) else { return nil }
        return bound.fraction - off
    }

    /// Multipliers on a grid of 2⁻³⁰ keep the sums short.
    public static func onGrid(_ multiplier: Double) -> Double { (multiplier * 1_073_741_824).rounded() / 1_073_741_824 }

    private static func reach(_ column: LinearModel.Column) -> Double { Swift.max(abs(column.lower), abs(column.upper)) }

    private static func weight(_ row: LinearModel.Row, _ model: LinearModel, _ side: Double) -> Double {
        row.terms.reduce(abs(side)) { $0 + abs($1.factor) * reach(model.columns[$1.column]) }
    }
}

/// A whole number times a power of two: what binary numbers, their sums and products are, whatever their sizes.
struct BinaryNumber {
    private var digits: LargeInteger
    private var exponent: Int

    static let zero = BinaryNumber(digits: .zero, exponent: 0)

    private init(digits: LargeInteger, exponent: Int) {
        self.digits = digits
        self.exponent = exponent
    }

    /// Exactly `value`, which is finite.
    init(_ value: Double) {
        guard value != 0 else {
            self = .zero
            return
        }
        // 2⁵² × significand is a whole number; without its trailing zeros it is short.
        let whole = Int(value.significand * 4_503_599_627_370_496)
        let zeros = whole.trailingZeroBitCount
        self.init(digits: LargeInteger(value < 0 ? -(whole >> zeros) : whole >> zeros), exponent: Int(value.exponent) - 52 + zeros)
    }

    var isZero: Bool { digits.isZero }
    var sign: Int { digits.sign }

    var approximate: Double {
        let (mantissa, words) = digits.scaled
        return mantissa * Double(sign: .plus, exponent: exponent + words, significand: 1)
    }

    var fraction: Fraction {
        exponent >= 0 ? Fraction(digits.shifted(by: exponent), over: LargeInteger(1)) : Fraction(digits, over: .powerOfTwo(-exponent))
    }

    static prefix func - (value: BinaryNumber) -> BinaryNumber { BinaryNumber(digits: -value.digits, exponent: value.exponent) }

    static func * (left: BinaryNumber, right: BinaryNumber) -> BinaryNumber {
        BinaryNumber(digits: left.digits * right.digits, exponent: left.exponent + right.exponent)
    }

    /// Numbers of unequal powers come to the smaller one, not to the product of both: sums of thousands stay short.
    static func += (left: inout BinaryNumber, right: BinaryNumber) {
        if right.isZero { return }
        if left.isZero {
            left = right
            return
        }
        let least = Swift.min(left.exponent, right.exponent)
        left = BinaryNumber(
            digits: left.digits.shifted(by: left.exponent - least) + right.digits.shifted(by: right.exponent - least), exponent: least)
    }
}
