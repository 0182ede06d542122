internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// One indicator in one county: where the schools stand, and which of them spread them apart.
struct IndicatorPage: Sendable, Tabled {
    struct Stage: Sendable {
        var title: String
        var note: String
        var svg: String
        var lever: String
        var spreadURL: String
        var table: ShownTable
    }

    let page: PageFrame
    let stages: [Stage]
    let definition: String
    var tables: [ShownTable] { stages.map(\.table) }

    init?(_ look: Look, _ county: CountyResult, code: String) {
        let catalogue = FormulaWords(catalogue: look.desk.evaluations.catalogue)
        guard let item = look.standard.item(code),
            let indicator = item.indicator.flatMap({ look.desk.evaluations.catalogue.indicators[$0] })
        else {
            return nil
        }
        let sentences = county.stages.filter { $0.units > 0 }.compactMap { stage in
            stage.indicator(code).map { "\(stage.stage.label.zh)差异系数 \(Figure.fixed($0.cv, 3))，\($0.verdict.label.zh)" }
        }
        page = look.frame(
            "\(county.county)\(look.label(code))：\(sentences.joined(separator: "；"))",
            lead: "\(indicator.label.zh)（\(indicator.unit)）。\(indicator.definition)",
            county: county.county, current: look.site.indicator(county.county, code))
        definition =
            "计算：\(catalogue.readable(indicator.numeratorText))\(indicator.factor == 1 ? "" : " × \(Figure.short(indicator.factor))") ÷ \(catalogue.readable(indicator.denominatorText))。来源：\(indicator.source)"
        stages = county.stages.filter { $0.units > 0 }.compactMap { IndicatorPage.stage($0, county, item, look) }
    }

    private static func stage(_ stage: StageResult, _ county: CountyResult, _ item: Standard.Item, _ look: Look) -> Stage? {
        guard let result = stage.indicator(item.code) else { return nil }
        // What the schools do to each other is told over all of them; shown are those the visitor may see.
        let units = look.whole(county).units.filter { $0.stage == stage.stage }
        let known = units.filter { $0.values[item.code] != nil }
        let values = known.compactMap { $0.values[item.code] }
        let weights = known.map { $0.pupils ?? 0 }
        let changes = known.count == units.count ? Leverage.changes(values, weights: weights) : nil
        let moves = Dictionary(zip(known.map(\.id), changes ?? [])) { first, _ in first }
        let ordered = units.filter { look.maySee($0, in: county) }.sorted {
            (moves[$0.id] ?? 1, $0.values[item.code] ?? -1) < (moves[$1.id] ?? 1, $1.values[item.code] ?? -1)
        }
        let dots = known.filter { look.maySee($0, in: county) }.map { unit in
            StripChart.Dot(
                label: unit.title, value: unit.values[item.code] ?? 0, pupils: unit.pupils ?? 0, verdict: passes(unit, item, result),
                url: look.site.school(county.county, unit.school))
        }
        let spread = Inequality.theil(values, weights: weights, classes: known.map(\.setting))
        let between = spread.map { $0.total > 0 ? "，其中城乡之间占 \(Figure.fixed($0.between / $0.total * 100, 0))%" : "" } ?? ""
        return Stage(
            title: "\(stage.stage.label.zh)：全县均值 \(Figure.short(result.mean))，\(standing(result, units: stage.units))",
            note:
                "差异系数 \(Figure.fixed(result.cv, 4))（上限 \(Figure.fixed(result.ceiling, 2))），基尼系数 \(Figure.fixed(result.gini, 3))，泰尔指数 \(Figure.fixed(result.theil, 3))\(between)，最高与最低之比 \(Figure.fixed(result.statistics.maxMinRatio, 1))。\(look.isPart(county) ? "圆点是您的学校。" : "每个圆点是一所学校，大小为学生数。")",
            svg: StripChart(dots: dots, threshold: result.threshold, floor: result.floor).svg,
            lever: look.isPart(county) ? "您的学校在哪里" : lever(ordered, moves),
            spreadURL: look.site.spread(county.county, item.code, stage.stage),
            table: table(stage.stage, ordered.map { row($0, county, item, result, moves[$0.id], look) }, county, item, look).shown(
                look.query))
    }

    /// How many units meet the threshold; where the standard gives none, that it is measured and not judged.
    private static func standing(_ result: IndicatorResult, units: Int) -> String {
        result.threshold == nil ? "标准没有给出限值，只测不判" : "\(result.unitsMet) / \(units) 个单位达到标准"
    }

    /// The schools that pull the others apart most, in a sentence.
    private static func lever(_ ordered: [UnitResult], _ moves: [String: Double]) -> String {
        let most = ordered.prefix(3).filter { (moves[$0.id] ?? 0) < 0 }
        guard !most.isEmpty else { return "谁拉大了差异" }
        return "谁拉大了差异？\(most.map(\.title).joined(separator: "、"))"
    }

    private static func table(
        _ stage: Vocabulary.Stage, _ rows: [[DataTable.Cell]], _ county: CountyResult, _ item: Standard.Item, _ look: Look
    ) -> DataTable {
        let catalogue = look.desk.evaluations.catalogue
        let indicator = item.indicator.flatMap { catalogue.indicators[$0] }
        let unit = indicator?.raises.flatMap { catalogue.elements[$0]?.display.unit } ?? indicator?.unit ?? ""
        return DataTable(
            stage.rawValue, "\(county.county)\(stage.label.zh)\(look.label(item.code))各校现值",
            columns: [
                .init("school", "学校"), .init("setting", "城乡", isTight: true), .init("pupils", "学生", .number(0), total: .sum),
                .init("value", "现值", .number(2), total: .mean(weight: "pupils")), .init("verdict", "是否达到", isTight: true),
                .init("missing", "缺（\(unit)）", .number(1), total: .sum), .init("change", "差异系数变化", .number(4)),
            ], rows: rows)
    }

    private static func passes(_ unit: UnitResult, _ item: Standard.Item, _ result: IndicatorResult) -> Verdict {
        guard let value = unit.values[item.code] else { return .insufficient }
        return result.threshold.map { item.comparison.holds(value, $0) ? .met : .notMet } ?? .measured
    }

    private static func row(
        _ unit: UnitResult, _ county: CountyResult, _ item: Standard.Item, _ result: IndicatorResult, _ change: Double?, _ look: Look
    ) -> [DataTable.Cell] {
        let gap = county.shortfalls.first { $0.school == unit.school && $0.stage == unit.stage && $0.code == item.code }
        let explanation = look.site.explanation(county.county, unit.school, unit.stage, item.code)
        let value = unit.values[item.code]
        return [
            .init(unit.title, url: look.site.school(county.county, unit.school)), .init(unit.setting), .init(unit.pupils),
            .init(value, Figure.short(value), absent: unit.unknown[item.code]?.zh ?? "—", url: explanation),
            .init(Light(passes(unit, item, result))),
            .init(
                gap?.needed, Figure.grouped(gap?.needed, gap?.needed == gap?.needed?.rounded() ? 0 : 1), url: gap == nil ? nil : explanation
            ),
            .init(change, Figure.change(change, 4)),
        ]
    }
}
