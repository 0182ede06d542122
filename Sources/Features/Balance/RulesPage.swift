internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// The standard itself: every item with its threshold, clause and note.
struct RulesPage: Sendable {
    struct Row: Sendable {
        var code: String
        var label: String
        var demand: String
        var clause: String
        var note: String
    }
    struct Part: Sendable {
        var label: String
        var rule: String
        var rows: [Row]
    }

    let page: PageFrame
    let parts: [Part]
    let notes: [String]

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
                rows: part.items.map { item in
                    let bounds = item.threshold.sorted { $0.key < $1.key }.map {
                        "\($0.key.label.zh) \(item.comparison.sign) \(Figure.plain($0.value))"
                    }
                    let tests = item.tests.map {
                        $0.bound == nil
                            ? "\($0.label.zh)：\(Verdict.measured.label.zh)"
                            : "\($0.label.zh) \($0.comparison.sign) \(look.desk.evaluations.catalogue.readable($0.boundText))\($0.unit)"
                    }
                    return Row(
                        code: item.code, label: item.label.zh, demand: (bounds + tests).joined(separator: "；"), clause: item.clause,
                        note: item.note)
                })
        }
    }
}
