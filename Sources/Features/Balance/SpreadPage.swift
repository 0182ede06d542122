internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// How one coefficient of variation came about: the sums, the mean, the deviation, and every unit that went into them.
struct SpreadPage: Sendable, Tabled {
    let page: PageFrame
    let lines: [ExplanationPage.Line]
    let unitsTitle: String
    let units: ShownTable
    var tables: [ShownTable] { [units] }

    private struct Unit {
        var result: UnitResult
        var value: Double?
        var weight: Double?
    }

    init?(_ look: Look, _ county: CountyResult, code: String, stage: Stage) {
        guard let (part, item) = look.standard.measured.first(where: { $0.item.code == code }),
            let indicator = item.indicator.flatMap({ look.desk.evaluations.catalogue.indicators[$0] }),
            let stageResult = county.stage(stage), stageResult.units > 0, let result = stageResult.indicator(code)
        else { return nil }
        let verdict = result.cv == nil ? "资料不足，算不出" : result.ceiling == nil ? "" : result.verdict == .met ? "，没有超过上限" : "，超过上限"
        page = look.frame(
            "\(county.county)\(stage.label.zh)\(look.label(code))的差异系数\(result.cv.map { "为 \(Figure.fixed($0, 4))" } ?? "")\(verdict)",
            lead: "\(indicator.label.zh)（\(indicator.unit)），\(stageResult.units)个学校单位，按学生数加权。", county: county.county, current: "",
            actions: [
                .init("各校分布和谁拉大了差异", look.site.indicator(county.county, code)),
                .init("回到\(county.county)", look.site.county(county.county)),
            ])
        let found = look.whole(county).units.filter { $0.stage == stage }.map { unit in
            Unit(result: unit, value: unit.values[code], weight: look.evaluated.evaluation.explain(code, unit)?.weight)
        }
        lines = SpreadPage.lines(look.evaluated.standing(county.county).source, result, found, part, look)
        let mean = result.mean
        let whole = found.reduce(0) { sum, unit in sum + SpreadPage.square(unit, mean) }
        unitsTitle = result.unitsUnknown > 0 ? "\(result.unitsUnknown)个单位缺数，补齐前没有差异系数" : look.isPart(county) ? "您的学校占了多少" : "每个学校单位占了多少"
        units = DataTable(
            "units", "\(county.county)\(stage.label.zh)\(look.label(code))差异系数的计算表", columns: SpreadPage.columns(indicator),
            rows: found.filter { look.maySee($0.result, in: county) }.map { SpreadPage.row($0, mean, whole, county, code, look) }
        ).shown(look.query)
    }

    private static func square(_ unit: Unit, _ mean: Double?) -> Double {
        guard let mean, let value = unit.value, let weight = unit.weight else { return 0 }
        return weight * (value - mean) * (value - mean)
    }

    private static func lines(
        _ source: String, _ result: IndicatorResult, _ units: [Unit], _ part: Standard.Part, _ look: Look
    ) -> [ExplanationPage.Line] {
        let weights = units.compactMap(\.weight)
        let sum = units.reduce(0) { $0 + ($1.value ?? 0) * ($1.weight ?? 0) }
        let total = weights.reduce(0, +)
        var lines: [ExplanationPage.Line] = [
            .init(label: "公式", text: "差异系数 = 标准差 ÷ 均值；均值 = Σ(权重 × 值) ÷ Σ权重；标准差 = √(Σ(权重 × (值 − 均值)²) ÷ Σ权重)")
        ]
        if let mean = result.mean, let sd = result.statistics.sd, let cv = result.cv {
            lines += [
                .init(label: "均值", text: "\(Figure.grouped(sum, 2)) ÷ \(Figure.grouped(total, 0)) = \(Figure.plain(mean))"),
                .init(label: "标准差", text: Figure.plain(sd)),
                .init(label: "差异系数", text: "\(Figure.plain(sd)) ÷ \(Figure.plain(mean)) = \(Figure.plain(cv))（比较时不取整）"),
            ]
        } else {
            lines.append(.init(label: "还缺", text: "\(result.unitsUnknown)个学校单位的数没有填。缺一个就没有差异系数，缺数不当作零"))
        }
        if let ceiling = result.ceiling {
            lines.append(.init(label: "上限", text: "≤ \(Figure.fixed(ceiling, 2))，\(result.verdict.label.zh)"))
        }
        lines.append(.init(label: "依据", text: "\(look.standard.document)，\(part.dispersion?.clause ?? "")。差异系数算法见教督〔2012〕3号附件"))
        lines.append(.init(label: "数据", text: source))
        return lines
    }

    private static func columns(_ indicator: Indicator) -> [DataTable.Column] {
        [
            .init("school", "学校"), .init("setting", "城乡", isTight: true), .init("weight", "权重（学生）", .number(0), total: .sum),
            .init("value", "值（\(indicator.unit)）", .number(4), total: .mean(weight: "weight")),
            .init("product", "权重 × 值", .number(2), total: .sum), .init("deviation", "值 − 均值", .number(4)),
            .init("square", "权重 × (值 − 均值)²", .number(2), total: .sum), .init("share", "占离差（%）", .number(1), total: .sum),
        ]
    }

    private static func row(
        _ unit: Unit, _ mean: Double?, _ whole: Double, _ county: CountyResult, _ code: String, _ look: Look
    ) -> [DataTable.Cell] {
        let part = mean.flatMap { mean in unit.value.map { $0 - mean } }
        let squared = part == nil || unit.weight == nil ? nil : square(unit, mean)
        let product = unit.value.flatMap { value in unit.weight.map { $0 * value } }
        return [
            .init(unit.result.title, url: look.site.school(county.county, unit.result.school)), .init(unit.result.setting),
            .init(unit.weight),
            .init(
                unit.value, decimals: 4, absent: unit.result.unknown[code]?.zh ?? "—",
                url: look.site.explanation(county.county, unit.result.school, unit.result.stage, code)), .init(product, decimals: 2),
            .init(part, Figure.change(part, 4)), .init(squared, decimals: 2),
            .init(squared.map { whole > 0 ? $0 / whole * 100 : 0 }, decimals: 1),
        ]
    }
}

extension Explanation {
    /// What the value counts for in the group's mean: its denominator, that is the unit's pupils.
    var weight: Double? { denominator }
}
