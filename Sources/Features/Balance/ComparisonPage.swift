internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// One county judged twice: in two school years, by two standards, or both. What the bar above the page says is held
/// against what the reader chooses here.
struct ComparisonPage: Sendable, Tabled {
    let page: PageFrame
    let years: [PageFrame.Choice]
    let standards: [PageFrame.Choice]
    let year: String
    let standard: String
    let before: String
    let after: String
    let chartTitle: String
    let charts: [CountyPage.Chart]
    let isSingle: Bool
    let spreads: ShownTable
    let movedTitle: String
    let moved: ShownTable
    let itemsTitle: String
    let items: ShownTable
    var tables: [ShownTable] { [spreads, moved, items] }

    init(_ look: Look, _ county: CountyResult, against old: Evaluated) {
        let pair = ResultPair(look, county, against: old.result)
        let desk = look.desk.evaluations.catalogue
        years = look.years.map { PageFrame.Choice(value: String($0.start), label: $0.description, isChosen: $0 == old.result.schoolYear) }
        standards = desk.standards.values.filter { $0.form == look.standard.form }.sorted { $0.id > $1.id }.map {
            PageFrame.Choice(value: $0.id, label: $0.label.zh, isChosen: $0.id == old.result.standard.id)
        }
        year = String(look.scope.year.start)
        standard = look.scope.standard
        before = pair.thenName
        after = pair.nowName
        let rows = pair.spreads
        chartTitle = ComparisonPage.chartTitle(rows)
        let stages = county.stages.filter { $0.units > 0 }
        isSingle = stages.count == 1
        charts = stages.enumerated().map { place, stage in
            let own = rows.filter { $0.stage == stage.stage }.map(\.row)
            let chart = SpreadChart(
                title: stage.stage.label.zh, rows: own, ceiling: stage.indicators.first?.ceiling, width: stages.count == 1 ? 502 : 251)
            return CountyPage.Chart(labels: chart.labels, dots: chart.dots, isAgain: place > 0)
        }
        spreads = pair.spreadTable.shown(look.query)
        let units = pair.movedUnits
        let better = units.count { $0.now == .met }
        moved = pair.table(units).shown(look.query)
        let own = look.isPart(county) ? "您的学校：" : ""
        movedTitle = units.isEmpty ? "\(own)学校单位的结论都没有变" : "\(own)\(units.count)个学校单位结论改变，其中\(better)个变为达标"
        let changed = pair.movedItems
        items = pair.table(changed).shown(look.query)
        itemsTitle = changed.isEmpty ? "条目的结论都没有变" : "\(changed.count)个条目结论改变"
        page = look.frame(
            "\(county.county)：\(own)\(pair.sentence(better: better, worse: units.count - better))",
            lead: "\(pair.thenName)对\(pair.nowName)。差异系数下降为好。两边都用同一套程序从当年的数据重算。", county: county.county,
            current: look.site.comparison(county.county))
    }

    private static func chartTitle(_ rows: [ResultPair.Spread]) -> String {
        let changes = rows.compactMap(\.change)
        guard !changes.isEmpty else { return "没有两边都有的差异系数" }
        let down = changes.count { $0 < 0 }
        return "\(changes.count)项差异系数中\(down)项下降、\(changes.count { $0 > 0 })项上升"
    }
}
