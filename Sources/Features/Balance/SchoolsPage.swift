internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// All school units of a county in one table, and on a map.
struct SchoolsPage: Sendable, Tabled {
    let page: PageFrame
    let isMap: Bool
    let svg: String
    let mapNote: String
    let failing: ShownTable
    let hasFailing: Bool
    let failingNote: String
    let schools: ShownTable
    let excluded: [String]
    let hasExcluded: Bool
    var tables: [ShownTable] { [schools, failing] }

    init(_ look: Look, _ county: CountyResult, isMap: Bool) {
        let met = county.units.count { $0.verdict == .met }
        let short = county.units.filter { $0.verdict != .met }
        let lead =
            isMap
            ? "每个符号是一所学校，大小为学生数，颜色和形状为结论；未达标的写出校名。点击符号看学校。"
            : "点击数字看计算过程。红字低于标准，灰字资料不足。"
        let counted = "\(county.units.count)个学校单位中\(met)个达标"
        page = look.frame(
            look.isPart(county)
                ? "\(county.county)：您的学校\(counted)"
                : isMap && !short.isEmpty ? "\(county.county)：\(short.count)个未达标的学校单位在哪里" : "\(county.county)：\(counted)",
            lead: lead, county: county.county, current: isMap ? look.site.map(county.county) : look.site.schools(county.county))
        self.isMap = isMap
        let map = isMap ? CountyMap(look).schools(county) : ("", 0)
        svg = map.0
        mapNote = SchoolsPage.note(map.0.isEmpty, map.1)
        failing = FailingSchools(county, look).table(short, id: "failing").shown(look.query)
        hasFailing = !short.isEmpty
        failingNote = short.count > FailingSchools.most ? "另有\(short.count - FailingSchools.most)个未达标的学校单位，见下表。" : ""
        excluded = county.excluded.map { "\($0.name)：\($0.label.zh)" }
        hasExcluded = !excluded.isEmpty
        schools = SchoolsPage.table(county, look).shown(look.query)
    }

    private static func note(_ isEmpty: Bool, _ unplaced: Int) -> String {
        if isEmpty { return "学校数据表里没有填经度、纬度，画不出地图。补填这两列后重新导入即可。" }
        return unplaced > 0 ? "另有\(unplaced)所学校没有填经度、纬度，图上没有，下表有。" : ""
    }

    private static func table(_ county: CountyResult, _ look: Look) -> DataTable {
        let items = look.standard.measured.map(\.item)
        let columns: [DataTable.Column] =
            [
                .init("school", "学校"), .init("stage", "学段", isTight: true), .init("kind", "类型", isTight: true),
                .init("setting", "城乡", isTight: true), .init("pupils", "学生", .number(0), total: .sum),
                .init("verdict", "结论", isTight: true), .init("met", "达标项", .figure),
            ] + items.map { .init($0.code, look.label($0.code), .number(2)) }
        return DataTable(
            "schools", "\(county.county)的学校单位", columns: columns, rows: county.units.map { row($0, items, county, look) })
    }

    private static func row(_ unit: UnitResult, _ items: [Standard.Item], _ county: CountyResult, _ look: Look) -> [DataTable.Cell] {
        let school = look.site.school(county.county, unit.school)
        let first: [DataTable.Cell] = [
            .init(unit.title, url: school), .init(unit.stage.label.zh),
            .init(look.desk.evaluations.catalogue.kind(unit.kind)?.label ?? unit.kind), .init(unit.setting), .init(unit.pupils),
            .init(Light(unit.verdict)), .init(Double(unit.met), "\(unit.met) / \(unit.measured)", url: school),
        ]
        return first
            + items.map { item in
                let value = unit.values[item.code]
                let passes = value.flatMap { value in item.threshold[unit.stage].map { item.comparison.holds(value, $0) } }
                return DataTable.Cell(
                    value, Figure.short(value), absent: unit.unknown[item.code]?.zh ?? "—",
                    url: look.site.explanation(county.county, unit.school, unit.stage, item.code),
                    style: value == nil ? "insufficient" : passes == false ? "notmet" : "")
            }
    }
}
