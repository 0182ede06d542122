internal import Foundation
internal import Vocabulary

extension CaseNotice {
    /// The words in braces.
    var placeholders: [String] {
        paragraphs.flatMap { text in
            text.split(separator: "{").dropFirst().compactMap { part in part.firstIndex(of: "}").map { String(part[..<$0]) } }
        }
    }
}

extension CaseDefinition {
    func knows(placeholder word: String) -> Bool {
        if word.hasPrefix("form.") { return field(String(word.dropFirst(5))) != nil }
        return ["title", "place", "number", "due", "today", "owner", "reason"].contains(word)
    }

    /// The notice of one event of a case, filled in; nil where the event sends none.
    public func notice(_ event: CaseEvent, of item: Case) -> NoticeText? {
        guard let notice = notice(event.notice) else { return nil }
        let day = event.day
        // As things stood then, not as they stand now.
        let then = item.history.prefix { $0 != event } + [event]
        guard let past = Case(item.id, events: then) else { return nil }
        let addressee = roles[notice.to].map { $0.level == .school ? past.place.label : title(office($0, past), at: past.place) } ?? ""
        return NoticeText(
            title: notice.title.zh, addressee: addressee, paragraphs: notice.paragraphs.map { filled($0, past, event, day) },
            signature: roles[notice.from].map { title(office($0, past), at: past.place) } ?? "", day: day, number: past.number)
    }

    private func office(_ role: CaseRole, _ item: Case) -> CaseUnit { item.place.unit(of: role) ?? CaseUnit(role: role.name) }

    private func filled(_ text: String, _ item: Case, _ event: CaseEvent, _ day: Day) -> String {
        let parts = text.split(separator: "{", omittingEmptySubsequences: false)
        return parts.dropFirst().reduce(String(parts.first ?? "")) { filled, part in
            guard let end = part.firstIndex(of: "}") else { return filled + "{" + part }
            return filled + word(String(part[..<end]), item, event, day) + part[part.index(after: end)...]
        }
    }

    private func word(_ name: String, _ item: Case, _ event: CaseEvent, _ day: Day) -> String {
        switch name {
        case "title": return item.title
        case "place": return item.place.label
        case "number": return item.number
        case "today": return day.chinese
        case "reason": return event.reason
        case "owner": return item.owner.map { title($0, at: item.place) } ?? "（责任单位未定）"
        case "due": return item.due.day?.chinese ?? "（未定期限）"
        default:
            guard let field = field(String(name.dropFirst(5))) else { return "" }
            return item.answers[field.id].map(field.words) ?? "（未填）"
        }
    }
}
