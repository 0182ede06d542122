import Testing
import Vocabulary

@testable import Indicators

@Suite("公布的算例") struct WorkedExampleTests {
    private let pupils: [Double] = [45, 37, 89, 76, 55]
    private let books: [Double] = [279, 137, 935, 160, 402]

    @Test("算例A：五校图书差异系数 0.515257") func exampleA() throws {
        let statistics = GroupStatistics(values: zip(books, pupils).map { $0 / $1 }, weights: pupils)
        #expect(abs(try #require(statistics.mean) - 6.334437) < 1e-6)
        #expect(abs(try #require(statistics.sd) - 3.263861) < 1e-6)
        #expect(abs(try #require(statistics.cv) - 0.515257) < 1e-6)
    }

    @Test("算例A整条线：未加权会误判为达标，加权后超过 0.50") func exampleAWhole() throws {
        let rows = zip(pupils, books).enumerated().map { index, pair in
            SmallCatalogue.row("\(index)", ["pupils.primary": pair.0, "books": pair.1, "area": pair.0 * 5, "gym": 0])
        }
        let indicator = try #require(try SmallCatalogue.evaluate(rows).stage(.primary)?.indicator("B"))
        #expect(abs(try #require(indicator.cv) - 0.515257) < 1e-6)
        #expect(indicator.verdict == .notMet)
    }

    private let exampleB = [
        SmallCatalogue.row("P1", ["pupils.primary": 800, "area": 3600, "gym": 0, "books": 8000]),
        SmallCatalogue.row("P2", ["pupils.primary": 450, "area": 2700, "gym": 0, "books": 4500]),
        SmallCatalogue.row("P3", kind: "218", ["pupils.primary": 60, "area": 480, "gym": 0, "books": 600]),
        SmallCatalogue.row("Q", kind: "312", ["pupils.primary": 300, "pupils.junior": 200, "area": 2960, "gym": 360, "books": 5200]),
    ]

    @Test("算例B：九年一贯制拆分后差异系数 0.164845") func exampleBWhole() throws {
        let county = try SmallCatalogue.evaluate(exampleB)
        let primary = try #require(county.stage(.primary)?.indicator("A"))
        #expect(abs(try #require(primary.mean) - 5.142857) < 1e-6)
        #expect(abs(try #require(primary.statistics.sd) - 0.847775) < 1e-6)
        #expect(abs(try #require(primary.cv) - 0.164845) < 1e-6)
        let units = county.units(of: "Q")
        #expect(units.map { $0.values["A"] ?? 0 }.map { ($0 * 1e6).rounded() / 1e6 } == [5.0, 5.5])
        #expect(units.map(\.title) == ["学校Q（小学部）", "学校Q（初中部）"])
    }

    @Test("一项未达标但不低于底线，学校仍达标，缺口照列") func allowedMiss() throws {
        let county = try SmallCatalogue.evaluate(exampleB)
        #expect(county.units.allSatisfy { $0.verdict == .met })
        let shortfall = try #require(county.shortfalls.first)
        #expect(county.shortfalls.count == 1 && shortfall.school == "Q" && shortfall.stage == .junior)
        #expect(shortfall.rule == .allowedMiss && !shortfall.isBinding)
        #expect(abs(try #require(shortfall.missing) - 60) < 1e-9 && shortfall.unit == "㎡")
        #expect(abs(try #require(shortfall.floor) - 4.93) < 1e-12)
    }

    @Test("九年一贯制图书 23226 册：小学部 9711.63，初中部 13514.37") func nineYearSplit() throws {
        let school = SmallCatalogue.row(
            "N", kind: "312", ["pupils.primary": 166, "pupils.junior": 210, "books": 23226, "area": 1, "gym": 0])
        let units = try SmallCatalogue.evaluate([school]).units
        let books = units.map { ($0.values["B"] ?? 0) * ($0.pupils ?? 0) }
        #expect(abs(books[0] - 9711.63) < 0.005 && abs(books[1] - 13514.37) < 0.005)
    }
}
