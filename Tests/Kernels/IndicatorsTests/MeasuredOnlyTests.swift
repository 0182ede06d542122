import Testing
import Vocabulary

@testable import Indicators

@Suite("没有限值就不下结论") struct MeasuredOnlyTests {
    /// One item with a threshold, one without; no rule for schools, no ceiling.
    private let open = """

        ---
        standard: open
        label: 监测
        document: 试〔2026〕3号
        form: schools
        stages: [primary]
        parts:
          - part: devices
            label: 设备
            items:
              - { code: A, indicator: area-per-pupil, atLeast: { primary: 4.5 } }
              - { code: B, indicator: books-per-pupil }
        ---
        standard: apart
        label: 两部分
        document: 试〔2026〕5号
        form: schools
        stages: [primary]
        parts:
          - part: rooms
            label: 用房
            items: [ { code: A, indicator: area-per-pupil, atLeast: { primary: 4.5 } } ]
          - part: books
            label: 图书
            items: [ { code: B, indicator: books-per-pupil } ]
        ---
        standard: bare
        label: 只测
        document: 试〔2026〕4号
        form: schools
        stages: [primary]
        parts:
          - part: devices
            label: 设备
            items:
              - { code: B, indicator: books-per-pupil }
              - { code: S, label: 有用房的学校, level: school, tests: [ { label: 用房, value: area } ] }
        """

    private func county(_ standard: String, area: Double? = 450, books: Double? = 500) throws -> CountyResult {
        let catalogue = try SmallCatalogue.make(open)
        var table = ReturnTable(form: try #require(catalogue.forms["schools"]), schoolYear: SchoolYear(2025))
        var numbers: [String: Double] = ["pupils.primary": 100, "gym": 0]
        numbers["area"] = area
        numbers["books"] = books
        table.append(SmallCatalogue.row("1", numbers))
        let rules = try #require(catalogue.standards[standard])
        return try #require(Evaluation(rules, catalogue: catalogue, schools: table).run().counties.first)
    }

    @Test("没有限值的指标只测不判，不算达标") func bare() throws {
        let county = try county("bare")
        let books = try #require(county.stage(.primary)?.indicator("B"))
        #expect(books.mean == 5 && books.verdict == .measured)
        #expect(county.units.first?.verdict == .measured && county.stage(.primary)?.verdict == .measured)
        #expect(county.parts.first?.items.map(\.verdict) == [.measured, .measured])
        #expect(county.verdict == .measured && county.overall == .measured)
        #expect(VerdictSentence.text(county).contains("不作判定"))
    }

    @Test("没有限值的指标缺数据：资料不足") func bareUnknown() throws {
        let county = try county("bare", books: nil)
        #expect(county.verdict == .insufficient && county.units.first?.verdict == .insufficient)
    }

    @Test("有限值的判，没有限值的不影响") func mixed() throws {
        #expect(try county("open").verdict == .met)
        #expect(try county("open", area: 449).verdict == .notMet)
        #expect(try county("open", books: nil).verdict == .met)
        #expect(try county("open", area: nil).verdict == .insufficient)
        let apart = try county("apart", books: nil)
        #expect(apart.units.first?.verdict == .met && apart.verdict == .met)
        #expect(apart.part("books")?.items.first?.verdict == .insufficient)
        #expect(try county("open", area: 449).shortfalls.map(\.rule) == [.tooManyMissed])
    }

    @Test("只测不判不改变别的结论，单独时不变成达标") func combining() {
        #expect(Verdict.all([.measured, .met]) == .met && Verdict.all([.measured, .insufficient]) == .insufficient)
        #expect(Verdict.all([.measured, .measured]) == .measured && Verdict.all([Verdict]()) == .measured)
        #expect(Verdict.all([.measured, .met, .notMet]) == .notMet)
    }

    @Test("低于不含界限本身，以上以下含界限") func bounds() {
        #expect(!Comparison.below.holds(0.15, 0.15) && Comparison.below.holds(0.149_999_999_9, 0.15))
        #expect(Comparison.atMost.holds(0.15, 0.15) && Comparison.atLeast.holds(4.505, 5.3 * 0.85))
    }
}
