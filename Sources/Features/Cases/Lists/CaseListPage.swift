internal import Casework
internal import Pages
internal import Registry
internal import Vocabulary

/// The in-tray and every other list of cases.
struct CaseListPage: Sendable {
    struct Row: Sendable {
        var id: String
        var revision: Int
        var number: String
        var title: String
        var url: String
        var kind: String
        var place: String
        var state: String
        var light: Light
        var due: String
        var owner: String
        var since: String
    }
    struct Batch: Sendable {
        var id: String
        var label: String
        var asksReason: Bool
    }
    struct Outcome: Sendable {
        var title: String
        var message: String
    }

    /// What the form of filters does not ask and still holds.
    struct Kept: Sendable {
        var name: String
        var value: String
    }

    let page: PageFrame
    let kept: [Kept]
    let trays: [PageFrame.Link]
    let rows: [Row]
    let hasRows: Bool
    let kinds: [PageFrame.Choice]
    let lights: [PageFrame.Choice]
    let statuses: [PageFrame.Choice]
    let counties: [PageFrame.Choice]
    let hasCounties: Bool
    let text: String
    let tray: String
    let next: [String]
    let first: [String]
    let export: String
    let batch: [Batch]
    let hasBatch: Bool
    let opens: [PageFrame.Link]
    let done: [String]
    let failed: [Outcome]
    let hasFailed: Bool
    let here: String

    struct Material: Sendable {
        var query: CaseListQuery
        var page: CasePage
        var count: Int
        var overdue: Int
        var definitions: [CaseDefinition]
        var openable: [CaseDefinition]
        var counties: [String]
        var results: [CaseOffice.BatchResult]
    }

    /// Counted no further than this.
    static let most = 10_000

    init(_ desk: CasesDesk, _ material: Material, _ visit: Visit) {
        let (query, today) = (material.query, visit.today)
        let known = Dictionary(material.definitions.map { ($0.key, $0) }) { first, _ in first }
        page = desk.frame(
            CaseListPage.headline(material), lead: "点事由看经过和下一步。期限按工作日计算，节假日和调休以国务院办公厅通知为准。", visit,
            current: CaseAddress.list)
        trays = CaseListQuery.Tray.allCases.map { tray in
            PageFrame.Link(tray.label, query.url { $0.tray = tray }, isCurrent: tray == query.tray)
        }
        rows = material.page.rows.map { CaseListPage.row($0, known[$0.definition], today) }
        hasRows = !rows.isEmpty
        func choices(_ chosen: String, _ all: String, _ options: [(String, String)]) -> [PageFrame.Choice] {
            [PageFrame.Choice(value: "", label: all, isChosen: chosen.isEmpty)]
                + options.map { PageFrame.Choice(value: $0.0, label: $0.1, isChosen: $0.0 == chosen) }
        }
        var seen: Set<String> = []
        kinds = choices(
            query.kind, "各类", material.definitions.filter { seen.insert($0.id).inserted }.map { ($0.id, $0.label.zh) })
        lights = choices(
            query.light, "各种期限", CaseLight.allCases.filter { $0 != .closed }.map { ($0.rawValue, $0.label.zh) })
        statuses = [("open", "在办"), ("closed", "已办结"), ("all", "在办和已办结")].map {
            PageFrame.Choice(value: $0.0, label: $0.1, isChosen: $0.0 == query.status)
        }
        counties = material.counties.count < 2 ? [] : choices(query.county, "各县", material.counties.map { ($0, $0) })
        hasCounties = !counties.isEmpty
        text = query.text
        tray = query.tray.rawValue
        kept = [("state", query.state), ("day", query.day?.description ?? "")].filter { !$0.1.isEmpty }.map {
            Kept(name: $0.0, value: $0.1)
        }
        next = material.page.next.map { cursor in [query.url { $0.after = cursor }] } ?? []
        first = query.after == nil ? [] : [query.url { _ in }]
        export = query.url { _ in } + "&export=xlsx"
        here = query.url { $0.after = query.after }
        batch = CaseListPage.batch(material, desk.actor(visit))
        hasBatch = !batch.isEmpty && hasRows
        opens = material.openable.map { PageFrame.Link("新立：\($0.label.zh)", CaseAddress.open($0.id)) }
        let refused = material.results.filter { $0.refusal != nil }
        done =
            material.results.isEmpty
            ? [] : ["\(material.results.count - refused.count)件已办\(refused.isEmpty ? "" : "，\(refused.count)件没有办成，原因如下")"]
        failed = refused.map { Outcome(title: "\($0.number) \($0.title)", message: $0.refusal?.message ?? "") }
        hasFailed = !failed.isEmpty
    }

    private static func headline(_ material: Material) -> String {
        let count = material.count >= most ? "\(most)件以上" : "\(material.count)件"
        let late = material.overdue == 0 ? "" : "，其中\(material.overdue)件超期"
        switch material.query.tray {
        case .waiting: return material.count == 0 ? "没有待办的事" : "\(count)等待办理\(late)"
        case .mine: return material.count == 0 ? "没有由我承办的" : "由我承办\(count)\(late)"
        case .opened: return material.count == 0 ? "没有我发起的" : "我发起的\(count)\(late)"
        case .owned: return material.count == 0 ? "没有我单位负责的" : "我单位负责\(count)\(late)"
        case .all: return material.count == 0 ? "没有符合条件的" : "共\(count)\(late)"
        }
    }

    private static func row(_ item: CaseSummary, _ definition: CaseDefinition?, _ today: Day) -> Row {
        Row(
            id: item.id, revision: item.revision, number: item.number, title: item.title, url: CaseAddress.one(item.id),
            kind: definition?.label.zh ?? item.definition.id, place: item.place.label,
            state: definition?.state(item.state)?.label.zh ?? item.state, light: item.light(today).light,
            due: item.due.day.map { $0.chinese + (item.due.isProvisional ? "（暂定）" : "") } ?? "—",
            owner: item.assignee?.name ?? item.owner.flatMap { definition?.title($0, at: item.place) } ?? "—",
            since: item.openedDay.chinese)
    }

    /// Actions that may be done to many at once: of one kind, and needing no form. Whether each case takes it, the kernel says.
    private static func batch(_ material: Material, _ actor: CaseActor) -> [Batch] {
        let keys = Set(material.page.rows.filter(\.isOpen).map(\.definition))
        guard keys.count == 1, let definition = material.definitions.first(where: { keys.contains($0.key) }) else { return [] }
        let states = Set(material.page.rows.map(\.state))
        return definition.actions.filter { action in
            action.batch && action.form == nil && action.evidence.isEmpty && action.handOver == nil && action.subCase == nil
                && !states.isDisjoint(with: action.from)
                && action.by.contains { name in CaseParty(rawValue: name) != nil || actor.holds(name) }
        }.map { Batch(id: $0.id, label: $0.label.zh, asksReason: $0.reason == .required) }
    }
}

/// A list of cases as a workbook.
enum CaseBook {
    static func table(_ rows: [CaseSummary], _ definitions: [CaseDefinitionKey: CaseDefinition], _ today: Day) -> DataTable {
        DataTable(
            "cases", "办件",
            columns: [
                .init("number", "编号"), .init("kind", "类别"), .init("title", "事由"), .init("place", "地点"), .init("state", "状态"),
                .init("light", "期限"), .init("due", "截止"), .init("owner", "责任单位"), .init("person", "承办人"), .init("opened", "立件"),
                .init("closed", "办结"),
            ],
            rows: rows.map { item in
                let definition = definitions[item.definition]
                return [
                    .init(item.number), .init(definition?.label.zh ?? item.definition.id), .init(item.title), .init(item.place.label),
                    .init(definition?.state(item.state)?.label.zh ?? item.state), .init(item.light(today).label.zh),
                    .init(item.due.day?.chinese ?? "—"), .init(item.owner.flatMap { definition?.title($0, at: item.place) } ?? "—"),
                    .init(item.assignee?.name ?? "—"), .init(item.openedDay.chinese), .init(item.closedDay?.chinese ?? "—"),
                ]
            })
    }
}
