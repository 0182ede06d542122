internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// One county in two school years: coefficients of variation and schools side by side.
struct ComparisonPage: Sendable {
    struct Row: Sendable {
        var stage: String
        var label: String
        var before: String
        var after: String
        var change: String
        var light: Light
        var oldLight: Light
    }

    let page: PageFrame
    let rows: [Row]
    let before: String
    let after: String
    let moved: [String]

    init(_ look: Look, _ county: CountyResult, against old: Evaluated) {
        let past = old.result.county(county.county)
        before = old.result.schoolYear.description
        after = look.scope.year.description
        rows = county.stages.flatMap { stage in
            stage.indicators.map { indicator in
                let earlier = past?.stage(stage.stage)?.indicator(indicator.code)
                let change = earlier?.cv.flatMap { old in indicator.cv.map { $0 - old } }
                return Row(
                    stage: stage.stage.label.zh, label: look.label(indicator.code), before: Figure.fixed(earlier?.cv, 4),
                    after: Figure.fixed(indicator.cv, 4), change: change.map { ($0 > 0 ? "+" : "") + Figure.fixed($0, 4) } ?? "—",
                    light: Light(indicator.verdict), oldLight: Light(earlier?.verdict ?? .insufficient))
            }
        }
        let earlier = Dictionary((past?.units ?? []).map { ($0.id, $0.verdict) }) { first, _ in first }
        let changed = county.units.filter { unit in earlier[unit.id].map { $0 != unit.verdict } ?? false }
        moved = changed.map { "\($0.title)：\(earlier[$0.id]?.label.zh ?? "")变为\($0.verdict.label.zh)" }
        let better = changed.count { $0.verdict == .met }
        page = look.frame(
            "\(county.county)：与\(before)相比，\(better)个学校单位新达标，\(changed.count - better)个退步或资料变化",
            lead: "差异系数下降为好。两年用同一标准重算。", county: county.county, current: look.site.comparison(county.county))
    }
}
