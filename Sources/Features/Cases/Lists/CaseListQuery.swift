internal import Casework
internal import Foundation
internal import Pages
internal import Vocabulary

/// What the address of the list asks for.
struct CaseListQuery: Sendable {
    enum Tray: String, CaseIterable, Sendable {
        case waiting, mine, opened, owned, all

        var label: String {
            switch self {
            case .waiting: "待我单位办理"
            case .mine: "我承办的"
            case .opened: "我发起的"
            case .owned: "我单位负责的"
            case .all: "全部"
            }
        }
    }

    var tray: Tray
    var kind: String
    var state: String
    var light: String
    var status: String
    var county: String
    var text: String
    var after: CaseCursor?
    /// Due on this day alone; the calendar links here.
    var day: Day?

    init(_ query: PageQuery, usual: Tray) {
        tray = query["tray"].flatMap(Tray.init) ?? usual
        kind = query["kind"] ?? ""
        state = query["state"] ?? ""
        light = query["light"] ?? ""
        status = query["status"] ?? "open"
        county = query["county"] ?? ""
        text = query["text"] ?? ""
        after = query["after"].flatMap { CaseCursor(text: $0) }
        day = query["day"].flatMap { Day(iso: $0) }
    }

    func filter(_ actor: CaseActor, counties: Set<String>?, school: String?) -> CaseFilter {
        let posts = actor.posts
        let tray: CaseFilter.Tray =
            switch self.tray {
            case .waiting: .posts(posts)
            case .mine: .mine(actor.id)
            case .opened: .openedBy(actor.id)
            case .owned: .owned(posts)
            case .all: .all
            }
        let isOpen: Bool? = status == "all" ? nil : status != "closed"
        var filter = CaseFilter(
            tray: tray, definition: kind.isEmpty ? nil : kind, state: state.isEmpty ? nil : state, isOpen: isOpen,
            light: CaseLight(rawValue: light), county: county.isEmpty ? nil : county, text: text)
        if self.tray == .all { (filter.counties, filter.school) = (counties, school) }
        (filter.dueFrom, filter.dueUntil) = (day, day)
        return filter
    }

    /// The address with one thing changed; begins at the first page again.
    func url(_ change: (inout CaseListQuery) -> Void) -> String {
        var copy = self
        copy.after = nil
        change(&copy)
        var parts = ["tray=\(copy.tray.rawValue)"]
        for (name, value) in [
            ("kind", copy.kind), ("state", copy.state), ("light", copy.light), ("status", copy.status == "open" ? "" : copy.status),
            ("county", copy.county), ("text", copy.text), ("after", copy.after?.text ?? ""), ("day", copy.day?.description ?? ""),
        ] where !value.isEmpty {
            parts.append("\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")")
        }
        return CaseAddress.list + "?" + parts.joined(separator: "&")
    }
}
