internal import Pages
internal import SiteMap
internal import Vocabulary

/// The part of a plan's page that shows its schools before and after: the maps, how many items they meet, and the table beneath.
struct SchoolChanges: Sendable {
    let map: [BeforeAfterMap]
    let title: String
    let chart: [String]
    let chartTitle: String
    let table: ShownTable

    /// Nil for plans kept without their schools.
    init?(_ schools: [PlannedSchool]?, minimum: Int?, _ map: BeforeAfterMap?, _ county: String, _ site: SiteMap, _ query: PageQuery) {
        guard let schools, !schools.isEmpty else { return nil }
        self.map = map.map { [$0] } ?? []
        let worked = schools.count { !$0.works.isEmpty }
        let (now, then) = (schools.count { $0.before == .met }, schools.count { $0.after == .met })
        let change = now == then ? "达标的学校还是\(now)所" : "达标的学校由\(now)所变为\(then)所"
        title = "在\(worked)所学校做事，\(change)，共\(schools.count)所"
        let bars = ItemBars(schools, minimum: minimum)
        chart = bars.svg.isEmpty ? [] : [bars.svg]
        chartTitle = bars.title
        table = SchoolChanges.table(schools, county, site).shown(query)
    }

    /// Schools the plan works at or changes; the others stay as they are, which the caption says.
    static func table(_ schools: [PlannedSchool], _ county: String, _ site: SiteMap) -> DataTable {
        let changed = schools.filter { !$0.works.isEmpty || $0.before != $0.after || $0.units.contains { $0.metBefore != $0.metAfter } }
            .sorted { ($0.before == $0.after ? 1 : 0, $1.cost, $0.code) < ($1.before == $1.after ? 1 : 0, $0.cost, $1.code) }
        let rest = schools.count - changed.count
        return DataTable(
            "changes", "各校前后\(rest > 0 ? "（另有\(rest)所前后一样）" : "")",
            columns: [
                .init("school", "学校"), .init("before", "现在", isTight: true), .init("after", "方案之后", isTight: true),
                .init("items", "达标的指标"), .init("works", "做什么"), .init("cost", "费用（万元）", .number(1), total: .sum),
            ],
            rows: changed.map { school in
                [
                    .init(school.name, url: site.school(county, school.code)), .init(Light(school.before)), .init(Light(school.after)),
                    .init(SchoolWords.items(school)), .init(school.works.isEmpty ? "—" : school.works.joined(separator: "，")),
                    .init(Double(school.cost) / 10_000, decimals: 1),
                ]
            })
    }
}

/// How many school units meet how many items, before a plan (hollow) and after it (solid).
struct ItemBars {
    let title: String
    private let rows: [(label: String, before: Int, after: Int, isEnough: Bool)]
    private let minimum: Int?
    private let width = 520.0
    private let step = 34.0
    private let left = 92.0

    /// `minimum` is how many items the standard wants of a unit; nil where it is not known.
    init(_ schools: [PlannedSchool], minimum: Int?) {
        self.minimum = minimum
        let units = schools.flatMap(\.units)
        let most = units.map(\.measured).max() ?? 0
        // What is far below is one row: how far does not matter to anybody.
        let lowest = Swift.max(0, (minimum ?? most) - 3)
        rows = stride(from: most, through: lowest, by: -1).map { count in
            func fits(_ met: Int) -> Bool { count == lowest ? met <= count : met == count }
            return (
                "\(count)项\(count == lowest && lowest > 0 ? "以下" : "")", units.count { fits($0.metBefore) },
                units.count { fits($0.metAfter) }, minimum.map { count >= $0 } ?? true
            )
        }
        if let minimum {
            let (now, then) = (units.count { $0.metBefore >= minimum }, units.count { $0.metAfter >= minimum })
            title = "\(minimum)项以上达标的学校单位由\(now)个\(then == now ? "，方案后不变" : "变为\(then)个")"
        } else {
            title = "学校单位达标的项数"
        }
    }

    var svg: String {
        let most = rows.flatMap { [$0.before, $0.after] }.max() ?? 0
        guard most > 0 else { return "" }
        let scale = (width - left - 44) / Double(most)
        var shapes = ""
        for (place, row) in rows.enumerated() {
            let y = 6 + Double(place) * step
            shapes += Svg.text(left - 10, y + 18, "达标\(row.label)", anchor: "end")
            for (number, count) in [row.before, row.after].enumerated() {
                let top = y + Double(number) * 13
                let words = "达标\(row.label)：\(number == 0 ? "现在" : "方案后")\(count)个学校单位"
                shapes += Svg.bar(
                    number == 0 ? "bar-before" : "bar-after", left, top, Swift.max(1, Double(count) * scale), 11, title: words)
                shapes += Svg.text(left + Double(count) * scale + 6, top + 10, "\(count)", style: "tiny")
            }
            if row.isEnough, place + 1 < rows.count, !rows[place + 1].isEnough {
                let line = y + step - 4
                shapes += Svg.line("limit", 4, line, width - 4, line)
            }
        }
        return Svg.chart(width, 10 + Double(rows.count) * step, title, shapes)
    }
}
