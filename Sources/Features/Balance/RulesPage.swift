internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// The standard itself: every item with its threshold, clause and note.
struct RulesPage: Sendable, Tabled {
    struct Part: Sendable {
        var label: String
        var rule: String
        var table: ShownTable
    }

    let page: PageFrame
    let parts: [Part]
    let notes: [String]
    var tables: [ShownTable] { parts.map(\.table) }

    init(_ look: Look) {
        let standard = look.standard
        page = look.frame(
            "\(standard.label.zh)：\(standard.parts.reduce(0) { $0 + $1.items.count })项", lead: "\(standard.document)。阈值来自目录文件，地方目录可以增加或加严。",
            current: look.site.rules)
        notes = standard.notes + standard.exclusions.map { "不计入：\($0.label.zh)（\($0.clause)）" } + [standard.apportionmentClause]
        parts = standard.parts.map { part in
            let rules = [part.unitRule?.clause, part.dispersion?.clause, part.composite?.clause].compactMap { $0 }.filter { !$0.isEmpty }
            return Part(
                label: part.label.zh, rule: rules.joined(separator: "；"),
                table: RulesPage.table(part, look).shown(look.query))
        }
    }

    private static func table(_ part: Standard.Part, _ look: Look) -> DataTable {
        DataTable(
            part.id, "\(part.label.zh)的条目",
            columns: [
                .init("code", "代码", isTight: true), .init("label", "内容"), .init("demand", "要求"), .init("clause", "条款", isTight: true),
                .init("note", "说明"),
            ], rows: part.items.map { row($0, look) }, hasTools: part.items.count > 6)
    }

    private static func row(_ item: Standard.Item, _ look: Look) -> [DataTable.Cell] {
        let bounds = item.threshold.sorted { $0.key < $1.key }.map {
            "\($0.key.label.zh) \(item.comparison.sign) \(Figure.plain($0.value))"
        }
        let tests = item.tests.map { test -> String in
            if test.bound == nil { return "\(test.label.zh)：\(Verdict.measured.label.zh)" }
            if test.format == .yesNo { return test.label.zh }
            let bound = Double(test.boundText).map { ItemDetail.number($0, test) }
            return
                "\(test.label.zh) \(test.comparison.sign) \(bound ?? FormulaWords(catalogue: look.desk.evaluations.catalogue).readable(test.boundText) + test.unit)"
        }
        return [
            .init(item.code), .init(look.label(item.code)), .init((bounds + tests).joined(separator: "；")), .init(item.clause),
            .init(item.note),
        ]
    }
}
