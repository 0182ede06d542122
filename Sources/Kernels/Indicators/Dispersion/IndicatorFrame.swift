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
        let programs = indicators.map { IndicatorProgram($0, columns) }
        return columns.withColumns { pointers in programs.map { run($0, pointers) } }
    }

    private func run(_ program: IndicatorProgram, _ columns: [UnsafePointer<Double>]) -> Column {
        let size = groups.order.count
        let values = UnsafeMutableBufferPointer<Double>.allocate(capacity: size)
        let weights = UnsafeMutableBufferPointer<Double>.allocate(capacity: size)
        let statistics = UnsafeMutableBufferPointer<GroupStatistics?>.allocate(capacity: groups.count)
        statistics.initialize(repeating: nil)
        defer {
            values.deallocate()
            weights.deallocate()
            statistics.deinitialize()
            statistics.deallocate()
        }
        let chunks = Swift.min(groups.count, size < 2_000 ? 1 : 64)
        // Each chunk writes only to its own groups' places.
        nonisolated(unsafe) let (v, w, s, c) = (values, weights, statistics, columns)
        DispatchQueue.concurrentPerform(iterations: chunks) { chunk in
            let range = groups.count * chunk / chunks..<groups.count * (chunk + 1) / chunks
            program.run(c, groups.offsets[range.lowerBound]..<groups.offsets[range.upperBound], v, w)
            for group in range {
                let places = groups.places(group)
                s[group] = GroupStatistics(
                    values: UnsafeBufferPointer(rebasing: v[places]), weights: UnsafeBufferPointer(rebasing: w[places]))
            }
        }
        return Column(values: Array(values), weights: Array(weights), groups: statistics.compactMap { $0 })
    }
}

/// An indicator compiled against the columns of one frame.
struct IndicatorProgram: Sendable {
    private let numerator: ColumnProgram
    private let denominator: ColumnProgram
    private let weight: ColumnProgram?
    private let factor: Double

    init(_ indicator: Indicator, _ columns: NumberColumns) {
        numerator = ColumnProgram(indicator.numerator, columnOf: columns.place)
        denominator = ColumnProgram(indicator.denominator, columnOf: columns.place)
        weight = indicator.weight == indicator.denominator ? nil : ColumnProgram(indicator.weight, columnOf: columns.place)
        factor = indicator.factor
    }

    /// Fills `values` and `weights` at the places of `rows`, a block at a time.
    func run(
        _ columns: [UnsafePointer<Double>], _ rows: Range<Int>,
        _ values: UnsafeMutableBufferPointer<Double>, _ weights: UnsafeMutableBufferPointer<Double>
    ) {
        let block = ColumnProgram.block
        let depth = Swift.max(numerator.depth, denominator.depth, weight?.depth ?? 0, 1)
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * depth * block) { space in
            guard let top = space.baseAddress else { return }
            let bottom = top + depth * block
            var start = rows.lowerBound
            while start < rows.upperBound {
                let part = start..<Swift.min(start + block, rows.upperBound)
                numerator.run(columns, part, top)
                denominator.run(columns, part, bottom)
                for i in 0..<part.count {
                    values[start + i] = bottom[i] == 0 ? .nan : top[i] * factor / bottom[i]
                    weights[start + i] = bottom[i]
                }
                if let weight {
                    weight.run(columns, part, top)
                    for i in 0..<part.count { weights[start + i] = top[i] }
                }
                start = part.upperBound
            }
        }
    }
}
