import Testing
import Vocabulary

@testable import Indicators

@Suite("两个结果对照") struct ResultComparisonTests {
    /// A second standard over the same form: books per hundred pupils (the same quotient), floor area as before,
    /// stricter, and teaching points left out whole.
    private let second = """

        ---
        indicator: books-per-hundred
        label: 每百名学生图书
        unit: 册
        numerator: books
        denominator: pupils
        factor: 100
        raise: books
        examples: [ { given: { books: 9, pupils: 3 }, value: 300 } ]
        ---
        standard: strict
        label: 严标准
        document: 试〔2026〕2号
        form: schools
        stages: [primary, junior]
        exclude:
          - { reason: teachingPoint, label: 教学点, when: "kind = '218'" }
        apportion: { weights: { "312": { primary: 1, junior: 1.1 } } }
        parts:
          - part: resources
            label: 资源
            items:
              - { code: X1, indicator: books-per-hundred, atLeast: { primary: 600, junior: 600 } }
              - { code: X2, indicator: area-per-pupil, atLeast: { primary: 4.5, junior: 5.8 } }
            schools: { minimum: 2, floor: 0.85 }
            dispersion: { ceiling: { primary: 0.1, junior: 0.1 } }
        ---
        standard: spread
        label: 只看差异
        document: 试〔2026〕3号
        form: schools
        stages: [primary, junior]
        parts:
          - part: resources
            label: 资源
            items: [ { code: A, indicator: area-per-pupil } ]
            composite: { ceiling: { primary: 0.5, junior: 0.5 } }
        """

    private let rows = [
        SmallCatalogue.row("1", ["pupils.primary": 100, "area": 500, "gym": 0, "books": 520]),
        SmallCatalogue.row("2", ["pupils.primary": 300, "area": 1500, "gym": 0, "books": 3000]),
        SmallCatalogue.row("3", kind: "218", ["pupils.primary": 60, "area": 300, "gym": 0, "books": 600]),
    ]

    private func run(_ standard: String, _ rows: [ReturnRow], year: Int = 2025) throws -> (StandardResult, IndicatorCatalogue) {
        let catalogue = try SmallCatalogue.make(second)
        var table = ReturnTable(form: try #require(catalogue.forms["schools"]), schoolYear: SchoolYear(year))
        table.begin(ReturnOrigin(file: "f.xlsx", sheet: "学校"))
        for row in rows { table.append(row) }
        return (Evaluation(try #require(catalogue.standards[standard]), catalogue: catalogue, schools: table).run(), catalogue)
    }

    @Test("同一年两个标准：按所测的量配对，列出改变结论的学校和只有一边计入的学校") func twoStandards() throws {
        let (old, catalogue) = try run("small", rows)
        let comparison = ResultComparison(old, try run("strict", rows).0, catalogue: catalogue)
        #expect(comparison.before.standard == "small" && comparison.after.document == "试〔2026〕2号")
        let county = try #require(comparison.county("甲县"))
        let primary = try #require(county.stages.first { $0.stage == .primary })
        #expect(primary.indicators.map(\.code) == [.init(before: "A", after: "X2"), .init(before: "B", after: "X1")])
        #expect(primary.indicators[1].indicator == .init(before: "books-per-pupil", after: "books-per-hundred"))
        #expect(primary.units == .init(before: 3, after: 2))
        #expect(primary.indicators[0].ceiling == .init(before: 0.5, after: 0.1))
        #expect(county.moved.map(\.school) == ["1"])
        #expect(county.moved.first?.verdict == .init(before: .met, after: .notMet))
        #expect(county.onlyBefore.map(\.school) == ["3"] && county.onlyBefore.first?.excluded == "教学点")
        #expect(county.onlyAfter.isEmpty)
    }

    @Test("同一标准两年：按编号配对，差异系数之差等于两年之差") func twoYears() throws {
        let (old, catalogue) = try run("small", rows, year: 2024)
        var later = rows
        later[0] = SmallCatalogue.row("1", ["pupils.primary": 100, "area": 500, "gym": 0, "books": 400])
        later.append(SmallCatalogue.row("9", county: "乙县", ["pupils.primary": 100, "area": 500, "gym": 0, "books": 600]))
        let (new, _) = try run("small", later)
        let comparison = ResultComparison(old, new, catalogue: catalogue)
        #expect(comparison.before.schoolYear == SchoolYear(2024) && comparison.counties.map(\.county).count == 2)
        let county = try #require(comparison.county("甲县"))
        let books = try #require(county.stages.first?.indicators.first { $0.code.before == "B" })
        let expected =
            try #require(new.county("甲县")?.stages.first?.indicator("B")?.cv) - (try #require(old.counties[0].stages[0].indicator("B")?.cv))
        #expect(books.cv.difference == expected && expected > 0)
        #expect(county.moved.map(\.school) == ["1"])
        #expect(comparison.county("乙县")?.verdict.before == nil && comparison.county("乙县")?.verdict.after == .insufficient)
    }

    @Test("不判单个学校的标准没有学校结论可变") func spreadOnly() throws {
        let (old, catalogue) = try run("small", rows)
        let county = try #require(ResultComparison(old, try run("spread", rows).0, catalogue: catalogue).counties.first)
        #expect(county.moved.isEmpty && county.units.allSatisfy { $0.verdict.after == .measured })
        #expect(county.stages.first?.compositeCeiling == .init(before: nil, after: 0.5))
    }

    @Test("同一结果与自己对照，什么都没变") func same() throws {
        let (result, catalogue) = try run("small", rows)
        let county = try #require(ResultComparison(result, result, catalogue: catalogue).counties.first)
        #expect(county.moved.isEmpty && county.onlyBefore.isEmpty && county.onlyAfter.isEmpty && !county.verdict.isMoved)
        #expect(county.stages.flatMap(\.indicators).allSatisfy { ($0.cv.difference ?? 0) == 0 })
    }
}
