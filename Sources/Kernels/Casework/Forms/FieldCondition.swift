internal import Vocabulary

/// `status = urgent`, `grade = 重大, 较大`, `cost >= 10000 and funded = no`: when a question is asked. The words stand as in the
/// definition; options are meant by their ids, yes and no by `yes` and `no`. What has no answer meets no test.
public struct FieldCondition: Hashable, Sendable, CustomStringConvertible {
    public enum Sign: String, Hashable, Sendable, CaseIterable {
        case equal = "="
        case unequal = "!="
        case atLeast = ">="
        case atMost = "<="
        case above = ">"
        case below = "<"
    }

    public struct Test: Hashable, Sendable {
        public var field: String
        public var sign: Sign
        /// Any of these, for `=`; none of these, for `!=`.
        public var values: [String]
    }

    /// All must hold.
    public var tests: [Test]

    /// nil for anything that is not such a condition.
    public init?(_ text: String) {
        let parts = text.split(separator: " and ").map { FieldCondition.test($0) }
        guard !parts.isEmpty, parts.allSatisfy({ $0 != nil }) else { return nil }
        tests = parts.compactMap { $0 }
    }

    public var description: String {
        tests.map { "\($0.field) \($0.sign.rawValue) \($0.values.joined(separator: ", "))" }.joined(separator: " and ")
    }

    public func holds(_ answers: [String: FieldValue]) -> Bool {
        tests.allSatisfy { test in answers[test.field].map { FieldCondition.holds(test, $0) } ?? false }
    }

    private static func test(_ text: Substring) -> Test? {
        // Two-letter signs first, or `>=` would read as `>`.
        for sign in Sign.allCases.sorted(by: { $0.rawValue.count > $1.rawValue.count }) {
            guard let place = text.firstRange(of: sign.rawValue) else { continue }
            let field = text[..<place.lowerBound].trimmed
            let values = text[place.upperBound...].split { $0 == "," || $0 == "，" || $0 == "、" }.map(\.trimmed).filter { !$0.isEmpty }
            guard !field.isEmpty, !field.contains(" "), !values.isEmpty else { return nil }
            if sign != .equal, sign != .unequal { guard values.count == 1, Double(values[0]) != nil else { return nil } }
            return Test(field: field, sign: sign, values: values)
        }
        return nil
    }

    private static func holds(_ test: Test, _ value: FieldValue) -> Bool {
        switch test.sign {
        case .equal: return !Set(words(value)).isDisjoint(with: test.values) || numbers(test).contains { $0 == value.number }
        case .unequal: return Set(words(value)).isDisjoint(with: test.values) && !numbers(test).contains { $0 == value.number }
        case .atLeast, .atMost, .above, .below:
            guard let number = value.number, let bound = Double(test.values[0]) else { return false }
            return switch test.sign {
            case .atLeast: number >= bound
            case .atMost: number <= bound
            case .above: number > bound
            default: number < bound
            }
        }
    }

    private static func numbers(_ test: Test) -> [Double] { test.values.compactMap { Double($0) } }

    /// What an answer is called in a condition.
    private static func words(_ value: FieldValue) -> [String] {
        switch value {
        case .text(let text): [text]
        case .choice(let id): [id]
        case .choices(let ids): ids
        case .yesNo(let yes): [yes ? "yes" : "no"]
        case .reference(let id, _): [id]
        case .date(let day): [day.description]
        default: []
        }
    }
}

extension StringProtocol {
    /// Without white space at the ends.
    var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
