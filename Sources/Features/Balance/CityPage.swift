internal import Geography
internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// All counties of the city side by side: on the map, over the years, and in one table.
struct CityPage: Sendable, Tabled {
    struct Panel: Sendable {
        var title: String
        var url: String
        var light: Light
        var note: String
        var svg: String
    }
    struct Spread: Sendable {
        var title: String
        var svg: String
        var over: [PageFrame.Link]
        var note: String
    }

    let page: PageFrame
    let figures: [Headline]
    let map: String
    let hasMap: Bool
    let mapNote: String
    let boundaryProblem: [String]
    let panelsTitle: String
    let panels: [Panel]
    let spreadsTitle: String
    /// Whether schools are judged at all, or the county's own figures alone.
    let hasUnits: Bool
    let spreads: [Spread]
    let spreadTable: ShownTable
    let isSpreadTableOpen: Bool
    let counties: ShownTable
    let shortfalls: ShownTable
    var tables: [ShownTable] { [spreadTable, counties, shortfalls] }

    init(_ look: Look, trend: [(year: SchoolYear, result: StandardResult)]) {
        let found = look.evaluated.result.counties
        page = look.frame(
            CityPage.headline(found, look.standard), lead: CityPage.lead(found),
            current: look.site.city)
        figures = CityPage.figures(found, look)
        map = CountyMap(look).city(found)
        hasMap = !map.isEmpty
        boundaryProblem = look.desk.boundaries.problem.map { [$0] } ?? []
        let unmapped = CountyMap(look).unmapped(found)
        mapNote = unmapped.isEmpty ? "" : "边界文件里没有\(unmapped.joined(separator: "、"))，图上缺，下表有。"
        let years = trend.map(\.year.start)
        let shares = found.map { county in trend.map { $0.result.county(county.county).flatMap(CityPage.share) } }
        panelsTitle = CityPage.trendTitle(found, shares, since: years.first ?? 0)
        panels = zip(found, shares).map { county, values in
            let line = TrendPanel.Line(values: values, style: "main", url: look.site.county(county.county), title: county.county)
            let panel = TrendPanel(years: years, lines: [line], ceiling: nil, top: 1) { Figure.fixed($0 * 100, 0) + "%" }
            return Panel(
                title: county.county, url: look.site.county(county.county), light: Light(county.verdict),
                note: "\(county.units.count { $0.verdict == .met }) / \(county.units.count)个单位达标",
                svg: panel.svg("\(county.county)达标学校单位的比例，\(years.first ?? 0)年至\(years.last ?? 0)年"))
        }
        let coefficients = CitySpreads(look, trend: trend)
        spreads = coefficients.panels
        spreadTable = coefficients.table.shown(look.query)
        isSpreadTableOpen = look.query["t"] == "spreads"
        let over = spreads.count { !$0.over.isEmpty }
        hasUnits = found.contains { !$0.units.isEmpty }
        let isLimited = found.contains { $0.stages.contains { $0.indicators.contains { $0.ceiling != nil } } }
        spreadsTitle =
            !isLimited
            ? "\(spreads.count)项差异系数，本标准没有规定上限" : over == 0 ? "\(spreads.count)项差异系数在各县都没有超过上限" : "\(spreads.count)项差异系数中，\(over)项有县超过上限"
        counties = CityTable.table(look, trend: trend).shown(look.query)
        shortfalls = CityShortfalls.table(look).shown(look.query)
    }

    private static func lead(_ counties: [CountyResult]) -> String {
        let units = counties.reduce(0) { $0 + $1.units.count }
        let counted = units == 0 ? "" : "学校单位\(units)个，在校生\(Figure.grouped(counties.reduce(0) { $0 + $1.pupils }))人。"
        return counted + "点击县名看原因和下一步。"
    }

    private static func headline(_ counties: [CountyResult], _ standard: Standard) -> String {
        let met = counties.count { $0.verdict == .met }
        let open = counties.count { $0.verdict == .insufficient }
        let rest = open > 0 ? "，\(open)个资料不足" : ""
        return "\(counties.count)个县（市、区）中\(met)个\(standard.judgedName)达标\(rest)"
    }

    private static func figures(_ counties: [CountyResult], _ look: Look) -> [Headline] {
        let units = counties.flatMap(\.units)
        let spreads = counties.flatMap { $0.stages.flatMap(\.indicators) }.filter { $0.ceiling != nil }
        let gaps = Set(counties.flatMap(\.shortfalls).filter(\.isBinding).map(\.school)).count
        let judged = Headline(
            "\(look.standard.judgedName)达标的县", Light(Verdict.all(counties.map(\.verdict))), "\(counties.count { $0.verdict == .met })",
            "/ \(counties.count) 个", "#counties")
        guard !units.isEmpty else { return [judged] }
        let spread = Headline(
            "不超过上限的差异系数", Light(Verdict.all(spreads.map(\.verdict))), "\(spreads.count { $0.verdict == .met })",
            "/ \(spreads.count) 项", "#spreads")
        return [
            judged,
            Headline(
                "达标的学校单位", Light(Verdict.all(units.map(\.verdict))), "\(units.count { $0.verdict == .met })", "/ \(units.count) 个", "#trend"
            ),
        ] + (spreads.isEmpty ? [] : [spread]) + [Headline("还有缺口的学校", nil, "\(gaps)", "所", "#counties")]
    }

    static func share(_ county: CountyResult) -> Double? {
        county.units.isEmpty ? nil : Double(county.units.count { $0.verdict == .met }) / Double(county.units.count)
    }

    private static func trendTitle(_ counties: [CountyResult], _ shares: [[Double?]], since first: Int) -> String {
        let moves = shares.map { values in values.last.flatMap { $0 }.flatMap { last in values.first.flatMap { $0 }.map { last - $0 } } }
        let better = moves.count { ($0 ?? 0) > 0 }
        let most = zip(counties, moves).filter { $0.1 != nil }.max { ($0.1 ?? 0) < ($1.1 ?? 0) }
        guard shares.first?.count ?? 0 > 1, let most, let move = most.1, move > 0 else { return "各县达标学校单位的比例" }
        return "\(first)年以来\(better)个县的达标学校增加，\(most.0.county)增加最多（\(Figure.fixed(move * 100, 0))个百分点）"
    }
}

/// One figure of the band under the headline.
struct Headline: Sendable {
    var label: String
    var light: Light
    var hasLight: Bool
    var count: String
    var rest: String
    var url: String

    init(_ label: String, _ light: Light?, _ count: String, _ rest: String, _ url: String) {
        self.label = label
        self.light = light ?? Light(.insufficient)
        hasLight = light != nil
        self.count = count
        self.rest = rest
        self.url = url
    }
}
