/// What a variable stands for in one row.
public enum Operand: Sendable, Hashable {
    /// NaN when the number is absent.
    case number(Double)
    case text(String)

    public var value: Double {
        if case .number(let value) = self { return value }
        return .nan
    }
}

extension Formula {
    /// The value in one row; NaN when a number it needs is absent or a denominator is zero.
    /// Conditions answer 1 or 0, or NaN where the answer hangs on an absent number.
    public func evaluate(_ lookup: (String) -> Operand) -> Double { operand(lookup).value }

    /// True only when the condition certainly holds.
    public func holds(_ lookup: (String) -> Operand) -> Bool { evaluate(lookup) == 1 }

    private func operand(_ lookup: (String) -> Operand) -> Operand {
        switch self {
        case .number(let value): .number(value)
        case .text(let text): .text(text)
        case .variable(let name): lookup(name)
        case .negate(let inner): .number(-inner.evaluate(lookup))
        case .binary(let sign, let left, let right):
            .number(Formula.apply(sign, left.operand(lookup), right.operand(lookup)))
        case .call(let function, let arguments):
            .number(Formula.apply(function, arguments.map { $0.evaluate(lookup) }))
        }
    }

    private static func apply(_ sign: Operator, _ left: Operand, _ right: Operand) -> Double {
        if case .text(let a) = left, case .text(let b) = right {
            switch sign {
            case .equal: return a == b ? 1 : 0
            case .notEqual: return a != b ? 1 : 0
            default: return .nan
            }
        }
        return apply(sign, left.value, right.value)
    }

    static func apply(_ sign: Operator, _ left: Double, _ right: Double) -> Double {
        switch sign {
        case .add: return left + right
        case .subtract: return left - right
        case .multiply: return left * right
        case .divide: return right == 0 ? .nan : left / right
        case .and:
            if left == 0 || right == 0 { return 0 }
            return left.isNaN || right.isNaN ? .nan : 1
        case .or:
            if left == 1 || right == 1 { return 1 }
            return left.isNaN || right.isNaN ? .nan : 0
        default:
            if left.isNaN || right.isNaN { return .nan }
            return compare(sign, left, right) ? 1 : 0
        }
    }

    private static func compare(_ sign: Operator, _ left: Double, _ right: Double) -> Bool {
        switch sign {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        default: left >= right
        }
    }

    static func apply(_ function: Function, _ arguments: [Double]) -> Double {
        switch function {
        case .min: return arguments.contains(where: \.isNaN) ? .nan : arguments.min() ?? .nan
        case .max: return arguments.contains(where: \.isNaN) ? .nan : arguments.max() ?? .nan
        case .ceil: return arguments[0].rounded(.up)
        case .floor: return arguments[0].rounded(.down)
        case .abs: return Swift.abs(arguments[0])
        case .not: return arguments[0].isNaN ? .nan : arguments[0] == 0 ? 1 : 0
        case .if: return arguments[0].isNaN ? .nan : arguments[0] != 0 ? arguments[1] : arguments[2]
        case .coalesce: return arguments.first { !$0.isNaN } ?? .nan
        case .known: return arguments[0].isNaN ? 0 : 1
        case .total:
            let known = arguments.filter { !$0.isNaN }
            return known.isEmpty ? .nan : known.reduce(0, +)
        }
    }
}
