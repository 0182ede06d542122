/// A column to be computed from the columns of one frame: an indicator, or a formula alone.
///
/// The quotients catalogues are made of, `a × factor ÷ b` and `(a ± c) × factor ÷ b`, run straight over the columns;
/// everything else through the compiled formula. Both round the same way.
struct ColumnTask: Sendable {
    private enum Shape: Sendable {
        case plain(Int)
        case sum(Int, Int)
        case difference(Int, Int)
    }

    private let numerator: ColumnProgram
    private let denominator: ColumnProgram?
    private let factor: Double
    /// Set when numerator and denominator are so simple that no program is needed.
    private let quotient: (top: Shape, bottom: Int)?

    init(_ indicator: Indicator, _ columns: NumberColumns) {
        numerator = ColumnProgram(indicator.numerator, columnOf: columns.place)
        denominator = ColumnProgram(indicator.denominator, columnOf: columns.place)
        factor = indicator.factor
        quotient = ColumnTask.quotient(indicator, columns)
    }

    init(_ formula: Formula, _ columns: NumberColumns) {
        numerator = ColumnProgram(formula, columnOf: columns.place)
        denominator = nil
        factor = 1
        quotient = nil
    }

    private static func quotient(_ indicator: Indicator, _ columns: NumberColumns) -> (top: Shape, bottom: Int)? {
        func column(_ formula: Formula) -> Int? {
            if case .variable(let name) = formula { columns.place(name) } else { nil }
        }
        guard let bottom = column(indicator.denominator) else { return nil }
        if let plain = column(indicator.numerator) { return (.plain(plain), bottom) }
        guard case .binary(let sign, let left, let right) = indicator.numerator, let a = column(left), let b = column(right) else {
            return nil
        }
        return switch sign {
        case .add: (.sum(a, b), bottom)
        case .subtract: (.difference(a, b), bottom)
        default: nil
        }
    }

    /// Computes `rows` into `out`, which holds as many places.
    func run(_ columns: [UnsafePointer<Double>], _ rows: Range<Int>, _ out: UnsafeMutablePointer<Double>) {
        guard let quotient else { return runPrograms(columns, rows, out) }
        let bottom = columns[quotient.bottom] + rows.lowerBound
        switch quotient.top {
        case .plain(let a):
            let a = columns[a] + rows.lowerBound
            divide(rows.count, bottom, out, { Lanes.load(a, $0) }, { a[$0] })
        case .sum(let a, let b):
            let (a, b) = (columns[a] + rows.lowerBound, columns[b] + rows.lowerBound)
            divide(rows.count, bottom, out, { Lanes.load(a, $0) + Lanes.load(b, $0) }, { a[$0] + b[$0] })
        case .difference(let a, let b):
            let (a, b) = (columns[a] + rows.lowerBound, columns[b] + rows.lowerBound)
            divide(rows.count, bottom, out, { Lanes.load(a, $0) - Lanes.load(b, $0) }, { a[$0] - b[$0] })
        }
    }

    /// `top × factor ÷ bottom`, absent where the bottom is zero.
    @inline(__always)
    private func divide(
        _ count: Int, _ bottom: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Double>, _ tops: (Int) -> Lanes.Four,
        _ top: (Int) -> Double
    ) {
        let absent = Lanes.Four(repeating: .nan)
        let whole = count & ~3
        for i in stride(from: 0, to: whole, by: 4) {
            let b = Lanes.load(bottom, i)
            let value = (tops(i) * factor / b).replacing(with: absent, where: b .== 0)
            UnsafeMutableRawPointer(out + i).storeBytes(of: value, as: Lanes.Four.self)
        }
        for i in whole..<count { out[i] = bottom[i] == 0 ? .nan : top(i) * factor / bottom[i] }
    }

    private func runPrograms(_ columns: [UnsafePointer<Double>], _ rows: Range<Int>, _ out: UnsafeMutablePointer<Double>) {
        let block = ColumnProgram.block
        let depth = Swift.max(numerator.depth, denominator?.depth ?? 0, 1)
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * depth * block) { space in
            guard let top = space.baseAddress else { return }
            let bottom = top + depth * block
            var start = rows.lowerBound
            while start < rows.upperBound {
                let part = start..<Swift.min(start + block, rows.upperBound)
                numerator.run(columns, part, top)
                let target = out + (start - rows.lowerBound)
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
