internal import Indicators
internal import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

extension ImportPage {
    /// Buttons for what the record allows and the visitor may do.
    static func buttons(_ record: ImportRecord, _ material: Material, _ site: SiteMap, _ visit: Visit) -> [Button] {
        guard visit.may(.handIn, in: record.county) else { return [] }
        let version = Field(name: "version", value: "\(record.version)")
        func button(
            _ label: String, _ step: String, _ fields: [Field] = [], isMain: Bool = false, note: String = "", isTransfer: Bool = false
        ) -> Button {
            Button(
                label: label, url: site.importStep(record.id, step), fields: [version] + fields, isMain: isMain, note: note,
                isTransfer: isTransfer)
        }
        let good = record.tally.new + record.tally.changed + record.tally.unchanged
        return record.availableSteps.flatMap { step -> [Button] in
            switch step {
            case .apply:
                guard good > 0 else { return [] }
                let isPartial = record.tally.refused > 0
                let label = record.state == .undone ? "重新导入" : isPartial ? "只导入无误的\(good)行" : "确认导入\(good)行"
                return [
                    button(
                        label, "apply", isPartial ? [Field(name: "goodRows", value: "1")] : [], isMain: true,
                        isTransfer: !material.conflicts.isEmpty)
                ]
            case .undo: return [button("撤销这次导入", "undo", note: "撤销后，这些学校恢复到上一次导入的数")]
            case .discard: return [button("放弃", "discard"), button("重新比对", "recount")]
            }
        }
    }

    /// Rows that are new or differ, field by field.
    static func changes(_ material: Material, _ desk: ImportsDesk) -> [Change] {
        let headers = desk.headers(material.record.form)
        let form = desk.catalogue.forms[material.record.form]
        return material.rows.map { row in
            let name = row.row.attributes["name"] ?? row.row.attributes["county"] ?? ""
            return Change(
                key: row.key, name: name, effect: word(row.effect), row: "\(row.row.number)",
                fields: row.effect == .changed ? differences(row, headers, form) : "")
        }
    }

    private static func word(_ effect: ImportedRow.Effect) -> String {
        switch effect {
        case .new: "新增"
        case .changed: "改动"
        case .unchanged: "未变"
        case .refused: "不导入"
        }
    }

    private static func differences(_ row: ImportedRow, _ headers: [String: String], _ form: ReturnForm?) -> String {
        guard let current = row.current else { return "" }
        var parts: [String] = []
        for id in form?.attributeIDs ?? [] where (row.row.attributes[id] ?? "") != (current.attributes[id] ?? "") {
            parts.append("\(headers[id] ?? id)：\(shown(current.attributes[id])) → \(shown(row.row.attributes[id]))")
        }
        for key in form?.factKeys ?? [] where row.row.facts[key] != current.facts[key] {
            let scale = form?.column(.fact(key))?.scale ?? 1
            let (old, new) = (shown(current.facts[key], scale), shown(row.row.facts[key], scale))
            if old != new { parts.append("\(headers[key.description] ?? key.description)：\(old) → \(new)") }
        }
        return parts.joined(separator: "；")
    }

    private static func shown(_ text: String?) -> String { text.flatMap { $0.isEmpty ? nil : $0 } ?? "未填" }

    private static func shown(_ fact: Fact?, _ scale: Double) -> String {
        switch fact {
        case .known(let value): number(value / scale)
        case .absent(let reason): reason.zh
        case nil: Absence.noColumn.zh
        }
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }

    static func pages(_ material: Material, _ site: SiteMap) -> [PageFrame.Link] {
        let url = site.importPage(material.record.id)
        var links: [PageFrame.Link] = []
        if material.from > 0 { links.append(PageFrame.Link("上一页", "\(url)&from=\(max(0, material.from - shownRows))")) }
        if material.rows.count == shownRows { links.append(PageFrame.Link("下一页", "\(url)&from=\(material.from + shownRows)")) }
        return links
    }
}

/// One county of the effect in words.
struct ImportEffectSection: Sendable {
    struct Row: Sendable {
        var stage: String
        var label: String
        var before: String
        var after: String
        var light: Light
    }
    var county: String
    var before: String
    var after: String
    var light: Light
    var rows: [Row]
    var moved: [String]

    init(_ change: ImportEffect.County, _ standard: Standard?) {
        county = change.name
        before = change.before.map { VerdictSentence.text($0) } ?? "还没有数据"
        after = VerdictSentence.text(change.after)
        light = Light(change.after.verdict)
        rows = change.spreads.map { spread in
            Row(
                stage: spread.stage.label.zh, label: standard?.item(spread.code)?.label.zh ?? spread.code,
                before: Figure.fixed(spread.before, 4), after: Figure.fixed(spread.after, 4), light: Light(spread.verdict))
        }
        let units = change.moved
        moved =
            units.prefix(20).map { "\($0.unit.title)：\($0.before.label.zh) → \($0.unit.verdict.label.zh)" }
            + (units.count > 20 ? ["还有\(units.count - 20)个学校单位的结论会变"] : [])
    }
}
