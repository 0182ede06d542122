internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// 短板清单: every gap of a county, filtered by stage, indicator and rule.
struct ShortfallPage: Sendable {
    struct Row: Sendable {
        var school: String
        var url: String
        var label: String
        var value: String
        var valueURL: String
        var threshold: String
        var floor: String
        var missing: String
        var rule: String
    }
    struct Total: Sendable {
        var label: String
        var schools: String
        var amount: String
    }

    let page: PageFrame
    let rows: [Row]
    let totals: [Total]
    let codes: [PageFrame.Choice]
    let stages: [PageFrame.Choice]
    let year: String
    let standard: String
    let isAll: Bool

    init(_ look: Look, _ county: CountyResult, stage: String?, code: String?, all: Bool) {
        let found = county.shortfalls.filter { shortfall in
            (stage.map { $0.isEmpty || shortfall.stage?.rawValue == $0 } ?? true)
                && (code.map { $0.isEmpty || shortfall.code == $0 } ?? true)
                && (all || shortfall.isBinding)
        }
        let schools = Set(found.map(\.school)).count
        page = look.frame(
            found.isEmpty ? "\(county.county)没有短板" : "\(county.county)：\(schools)所学校共\(found.count)项缺口",
            lead: "由标准和数据算出，不是手填。缺口按现有学生数测算；整人、整间的向上取整。", county: county.county, current: look.site.shortfalls(county.county),
            actions: [.init("导出 Excel", look.site.shortfallBook(county.county))])
        rows = found.map { shortfall in
            Row(
                school: shortfall.name, url: look.site.school(county.county, shortfall.school), label: shortfall.label,
                value: Figure.short(shortfall.value),
                valueURL: shortfall.stage.map { look.site.explanation(county.county, shortfall.school, $0, shortfall.code) }
                    ?? look.site.school(county.county, shortfall.school), threshold: Figure.short(shortfall.threshold),
                floor: Figure.short(shortfall.floor), missing: Figure.amount(shortfall.needed, shortfall.unit), rule: shortfall.ruleText)
        }
        totals = Dictionary(grouping: found) { "\($0.code) \($0.label)" }.sorted { $0.key < $1.key }.map { key, members in
            Total(
                label: key, schools: "\(Set(members.map(\.school)).count)所",
                amount: Figure.amount(members.reduce(0) { $0 + ($1.needed ?? 0) }, members.first?.unit ?? ""))
        }
        let known = Set(county.shortfalls.map(\.code)).sorted()
        codes = known.map { PageFrame.Choice(value: $0, label: "\($0) \(look.label($0))", isChosen: $0 == code) }
        stages = county.stages.map {
            PageFrame.Choice(value: $0.stage.rawValue, label: $0.stage.label.zh, isChosen: $0.stage.rawValue == stage)
        }
        year = String(look.scope.year.start)
        standard = look.scope.standard
        isAll = all
    }
}
