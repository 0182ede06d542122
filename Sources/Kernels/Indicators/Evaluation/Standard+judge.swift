internal import Vocabulary

extension Standard.Test {
    /// Holds the test against the numbers of one county or school. Without a bound the value is measured and not judged; what
    /// the test does not concern is met.
    func judge(_ lookup: (String) -> Operand, isReported: Bool = true) -> (value: Double?, bound: Double?, verdict: Verdict) {
        let concerns = applies?.evaluate(lookup) ?? 1
        if concerns == 0, isReported { return (nil, nil, .met) }
        let found = value.evaluate(lookup).known
        let limit = bound?.evaluate(lookup).known
        guard !concerns.isNaN, let found else { return (found, limit, .insufficient) }
        guard bound != nil else { return (found, nil, .measured) }
        guard let limit else { return (found, nil, .insufficient) }
        return (found, limit, comparison.holds(found, limit) ? .met : .notMet)
    }

    /// Everything the test asks for.
    var variables: [String] { value.variables + (bound?.variables ?? []) + (applies?.variables ?? []) }
}

extension Double {
    fileprivate var known: Double? { isNaN ? nil : self }
}
