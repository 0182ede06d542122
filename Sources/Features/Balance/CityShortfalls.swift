internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// What the whole city has to add, item by item and county by county: the sums behind the numbers on the wall.
enum CityShortfalls {
    static func table(_ look: Look) -> DataTable {
        let counties = look.evaluated.result.counties
        let all = counties.flatMap(\.shortfalls).filter { $0.isBinding && $0.stage != nil }
        let codes = Dictionary(all.map { ($0.code, $0) }) { first, _ in first }.sorted { $0.key < $1.key }
        let columns: [DataTable.Column] =
            [.init("item", "指标"), .init("unit", "单位", isTight: true)]
            + counties.map { .init($0.county, $0.county, .number(1)) } + [.init("sum", "全市", .number(1))]
        let rows = codes.map { code, first -> [DataTable.Cell] in
            let sums = counties.map { county in
                county.shortfalls.filter { $0.isBinding && $0.stage != nil && $0.code == code }.reduce(0) { $0 + ($1.needed ?? 0) }
            }
            let cells = zip(counties, sums).map { county, sum in
                DataTable.Cell(sum, whole(sum), url: sum > 0 ? look.site.shortfalls(county.county, code: code) + "#t-gaps" : nil)
            }
            let total = sums.reduce(0, +)
            return [.init("\(code) \(first.label)"), .init(first.unit)] + cells + [.init(total, whole(total))]
        }
        return DataTable("shortfalls", "全市每项一共要补多少", columns: columns, rows: rows)
    }

    private static func whole(_ sum: Double) -> String { Figure.grouped(sum, sum == sum.rounded() ? 0 : 1) }
}
