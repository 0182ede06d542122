/// A lower bound on a linear programme's cost, from row multipliers of any origin, in exact arithmetic.
///
/// For y with the right signs: cost·x ≥ Σ y·(row bound) + Σ min over the column's bounds of (cost − yᵀA)·x. A multiplier of the
/// wrong sign is dropped, so whatever a solver hands in, the bound holds (Neumaier and Shcherbina, 2004).
public enum SafeBound {
    /// Nil where a column without an upper bound keeps a negative reduced cost: then nothing is proved.
    public static func lower(_ model: LinearModel, multipliers: [Double]) -> Fraction? {
        guard multipliers.count == model.rows.count else { return nil }
        // Multipliers on a grid of 2⁻³⁰ keep the sums short.
        let grid = 1_073_741_824.0
        var reduced = model.columns.map { Fraction(binary: $0.cost) ?? .zero }
        var bound = Fraction.zero
        for (row, multiplier) in zip(model.rows, multipliers) {
            let side = multiplier > 0 ? row.lower : row.upper
            guard multiplier.isFinite, abs(multiplier) < 1e9, side.isFinite, let y = Fraction(binary: (multiplier * grid).rounded() / grid),
                !y.isZero, let right = Fraction(binary: side)
            else { continue }
            bound += y * right
            for term in row.terms {
                guard let factor = Fraction(binary: term.factor) else { return nil }
                reduced[term.column] = reduced[term.column] - y * factor
            }
        }
        for (column, cost) in zip(model.columns, reduced) where !cost.isZero {
            guard let end = Fraction(binary: cost.numerator.sign > 0 ? column.lower : column.upper) else { return nil }
            bound += cost * end
        }
        return bound
    }
}
