/// Mean and spread of one indicator over the units of one group, weighted (by pupils, as a rule) and in population form.
///
/// With weights w and values x: mean = Σwx / Σw, sd = √(Σw(x − mean)² / Σw), cv = sd / mean.
/// Source: 义务教育均衡发展差异系数计算方法, issued with 教督〔2012〕3号.
public struct GroupStatistics: Sendable, Hashable {
    /// Units in the group, known or not.
    public var count: Int
    /// Units whose value or weight is absent. While there is one, there is no mean.
    public var unknown: Int
    /// Sum of the weights.
    public var weight: Double
    public var mean: Double?
    public var sd: Double?
    public var minimum: Double?
    public var maximum: Double?

    /// Nil when a unit is unknown or the mean is not positive.
    public var cv: Double? {
        guard let mean, let sd, mean > 0 else { return nil }
        return sd / mean
    }

    /// Greatest over least value; nil when the least is zero or something is unknown.
    public var maxMinRatio: Double? {
        guard let minimum, let maximum, minimum > 0, mean != nil else { return nil }
        return maximum / minimum
    }

    /// Statistics of `values` with `weights`; a NaN in either makes the unit unknown.
    public init(values: UnsafeBufferPointer<Double>, weights: UnsafeBufferPointer<Double>) {
        count = values.count
        let (total, sum) =
            if let x = values.baseAddress, let w = weights.baseAddress { Lanes.sums(x, w, values.count) } else { (0.0, 0.0) }
        guard sum.isFinite, total > 0, let x = values.baseAddress, let w = weights.baseAddress else {
            unknown = zip(values, weights).reduce(0) { $0 + ($1.0.isNaN || $1.1.isNaN ? 1 : 0) }
            weight = weights.reduce(0) { $1.isNaN ? $0 : $0 + $1 }
            return
        }
        unknown = 0
        weight = total
        let mean = sum / total
        let (squares, least, greatest) = Lanes.spread(x, w, count, about: mean)
        self.mean = mean
        sd = (squares / total).squareRoot()
        minimum = least
        maximum = greatest
    }

    public init(values: [Double], weights: [Double]) {
        self = values.withUnsafeBufferPointer { v in weights.withUnsafeBufferPointer { GroupStatistics(values: v, weights: $0) } }
    }
}
