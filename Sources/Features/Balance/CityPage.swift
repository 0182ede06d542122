internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// All counties of the city side by side.
struct CityPage: Sendable {
    struct Row: Sendable {
        var name: String
        var url: String
        var light: Light
        var schools: String
        var pupils: String
        var units: String
        var spreads: String
        var worst: String
        var composite: String
        var trend: [String]
    }

    let page: PageFrame
    let rows: [Row]
    let years: [String]

    init(_ look: Look, trend: [(year: SchoolYear, result: StandardResult)]) {
        let counties = look.evaluated.result.counties
        let met = counties.count { $0.verdict == .met }
        let open = counties.count { $0.verdict == .insufficient }
        let rest = open > 0 ? "，\(open)个资料不足" : ""
        page = look.frame(
            "\(counties.count)个县（市、区）中\(met)个资源配置达标\(rest)",
            lead:
                "学校单位\(counties.reduce(0) { $0 + $1.units.count })个，在校生\(Figure.grouped(counties.reduce(0) { $0 + $1.pupils }))人。点县名看原因和下一步。",
            current: look.site.city)
        years = trend.map { String($0.year.start) }
        rows = counties.map { county in
            let indicators = county.stages.flatMap { stage in stage.indicators.map { (stage, $0) } }
            let worst = indicators.compactMap { stage, indicator in
                indicator.cv.map { (stage, indicator, $0 / (indicator.ceiling ?? .infinity)) }
            }
            .max { $0.2 < $1.2 }
            return Row(
                name: county.county, url: look.site.county(county.county), light: Light(county.verdict), schools: "\(county.schools)",
                pupils: Figure.grouped(county.pupils), units: "\(county.units.count { $0.verdict == .met }) / \(county.units.count)",
                spreads: "\(indicators.count { $0.1.verdict == .met }) / \(indicators.count)",
                worst: worst.map { "\($0.0.stage.label.zh)\(look.label($0.1.code)) \(Figure.fixed($0.1.cv, 3))" } ?? "—",
                composite: county.stages.map { Figure.fixed($0.compositeCV, 3) }.joined(separator: " / "),
                trend: trend.map { year in
                    year.result.county(county.county).map { old in "\(old.units.count { $0.verdict == .met })/\(old.units.count)" } ?? "—"
                })
        }
    }
}
