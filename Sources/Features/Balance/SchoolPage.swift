internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// One school: its units against every indicator, what is missing in raw quantity, and what it reported.
struct SchoolPage: Sendable, Tabled {
    struct Unit: Sendable {
        var title: String
        var light: Light
        var note: String
        var svg: String
        var table: ShownTable
    }

    let page: PageFrame
    let units: [Unit]
    let tests: [ShownTable]
    let facts: ShownTable
    let excluded: [String]
    var tables: [ShownTable] { units.map(\.table) + tests + [facts] }

    init?(_ look: Look, _ county: CountyResult, code: String) {
        let table = look.evaluated.evaluation.schools
        let found = (0..<table.count).first { table.attribute("code", $0) == code && table.attribute("county", $0) == county.county }
        guard let row = found else { return nil }
        let own = county.units(of: code)
        let kind = look.desk.evaluations.catalogue.kind(table.attribute("kind", row))?.label ?? ""
        let traits = [kind, table.attribute("setting", row), table.attribute("sponsor", row)].filter { !$0.isEmpty }
        page = look.frame(
            "\(table.attribute("name", row))：\(SchoolPage.headline(own, county, code))",
            lead: "\(traits.joined(separator: "，"))，标识码 \(code)。", county: county.county,
            current: look.site.school(county.county, code),
            actions: look.isPart(county)
                ? [
                    .init("看全县结果", look.site.county(county.county)), .init("看本校短板", look.site.shortfalls(county.county)),
                    .init("看本校专项资金", look.site.fundSchool(county.county, code)),
                ]
                : [
                    .init("看学校地图", look.site.map(county.county)), .init("看全县短板", look.site.shortfalls(county.county)),
                    .init("看本校专项资金", look.site.fundSchool(county.county, code)),
                ])
        units = own.map { SchoolPage.unit($0, county, look) }
        let broken = county.shortfalls.filter { $0.school == code && $0.rule == .schoolTest }
        tests = broken.isEmpty ? [] : [SchoolPage.tests(broken, county, look).shown(look.query)]
        excluded = county.excluded.filter { $0.school == code }.map { $0.clause.isEmpty ? $0.label.zh : "\($0.label.zh)（\($0.clause)）" }
        facts = SchoolPage.facts(table, row, look).shown(look.query)
    }

    private static func headline(_ units: [UnitResult], _ county: CountyResult, _ code: String) -> String {
        if units.isEmpty { return "不计入本标准" }
        if units.contains(where: { $0.verdict == .notMet }) {
            return "不达标，要补\(county.shortfalls.count { $0.school == code && $0.isBinding && $0.stage != nil })项缺口"
        }
        return units.allSatisfy { $0.verdict == .met } ? "达标" : "资料不足"
    }

    private static func unit(_ unit: UnitResult, _ county: CountyResult, _ look: Look) -> Unit {
        let gaps = county.shortfalls.filter { $0.school == unit.school && $0.stage == unit.stage }
        let rows = look.standard.measured.map { _, item in SchoolItem(item, unit, gaps.first { $0.code == item.code }, county, look) }
        let share = unit.share.map { $0 < 1 ? "用房、场地、设备按 \(Figure.fixed($0 * 100, 1))% 分摊到本学段。" : "" } ?? ""
        let hasBounds = rows.contains { $0.threshold != nil }
        return Unit(
            title: "\(unit.title)：\(unit.met) / \(unit.measured) 项达到标准", light: Light(unit.verdict),
            note: "学生 \(unit.pupils.map(Figure.grouped) ?? "—") 人。\(share)图上每项为现值占标准的百分比，竖线为标准，虚线为底线。点击数字看计算过程。",
            svg: hasBounds ? StandingChart(rows: rows.map(\.standing)).svg("\(unit.title)各项指标与标准之比") : "",
            table: DataTable(
                unit.stage.rawValue, "\(unit.title)的各项指标",
                columns: [
                    .init("item", "指标"), .init("value", "现值", .number(2)), .init("threshold", "标准", .number(2)),
                    .init("floor", "底线", .number(2)), .init("verdict", "结论", isTight: true), .init("missing", "需补", .figure),
                    .init("rule", "说明"),
                ], rows: rows.map(\.cells), hasTools: false
            ).shown(look.query))
    }

    private static func tests(_ gaps: [Shortfall], _ county: CountyResult, _ look: Look) -> DataTable {
        DataTable(
            "tests", "办学条件中不符合的规定",
            columns: [.init("rule", "规定"), .init("value", "现值", .number(2)), .init("bound", "要求", .number(2)), .init("clause", "依据")],
            rows: gaps.map { gap in
                [
                    .init(gap.label, url: look.site.item(county.county, gap.code)), .init(gap.value, Figure.plain(gap.value)),
                    .init(gap.threshold, Figure.plain(gap.threshold)), .init(gap.ruleText),
                ]
            }, hasTools: false)
    }

    private static func facts(_ table: ReturnTable, _ row: Int, _ look: Look) -> DataTable {
        let columns = look.desk.evaluations.catalogue.forms[table.form]?.columns ?? []
        let rows = columns.compactMap { column -> [DataTable.Cell]? in
            guard case .fact(let key) = column.field else { return nil }
            let fact = table.fact(key, row)
            // A stage the school does not hold is not worth a row.
            if case .absent(.blank) = fact, key.stage != nil { return nil }
            if column.isExtra, fact.number == nil { return nil }
            let written = fact.number.map { $0 / column.scale }
            var absent = "—"
            if case .absent(let reason) = fact { absent = reason.zh }
            let isYear = key.element == "founded"
            let text = written.map { $0 == $0.rounded() && !isYear ? Figure.grouped($0) : Figure.plain($0) }
            return [
                .init(column.header), .init(written, text, absent: absent, style: written == nil ? "insufficient" : ""), .init(column.unit),
                .init(table.cell(key.description, row)?.description ?? "—"),
            ]
        }
        return DataTable(
            "facts", "\(table.attribute("name", row))填报的数",
            columns: [
                .init("item", "项目"), .init("value", "填报数", .number(2)), .init("unit", "单位", isTight: true),
                .init("cell", "原表单元格", isTight: true),
            ],
            rows: rows)
    }
}

/// One indicator of one school unit, as a row and as a mark in the chart.
private struct SchoolItem {
    let cells: [DataTable.Cell]
    let standing: StandingChart.Row
    let threshold: Double?

    init(_ item: Standard.Item, _ unit: UnitResult, _ gap: Shortfall?, _ county: CountyResult, _ look: Look) {
        let value = unit.values[item.code]
        let bound = item.threshold[unit.stage]
        let verdict: Verdict = value == nil ? .insufficient : bound == nil ? .measured : gap == nil ? .met : .notMet
        let light = gap?.rule == .allowedMiss ? .warning : Light(verdict)
        let explained = look.evaluated.evaluation.explain(item.code, unit)
        let url = look.site.explanation(county.county, unit.school, unit.stage, item.code)
        let label = look.label(item.code)
        threshold = bound
        cells = [
            .init(label), .init(value, Figure.short(value), absent: unit.unknown[item.code]?.zh ?? "—", url: url),
            .init(bound, Figure.short(bound)), .init(explained?.floor, Figure.bound(explained?.floor)), .init(light),
            .init(gap?.needed, Figure.amount(gap?.needed, gap?.unit ?? ""), url: gap == nil ? nil : url), .init(gap?.ruleText ?? ""),
        ]
        let ratio = value.flatMap { value in bound.flatMap { $0 > 0 ? value / $0 : nil } }
        let floor = explained?.floor.flatMap { floor in bound.flatMap { $0 > 0 ? floor / $0 : nil } }
        standing = StandingChart.Row(
            label: label, ratio: ratio, floor: floor, light: light, url: url,
            title: value == nil ? unit.unknown[item.code]?.zh ?? "资料不足" : "\(label)：\(Figure.short(value))，标准 \(Figure.short(bound))")
    }
}
