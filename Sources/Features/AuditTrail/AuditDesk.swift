public import Foundation
public import Hummingbird
public import Pages
public import Registry
public import Reporting
internal import SiteMap
internal import Vocabulary

/// 审计记录: who did what, when, from where, and how it ended.
public struct AuditDesk: Sendable {
    /// Events on one page, and at most in one workbook.
    static let pageSize = 100
    static let bookSize = 50_000

    let log: any AuditLog
    /// Whose names stand with their accounts; nil where nobody has one.
    let people: (any PersonDirectory)?
    let templates: TemplateLibrary
    let books: any SheetBookWriter
    let organisation: String
    let words: AuditWords

    public init(
        log: any AuditLog, people: (any PersonDirectory)? = nil, templates: TemplateLibrary, books: any SheetBookWriter,
        organisation: String, words: AuditWords = AuditWords()
    ) {
        self.log = log
        self.people = people
        self.templates = templates
        self.books = books
        self.organisation = organisation
        self.words = words
    }

    /// The templates of this feature.
    public static var templates: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    public func addRoutes(to router: Router<PageContext>) {
        router.get("/audit") { request, context in
            try context.visit.require(.readAudit, in: nil)
            return try await answer(PageQuery(request.uri.query), context.visit)
        }
    }

    private func answer(_ query: PageQuery, _ visit: Visit) async throws -> Response {
        let filter = AuditQuery(query)
        let names = Dictionary(try await (people?.people() ?? []).map { ($0.id, $0.name) }) { first, _ in first }
        var asked = filter.filter
        if !asked.name.isEmpty { asked.people = names.filter { $0.value.contains(asked.name) }.map(\.key).sorted() }
        let isBook = query.exported != nil
        let start = isBook ? 0 : filter.from
        let events = try await log.events(asked, from: start, limit: isBook ? AuditDesk.bookSize : AuditDesk.pageSize)
        let count = try await log.count(asked)
        let check = query["verify"] == "1" ? try await log.verify() : nil
        let named = events.map { event in
            var event = event
            if event.entry.name.isEmpty { event.entry.name = names[event.entry.person] ?? "" }
            return event
        }
        let page = AuditPage(
            self, AuditPage.Material(events: named, count: count, actions: try await log.actions(), query: filter, check: check), query,
            visit)
        guard isBook else { return Answer.page(try templates.html(page, "audit")) }
        let notes = count > events.count ? ["共\(count)条，只导出最近的\(events.count)条。请用条件缩小范围"] : []
        return Answer.file(try books.write(page.events.book(title: page.page.title, notes: notes)), name: "审计记录.xlsx", type: Answer.xlsx)
    }

    func frame(_ title: String, _ visit: Visit) -> PageFrame {
        let scope = Scope(year: visit.today.schoolYear)
        let site = SiteMap(scope)
        return PageFrame(
            title: title, lead: "每一次改动和每一次越权都在这里，只增不改，首尾相连。", place: "全市", state: "",
            menu: MainMenu.groups(site, county: nil, visit: visit, form: "school-return", current: site.audit), scope: scope, years: [],
            standards: [], organisation: organisation, visit: visit)
    }
}

/// What the address asks: whose doings, of which kind, in which days.
struct AuditQuery: Sendable {
    var name: String
    var action: String
    var first: String
    var last: String
    var from: Int

    init(_ query: PageQuery) {
        name = query["name"] ?? ""
        action = query["action"] ?? ""
        first = query["first"] ?? ""
        last = query["last"] ?? ""
        from = max(0, Int(query["from"] ?? "") ?? 0)
    }

    /// Days count whole, by the clock of the machine.
    var filter: AuditFilter {
        AuditFilter(name: name, action: action, from: AuditQuery.start(first), until: AuditQuery.start(last)?.addingTimeInterval(86_400))
    }

    private static func start(_ text: String) -> Date? {
        guard let day = Day(iso: text) else { return nil }
        return DateComponents(calendar: Calendar(identifier: .gregorian), year: day.year, month: day.month, day: day.day).date
    }
}
