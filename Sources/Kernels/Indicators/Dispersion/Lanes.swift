/// Sums over two columns, four units at a time.
enum Lanes {
    typealias Four = SIMD4<Double>

    @inline(__always)
    static func load(_ pointer: UnsafePointer<Double>, _ place: Int) -> Four {
        UnsafeRawPointer(pointer + place).loadUnaligned(as: Four.self)
    }

    /// Σw and Σwx.
    @inline(__always)
    static func sums(_ values: UnsafePointer<Double>, _ weights: UnsafePointer<Double>, _ count: Int) -> (Double, Double) {
        var total = Four.zero
        var sum = Four.zero
        let whole = count & ~3
        for i in stride(from: 0, to: whole, by: 4) {
            let w = load(weights, i)
            total += w
            sum += w * load(values, i)
        }
        var (total1, sum1) = (total.sum(), sum.sum())
        for i in whole..<count {
            total1 += weights[i]
            sum1 += weights[i] * values[i]
        }
        return (total1, sum1)
    }

    /// Σw(x − mean)², least and greatest x.
    @inline(__always)
    static func spread(
        _ values: UnsafePointer<Double>, _ weights: UnsafePointer<Double>, _ count: Int, about mean: Double
    ) -> (squares: Double, least: Double, greatest: Double) {
        var squares = Four.zero
        var least = Four(repeating: .infinity)
        var greatest = Four(repeating: -.infinity)
        let whole = count & ~3
        for i in stride(from: 0, to: whole, by: 4) {
            let x = load(values, i)
            let deviation = x - mean
            squares += load(weights, i) * deviation * deviation
            least.replace(with: x, where: x .< least)
            greatest.replace(with: x, where: x .> greatest)
        }
        var result = (
            squares.sum(), Swift.min(Swift.min(least[0], least[1]), Swift.min(least[2], least[3])),
            Swift.max(Swift.max(greatest[0], greatest[1]), Swift.max(greatest[2], greatest[3]))
        )
        for i in whole..<count {
            let deviation = values[i] - mean
            result.0 += weights[i] * deviation * deviation
            result.1 = Swift.min(result.1, values[i])
            result.2 = Swift.max(result.2, values[i])
        }
        return result
    }
}
