public import Casework
internal import Foundation
public import Vocabulary

/// Cases in words, for the terminal.
public struct CaseWords: Sendable {
    let definitions: CaseDefinitions
    let today: Day

    public init(_ definitions: CaseDefinitions, today: Day) {
        self.definitions = definitions
        self.today = today
    }

    /// A list in columns; a hanzi is two columns wide.
    public func list(_ items: [CaseSummary]) -> String {
        let rows = [["编号", "期限", "状态", "最后期限", "单位", "事由"]] + items.map(row)
        func width(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E80 ? 2 : 1) } }
        let widths = rows[0].indices.map { place in rows.map { width($0[place]) }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: Swift.max(0, $1 - width($0))) }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    private func row(_ item: CaseSummary) -> [String] {
        let definition = definitions[item.definition]
        let light = item.light(today)
        let due = item.due.day.map { "\($0)\(item.due.isProvisional ? "（暂计）" : "")" } ?? "—"
        return [
            item.number, light.label.zh, definition?.state(item.state)?.label.zh ?? item.state, due, item.place.label, item.title,
        ]
    }

    /// A whole case with its history.
    public func page(_ item: Case, _ definition: CaseDefinition, actions: [AvailableAction]) -> String {
        let summary = definition.summary(item)
        var lines = [
            "\(item.number)　\(item.title)", "\(definition.label.zh)（\(item.definition.version)版）　\(item.place.label)",
            "状态：\(definition.state(item.state)?.label.zh ?? item.state)　\(summary.light(today).label.zh)"
                + (summary.due.day.map { "，\($0.chinese)前\(summary.due.isProvisional ? "（假日安排未公布，暂计）" : "")" } ?? ""),
        ]
        if let owner = item.owner { lines.append("责任单位：\(definition.title(owner, at: item.place))") }
        if !item.coOwners.isEmpty {
            lines.append("协办单位：\(item.coOwners.map { definition.title($0, at: item.place) }.joined(separator: "、"))")
        }
        if let person = item.assignee { lines.append("承办人：\(person.name)") }
        for field in definition.fields {
            if let value = item.answers[field.id] { lines.append("\(field.label.zh)：\(field.words(value))") }
        }
        for link in item.links { lines.append("关联：\(link.label)") }
        lines.append("经过：")
        lines += item.history.enumerated().map { event($0 + 1, $1, definition) }
        if !actions.isEmpty { lines.append("现在可以办：\(actions.map { "\($0.action.label.zh)（\($0.id)）" }.joined(separator: "、"))") }
        return lines.joined(separator: "\n")
    }

    private func event(_ number: Int, _ event: CaseEvent, _ definition: CaseDefinition) -> String {
        var text = "  \(number). \(event.day) \(event.name)：\(event.label)"
        if event.from != event.to { text += " → \(definition.state(event.to)?.label.zh ?? event.to)" }
        if !event.reason.isEmpty { text += "，理由：\(event.reason)" }
        if !event.evidence.isEmpty { text += "，佐证\(event.evidence.count)份" }
        for finding in event.findings { text += "\n     \(finding.message)" }
        return text
    }
}
