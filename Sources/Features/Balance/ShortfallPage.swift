internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// 短板清单: every gap of a county, filtered by stage, indicator and rule.
struct ShortfallPage: Sendable, Tabled {
    let page: PageFrame
    let totalsTitle: String
    let totals: ShownTable
    let gaps: ShownTable
    let codes: [PageFrame.Choice]
    let stages: [PageFrame.Choice]
    let year: String
    let standard: String
    let isAll: Bool
    var tables: [ShownTable] { [totals, gaps] }

    init(_ look: Look, _ county: CountyResult, stage: String?, code: String?, all: Bool) {
        let found = county.shortfalls.filter { shortfall in
            (stage.map { $0.isEmpty || shortfall.stage?.rawValue == $0 } ?? true)
                && (code.map { $0.isEmpty || shortfall.code == $0 } ?? true)
                && (all || shortfall.isBinding)
        }
        let schools = Set(found.map(\.school)).count
        page = look.frame(
            look.isPart(county)
                ? found.isEmpty ? "您的学校没有短板" : "您的学校有\(found.count)项缺口"
                : ShortfallPage.headline(county, found, schools, code.flatMap { $0.isEmpty ? nil : look.label($0) }),
            lead: "由标准和数据算出，不是手填。缺口按现有学生数测算；整人、整间的向上取整。", county: county.county,
            current: look.site.shortfalls(county.county),
            actions: look.isPart(county)
                ? []
                : [
                    .init("下发整改", look.site.rectifications(county.county)),
                    .init("导出全部短板 Excel", look.site.shortfallBook(county.county)),
                ])
        totalsTitle = look.isPart(county) ? "本校一共要补多少" : "全县一共要补多少"
        totals = ShortfallPage.totals(found, county, look).shown(look.query)
        gaps = ShortfallPage.gaps(found, county, look).shown(look.query)
        let known = Set(county.shortfalls.map(\.code)).sorted()
        codes = known.map { PageFrame.Choice(value: $0, label: "\($0) \(look.label($0))", isChosen: $0 == code) }
        stages = county.stages.map {
            PageFrame.Choice(value: $0.stage.rawValue, label: $0.stage.label.zh, isChosen: $0.stage.rawValue == stage)
        }
        year = String(look.scope.year.start)
        standard = look.scope.standard
        isAll = all
    }

    private static func headline(_ county: CountyResult, _ found: [Shortfall], _ schools: Int, _ label: String?) -> String {
        if found.isEmpty { return county.shortfalls.isEmpty ? "\(county.county)没有短板" : "\(county.county)：没有符合筛选的短板" }
        return "\(county.county)：\(schools)所学校共\(found.count)项\(label.map { "“\($0)”" } ?? "")缺口"
    }

    private static func totals(_ found: [Shortfall], _ county: CountyResult, _ look: Look) -> DataTable {
        let groups = Dictionary(grouping: found) { "\($0.code) \($0.label)" }.sorted { $0.key < $1.key }
        let rows = groups.map { key, members -> [DataTable.Cell] in
            let first = members.first
            let url = look.site.shortfalls(county.county, code: first?.code ?? "") + "#t-gaps"
            let schools = Double(Set(members.map(\.school)).count)
            // One gap without an amount leaves the total open.
            let sum = members.contains { $0.needed == nil } ? nil : members.reduce(0) { $0 + ($1.needed ?? 0) }
            return [
                .init(key), .init(schools, "\(Int(schools))所", url: url),
                .init(sum, Figure.amount(sum, first?.unit ?? ""), absent: "没有可加的数量", url: url),
            ]
        }
        return DataTable(
            "totals", "\(county.county)每项一共要补多少",
            columns: [.init("item", "指标"), .init("schools", "学校", .figure), .init("sum", "合计", .figure)], rows: rows, hasTools: false)
    }

    private static func gaps(_ found: [Shortfall], _ county: CountyResult, _ look: Look) -> DataTable {
        // A sum over metres and people would mean nothing: there is one only where all gaps share a unit.
        let units = Set(found.map(\.unit))
        let columns: [DataTable.Column] = [
            .init("school", "学校"), .init("code", "代码", isTight: true), .init("item", "指标", isTight: true), .init("value", "现值", .number(2)),
            .init("threshold", "标准", .number(2)), .init("floor", "底线", .number(2)),
            .init("missing", "需补", .number(1), total: units.count == 1 ? .sum : .none), .init("unit", "单位", isTight: true),
            .init("rule", "未满足的规则"),
        ]
        let rows = found.map { gap -> [DataTable.Cell] in
            let school = look.site.school(county.county, gap.school)
            let explanation =
                gap.stage.map { look.site.explanation(county.county, gap.school, $0, gap.code) } ?? look.site.item(county.county, gap.code)
            return [
                .init(gap.name, url: school), .init(gap.code), .init(gap.label),
                .init(gap.value, Figure.short(gap.value), url: explanation), .init(gap.threshold, Figure.short(gap.threshold)),
                .init(gap.floor, Figure.bound(gap.floor)),
                .init(gap.needed, Figure.grouped(gap.needed, gap.needed == gap.needed?.rounded() ? 0 : 1), url: explanation),
                .init(gap.unit), .init(gap.ruleText),
            ]
        }
        return DataTable("gaps", "\(county.county)逐校缺口", columns: columns, rows: rows)
    }
}
