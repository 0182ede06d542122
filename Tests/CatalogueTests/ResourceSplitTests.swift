import Indicators
import Testing
import Vocabulary

@Suite("共用资源的两种分摊") struct ResourceSplitTests {
    /// Policy's example B: 2,960 ㎡ with 360 ㎡ of gym, 300 and 200 pupils; the school itself says 1,800 and 1,160.
    private func school(_ extra: [String: Double]) -> ReturnRow {
        NationalReturns.school(
            "Q", kind: "312",
            ["pupils.primary": 300, "pupils.junior": 200, "teaching_area": 2_960, "gym_area": 360].merging(extra) { _, new in new })
    }
    private let own: [String: Double] = [
        "teaching_area.primary": 1_800, "teaching_area.junior": 1_160, "gym_area.primary": 200, "gym_area.junior": 160,
    ]
    private let reported = "tighten: balance-2017\ndocument: 示例〔2026〕1号\nchoose: { apportion: reported }\n"

    private func values(_ returns: NationalReturns, _ extra: [String: Double]) throws -> [Double] {
        try returns.county("balance-2017", [school(extra)]).units.compactMap { $0.values["L4"] }
    }

    @Test("默认按权重：5.0 与 5.5；自报的分摊并存不用") func weights() throws {
        let county = try NationalReturns().county("balance-2017", [school(own)])
        #expect(county.units.compactMap { $0.values["L4"] }.map { ($0 * 1e9).rounded() / 1e9 } == [5, 5.5])
        let split = try #require(county.units.first?.splits["teaching_area"])
        let weighted = try #require(split.weighted)
        #expect(split.used == .weights && split.reported == 1_800 && abs(weighted - 2_960 * 300.0 / 520) < 1e-9)
        #expect(county.units.first?.splits.keys.sorted() == ["gym_area", "teaching_area"])
    }

    @Test("地方目录选自报：按学校的数；没有自报的学校仍按权重") func chosen() throws {
        let returns = try NationalReturns(reported)
        #expect(try values(returns, own) == [1_600.0 / 300, 1_000.0 / 200])
        #expect(try values(returns, [:]).map { ($0 * 1e9).rounded() / 1e9 } == [5, 5.5])
    }

    @Test("只报了一个学段不算分摊") func half() throws {
        let county = try NationalReturns(reported).county("balance-2017", [school(["teaching_area.primary": 2_000])])
        #expect(county.units.compactMap { $0.values["L4"] }.map { ($0 * 1e9).rounded() / 1e9 } == [5, 5.5])
        #expect(county.units.allSatisfy { $0.splits.isEmpty })
    }

    @Test("计算过程列出两种分摊和所用的一种") func explained() throws {
        let evaluation = try NationalReturns(reported).evaluation("balance-2017", [school(own)])
        let unit = try #require(evaluation.run().counties.first?.units.last)
        let input = try #require(evaluation.explain("L4", unit)?.inputs.first { $0.name == "teaching_area" })
        #expect(input.used == 1_160 && input.split?.used == .reported && input.split?.reported == 1_160 && input.reported == 2_960)
        #expect(abs(try #require(input.split?.weighted) - 2_960 * 220.0 / 520) < 1e-9)
    }

    @Test("自报列可有可无，不在模板的31列里") func columns() throws {
        let form = try #require(try NationalReturns().catalogue.forms["school-return"])
        #expect(form.templateColumns.count == 31)
        #expect(form.columns.count { $0.isExtra } == 11)
    }
}
