internal import Dispatch

/// Indicators over many units at once: columns in, a value for every unit and the spread of every group out.
public struct IndicatorFrame: Sendable {
    public let groups: Groups
    /// Columns in the order of the groups.
    private let columns: NumberColumns

    /// One indicator over all units.
    public struct Column: Sendable {
        /// Unit values in the order of `groups.order`; NaN where absent.
        public var values: [Double]
        public var weights: [Double]
        public var groups: [GroupStatistics]
    }

    /// `columns` are in the order of the table's rows; they are put side by side by group once.
    public init(_ columns: NumberColumns, groups: Groups) {
        self.groups = groups
        self.columns = columns.picking(groups.order)
    }

    /// Values, weights and group statistics of every indicator, in the order given. Groups run in parallel.
    public func evaluate(_ indicators: [Indicator]) -> [Column] {
        columns.withColumns { pointers in
            var weights: [Formula: [Double]] = [:]
            return indicators.map { indicator in
                let weight = weights[indicator.weight] ?? fill(ColumnTask(indicator.weight, columns), pointers, nil).values
                weights[indicator.weight] = weight
                let filled = fill(ColumnTask(indicator, columns), pointers, weight)
                return Column(values: filled.values, weights: weight, groups: filled.statistics)
            }
        }
    }

    /// Runs a task over all units, group after group; with weights given, each group's statistics as well.
    private func fill(
        _ task: ColumnTask, _ columns: [UnsafePointer<Double>], _ weights: [Double]?
    ) -> (values: [Double], statistics: [GroupStatistics]) {
        let size = groups.order.count
        let chunks = Swift.min(groups.count, size < 2_000 ? 1 : 16)
        var statistics: [GroupStatistics] = []
        let values = [Double](unsafeUninitializedCapacity: size) { buffer, count in
            statistics = [GroupStatistics](unsafeUninitializedCapacity: weights == nil ? 0 : groups.count) { results, resultCount in
                (weights ?? []).withUnsafeBufferPointer { weights in
                    // Each chunk writes only to its own groups' places.
                    nonisolated(unsafe) let (v, w, s, c) = (buffer, weights, results, columns)
                    DispatchQueue.concurrentPerform(iterations: chunks) { chunk in
                        let range = groups.count * chunk / chunks..<groups.count * (chunk + 1) / chunks
                        task.run(c, groups.offsets[range.lowerBound]..<groups.offsets[range.upperBound], v)
                        guard s.count > 0 else { return }
                        for group in range {
                            let places = groups.places(group)
                            let result = GroupStatistics(
                                values: UnsafeBufferPointer(rebasing: v[places]), weights: UnsafeBufferPointer(rebasing: w[places]))
                            s.baseAddress.map { ($0 + group).initialize(to: result) }
                        }
                    }
                }
                resultCount = weights == nil ? 0 : groups.count
            }
            count = size
        }
        return (values, statistics)
    }
}

/// A column to be computed from the columns of one frame: an indicator, or a formula alone.
struct ColumnTask: Sendable {
    private let numerator: ColumnProgram
    private let denominator: ColumnProgram?
    private let factor: Double

    init(_ indicator: Indicator, _ columns: NumberColumns) {
        numerator = ColumnProgram(indicator.numerator, columnOf: columns.place)
        denominator = ColumnProgram(indicator.denominator, columnOf: columns.place)
        factor = indicator.factor
    }

    init(_ formula: Formula, _ columns: NumberColumns) {
        numerator = ColumnProgram(formula, columnOf: columns.place)
        denominator = nil
        factor = 1
    }

    /// Fills `values` at the places of `rows`, a block at a time.
    func run(_ columns: [UnsafePointer<Double>], _ rows: Range<Int>, _ values: UnsafeMutableBufferPointer<Double>) {
        let block = ColumnProgram.block
        let depth = Swift.max(numerator.depth, denominator?.depth ?? 0, 1)
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * depth * block) { space in
            guard let top = space.baseAddress, let out = values.baseAddress else { return }
            let bottom = top + depth * block
            var start = rows.lowerBound
            while start < rows.upperBound {
                let part = start..<Swift.min(start + block, rows.upperBound)
                numerator.run(columns, part, top)
                let target = out + start
                if let denominator {
                    denominator.run(columns, part, bottom)
                    for i in 0..<part.count { target[i] = bottom[i] == 0 ? .nan : top[i] * factor / bottom[i] }
                } else {
                    target.update(from: top, count: part.count)
                }
                start = part.upperBound
            }
        }
    }
}
