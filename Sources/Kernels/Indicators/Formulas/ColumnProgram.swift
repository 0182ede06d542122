/// A formula compiled to run over whole columns, a block of rows at a time.
///
/// Numbers only: conditions on texts belong to row-wise evaluation.
struct ColumnProgram: Sendable {
    enum Step: Sendable {
        case load(Int)
        case constant(Double)
        case negate
        case binary(Formula.Operator)
        case call(Formula.Function, Int)
    }

    private(set) var steps: [Step] = []
    private(set) var depth = 0
    static let block = 512

    /// `columnOf` tells the place of a variable's column; nil when the table has none, which makes the result absent.
    init(_ formula: Formula, columnOf: (String) -> Int?) {
        var height = 0
        compile(formula, columnOf, &height)
    }

    private mutating func push(_ step: Step, _ change: Int, _ height: inout Int) {
        steps.append(step)
        height += change
        depth = Swift.max(depth, height)
    }

    private mutating func compile(_ formula: Formula, _ columnOf: (String) -> Int?, _ height: inout Int) {
        switch formula {
        case .number(let value): push(.constant(value), 1, &height)
        case .text: push(.constant(.nan), 1, &height)
        case .variable(let name):
            push(columnOf(name).map(Step.load) ?? .constant(.nan), 1, &height)
        case .negate(let inner):
            compile(inner, columnOf, &height)
            push(.negate, 0, &height)
        case .binary(let sign, let left, let right):
            compile(left, columnOf, &height)
            compile(right, columnOf, &height)
            push(.binary(sign), -1, &height)
        case .call(let function, let arguments):
            for argument in arguments { compile(argument, columnOf, &height) }
            push(.call(function, arguments.count), 1 - arguments.count, &height)
        }
    }

    /// Runs over `rows` (at most `block` of them); the result stands in the first `rows.count` places of `stack`,
    /// which holds `depth × block` numbers.
    func run(_ columns: [UnsafePointer<Double>], _ rows: Range<Int>, _ stack: UnsafeMutablePointer<Double>) {
        let n = rows.count
        var top = -1
        for step in steps {
            switch step {
            case .load(let column):
                top += 1
                (stack + top * ColumnProgram.block).update(from: columns[column] + rows.lowerBound, count: n)
            case .constant(let value):
                top += 1
                (stack + top * ColumnProgram.block).update(repeating: value, count: n)
            case .negate:
                let a = stack + top * ColumnProgram.block
                for i in 0..<n { a[i] = -a[i] }
            case .binary(let sign):
                top -= 1
                ColumnProgram.combine(sign, stack + top * ColumnProgram.block, stack + (top + 1) * ColumnProgram.block, n)
            case .call(let function, let count):
                top -= count - 1
                let base = stack + top * ColumnProgram.block
                for i in 0..<n {
                    base[i] = Formula.apply(function, (0..<count).map { base[$0 * ColumnProgram.block + i] })
                }
            }
        }
    }

    private static func combine(
        _ sign: Formula.Operator, _ a: UnsafeMutablePointer<Double>, _ b: UnsafeMutablePointer<Double>, _ n: Int
    ) {
        switch sign {
        case .add: for i in 0..<n { a[i] += b[i] }
        case .subtract: for i in 0..<n { a[i] -= b[i] }
        case .multiply: for i in 0..<n { a[i] *= b[i] }
        case .divide: for i in 0..<n { a[i] = b[i] == 0 ? .nan : a[i] / b[i] }
        default: for i in 0..<n { a[i] = Formula.apply(sign, a[i], b[i]) }
        }
    }
}
