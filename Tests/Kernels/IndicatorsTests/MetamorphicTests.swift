import Testing
import Vocabulary

@testable import Indicators

/// Splitmix64: the same seed gives the same figures on every machine.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// What must hold of any county, whatever its figures.
@Suite("换一种方式算，结果应当相应") struct MetamorphicTests {
    private struct School {
        var code: String
        var kind: String
        var numbers: [String: Double]
        var row: ReturnRow { SmallCatalogue.row(code, kind: kind, numbers) }
    }

    private func schools(_ seed: UInt64) -> [School] {
        var chance = Seeded(state: seed)
        return (0..<Int.random(in: 8...40, using: &chance)).map { place in
            let isNineYear = Double.random(in: 0..<1, using: &chance) < 0.25
            var numbers: [String: Double] = [
                "pupils.primary": Double(Int.random(in: 60...1_800, using: &chance)),
                "gym": Double(Int.random(in: 0...600, using: &chance)),
                "books": Double(Int.random(in: 0...40_000, using: &chance)),
            ]
            numbers["area"] = (numbers["gym"] ?? 0) + Double(Int.random(in: 200...12_000, using: &chance))
            if isNineYear { numbers["pupils.junior"] = Double(Int.random(in: 60...900, using: &chance)) }
            return School(code: String(1_000 + place), kind: isNineYear ? "312" : "211", numbers: numbers)
        }
    }

    private func county(_ schools: [School]) throws -> CountyResult { try SmallCatalogue.evaluate(schools.map(\.row)) }

    private func agree(_ a: Double?, _ b: Double?, _ tolerance: Double = 1e-12) -> Bool {
        guard let a, let b else { return a == nil && b == nil }
        return abs(a - b) <= tolerance * Swift.max(1, abs(a))
    }

    @Test("换校名、换先后，均值、差异系数、基尼、泰尔和各校结论都不变", arguments: 1...12) func relabelled(seed: Int) throws {
        let original = schools(UInt64(seed))
        var chance = Seeded(state: UInt64(seed) &* 77)
        let renamed = original.map { school in
            var copy = school
            copy.code = "X" + String(school.code.reversed())
            return copy
        }.shuffled(using: &chance)
        let (a, b) = (try county(original), try county(renamed))
        for (x, y) in zip(a.stages.flatMap(\.indicators), b.stages.flatMap(\.indicators)) {
            #expect(agree(x.mean, y.mean) && agree(x.cv, y.cv) && agree(x.gini, y.gini) && agree(x.theil, y.theil))
            #expect(x.verdict == y.verdict && x.statistics.minimum == y.statistics.minimum && x.statistics.maximum == y.statistics.maximum)
        }
        let verdicts = Dictionary(uniqueKeysWithValues: b.units.map { ($0.id, $0.verdict) })
        #expect(a.units.allSatisfy { verdicts["X\(String($0.school.reversed()))/\($0.stage.rawValue)"] == $0.verdict })
        #expect(a.verdict == b.verdict && a.shortfalls.count == b.shortfalls.count)
    }

    @Test("分子同乘一个数：均值同乘，差异系数、基尼、泰尔不变", arguments: 1...12) func scaled(seed: Int) throws {
        let original = schools(UInt64(seed))
        let factor = [0.5, 3, 10, 1.7][seed % 4]
        let larger = original.map { school in
            var copy = school
            copy.numbers["books"] = (school.numbers["books"] ?? 0) * factor
            return copy
        }
        let (a, b) = (try county(original), try county(larger))
        for (x, y) in zip(a.stages, b.stages) {
            let (old, new) = (try #require(x.indicator("B")), try #require(y.indicator("B")))
            #expect(agree(old.mean.map { $0 * factor }, new.mean) && agree(old.cv, new.cv) && agree(old.gini, new.gini))
            #expect(agree(old.theil, new.theil))
            #expect(x.indicator("A")?.statistics == y.indicator("A")?.statistics)
        }
    }

    @Test("一校拆成每生相同的两校：均值与差异系数不变（按学生数加权）", arguments: 1...12) func divided(seed: Int) throws {
        let original = schools(UInt64(seed)).filter { $0.kind == "211" }
        try #require(original.count > 2)
        var parts = original
        let whole = parts.removeFirst()
        for (place, share) in [0.25, 0.75].enumerated() {
            var part = whole
            part.code += "-\(place)"
            for (name, value) in whole.numbers { part.numbers[name] = value * share }
            parts.append(part)
        }
        let (a, b) = (try #require(try county(original).stage(.primary)), try #require(try county(parts).stage(.primary)))
        for code in ["A", "B"] {
            #expect(agree(a.indicator(code)?.mean, b.indicator(code)?.mean) && agree(a.indicator(code)?.cv, b.indicator(code)?.cv))
        }
        #expect(a.pupils == b.pupils && b.units == a.units + 1)
    }

    @Test("把一校移到均值，差异系数的变化就是它的杠杆", arguments: 1...8) func leverage(seed: Int) throws {
        let original = schools(UInt64(seed)).filter { $0.kind == "211" }
        let before = try #require(try county(original).stage(.primary)?.indicator("B"))
        let units = try county(original).units
        let values = units.map { $0.values["B"] ?? .nan }
        let changes = try #require(Leverage.changes(values, weights: units.map { $0.pupils ?? .nan }))
        for place in original.indices {
            var moved = original
            moved[place].numbers["books"] = (before.mean ?? 0) * (moved[place].numbers["pupils.primary"] ?? 0)
            let after = try #require(try county(moved).stage(.primary)?.indicator("B"))
            let unit = try #require(units.firstIndex { $0.school == original[place].code })
            #expect(agree((after.cv ?? 0) - (before.cv ?? 0), changes[unit], 1e-9))
        }
    }

    @Test("拆分的两部分之和等于全校，份额之和为一", arguments: 1...8) func shares(seed: Int) throws {
        let county = try county(schools(UInt64(seed)))
        for (_, units) in Dictionary(grouping: county.units, by: \.school) where units.count == 2 {
            #expect(agree(units.compactMap(\.share).reduce(0, +), 1))
            let row = try #require(schools(UInt64(seed)).first { $0.code == units[0].school })
            let books = units.reduce(0) { $0 + ($1.values["B"] ?? .nan) * ($1.pupils ?? .nan) }
            #expect(agree(books, row.numbers["books"], 1e-9))
        }
    }

    @Test("缺一个数：只动用到它的指标，该校与差异系数资料不足，别的不变", arguments: 1...8) func blanked(seed: Int) throws {
        var some = schools(UInt64(seed))
        let whole = try county(some)
        some[0].numbers["books"] = nil
        let (a, b) = (try #require(whole.stage(.primary)), try #require(try county(some).stage(.primary)))
        #expect(b.indicator("B")?.cv == nil && b.indicator("B")?.verdict == .insufficient && b.indicator("B")?.unitsUnknown == 1)
        #expect(a.indicator("A")?.statistics == b.indicator("A")?.statistics)
    }
}
