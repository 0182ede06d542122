internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// The counties in one table.
enum CityTable {
    static func table(_ look: Look, trend: [(year: SchoolYear, result: StandardResult)]) -> DataTable {
        let stages = look.standard.stages
        let columns =
            [
                DataTable.Column("county", "县（市、区）"),
                .init("verdict", look.standard.judgedName.isEmpty ? "结论" : look.standard.judgedName, isTight: true),
                .init("overall", "全部条目", isTight: true),
                .init("schools", "学校", .number(0), total: .sum), .init("pupils", "在校生", .number(0), total: .sum),
                .init("units", "学校单位", .number(0), total: .sum), .init("met", "达标单位", .number(0), total: .sum),
                .init("share", "达标比例（%）", .number(1), total: .mean(weight: "units")), .init("spreads", "差异系数达标项", .figure),
                .init("tightest", "最紧的一项", isTight: true),
            ] + stages.map { .init("composite.\($0.rawValue)", "\($0.label.zh)平均差异系数", .number(3)) }
            + trend.dropLast().map { .init("y\($0.year.start)", "\($0.year.start)年达标单位", .number(0), total: .sum) }
        return DataTable(
            "counties", "各县（市、区）的结论、学校和差异系数", columns: columns,
            rows: look.evaluated.result.counties.map { row($0, look, trend: trend) })
    }

    private static func row(_ county: CountyResult, _ look: Look, trend: [(year: SchoolYear, result: StandardResult)]) -> [DataTable.Cell] {
        let site = look.site
        let name = county.county
        let spreads = county.stages.flatMap(\.indicators).filter { $0.ceiling != nil }
        let met = county.units.count { $0.verdict == .met }
        let tightest = county.stages.flatMap { stage in stage.indicators.map { (stage.stage, $0) } }.compactMap { stage, indicator in
            indicator.cv.flatMap { cv in indicator.ceiling.map { (stage, indicator, cv / $0) } }
        }.max { $0.2 < $1.2 }
        let tight = tightest.map { stage, indicator, _ in
            DataTable.Cell(
                "\(stage.label.zh)\(look.label(indicator.code)) \(Figure.fixed(indicator.cv, 3))",
                url: site.spread(name, indicator.code, stage),
                style: indicator.verdict == .notMet ? "notmet" : "")
        }
        let first: [DataTable.Cell] = [
            .init(name, url: site.county(name)), .init(Light(county.verdict)), .init(Light(county.overall)),
            .init(Double(county.schools), url: site.schools(name)), .init(county.pupils, url: site.schools(name)),
            .init(Double(county.units.count), url: site.schools(name)), .init(Double(met), url: site.schools(name)),
            .init(CityPage.share(county).map { $0 * 100 }, decimals: 1),
            .init(
                Double(spreads.count { $0.verdict == .met }), "\(spreads.count { $0.verdict == .met }) / \(spreads.count)",
                url: site.county(name) + "#spreads"),
            tight ?? .init("—"),
        ]
        let composites = look.standard.stages.map { DataTable.Cell(county.stage($0)?.compositeCV, decimals: 3) }
        let past = trend.dropLast().map { year in
            DataTable.Cell(year.result.county(name).map { Double($0.units.count { $0.verdict == .met }) })
        }
        return first + composites + past
    }
}
