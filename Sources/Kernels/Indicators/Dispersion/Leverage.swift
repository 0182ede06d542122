/// How much one unit moves the spread of its group.
public enum Leverage {
    /// For every unit the coefficient of variation the group would have if that unit stood at the group's mean, minus
    /// the coefficient it has: the most negative unit is the one that drives the spread.
    /// Exact: the mean moves with the unit. Nil when the group has no coefficient.
    public static func changes(_ values: [Double], weights: [Double]) -> [Double]? {
        let statistics = GroupStatistics(values: values, weights: weights)
        guard let mean = statistics.mean, let sd = statistics.sd, let cv = statistics.cv else { return nil }
        let total = statistics.weight
        let squares = sd * sd * total
        return zip(values, weights).map { value, weight in
            let shift = weight * (mean - value) / total
            let rest = squares - weight * (value - mean) * (value - mean)
            let variance = Swift.max(0, rest / total - shift * shift)
            return variance.squareRoot() / (mean + shift) - cv
        }
    }
}
