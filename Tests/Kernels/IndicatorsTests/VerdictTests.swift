import Testing
import Vocabulary

@testable import Indicators

@Suite("三种结论") struct VerdictTests {
    private func primary(_ code: String, area: Double?, books: Double?, pupils: Double? = 100, kind: String = "211") -> ReturnRow {
        var numbers: [String: Double] = ["gym": 0]
        numbers["pupils.primary"] = pupils
        numbers["area"] = area
        numbers["books"] = books
        return SmallCatalogue.row(code, kind: kind, numbers)
    }

    private func unit(_ row: ReturnRow) throws -> UnitResult { try #require(try SmallCatalogue.evaluate([row]).units.first) }

    @Test("恰好等于标准算达标") func equality() throws {
        let result = try unit(primary("1", area: 450, books: 500))
        #expect(result.met == 2 && result.verdict == .met)
    }

    @Test("允许的一项低于标准的85%：不达标") func belowFloor() throws {
        #expect(try unit(primary("1", area: 382.4, books: 500)).verdict == .notMet)
        #expect(try unit(primary("1", area: 382.5, books: 500)).verdict == .met)
    }

    @Test("未达标项数超过规定：不达标") func tooManyMissed() throws {
        let county = try SmallCatalogue.evaluate([primary("1", area: 449, books: 499)])
        #expect(county.units.first?.verdict == .notMet)
        #expect(county.shortfalls.map(\.rule) == [.tooManyMissed, .tooManyMissed])
        #expect(county.verdict == .notMet)
    }

    @Test("空白不是零：该校与全县资料不足，没有差异系数") func blank() throws {
        let county = try SmallCatalogue.evaluate([primary("1", area: nil, books: 500), primary("2", area: 450, books: 500)])
        #expect(county.units.first?.verdict == .insufficient)
        #expect(county.units.first?.unknown == ["A": .blank])
        #expect(county.stage(.primary)?.indicator("A")?.cv == nil)
        #expect(county.stage(.primary)?.indicator("A")?.verdict == .insufficient)
        #expect(county.stage(.primary)?.indicator("B")?.cv == 0)
        #expect(county.verdict == .insufficient)
    }

    @Test("有空白但已确定低于底线：不达标") func certainFailure() throws {
        #expect(try unit(primary("1", area: nil, books: 100)).verdict == .notMet)
    }

    @Test("填零的学校留在差异系数里") func zeroStays() throws {
        let county = try SmallCatalogue.evaluate([primary("1", area: 450, books: 0), primary("2", area: 450, books: 1000)])
        #expect(county.stage(.primary)?.indicator("B")?.cv == 1)
    }

    @Test("49人教学点、特教学校、没有学生的学部不计入，并说明原因") func exclusions() throws {
        let county = try SmallCatalogue.evaluate([
            primary("1", area: 450, books: 500), primary("2", area: 1, books: 1, pupils: 49, kind: "218"),
            SmallCatalogue.row("3", kind: "511", ["pupils.primary": 20]),
            primary("4", area: 450, books: 500, pupils: 50, kind: "218"), primary("5", area: 450, books: 500, pupils: 0),
        ])
        #expect(county.units.map(\.school) == ["1", "4"])
        #expect(
            Dictionary(uniqueKeysWithValues: county.excluded.map { ($0.school, $0.reason) })
                == ["2": "teachingPointUnder50", "3": "specialEducation", "5": "noPupils"])
    }

    @Test("没有一所初中：初中资料不足，不能判全县达标") func noJunior() throws {
        #expect(try SmallCatalogue.evaluate([primary("1", area: 450, books: 500)]).verdict == .insufficient)
    }

    @Test("各县分开计算") func counties() throws {
        let catalogue = try SmallCatalogue.make()
        let form = try #require(catalogue.forms["schools"])
        var table = ReturnTable(form: form, schoolYear: SchoolYear(2025))
        for (index, county) in ["乙县", "甲县", "乙县"].enumerated() {
            table.append(SmallCatalogue.row("\(index)", county: county, ["pupils.primary": 100, "area": 450, "gym": 0, "books": 500]))
        }
        let result = Evaluation(try #require(catalogue.standards["small"]), catalogue: catalogue, schools: table).run()
        #expect(result.counties.map { $0.units.count }.sorted() == [1, 2])
    }
}
