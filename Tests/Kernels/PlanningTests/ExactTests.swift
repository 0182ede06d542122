import Planning
import Testing

@Suite("精确的数") struct ExactTests {
    @Test("大整数与机器整数一致") func agreesWithMachine() {
        var state: UInt64 = 7
        for _ in 0..<2_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let a = Int(Int32(truncatingIfNeeded: state >> 32)), b = Int(Int32(truncatingIfNeeded: state >> 7))
            #expect(LargeInteger(a) + LargeInteger(b) == LargeInteger(a + b))
            #expect(LargeInteger(a) - LargeInteger(b) == LargeInteger(a - b))
            #expect(LargeInteger(a) * LargeInteger(b) == LargeInteger(a * b))
            #expect((LargeInteger(a) < LargeInteger(b)) == (a < b))
        }
    }

    @Test("超过机器字长：(2⁸⁰+1)² = 2¹⁶⁰+2⁸¹+1") func large() {
        let x = LargeInteger.powerOfTwo(80) + LargeInteger(1)
        #expect(x * x == LargeInteger.powerOfTwo(160) + LargeInteger.powerOfTwo(81) + LargeInteger(1))
        #expect(x * x - x * x == .zero)
    }

    @Test("0.85 × 4.2 恰为 3.57，二进制小数则不是") func decimals() throws {
        let product = try #require(Fraction(decimal: 0.85)) * (try #require(Fraction(decimal: 4.2)))
        #expect(product == Fraction(357, over: 100))
        #expect(try #require(Fraction(binary: 0.85)) != Fraction(85, over: 100))
        #expect(try #require(Fraction(binary: -0.375)) == Fraction(-3, over: 8))
        #expect(Fraction(decimal: .nan) == nil)
    }

    @Test("通分多次后仍比得准") func longSums() {
        let sum = (1...300).reduce(Fraction.zero) { $0 + Fraction(1, over: $1 * ($1 + 1)) }
        #expect(sum == Fraction(300, over: 301))
        #expect(abs(sum.approximate - 300.0 / 301) < 1e-12)
    }

    @Test("下界对任何乘子都不超过最优值") func safeBound() throws {
        // min 2x + 3y, x + y ≥ 4, x − y ≤ 1, 0 ≤ x, y ≤ 10: optimum 2·2.5 + 3·1.5 = 9.5.
        var model = LinearModel()
        let x = model.column("x", 0, 10, cost: 2), y = model.column("y", 0, 10, cost: 3)
        model.row("a", [.init(x, 1), .init(y, 1)], atLeast: 4)
        model.row("b", [.init(x, 1), .init(y, -1)], atMost: 1)
        #expect(SafeBound.lower(model, multipliers: [2.5, -0.5]) == Fraction(19, over: 2))
        for a in stride(from: -3.0, through: 5, by: 0.37) {
            for b in stride(from: -3.0, through: 3, by: 0.41) {
                #expect(try #require(SafeBound.lower(model, multipliers: [a, b])) <= Fraction(19, over: 2))
            }
        }
    }

    @Test("分母不同的行也加得准，数不会越加越长") func unequalDenominators() throws {
        // Every row asks for a part of x of its own: x ≥ 1/3, 1/7, …; factors from 2⁻⁴⁰ to 2⁴⁰.
        var model = LinearModel()
        let x = model.column("x", 0, 1, cost: 1)
        var state: UInt64 = 3
        var multipliers: [Double] = []
        var exact = Fraction.zero
        var reduced = Fraction(1)
        for row in 0..<3_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let factor = Double(sign: .plus, exponent: Int(state >> 58) % 81 - 40, significand: 1 + Double(state >> 40) / Double(1 << 24))
            let side = factor / Double(3 + row % 17)
            model.row("\(row)", [.init(x, factor)], atLeast: side)
            multipliers.append(Double(1 + row % 5) / 4_096)
            if row < 40 {
                let y = try #require(Fraction(binary: multipliers[row]))
                exact += y * (try #require(Fraction(binary: side)))
                reduced = reduced - y * (try #require(Fraction(binary: factor)))
            }
        }
        var short = LinearModel()
        _ = short.column("x", 0, 1, cost: 1)
        for row in model.rows.prefix(40) { short.row(row.name, row.terms, atLeast: row.lower) }
        let bound = try #require(SafeBound.lower(short, multipliers: Array(multipliers.prefix(40))))
        let end = reduced > .zero ? Fraction.zero : reduced
        #expect(bound == exact + end)
        // The sum of 3,000 rows is no longer than the numbers themselves are apart.
        let all = try #require(SafeBound.lower(model, multipliers: multipliers))
        #expect(all.denominator < LargeInteger.powerOfTwo(200))
    }

    @Test("对模型里的数有疑问，下界就减去它能改变的部分") func doubt() throws {
        var model = LinearModel()
        let x = model.column("x", 0, 10, cost: 3)
        model.row("a", [.init(x, 1)], atLeast: 2)
        let sure = try #require(SafeBound.lower(model, multipliers: [3]))
        let unsure = try #require(SafeBound.lower(model, multipliers: [3], doubt: 1e-3))
        #expect(sure == Fraction(6))
        // Were the cost 2.997, the factor 1.001 and the side 1.998, the optimum would be 2.997 × 1.998 ÷ 1.001.
        #expect(unsure.approximate < 2.997 * 1.998 / 1.001)
        #expect(unsure.approximate > 5.8)
    }

    @Test("乘子写成文字再读回来不变，读不懂的不认") func packed() throws {
        let multipliers = [0, 1.5, 0, 0, -0.25, 1e-12, 123_456.5, 0]
        let text = PackedMultipliers.text(multipliers)
        #expect(try #require(PackedMultipliers.read(text, count: 8)) == [0, 1.5, 0, 0, -0.25, 0, 123_456.5, 0])
        #expect(PackedMultipliers.read(text, count: 6) == nil)
        #expect(PackedMultipliers.read("?", count: 8) == nil)
        #expect(PackedMultipliers.read("////", count: 8) == nil)
    }
}
