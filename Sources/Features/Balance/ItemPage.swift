internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// How an item that is not measured school by school was judged: every test with its formula, the numbers put in and
/// their workbook cells, the clause; for what every school must pass, the schools that do not.
struct ItemPage: Sendable, Tabled {
    struct Test: Sendable {
        var title: String
        var light: Light
        var lines: [ExplanationPage.Line]
        var inputs: [ShownTable]
    }

    let page: PageFrame
    let lines: [ExplanationPage.Line]
    let tests: [Test]
    let failing: [ShownTable]
    var tables: [ShownTable] { tests.flatMap(\.inputs) + failing }

    init?(_ look: Look, _ county: CountyResult, code: String) {
        guard let (part, item) = county.parts.lazy.flatMap({ part in part.items.map { (part, $0) } }).first(where: { $0.1.code == code }),
            item.level != .unit
        else { return nil }
        page = look.frame(
            "\(county.county)\(part.label.zh) \(item.code)：\(item.verdict.label.zh)", lead: item.label.zh, county: county.county,
            current: "", actions: [.init("回到\(county.county)", look.site.county(county.county) + "#part-\(part.id)")])
        let data = look.evaluated.standing(county.county).source
        let all = [
            ("依据", "\(look.standard.document)，\(item.clause)"), ("说明", item.note), ("数据", data),
        ]
        lines = all.filter { !$0.1.isEmpty }.map { ExplanationPage.Line(label: $0.0, text: $0.1) }
        tests = item.tests.enumerated().map { ItemPage.test($0.element, $0.offset, look) }
        let gaps = county.shortfalls.filter { $0.rule == .schoolTest && $0.code == code }
        failing = item.level == .school ? [ItemPage.schools(gaps, county, look).shown(look.query)] : []
    }

    private static func test(_ result: TestResult, _ place: Int, _ look: Look) -> Test {
        let test = result.test
        let words = FormulaWords(catalogue: look.desk.evaluations.catalogue)
        let bound = words.readable(test.boundText) + test.unit
        var lines = [ExplanationPage.Line(label: "公式", text: words.readable(test.valueText))]
        let isPlain = Double(test.boundText) != nil
        let asked = isPlain ? Double(test.boundText).map { ItemDetail.number($0, test) } ?? bound : bound
        let demand = test.format == .yesNo ? "应为“是”" : "\(test.comparison.sign) \(asked)"
        lines.append(.init(label: "要求", text: test.bound == nil ? "没有规定，只测不判" : demand))
        if let value = result.value {
            let written = ItemDetail.number(value, test)
            let table = look.evaluated.evaluation.counties
            let filled = words.filled(test.valueText) { name in
                result.row.flatMap { row in FactKey(name).flatMap { table?.fact($0, row).number } }
            }
            if let filled, test.value.variables.count > 1 { lines.append(.init(label: "代入", text: "\(filled) = \(written)")) }
            let limit = result.bound.map { "，要求 \(test.comparison.sign) \(ItemDetail.number($0, test))" } ?? ""
            lines.append(.init(label: "结果", text: test.format == .yesNo ? written : written + limit))
        }
        if result.schools > 0 {
            let open = result.unanswered > 0 ? "，\(result.unanswered)所资料不足" : ""
            lines.append(.init(label: "结果", text: "\(result.schools)所学校适用，\(result.failing)所不符合\(open)"))
        }
        if !result.missing.isEmpty { lines.append(.init(label: "还缺", text: "\(ItemDetail.names(result.missing, look))。补填后重新导入即可判断")) }
        return Test(
            title: test.label.zh, light: Light(result.verdict), lines: lines,
            inputs: result.row.map { [inputs(result, $0, place, look).shown(look.query)] } ?? [])
    }

    private static func inputs(_ result: TestResult, _ row: Int, _ place: Int, _ look: Look) -> DataTable {
        let table = look.evaluated.evaluation.counties
        var names: [String] = []
        for name in result.test.value.variables + (result.test.bound?.variables ?? []) + (result.test.applies?.variables ?? [])
        where !names.contains(name) { names.append(name) }
        let rows = names.map { name -> [DataTable.Cell] in
            let element = look.desk.evaluations.catalogue.elements[String(name.prefix { $0 != "." })]
            let fact = FactKey(name).flatMap { table?.fact($0, row) }
            var absent = "表中没有这一列"
            if case .absent(let reason) = fact { absent = reason.zh }
            let isFlag = element?.unit.contains("是=1") == true
            let text = fact?.number.map { isFlag ? ($0 >= 1 ? "是" : "否") : Figure.grouped($0, $0 == $0.rounded() ? 0 : 2) }
            return [
                .init(element?.label.zh ?? name), .init(fact?.number, text, absent: absent), .init(isFlag ? "是或否" : element?.unit ?? ""),
                .init(table?.origin(row)?.file ?? "—"), .init(table?.cell(name, row)?.description ?? "—"),
            ]
        }
        return DataTable(
            "inputs\(place + 1)", "\(result.test.label.zh)用到的数",
            columns: [
                .init("item", "项目"), .init("value", "填报数", .number(2)), .init("unit", "单位", isTight: true), .init("file", "文件"),
                .init("cell", "单元格", isTight: true),
            ], rows: rows, hasTools: false)
    }

    private static func schools(_ gaps: [Shortfall], _ county: CountyResult, _ look: Look) -> DataTable {
        DataTable(
            "failing",
            look.isPart(county)
                ? gaps.isEmpty ? "您的学校没有不符合的规定" : "您的学校不符合的规定" : gaps.isEmpty ? "没有不符合的学校" : "不符合的学校",
            columns: [
                .init("school", "学校"), .init("test", "规定"), .init("value", "现值", .number(2)), .init("bound", "要求", .number(2)),
                .init("missing", "差", .figure),
            ],
            rows: gaps.map { gap in
                [
                    .init(gap.name, url: look.site.school(county.county, gap.school)), .init(gap.label),
                    .init(gap.value, Figure.plain(gap.value)), .init(gap.threshold, Figure.plain(gap.threshold)),
                    .init(gap.needed, Figure.amount(gap.needed, gap.unit)),
                ]
            })
    }
}
