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
        let (total, sum) = Lanes.sums(values, weights)
        guard sum.isFinite, total > 0 else {
            unknown = zip(values, weights).reduce(0) { $0 + ($1.0.isNaN || $1.1.isNaN ? 1 : 0) }
            weight = weights.reduce(0) { $1.isNaN ? $0 : $0 + $1 }
            return
        }
        unknown = 0
        weight = total
        let mean = sum / total
        let (squares, least, greatest) = Lanes.spread(values, weights, about: mean)
        self.mean = mean
        sd = (squares / total).squareRoot()
        minimum = least
        maximum = greatest
    }

    public init(values: [Double], weights: [Double]) {
        self = values.withUnsafeBufferPointer { v in weights.withUnsafeBufferPointer { GroupStatistics(values: v, weights: $0) } }
    }
}

/// Sums over two columns, four units at a time.
private enum Lanes {
    typealias Four = SIMD4<Double>

    private static func load(_ buffer: UnsafeBufferPointer<Double>, _ place: Int) -> Four {
        UnsafeRawBufferPointer(buffer).loadUnaligned(fromByteOffset: place * MemoryLayout<Double>.stride, as: Four.self)
    }

    /// Σw and Σwx.
    static func sums(_ values: UnsafeBufferPointer<Double>, _ weights: UnsafeBufferPointer<Double>) -> (Double, Double) {
        var total = Four.zero
        var sum = Four.zero
        let whole = values.count & ~3
        for i in stride(from: 0, to: whole, by: 4) {
            let w = load(weights, i)
            total += w
            sum += w * load(values, i)
        }
        var (total1, sum1) = (total.sum(), sum.sum())
        for i in whole..<values.count {
            total1 += weights[i]
            sum1 += weights[i] * values[i]
        }
        return (total1, sum1)
    }

    /// Σw(x − mean)², least and greatest x.
    static func spread(
        _ values: UnsafeBufferPointer<Double>, _ weights: UnsafeBufferPointer<Double>, about mean: Double
    ) -> (squares: Double, least: Double, greatest: Double) {
        var squares = Four.zero
        var least = Four(repeating: .infinity)
        var greatest = Four(repeating: -.infinity)
        let whole = values.count & ~3
        for i in stride(from: 0, to: whole, by: 4) {
            let x = load(values, i)
            let deviation = x - mean
            squares += load(weights, i) * deviation * deviation
            least = pointwiseMin(least, x)
            greatest = pointwiseMax(greatest, x)
        }
        var result = (squares.sum(), least.min(), greatest.max())
        for i in whole..<values.count {
            let deviation = values[i] - mean
            result.0 += weights[i] * deviation * deviation
            result.1 = Swift.min(result.1, values[i])
            result.2 = Swift.max(result.2, values[i])
        }
        return result
    }
}
