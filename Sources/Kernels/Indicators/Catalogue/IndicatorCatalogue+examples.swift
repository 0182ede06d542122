public import Definitions
internal import Vocabulary

extension IndicatorCatalogue {
    /// Runs every worked example of every indicator and check; a wrong one is told with its file and line.
    public func proveExamples(_ log: DiagnosticLog) {
        for indicator in indicators.values { indicator.proveExamples(log) }
        for check in checks { check.proveExamples(log) }
        for standard in standards.values { for item in standard.parts.flatMap(\.items) { item.proveExamples(log) } }
    }
}

extension Indicator {
    /// The value of one unit: numerator × factor ÷ denominator; NaN where a number is absent or the denominator zero.
    public func value(_ lookup: (String) -> Operand) -> Double {
        let bottom = denominator.evaluate(lookup)
        return bottom == 0 ? .nan : numerator.evaluate(lookup) * factor / bottom
    }

    func proveExamples(_ log: DiagnosticLog) {
        for example in examples {
            let found = value { .number(example.given[$0] ?? .nan) }
            let agrees = example.value.map { abs(found - $0) <= 1e-9 * Swift.max(1, abs($0)) } ?? found.isNaN
            if agrees { continue }
            let expected = example.value.map(PlainNumber.text) ?? "算不出"
            log.error(
                "example.wrong", at: example.place, "指标“\(id)”的算例应得\(expected)，算出的是\(found.isNaN ? "算不出" : PlainNumber.text(found))")
        }
    }
}

extension Standard.Item {
    /// Proves the tests on the examples. An overlay that raises a demand leaves the national examples behind.
    func proveExamples(_ log: DiagnosticLog) {
        for example in examples {
            let found = Verdict.all(tests.map { $0.judge { example.given[$0] ?? .number(.nan) }.verdict })
            if found == example.verdict { continue }
            log.error("example.wrong", at: example.place, "“\(code)”的算例应为\(example.verdict.label.zh)，得到的是\(found.label.zh)")
        }
    }
}

extension DataCheck {
    func proveExamples(_ log: DiagnosticLog) {
        for example in examples where passes({ example.given[$0] ?? .number(.nan) }) != example.passes {
            log.error("example.wrong", at: example.place, "校验“\(id)”的算例应\(example.passes ? "通过" : "不通过")，结果相反")
        }
    }
}
