import Testing

@testable import Indicators

@Suite("公式") struct FormulaTests {
    private func value(_ text: String, _ given: [String: Double] = [:]) throws -> Double {
        try Formula(parsing: text).evaluate { .number(given[$0] ?? .nan) }
    }

    @Test("四则运算与括号") func arithmetic() throws {
        #expect(try value("2 + 3 * 4") == 14)
        #expect(try value("(2 + 3) * 4 - -1") == 21)
        #expect(try value("ceil((a + b) / 12)", ["a": 13, "b": 12]) == 3)
    }

    @Test("缺数不当零") func absence() throws {
        #expect(try value("a + b", ["a": 1]).isNaN)
        #expect(try value("a / b", ["a": 1, "b": 0]).isNaN)
        #expect(try value("total(a, b)", ["a": 1]) == 1)
        #expect(try value("a < 50 and b > 0", ["b": -1]) == 0)
        #expect(try value("a < 50 and b > 0", ["b": 1]).isNaN)
    }

    @Test("文字条件") func texts() throws {
        let formula = try Formula(parsing: "kind = '218' and pupils < 50")
        #expect(formula.holds { $0 == "kind" ? .text("218") : .number(49) })
        #expect(!formula.holds { $0 == "kind" ? .text("211") : .number(49) })
    }

    @Test("写错的公式说出位置", arguments: ["1 +", "(1", "nope(1)", "1 2", "ceil(1, 2)", "'x", "a ? b"]) func mistakes(text: String) {
        #expect(throws: FormulaError.self) { try Formula(parsing: text) }
    }
}
