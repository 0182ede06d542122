internal import Reporting
internal import Vocabulary

/// Plans as workbooks.
enum PathBook {
    static let type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    static let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    static func measures(_ sheet: PathSheet) -> SheetBook {
        let notes = [PathWords.summary(sheet) + "。", "数据来源：\(sheet.source)。", "单价：\(sheet.costNote)"]
        let work = SheetBook.Sheet(
            name: "措施", title: "\(sheet.county)达标方案：各校措施", notes: notes,
            columns: [
                .init("学校", width: 30), .init("学校标识码", width: 16), .init("措施", width: 34), .init("数量", decimals: 0), .init("单位"),
                .init("费用（元）", width: 14, decimals: 0),
            ],
            rows: sheet.measures.map {
                [.text($0.place), .text($0.school), .text($0.action), .number(Double($0.count)), .text($0.unit), .number(Double($0.cost))]
            })
        let moves = SheetBook.Sheet(
            name: "调动", title: "\(sheet.county)达标方案：县内教师调动",
            columns: [
                .init("类别", width: 20), .init("从", width: 30), .init("到", width: 30), .init("人数", decimals: 0),
                .init("费用（元）", width: 14, decimals: 0),
            ],
            rows: sheet.moves.map { [.text($0.action), .text($0.from), .text($0.to), .number(Double($0.count)), .number(Double($0.cost))] })
        let spreads = SheetBook.Sheet(
            name: "差异系数", title: "\(sheet.county)达标方案：校际差异系数前后",
            columns: [
                .init("学段"), .init("指标", width: 34), .init("现状", decimals: 4), .init("方案后", decimals: 4), .init("上限", decimals: 2),
            ],
            rows: sheet.spreads.map { [.text($0.stage), .text($0.item), .init($0.before), .init($0.after), .init($0.ceiling)] })
        return SheetBook([work] + (sheet.moves.isEmpty ? [] : [moves]) + (sheet.years.map(years) ?? []) + [spreads])
    }

    private static func years(_ years: [PathSheet.Year]) -> [SheetBook.Sheet] {
        let ends = SheetBook.Sheet(
            name: "分年安排", title: "各年的费用和年末的情况",
            columns: [
                .init("年度"), .init("费用（元）", width: 14, decimals: 0), .init("招聘（人）", decimals: 0), .init("调动（人）", decimals: 0),
                .init("年末达标的学校单位", width: 20, decimals: 0), .init("年末不超过上限的差异系数", width: 26, decimals: 0),
            ],
            rows: years.map { year -> [SheetBook.Cell] in
                [
                    .text("第\(year.number)年"), .number(Double(year.cost)), .number(Double(year.hires)), .number(Double(year.moved)),
                    .number(Double(year.unitsMet)), .number(Double(year.spreadsMet)),
                ]
            })
        let work = SheetBook.Sheet(
            name: "各年的措施", title: "各年的措施",
            columns: [
                .init("年度"), .init("学校", width: 44), .init("措施", width: 34), .init("数量", decimals: 0), .init("单位"),
                .init("费用（元）", width: 14, decimals: 0),
            ],
            rows: years.flatMap { year in
                year.lines.map { line -> [SheetBook.Cell] in
                    [
                        .text("第\(year.number)年"), .text(line.place), .text(line.action), .number(Double(line.count)), .text(line.unit),
                        .number(Double(line.cost)),
                    ]
                }
            })
        return [ends, work]
    }

    static func city(_ answers: [PathAnswer], year: SchoolYear, sentence: String) -> SheetBook {
        SheetBook([
            SheetBook.Sheet(
                name: "各县汇总", title: "\(year.label.zh)各县达标方案汇总", notes: [sentence + "。"],
                columns: [
                    .init("县（市、区）", width: 16), .init("费用（万元）", width: 14, decimals: 1), .init("招聘（人）", decimals: 0),
                    .init("调动（人）", decimals: 0),
                    .init("说明", width: 60),
                ],
                rows: answers.map { answer in
                    let rules = answer.rules.isEmpty ? "" : "：\(answer.rules.joined(separator: "；"))"
                    return [
                        .text(answer.county), .init(answer.cost.map { Double($0) / 10_000 }), .init(answer.hires.map(Double.init)),
                        .init(answer.moved.map(Double.init)), .text(answer.message + rules),
                    ]
                })
        ])
    }
}
