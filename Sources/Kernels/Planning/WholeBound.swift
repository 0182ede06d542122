/// The bound of `SafeBound` for programmes of whole numbers, quick enough for a hundred thousand columns: multipliers on a grid of
/// 2⁻¹⁶, sums in 128 bits, no rounding anywhere else.
public enum WholeBound {
    private static let grid = 65_536.0

    /// No solution costs less. `costs` are the true, whole costs; the model's are the same divided by `unit`, and the multipliers speak of
    /// the model. Factors and bounds of rows and columns must be whole or infinite. Nil where a column without an end keeps a reduced
    /// cost that pulls it there, or where a number is not whole.
    public static func lower(_ model: LinearModel, costs: [Int], unit: Double, multipliers: [Double]) -> Int? {
        guard multipliers.count == model.rows.count, costs.count == model.columns.count else { return nil }
        var reduced = costs.map { Int128($0) << 16 }
        var bound = Int128(0)
        for (row, multiplier) in zip(model.rows, multipliers) {
            let scaled = (multiplier * unit * grid).rounded()
            let side = multiplier > 0 ? row.lower : row.upper
            guard scaled.isFinite, abs(scaled) < 1e30, scaled != 0, side.isFinite else { continue }
            guard let end = whole(side) else { return nil }
            let y = Int128(scaled)
            bound += y * end
            for term in row.terms {
                guard let factor = whole(term.factor) else { return nil }
                reduced[term.column] -= y * factor
            }
        }
        for (column, cost) in zip(model.columns, reduced) where cost != 0 {
            guard let end = whole(cost > 0 ? column.lower : column.upper) else { return nil }
            bound += cost * end
        }
        // Rounded up: whole solutions have whole costs.
        let up = (bound + 65_535) >> 16
        return Int(exactly: up)
    }

    private static func whole(_ value: Double) -> Int128? {
        value == value.rounded() && abs(value) < 1e15 ? Int128(Int(value)) : nil
    }
}
