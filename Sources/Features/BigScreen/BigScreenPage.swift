internal import Geography
internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// What the wall shows: the verdict in a sentence, the map, ten numbers, the way here. Every number is a link.
struct BigScreenPage: Sendable {
    struct Number: Sendable {
        var label: String
        var value: String
        var unit: String
        var style: String
        var url: String
    }
    struct County: Sendable {
        var name: String
        var url: String
        var light: Light
    }

    let title: String
    let organisation: String
    let state: String
    let back: String
    let left: [Number]
    let right: [Number]
    let rightTitle: String
    let map: String
    let hasMap: Bool
    let counties: [County]
    let trend: String
    let trendTitle: String

    init(_ evaluated: Evaluated, past: [StandardResult], site: SiteMap, outlines: [Boundary], organisation: String, today: Day) {
        let found = evaluated.result.counties
        let met = found.count { $0.verdict == .met }
        title = "\(found.count)个县（市、区）中\(met)个\(evaluated.result.standard.judgedName)达标"
        self.organisation = organisation
        let frozen = evaluated.isFrozen ? "已冻结" : "预览"
        state = "\(evaluated.result.schoolYear.label.zh) · \(evaluated.result.standard.label.zh) · \(frozen) · \(today.chinese)"
        back = site.city
        left = BigScreenPage.verdicts(found, site)
        right = BigScreenPage.gaps(found, site)
        rightTitle = right.isEmpty ? "没有缺口" : "还要补"
        counties = found.map { County(name: $0.county, url: site.county($0.county), light: Light($0.verdict)) }
        map = BigScreenPage.map(found, outlines, site)
        hasMap = !map.isEmpty
        let line = BigTrend(past, url: site.city + "#trend")
        trend = line.svg
        trendTitle = line.title
    }

    private static func verdicts(_ counties: [CountyResult], _ site: SiteMap) -> [Number] {
        let units = counties.flatMap(\.units)
        let spreads = counties.flatMap { $0.stages.flatMap(\.indicators) }.filter { $0.ceiling != nil }
        let over = spreads.count { $0.verdict == .notMet }
        let failing = Set(units.filter { $0.verdict == .notMet }.map(\.school)).count
        let open = Set(units.filter { $0.verdict == .insufficient }.map(\.school)).count
        return [
            Number(
                label: "达标的县（市、区）", value: String(counties.count { $0.verdict == .met }), unit: "个", style: "met",
                url: site.city + "#counties"),
            Number(label: "超过上限的差异系数", value: String(over), unit: "项", style: over == 0 ? "met" : "notmet", url: site.city + "#spreads"),
            Number(
                label: "不达标的学校", value: String(failing), unit: "所", style: failing == 0 ? "met" : "notmet", url: site.city + "#counties"),
            Number(label: "资料不足的学校", value: String(open), unit: "所", style: "insufficient", url: site.city + "#counties"),
        ]
    }

    /// The four items most schools are short of, summed over the city.
    private static func gaps(_ counties: [CountyResult], _ site: SiteMap) -> [Number] {
        let all = counties.flatMap(\.shortfalls).filter { $0.isBinding && $0.needed != nil && $0.stage != nil }
        let groups = Dictionary(grouping: all, by: \.label).sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        return groups.prefix(4).map { label, members in
            let sum = members.reduce(0) { $0 + ($1.needed ?? 0) }
            return Number(
                label: "缺\(label)", value: Figure.grouped(sum), unit: members.first?.unit ?? "", style: "plain",
                url: site.city + "#shortfalls")
        }
    }

    private static func map(_ counties: [CountyResult], _ outlines: [Boundary], _ site: SiteMap) -> String {
        let areas = outlines.map { outline in
            guard let county = counties.first(where: { $0.county == outline.name }) else {
                return AreaMap.Area(outline, style: "plain", lines: [outline.name])
            }
            let light = Light(county.verdict)
            return AreaMap.Area(
                outline, style: light.style, lines: [county.county, "\(light.shape) \(light.word)"], url: site.county(county.county),
                title: "\(county.county)：\(light.word)")
        }
        return AreaMap(areas: areas, width: 940, tallest: 690, lineHeight: 38).svg("各县（市、区）的结论")
    }
}

/// The share of school units that pass, year by year: first and last with their number.
struct BigTrend {
    let svg: String
    let title: String

    init(_ past: [StandardResult], url: String) {
        let shares = past.map { year -> (SchoolYear, Double?) in
            let units = year.counties.flatMap(\.units)
            return (year.schoolYear, units.isEmpty ? nil : Double(units.count { $0.verdict == .met }) / Double(units.count))
        }
        let known = shares.compactMap { year, share in share.map { (year, $0) } }
        guard let first = known.first, let last = known.last else {
            (svg, title) = ("", "")
            return
        }
        title = known.count > 1 ? "达标学校单位的比例，\(first.0.start)年到\(last.0.start)年" : "达标学校单位的比例"
        let (width, height) = (940.0, 130.0)
        let low = Swift.max(0, (known.map(\.1).min() ?? 0) - 0.03)
        let high = Swift.min(1, (known.map(\.1).max() ?? 1) + 0.03)
        func x(_ place: Int) -> Double { 110 + Double(place) * (width - 220) / Double(Swift.max(known.count - 1, 1)) }
        func y(_ share: Double) -> Double { 84 - 62 * (share - low) / Swift.max(high - low, 1e-9) }
        let points = known.enumerated().map { (x($0.offset), y($0.element.1)) }
        var shapes = Svg.polyline("main", points)
        for (place, point) in points.enumerated() {
            shapes += Svg.circle("met", point.0, point.1, 6, title: "\(known[place].0)：\(Figure.fixed(known[place].1 * 100, 1))%")
            shapes += Svg.text(point.0, 122, String(known[place].0.start), anchor: "middle", style: "soft year")
        }
        func end(_ place: Int, _ share: Double, _ shift: Double, _ anchor: String) -> String {
            Svg.text(points[place].0 + shift, points[place].1 + 12, Figure.fixed(share * 100, 0) + "%", anchor: anchor, style: "number")
        }
        if known.count > 1 { shapes += end(0, first.1, -16, "end") }
        shapes += end(points.count - 1, last.1, 16, "start")
        svg = Svg.chart(width, height, title, Svg.link(url, shapes))
    }
}
