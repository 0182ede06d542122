/// An arithmetic expression over named numbers, as written in a catalogue:
/// `(teaching_area - gym_area)`, `ceil((classes.primary + classes.junior) / 12)`, `kind = '218' and pupils < 50`.
///
/// An absent number makes the result absent; nothing is ever taken for zero.
public indirect enum Formula: Sendable, Hashable {
    case number(Double)
    case text(String)
    /// A data element, with its stage where one is named, or an attribute of the row.
    case variable(String)
    case negate(Formula)
    case binary(Operator, Formula, Formula)
    case call(Function, [Formula])

    public enum Operator: String, Sendable, Hashable {
        case add = "+", subtract = "-", multiply = "*", divide = "/"
        case equal = "=", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
        case and, or
    }

    public enum Function: String, Sendable, Hashable, CaseIterable {
        case min, max, ceil, floor, abs, not
        /// `if(condition, then, else)`
        case `if`
        /// The first argument that is known.
        case coalesce
        /// 1 when the argument is known, else 0.
        case known
        /// The sum of the arguments that are known; absent when none is.
        case total

        var argumentCount: ClosedRange<Int> {
            switch self {
            case .ceil, .floor, .abs, .not, .known: 1...1
            case .if: 3...3
            case .min, .max, .coalesce, .total: 1...16
            }
        }
    }

    /// Every variable named, in order of appearance, each once.
    public var variables: [String] {
        var found: [String] = []
        collect(&found)
        return found
    }

    private func collect(_ found: inout [String]) {
        switch self {
        case .number, .text: break
        case .variable(let name): if !found.contains(name) { found.append(name) }
        case .negate(let inner): inner.collect(&found)
        case .binary(_, let left, let right):
            left.collect(&found)
            right.collect(&found)
        case .call(_, let arguments): for argument in arguments { argument.collect(&found) }
        }
    }
}
