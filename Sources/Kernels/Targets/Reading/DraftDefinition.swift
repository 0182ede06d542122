public import Vocabulary

/// A draft as a plan definition: what the catalogue's plans are written in, every line with its place in the text.
public struct DraftDefinition: Sendable {
    let draft: PlanDraft
    let id: String
    let from: Day
    let until: Day
    let choices: [Int: LineChoice]

    public init(_ draft: PlanDraft, id: String, from: Day, until: Day, choices: [Int: LineChoice] = [:]) {
        self.draft = draft
        self.id = id
        self.from = from
        self.until = until
        self.choices = choices
    }

    /// The first and last day a text speaks of, for where nobody says; `today` gives the year where it speaks of none.
    public static func period(_ draft: PlanDraft, today: Day) -> (from: Day, until: Day) {
        let days = draft.lines.flatMap { [$0.start, $0.deadline] }.compactMap { $0 }
        let from = min(days.min() ?? today, Day(year: today.year, month: 1, day: 1))
        return (from, max(days.max() ?? today, Day(year: today.year, month: 12, day: 31)))
    }

    /// The lines that stay. Who drops a line drops what is below it.
    public var kept: [DraftLine] {
        var dropped: Set<Int> = []
        return draft.lines.filter { line in
            let isDropped = choices[line.number]?.isDropped == true || line.parent.map { dropped.contains($0) } == true
            if isDropped { dropped.insert(line.number) }
            return !isDropped
        }
    }

    public var yaml: String {
        let lines = kept
        let offices = DraftDefinition.offices(lines, choices)
        let numbers = Dictionary(offices.enumerated().map { ($1, "office-\($0 + 1)") }) { first, _ in first }
        var text = "plan: \(id)\nlabel: \(quoted(draft.title))\ndocument:\n"
        text += "  { title: \(quoted(draft.title)), issuer: 本单位, date: \"\(from)\", source: 由文本录入 }\nfrom: \(from)\nuntil: \(until)\n"
        if !offices.isEmpty {
            text += "offices:\n"
            for office in offices {
                text += "  - { id: \(numbers[office] ?? ""), label: \(quoted(office)), level: \(DraftDefinition.level(office)) }\n"
            }
        }
        text += "items:\n"
        let children = Dictionary(grouping: lines) { $0.parent ?? 0 }
        func write(_ parent: Int, _ indent: String) {
            for line in children[parent] ?? [] {
                text += self.line(line, indent, numbers, hasBelow: children[line.number] != nil)
                if children[line.number] != nil {
                    text += "\(indent)  holds:\n"
                    write(line.number, indent + "    ")
                }
            }
        }
        write(0, "  ")
        return text
    }

    private func line(_ line: DraftLine, _ indent: String, _ offices: [String: String], hasBelow: Bool) -> String {
        let choice = choices[line.number]
        var fields = [
            "\(line.level.rawValue): line-\(line.number)", "label: \(quoted(choice?.label ?? line.label))",
            "at: \"\(line.place.paragraph).\(line.place.sentence)\"",
        ]
        if !line.mark.isEmpty { fields.append("mark: \(quoted(line.mark))") }
        if let owner = owner(line).flatMap({ offices[$0] }) { fields.append("owner: \(owner)") }
        let others = line.coOwners.compactMap { offices[$0] }
        if !others.isEmpty { fields.append("coOwners: [\(others.joined(separator: ", "))]") }
        if let start = line.start, start >= from, start <= until { fields.append("start: \(start)") }
        if let deadline = choice?.deadline ?? line.deadline, deadline >= from, deadline <= until { fields.append("deadline: \(deadline)") }
        if let quantity = line.quantity, !hasBelow { fields += amount(quantity) }
        return "\(indent)- " + fields.joined(separator: "\n\(indent)  ") + "\n"
    }

    private func amount(_ quantity: TextQuantity) -> [String] {
        let bound = quantity.comparison == .atLeast ? "atLeast" : "atMost"
        let unit = quantity.unit.isEmpty ? "" : ", unit: \(quoted(quantity.unit))"
        let period = quantity.period == .whole ? "" : ", per: \(quantity.period.rawValue)"
        let doubt = quantity.isDoubtful ? "；原文的数不完整，请核对" : ""
        return [
            "amount: { \(bound): \(PlanNumber.text(quantity.value))\(unit)\(period) }",
            "note: \(quoted("原文第\(quantity.place.start)至\(quantity.place.end)字\(doubt)"))",
        ]
    }

    private func owner(_ line: DraftLine) -> String? {
        if let choice = choices[line.number] { return choice.owner.isEmpty ? nil : choice.owner }
        return line.owners.first
    }

    private static func offices(_ lines: [DraftLine], _ choices: [Int: LineChoice]) -> [String] {
        var seen: [String] = []
        for line in lines {
            let owner = choices[line.number].map { [$0.owner] } ?? line.owners
            for name in owner + line.coOwners where !name.isEmpty && !seen.contains(name) { seen.append(name) }
        }
        return seen
    }

    private static func level(_ office: String) -> String {
        if office.hasPrefix("各校") || office.hasSuffix("学校") { return "school" }
        return office.hasPrefix("各县") || office.hasPrefix("各区") || office.contains("县（") ? "county" : "section"
    }

    /// As a YAML text in double quotes.
    private func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n", "\r", "\t": result += " "
            default:
                if scalar.value >= 32, scalar.value != 127, !(0x80...0x9F).contains(scalar.value), scalar.value != 0xFEFF {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}
