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
        let weights = weights(of: indicators)
        var statistics: [GroupStatistics] = []
        let values = FrameRun.allocate(indicators.count, size: groups.order.count) { pointers in
            statistics = run(indicators, weights, values: pointers)
        }
        return indicators.indices.map { place in
            let own = statistics[place * groups.count..<(place + 1) * groups.count]
            return Column(values: values[place], weights: weights[indicators[place].weight] ?? [], groups: Array(own))
        }
    }

    /// Group statistics alone, indicator after indicator and within each group after group: `place × groups + group`.
    /// Unit values are computed on the way and not kept.
    public func statistics(_ indicators: [Indicator]) -> [GroupStatistics] {
        run(indicators, weights(of: indicators), values: [])
    }

    /// The columns the indicators are weighted by. A weight that is a column already is not copied.
    private func weights(of indicators: [Indicator]) -> [Formula: [Double]] {
        var found: [Formula: [Double]] = [:]
        for formula in Set(indicators.map(\.weight)) {
            if case .variable(let name) = formula, let column = columns.array(name) {
                found[formula] = column
            } else {
                found[formula] = columns.withColumns { pointers in
                    [Double](unsafeUninitializedCapacity: columns.count) { buffer, count in
                        if let base = buffer.baseAddress { ColumnTask(formula, columns).run(pointers, 0..<columns.count, base) }
                        count = columns.count
                    }
                }
            }
        }
        return found
    }

    private func run(
        _ indicators: [Indicator], _ weights: [Formula: [Double]], values: [UnsafeMutablePointer<Double>]
    ) -> [GroupStatistics] {
        let total = indicators.count * groups.count
        return [GroupStatistics](unsafeUninitializedCapacity: total) { results, count in
            columns.withColumns { columns in
                NumberColumns.pointers(to: indicators.map { weights[$0.weight] ?? [] }) { weights in
                    guard let results = results.baseAddress else { return }
                    let tasks = indicators.map { ColumnTask($0, self.columns) }
                    FrameRun(groups: groups, tasks: tasks, columns: columns, weights: weights, values: values, results: results).all()
                }
            }
            count = total
        }
    }
}

/// One run over all groups. The groups are cut into chunks that run in parallel, each in blocks small enough for the nearest
/// cache: a block's rows are read once for all indicators.
private struct FrameRun {
    let groups: Groups
    let tasks: [ColumnTask]
    let columns: [UnsafePointer<Double>]
    let weights: [UnsafePointer<Double>]
    /// Where unit values are kept, one column per task; empty when they are not wanted.
    let values: [UnsafeMutablePointer<Double>]
    let results: UnsafeMutablePointer<GroupStatistics>
    /// Rows of a block, as far as whole groups allow.
    private static let rows = 1_024

    func all() {
        let size = groups.order.count
        let chunks = Swift.max(1, Swift.min(groups.count, size / 4_000))
        // Each chunk writes only to its own groups' places.
        nonisolated(unsafe) let run = self
        DispatchQueue.concurrentPerform(iterations: chunks) { chunk in
            run.chunk(run.groups.count * chunk / chunks..<run.groups.count * (chunk + 1) / chunks)
        }
    }

    private func chunk(_ range: Range<Int>) {
        var first = range.lowerBound
        while first < range.upperBound {
            var last = first + 1
            while last < range.upperBound, groups.offsets[last + 1] - groups.offsets[first] <= FrameRun.rows { last += 1 }
            block(first..<last)
            first = last
        }
    }

    private func block(_ range: Range<Int>) {
        let rows = groups.offsets[range.lowerBound]..<groups.offsets[range.upperBound]
        withUnsafeTemporaryAllocation(of: Double.self, capacity: values.isEmpty ? rows.count : 0) { scratch in
            for (place, task) in tasks.enumerated() {
                guard let out = values.isEmpty ? scratch.baseAddress : values[place] + rows.lowerBound else { continue }
                task.run(columns, rows, out)
                for group in range {
                    let places = groups.places(group)
                    let result = GroupStatistics(
                        values: UnsafeBufferPointer(start: out + (places.lowerBound - rows.lowerBound), count: places.count),
                        weights: UnsafeBufferPointer(start: weights[place] + places.lowerBound, count: places.count))
                    (results + (place * groups.count + group)).initialize(to: result)
                }
            }
        }
    }

    /// Arrays filled by `body` through pointers to all of them.
    static func allocate(
        _ count: Int, size: Int, _ pointers: [UnsafeMutablePointer<Double>] = [], _ body: ([UnsafeMutablePointer<Double>]) -> Void
    ) -> [[Double]] {
        guard count > 0 else {
            body(pointers)
            return []
        }
        var rest: [[Double]] = []
        let first = [Double](unsafeUninitializedCapacity: Swift.max(size, 1)) { buffer, initialized in
            rest = allocate(count - 1, size: size, pointers + [buffer.baseAddress].compactMap { $0 }, body)
            initialized = size
        }
        return [first] + rest
    }
}
