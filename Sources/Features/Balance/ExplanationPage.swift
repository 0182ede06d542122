internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// Where one number comes from: formula, inputs with their workbook cells, the share of common resources, the clause.
struct ExplanationPage: Sendable, Tabled {
    struct Line: Sendable {
        var label: String
        var text: String
    }
    let page: PageFrame
    let lines: [Line]
    let inputs: ShownTable
    var tables: [ShownTable] { [inputs] }

    init?(_ look: Look, _ county: CountyResult, school: String, stage: Stage, code: String) {
        guard let unit = county.units(of: school).first(where: { $0.stage == stage }),
            let explained = look.evaluated.evaluation.explain(code, unit)
        else { return nil }
        page = look.frame(
            "\(unit.title)的\(look.label(code))为 \(explained.value.map { Figure.short($0) + explained.indicator.unit } ?? "资料不足")",
            lead: explained.indicator.label.zh, county: county.county, current: "",
            actions: [
                .init("回到学校", look.site.school(county.county, school)),
                .init(look.isPart(county) ? "看全县的这一项" : "看全县各校", look.site.indicator(county.county, code)),
            ])
        lines = ExplanationPage.lines(explained, look.evaluated.standing(county.county), look)
        inputs = ExplanationPage.inputs(explained).shown(look.query)
    }

    private static func inputs(_ explained: Explanation) -> DataTable {
        DataTable(
            "inputs", "用到的数和原表单元格",
            columns: [
                .init("item", "项目"), .init("reported", "填报数", .number(2)), .init("used", "本单位使用", .number(2)), .init("file", "文件"),
                .init("cell", "单元格", isTight: true),
            ],
            rows: explained.inputs.map { input in
                [
                    .init("\(input.label)（\(input.unit)）"),
                    .init(input.reported, input.reported.map(Figure.plain), absent: input.absence?.zh ?? "—"),
                    .init(input.used, used(input)), .init(input.file), .init(input.cell?.description ?? "—"),
                ]
            }, hasTools: false)
    }

    /// The number that counted, and beside it the other division where the school reports one of its own.
    private static func used(_ input: Explanation.Input) -> String? {
        guard let number = input.used.map(Figure.plain) else { return nil }
        guard let split = input.split, let reported = split.reported else { return number }
        return split.used == .reported
            ? "\(number)（学校自报；按权重分摊为 \(split.weighted.map(Figure.plain) ?? "—")）"
            : "\(number)（按权重分摊；学校自报 \(Figure.plain(reported))）"
    }

    private static func lines(_ explained: Explanation, _ standing: CountyStanding, _ look: Look) -> [Line] {
        let indicator = explained.indicator
        let factor = indicator.factor == 1 ? "" : " × \(Figure.plain(indicator.factor))"
        var lines = [
            Line(
                label: "公式",
                text:
                    "(\(FormulaWords(catalogue: look.desk.evaluations.catalogue).readable(indicator.numeratorText)))\(factor) ÷ \(FormulaWords(catalogue: look.desk.evaluations.catalogue).readable(indicator.denominatorText))"
            )
        ]
        if let top = explained.numerator, let bottom = explained.denominator {
            lines.append(
                Line(label: "代入", text: "\(Figure.plain(top)) ÷ \(Figure.plain(bottom)) = \(explained.value.map(Figure.plain) ?? "—")"))
        }
        if !explained.weights.isEmpty {
            let terms = explained.weights.map { "\($0.stage.label.zh) \(Figure.plain($0.weight)) × \($0.pupils.map(Figure.plain) ?? "未填")" }
            lines.append(
                Line(
                    label: "分摊",
                    text:
                        "按学生数加权：\(terms.joined(separator: " + "))，本学段占 \(explained.share.map { Figure.fixed($0 * 100, 4) + "%" } ?? "—")。\(look.standard.apportionmentClause)"
                ))
        }
        let floor = explained.floor.map { "，单项底线 \(Figure.plain($0))" } ?? ""
        lines.append(Line(label: "标准", text: "\(explained.item.comparison.sign) \(explained.threshold.map(Figure.plain) ?? "—")\(floor)"))
        lines.append(Line(label: "依据", text: "\(look.standard.document)，\(explained.item.clause)。\(explained.part.unitRule?.clause ?? "")"))
        lines.append(Line(label: "口径", text: [indicator.definition, indicator.source].filter { !$0.isEmpty }.joined(separator: " ")))
        lines.append(Line(label: "数据", text: standing.source))
        return lines
    }
}
