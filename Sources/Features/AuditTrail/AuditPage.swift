internal import Foundation
internal import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

/// Events with filters, a page at a time, and what a check of the whole chain found.
struct AuditPage: Sendable {
    struct Material: Sendable {
        var events: [AuditEvent]
        var count: Int
        var actions: [String]
        var query: AuditQuery
        var check: AuditCheck?
    }
    struct Check: Sendable {
        var style: String
        var message: String
    }

    let page: PageFrame
    let name: String
    let first: String
    let last: String
    let actions: [PageFrame.Choice]
    let events: ShownTable
    let check: [Check]
    let pages: [PageFrame.Link]

    init(_ desk: AuditDesk, _ material: Material, _ query: PageQuery, _ visit: Visit) {
        page = desk.frame(material.count == 0 ? "没有相符的审计记录" : "\(material.count)条审计记录", visit)
        (name, first, last) = (material.query.name, material.query.first, material.query.last)
        actions = material.actions.map {
            PageFrame.Choice(value: $0, label: desk.words.action($0), isChosen: $0 == material.query.action)
        }
        events = AuditPage.table(material.events, desk.words).shown(query)
        check =
            material.check.map {
                $0.isIntact
                    ? [Check(style: "met", message: "\($0.count)条全部相符，末条校验码 \($0.anchor)。把它抄在别处，以后可以比对。")]
                    : [Check(style: "notmet", message: "第\($0.broken ?? 0)条起不可信：\($0.reason)。请保全数据库，并查明经过。")]
            } ?? []
        pages = AuditPage.pages(material)
    }

    private static func table(_ events: [AuditEvent], _ words: AuditWords) -> DataTable {
        DataTable(
            "events", "审计记录",
            columns: [
                .init("time", "时间", isTight: true), .init("name", "谁", isTight: true),
                .init("action", "做了什么", isTight: true), .init("object", "对什么"), .init("outcome", "结果", isTight: true),
                .init("address", "从哪里", isTight: true), .init("number", "序号", .number(0)),
            ],
            rows: events.map { event in
                let entry = event.entry
                let style = entry.outcome == .done ? "" : entry.outcome == .forbidden ? "notmet" : "warning"
                return [
                    .init(PageTime.text(entry.at)),
                    .init(entry.name.isEmpty ? "未登录" : entry.name),
                    .init(words.action(entry.action)), .init(entry.object), .init(entry.outcome.label.zh, style: style),
                    .init(entry.address), .init(Double(event.number), "\(event.number)"),
                ]
            })
    }

    private static func pages(_ material: Material) -> [PageFrame.Link] {
        let query = material.query
        func url(_ from: Int) -> String {
            let pairs = [("name", query.name), ("action", query.action), ("first", query.first), ("last", query.last), ("from", "\(from)")]
            return "/audit?"
                + pairs.map { "\($0.0)=\($0.1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }.joined(separator: "&")
        }
        var links: [PageFrame.Link] = []
        if query.from > 0 { links.append(PageFrame.Link("更近的", url(max(0, query.from - AuditDesk.pageSize)))) }
        if query.from + material.events.count < material.count { links.append(PageFrame.Link("更早的", url(query.from + AuditDesk.pageSize))) }
        return links
    }
}
