internal import Indicators
internal import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

/// One county: the verdict, the coefficients of variation against their ceilings, the schools that fall short, all items.
struct CountyPage: Sendable, Tabled {
    struct Chart: Sendable {
        var labels: String
        var dots: String
        /// On a phone each stage stands alone and repeats its labels.
        var isAgain: Bool
    }

    let page: PageFrame
    let figures: [Headline]
    let spreadTitle: String
    let spreadNote: String
    let charts: [Chart]
    let isSingle: Bool
    let spreads: ShownTable
    let schoolsTitle: String
    let schoolsNote: String
    let schools: ShownTable
    let more: [PageFrame.Link]
    let next: [PageFrame.Link]
    /// Whether schools are judged at all, or the county's own figures alone.
    let hasUnits: Bool
    let parts: [ItemGrid]
    var tables: [ShownTable] { [spreads, schools] }

    init(_ look: Look, _ county: CountyResult, sentence: String) {
        let site = look.site
        let name = county.county
        let counted = county.stages.filter { $0.units > 0 }.map { "\($0.stage.label.zh)\($0.units)个单位" }.joined(separator: "、")
        page = look.frame(
            "\(name)：\(sentence)",
            lead: (counted.isEmpty ? "" : "\(counted)，在校生\(Figure.grouped(county.pupils))人。")
                + "数据来源：\(look.evaluated.standing(name).source)。",
            county: name,
            current: site.county(name))
        // Numbers over all schools are of the whole county; rows only of those the visitor may see.
        let whole = look.whole(county)
        figures = CountyPage.figures(whole, look)
        hasUnits = !whole.units.isEmpty
        let over = county.stages.flatMap { stage in
            stage.indicators.filter { $0.verdict == .notMet }.map { "\(look.label($0.code))（\(stage.stage.label.zh)）" }
        }
        let open = county.stages.flatMap(\.indicators).count { $0.verdict == .insufficient }
        let rest = open > 0 ? "，\(open)项资料不足" : ""
        spreadTitle = over.isEmpty ? "没有差异系数超过上限\(rest)" : "哪些差异系数超过上限？\(over.joined(separator: "、"))\(rest)"
        let old = look.before?.result.county(name)
        spreadNote = old == nil ? "圆点为本学年，竖线为上限。点击圆点看各校分布，点击数字看计算过程。" : "实心为本学年，空心为上一学年，竖线为上限。点击圆点看各校分布，点击数字看计算过程。"
        let stages = county.stages.filter { $0.units > 0 }
        isSingle = stages.count == 1
        charts = stages.enumerated().map { place, stage in
            let chart = CountyPage.chart(stage, county, old, look, width: stages.count == 1 ? 502 : 251)
            return Chart(labels: chart.labels, dots: chart.dots, isAgain: place > 0)
        }
        spreads = CountyPage.spreads(county, old, look).shown(look.query)
        let failing = county.units.filter { $0.verdict != .met }
        let isPart = look.isPart(county)
        schoolsTitle = CountyPage.schoolsTitle(county, failing.count, isPart)
        schoolsNote =
            failing.isEmpty
            ? isPart ? "这里只列您的学校。" : "每个学校单位都达到要求。" : "\(isPart ? "这里只列您的学校。" : "")缺口以实物计，按现有学生数测算；点击缺口看计算过程和原表单元格。"
        schools = FailingSchools(county, look).table(failing).shown(look.query)
        more = failing.count > FailingSchools.most ? [.init("全部\(failing.count)个单位见短板清单", site.shortfalls(name))] : []
        next = CountyPage.next(county, site, isPart: isPart) + (isPart ? [] : CountyPage.plan(county, look))
        parts = county.parts.map { ItemGrid($0, county, look) }
    }

    private static func schoolsTitle(_ county: CountyResult, _ failing: Int, _ isPart: Bool) -> String {
        guard isPart else { return failing == 0 ? "学校全部达标" : "\(failing)个学校单位还差在哪里" }
        if county.units.isEmpty { return "您的学校不计入本标准" }
        return failing == 0 ? "您的学校达标" : "您的学校还差在哪里"
    }

    /// What to do now, the most urgent first. Papers about all schools are for those who may see them all.
    private static func next(_ county: CountyResult, _ site: SiteMap, isPart: Bool) -> [PageFrame.Link] {
        let name = county.county
        if isPart { return [.init("看本校的短板", site.shortfalls(name)), .init("与其他学年、标准对比", site.comparison(name))] }
        let verdicts = Set(county.units.map(\.verdict))
        let gaps =
            verdicts.contains(.notMet)
            ? [PageFrame.Link("看短板清单", site.shortfalls(name)), .init("导出短板 Excel", site.shortfallBook(name))] : []
        let open =
            verdicts.contains(.insufficient) ? [PageFrame.Link("看哪些学校缺数", site.schools(name, filter: Verdict.insufficient.label.zh))] : []
        return gaps + open + [
            .init("自评报告（Word）", site.report(name, "docx")), .init("自评报告（PDF）", site.report(name, "pdf")),
            .init("与其他学年、标准对比", site.comparison(name)),
        ]
    }

    /// How to get there, for those who may have it worked out.
    private static func plan(_ county: CountyResult, _ look: Look) -> [PageFrame.Link] {
        guard look.visit.may(.plan, in: county.county), county.units.contains(where: { $0.verdict == .notMet }) else { return [] }
        return [.init("算达标方案", look.site.newPlan(county.county))]
    }

    private static func figures(_ county: CountyResult, _ look: Look) -> [Headline] {
        let spreads = county.stages.flatMap(\.indicators).filter { $0.ceiling != nil }
        let schools = Headline(
            look.standard.judgedName.isEmpty ? "学校单位" : "\(look.standard.judgedName)（学校单位）",
            Light(Verdict.all(county.units.map(\.verdict))), "\(county.units.count { $0.verdict == .met })",
            "/ \(county.units.count) 达标", look.site.schools(county.county))
        let spread = Headline(
            "校际差异系数", Light(Verdict.all(spreads.map(\.verdict))), "\(spreads.count { $0.verdict == .met })",
            "/ \(spreads.count) 项达标", "#spreads")
        let others = county.parts.filter { $0.items.contains { $0.level != .unit } }
        // A sixth figure no longer fits beside five: the last parts share one.
        let kept = others.count > 3 ? Array(others.prefix(2)) : others
        let rest = others.dropFirst(kept.count)
        let shared = rest.isEmpty ? [] : [figure(rest.map(\.label.zh).joined(separator: "、"), Array(rest))]
        let measured = county.units.isEmpty ? [] : spreads.isEmpty ? [schools] : [schools, spread]
        return measured + kept.map { figure($0.label.zh, [$0]) } + shared
    }

    private static func figure(_ label: String, _ parts: [PartResult]) -> Headline {
        let gaps = parts.reduce(0) { $0 + $1.count(.insufficient) }
        let all = parts.reduce(0) { $0 + $1.items.count }
        return Headline(
            label, Light(Verdict.all(parts.map(\.verdict))), "\(parts.reduce(0) { $0 + $1.count(.met) })",
            "/ \(all)" + (gaps > 0 ? "，\(gaps)项资料不足" : " 项"), "#part-\(parts.first?.id ?? "")")
    }

    private static func chart(_ stage: StageResult, _ county: CountyResult, _ old: CountyResult?, _ look: Look, width: Double)
        -> SpreadChart
    {
        let rows = stage.indicators.map { indicator in
            SpreadChart.Row(
                label: look.label(indicator.code), value: indicator.cv, before: old?.stage(stage.stage)?.indicator(indicator.code)?.cv,
                verdict: indicator.verdict, url: look.site.indicator(county.county, indicator.code),
                explanation: look.site.spread(county.county, indicator.code, stage.stage))
        }
        return SpreadChart(title: stage.stage.label.zh, rows: rows, ceiling: stage.indicators.first?.ceiling, width: width)
    }

    private static func spreads(_ county: CountyResult, _ old: CountyResult?, _ look: Look) -> DataTable {
        let columns: [DataTable.Column] = [
            .init("indicator", "指标"), .init("stage", "学段", isTight: true), .init("mean", "全县均值", .number(2)),
            .init("cv", "差异系数", .number(4)), .init("ceiling", "上限", .number(2)), .init("before", "上一学年", .number(4)),
            .init("change", "变化", .number(4)), .init("verdict", "结论", isTight: true),
        ]
        let rows = county.stages.filter { $0.units > 0 }.flatMap { stage in
            stage.indicators.map { indicator -> [DataTable.Cell] in
                let before = old?.stage(stage.stage)?.indicator(indicator.code)?.cv
                let change = indicator.cv.flatMap { now in before.map { now - $0 } }
                let url = look.site.spread(county.county, indicator.code, stage.stage)
                return [
                    .init(look.label(indicator.code), url: look.site.indicator(county.county, indicator.code)), .init(stage.stage.label.zh),
                    .init(indicator.mean, Figure.short(indicator.mean), absent: "资料不足", url: url),
                    .init(indicator.cv, decimals: 4, absent: "资料不足", url: url),
                    .init(indicator.ceiling, decimals: 2), .init(before, decimals: 4), .init(change, Figure.change(change, 4)),
                    .init(Light(indicator.verdict)),
                ]
            }
        }
        return DataTable("spreads", "\(county.county)的差异系数", columns: columns, rows: rows)
    }
}
