internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// All school units of a county in one table, and on a map.
struct SchoolsPage: Sendable {
    struct Row: Sendable {
        struct Value: Sendable {
            var text: String
            var url: String
            var style: String
        }
        var name: String
        var url: String
        var kind: String
        var setting: String
        var pupils: String
        var light: Light
        var met: String
        var values: [Value]
    }

    let page: PageFrame
    let headers: [String]
    let rows: [Row]
    let svg: String
    let isMap: Bool
    let excluded: [String]

    init(_ look: Look, _ county: CountyResult, isMap: Bool) {
        let met = county.units.count { $0.verdict == .met }
        page = look.frame(
            "\(county.county)：\(county.units.count)个学校单位中\(met)个达标", lead: isMap ? "圆点为学校，大小为学生数，颜色为结论；点圆点看学校。" : "点数看计算过程。红字低于标准，灰字资料不足。",
            county: county.county, current: isMap ? look.site.map(county.county) : look.site.schools(county.county))
        let items = look.standard.measured.map(\.item)
        headers = items.map { $0.label.zh.isEmpty ? $0.code : $0.label.zh }
        self.isMap = isMap
        excluded = county.excluded.map { "\($0.name)：\($0.label.zh)" }
        rows = county.units.map { unit in
            Row(
                name: unit.title, url: look.site.school(county.county, unit.school),
                kind: look.desk.evaluations.catalogue.kind(unit.kind)?.label ?? unit.kind, setting: unit.setting,
                pupils: unit.pupils.map(Figure.grouped) ?? "—", light: Light(unit.verdict), met: "\(unit.met) / \(unit.measured)",
                values: items.map { item in
                    let value = unit.values[item.code]
                    let passes = value.flatMap { value in item.threshold[unit.stage].map { item.comparison.holds(value, $0) } }
                    return Row.Value(
                        text: value.map { Figure.short($0) } ?? unit.unknown[item.code]?.zh ?? "—",
                        url: look.site.explanation(county.county, unit.school, unit.stage, item.code),
                        style: value == nil ? "insufficient" : passes == false ? "notmet" : "")
                })
        }
        svg = isMap ? SchoolsPage.map(look, county) : ""
    }

    private static func map(_ look: Look, _ county: CountyResult) -> String {
        let table = look.evaluated.evaluation.schools
        let points = Dictionary(grouping: county.units, by: \.school).compactMap { code, units -> SchoolMap.Point? in
            guard let unit = units.first, let longitude = Double(table.attribute("longitude", unit.row)),
                let latitude = Double(table.attribute("latitude", unit.row))
            else { return nil }
            return SchoolMap.Point(
                label: unit.name, longitude: longitude, latitude: latitude, pupils: units.reduce(0) { $0 + ($1.pupils ?? 0) },
                verdict: Verdict.all(units.map(\.verdict)), url: look.site.school(county.county, code))
        }
        return SchoolMap(points: points.sorted { $0.label < $1.label }).svg
    }
}
