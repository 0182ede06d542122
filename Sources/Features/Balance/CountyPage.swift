internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// One county: the verdict, the coefficients of variation against their ceilings, the schools that fall short, all items.
struct CountyPage: Sendable {
    struct Figures: Sendable {
        var label: String
        var light: Light
        var count: String
        var rest: String
    }
    struct Chart: Sendable {
        var title: String
        var svg: String
    }
    struct School: Sendable {
        var name: String
        var url: String
        var pupils: String
        var met: String
        var gap: String
        var missing: String
        var explanation: String
        var light: Light
    }
    struct Part: Sendable {
        struct Item: Sendable {
            var code: String
            var label: String
            var light: Light
            var detail: String
        }
        var label: String
        var summary: String
        var items: [Item]
    }

    let page: PageFrame
    let figures: [Figures]
    let spreadTitle: String
    let charts: [Chart]
    let schoolsTitle: String
    let schools: [School]
    let hasMore: Bool
    let more: String
    let moreURL: String
    let parts: [Part]

    init(_ look: Look, _ county: CountyResult, sentence: String) {
        let site = look.site
        let name = county.county
        let counted = county.stages.filter { $0.units > 0 }.map { "\($0.stage.label.zh)\($0.units)个单位" }.joined(separator: "、")
        page = look.frame(
            "\(name)：\(sentence)", lead: "\(counted)，在校生\(Figure.grouped(county.pupils))人。数据来源：\(look.evaluated.standing(name).source)。",
            county: name,
            current: site.county(name),
            actions: [
                .init("短板清单", site.shortfalls(name)), .init("导出短板 Excel", site.shortfallBook(name)),
                .init("自评报告（Word）", site.report(name, "docx")),
                .init("自评报告（PDF）", site.report(name, "pdf")),
            ])
        figures = CountyPage.figures(county)
        let over = county.stages.flatMap { stage in
            stage.indicators.filter { $0.verdict == .notMet }.map { "\(look.label($0.code))（\(stage.stage.label.zh)）" }
        }
        spreadTitle = over.isEmpty ? "没有差异系数超过上限" : "哪些差异系数超过上限？\(over.joined(separator: "、"))"
        let old = look.before?.result.county(name)
        charts = county.stages.filter { $0.units > 0 }.map { stage in
            let rows = stage.indicators.map { indicator in
                SpreadChart.Row(
                    label: look.label(indicator.code), value: indicator.cv, before: old?.stage(stage.stage)?.indicator(indicator.code)?.cv,
                    verdict: indicator.verdict, url: site.indicator(name, indicator.code))
            }
            return Chart(title: stage.stage.label.zh, svg: SpreadChart(rows: rows, ceiling: stage.indicators.first?.ceiling ?? 1).svg)
        }
        let failing = county.units.filter { $0.verdict != .met }
        schoolsTitle = failing.isEmpty ? "学校全部达标" : "\(failing.count)个学校单位还差在哪里"
        schools = failing.prefix(12).map { CountyPage.school($0, county, look) }
        hasMore = failing.count > 12
        more = "全部\(failing.count)个单位见短板清单"
        moreURL = site.shortfalls(name)
        parts = county.parts.map { CountyPage.part($0, county, look) }
    }

    private static func figures(_ county: CountyResult) -> [Figures] {
        let spreads = county.stages.flatMap(\.indicators).filter { $0.ceiling != nil }
        let schools = Figures(
            label: "资源配置（学校单位）", light: Light(Verdict.all(county.units.map(\.verdict))),
            count: "\(county.units.count { $0.verdict == .met })", rest: "/ \(county.units.count) 达标")
        let spread = Figures(
            label: "校际差异系数", light: Light(Verdict.all(spreads.map(\.verdict))), count: "\(spreads.count { $0.verdict == .met })",
            rest: "/ \(spreads.count) 项达标")
        return [schools, spread]
            + county.parts.filter { $0.items.contains { $0.level != .unit } }.map { part in
                let gaps = part.count(.insufficient)
                return Figures(
                    label: part.label.zh, light: Light(part.verdict), count: "\(part.count(.met))",
                    rest: "/ \(part.items.count)" + (gaps > 0 ? "，\(gaps)项资料不足" : ""))
            }
    }

    private static func school(_ unit: UnitResult, _ county: CountyResult, _ look: Look) -> School {
        let gaps = county.shortfalls.filter { $0.school == unit.school && $0.stage == unit.stage }
        let largest = gaps.max { $0.value / $0.threshold > $1.value / $1.threshold }
        let unknown = unit.unknown.keys.sorted().map(look.label).joined(separator: "、")
        return School(
            name: unit.title, url: look.site.school(county.county, unit.school), pupils: unit.pupils.map(Figure.grouped) ?? "—",
            met: "\(unit.met) / \(unit.measured)", gap: largest?.label ?? (unknown.isEmpty ? "—" : "\(unknown)没有数据"),
            missing: largest.map { Figure.amount($0.needed, $0.unit) } ?? "—",
            explanation: look.site.explanation(
                county.county, unit.school, unit.stage, largest?.code ?? unit.unknown.keys.sorted().first ?? "L1"),
            light: Light(unit.verdict))
    }

    private static func part(_ part: PartResult, _ county: CountyResult, _ look: Look) -> Part {
        let items = part.items.map { item in
            Part.Item(code: item.code, label: item.label.zh, light: Light(item.verdict), detail: ItemDetail.text(item, county, look))
        }
        return Part(
            label: part.label.zh, summary: "达标\(part.count(.met))项，不达标\(part.count(.notMet))项，资料不足\(part.count(.insufficient))项",
            items: items)
    }
}

/// What an item's verdict rests on, in one line.
enum ItemDetail {
    static func text(_ item: ItemResult, _ county: CountyResult, _ look: Look) -> String {
        if item.level == .unit {
            return county.stages.compactMap { stage in
                stage.indicator(item.code).map {
                    "\(stage.stage.label.zh)差异系数 \(Figure.fixed($0.cv, 3))（上限 \(Figure.fixed($0.ceiling, 2))）"
                }
            }.joined(separator: "，")
        }
        return item.tests.compactMap { test($0, look) }.joined(separator: "；")
    }

    private static func test(_ test: TestResult, _ look: Look) -> String? {
        if !test.missing.isEmpty {
            let names = test.missing.map { look.desk.evaluations.catalogue.elements[String($0.prefix { $0 != "." })]?.label.zh ?? $0 }
            return "缺：\(names.joined(separator: "、"))"
        }
        if test.schools > 0 { return "\(test.test.label.zh)：\(test.schools)所中\(test.failing)所不符合" }
        guard let value = test.value else { return nil }
        guard let bound = test.bound else {
            let figure = test.test.format == .percent ? Figure.fixed(value * 100, 1) + "%" : Figure.short(value) + test.test.unit
            return "\(test.test.label.zh) \(figure)（只测不判）"
        }
        return switch test.test.format {
        case .percent: "\(test.test.label.zh) \(Figure.fixed(value * 100, 1))%（\(test.test.comparison.sign)\(Figure.short(bound * 100))%）"
        case .yesNo: "\(test.test.label.zh)：\(value >= 1 ? "是" : "否")"
        case .number: "\(test.test.label.zh) \(Figure.short(value))\(test.test.unit)（\(test.test.comparison.sign)\(Figure.short(bound))）"
        }
    }
}
