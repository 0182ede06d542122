internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// The coefficients of variation of all counties over the years, one panel per indicator and stage.
struct CitySpreads {
    let panels: [CityPage.Spread]
    /// The numbers the panels are drawn from.
    let table: DataTable

    init(_ look: Look, trend: [(year: SchoolYear, result: StandardResult)]) {
        table = CitySpreads.table(look, trend)
        let stages = look.standard.stages.filter { stage in
            look.evaluated.result.counties.contains { ($0.stage(stage)?.units ?? 0) > 0 }
        }
        panels = stages.flatMap { stage in
            look.standard.measured.map { CitySpreads.panel(look, trend, stage, $0.item) }
        }
    }

    private static func table(_ look: Look, _ trend: [(year: SchoolYear, result: StandardResult)]) -> DataTable {
        let columns: [DataTable.Column] =
            [.init("county", "县（市、区）"), .init("stage", "学段", isTight: true), .init("item", "指标", isTight: true)]
            + trend.map { .init("y\($0.year.start)", "\($0.year.start)年", .number(3)) }
            + [.init("ceiling", "上限", .number(2)), .init("verdict", "结论", isTight: true)]
        let rows = look.evaluated.result.counties.flatMap { county in
            county.stages.filter { $0.units > 0 }.flatMap { stage in
                stage.indicators.map { indicator -> [DataTable.Cell] in
                    let values = trend.map { year in
                        DataTable.Cell(
                            year.result.county(county.county)?.stage(stage.stage)?.indicator(indicator.code)?.cv, decimals: 3,
                            absent: "资料不足")
                    }
                    let url = look.site.spread(county.county, indicator.code, stage.stage)
                    return [
                        .init(county.county, url: look.site.county(county.county)), .init(stage.stage.label.zh),
                        .init(look.label(indicator.code), url: url),
                    ]
                        + values + [.init(indicator.ceiling, decimals: 2), .init(Light(indicator.verdict))]
                }
            }
        }
        return DataTable("spreads", "各县各学年的差异系数", columns: columns, rows: rows)
    }

    private static func panel(
        _ look: Look, _ trend: [(year: SchoolYear, result: StandardResult)], _ stage: Stage, _ item: Standard.Item
    ) -> CityPage.Spread {
        let now = look.evaluated.result.counties.compactMap { county in
            county.stage(stage)?.indicator(item.code).map { (county.county, $0) }
        }
        let label = "\(stage.label.zh)\(look.label(item.code))"
        let ceiling = now.compactMap(\.1.ceiling).first
        let values = now.map { county, _ in trend.map { $0.result.county(county)?.stage(stage)?.indicator(item.code)?.cv } }
        let top = Swift.max((ceiling ?? 0) * 1.35, values.flatMap { $0.compactMap { $0 } }.max() ?? 0)
        let lines = zip(now, values).map { entry, values in
            TrendPanel.Line(
                values: values, style: entry.1.verdict == .notMet ? "over" : "", url: look.site.spread(entry.0, item.code, stage),
                title: "\(entry.0)\(label)差异系数 \(Figure.fixed(entry.1.cv, 3))，\(entry.1.verdict.label.zh)")
        }
        let chart = TrendPanel(years: trend.map(\.year.start), lines: lines, ceiling: ceiling, top: top) { Figure.fixed($0, 2) }
        let over = now.filter { $0.1.verdict == .notMet }.map { county, result in
            PageFrame.Link("\(county) \(Figure.fixed(result.cv, 3))", look.site.spread(county, item.code, stage))
        }
        let highest = now.compactMap { county, result in result.cv.map { (county, $0) } }.max { $0.1 < $1.1 }
        return CityPage.Spread(
            title: label, svg: chart.svg("\(label)差异系数，各县一条线"), over: over,
            note: over.isEmpty ? highest.map { "最高 \($0.0) \(Figure.fixed($0.1, 3))" } ?? "资料不足" : "")
    }
}
