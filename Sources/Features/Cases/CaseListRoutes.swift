internal import Casework
internal import Foundation
internal import Hummingbird
internal import Pages
internal import Registry
internal import Reporting
internal import Vocabulary

extension CasesDesk {
    func addLists(to router: Router<PageContext>) {
        router.get("/cases") { request, context in try await list(PageQuery(request.uri.query), context.visit) }
        addRebuild(to: router)
        router.post("/cases/batch") { request, context in try await batch(request, context.visit) }
        router.get("/cases/calendar") { request, context in try await calendar(PageQuery(request.uri.query), context.visit) }
        router.get("/cases/figures") { request, context in try await figures(PageQuery(request.uri.query), context.visit) }
        router.get("/cases/kinds") { _, context in
            Answer.page(try templates.html(CaseKindsPage(self, visible(context.visit), context.visit), "case-kinds"))
        }
        router.get("/cases/kinds/:kind") { _, context in
            let id = context.segment("kind")
            guard let definition = visible(context.visit).first(where: { $0.id == id }) else { throw PageMissing("没有这类事项") }
            let mayOpen = openable(context.visit).contains { $0.id == id }
            return Answer.page(try templates.html(CaseKindPage(self, definition, mayOpen: mayOpen, context.visit), "case-kind"))
        }
    }

    /// The kinds in force, newest version of each.
    func visible(_ visit: Visit) -> [CaseDefinition] { office.definitions.current(on: visit.today) }

    /// The kinds somebody may open by hand. Those that come from something else are opened there.
    func openable(_ visit: Visit) -> [CaseDefinition] {
        let actor = actor(visit)
        return visible(visit).filter { definition in
            definition.opening.from.isEmpty
                && definition.opening.by.contains { definition.roles[$0]?.level == .everyone || actor.holds($0) }
        }
    }

    /// The counties to list: whole ones, and for somebody of one school its county. `school` then narrows the list to it.
    func counties(_ visit: Visit) -> Set<String>? {
        let sight = visit.sight
        return sight.isCity ? nil : sight.counties.union(sight.schools.map(\.county))
    }

    /// The one school of somebody who sees single schools only. Of several, rows are picked by `readable`.
    func school(_ visit: Visit) -> String? {
        visit.sight.isSchoolsOnly && visit.sight.schools.count == 1 ? visit.sight.schools.first?.school : nil
    }

    func filter(_ query: CaseListQuery, _ visit: Visit) -> CaseFilter {
        query.filter(actor(visit), counties: counties(visit), school: school(visit))
    }

    func usual(_ visit: Visit) -> CaseListQuery.Tray { actor(visit).posts.isEmpty ? .all : .waiting }

    private func list(_ query: PageQuery, _ visit: Visit, results: [CaseOffice.BatchResult] = []) async throws -> Response {
        let asked = CaseListQuery(query, usual: usual(visit))
        let filter = filter(asked, visit)
        if query["export"] != nil { return try await export(filter, visit) }
        let today = visit.today
        let inbox = try await office.query.inbox(filter, after: asked.after, limit: 50, most: CaseListPage.most, today: today)
        let places = try await schools(nil)
        let all = Array(Set(places.map(\.county))).sorted().filter { counties(visit)?.contains($0) ?? true }
        let material = CaseListPage.Material(
            query: asked, page: CasePage(rows: readable(inbox.page.rows, visit), next: inbox.page.next), count: inbox.count,
            overdue: inbox.overdue, definitions: office.definitions.all, openable: openable(visit), counties: all, results: results)
        return Answer.page(try templates.html(CaseListPage(self, material, visit), "case-list"))
    }

    /// Rows of kinds with named readers are for those alone.
    func readable(_ rows: [CaseSummary], _ visit: Visit) -> [CaseSummary] {
        let actor = actor(visit)
        return rows.filter { row in
            let isOwn = actor.id == row.openedBy || row.owner.map(actor.sits) == true
            guard let definition = office.definitions[row.definition], !definition.readers.isEmpty else {
                return isOwn || mayLook(visit, row.place)
            }
            if [row.openedBy, row.assignee?.person].contains(actor.id) || row.owner.map(actor.sits) == true { return true }
            return definition.readers.contains { name in
                definition.roles[name].flatMap { row.place.unit(of: $0) }.map(actor.sits) ?? false
            }
        }
    }

    private func export(_ filter: CaseFilter, _ visit: Visit) async throws -> Response {
        var (rows, after): ([CaseSummary], CaseCursor?) = ([], nil)
        repeat {
            let page = try await office.query.page(filter, after: after, limit: 500, today: visit.today)
            rows += readable(page.rows, visit)
            after = page.next
        } while after != nil && rows.count < 20_000
        let table = CaseBook.table(rows, office.definitions.definitions, visit.today).shown(PageQuery())
        let notes = after == nil ? [] : ["只导出最紧的\(rows.count)件，请用条件缩小范围"]
        return Answer.file(try papers.books.write(table.book(title: "办件清单", notes: notes)), name: "办件清单.xlsx", type: Answer.xlsx)
    }

    /// The same action on every case ticked; what could not be done is said case by case.
    private func batch(_ request: Request, _ visit: Visit) async throws -> Response {
        let parts = PostedParts(values: try await PostedForm.pairs(request))
        let back = PageQuery(parts["here"]?.split(separator: "?", maxSplits: 1).last.map(String.init))
        let chosen = parts.all("chosen").compactMap { text -> (id: CaseID, seen: Int)? in
            guard let colon = text.lastIndex(of: ":"), let seen = Int(text[text.index(after: colon)...]) else { return nil }
            return (String(text[..<colon]), seen)
        }
        guard !chosen.isEmpty, let action = parts["action"], !action.isEmpty else { return try await list(back, visit) }
        let command = CaseCommand(.act(action), by: actor(visit), at: now(), today: visit.today, reason: parts["reason"] ?? "")
        return try await list(back, visit, results: try await office.act(onEach: Array(chosen.prefix(200)), command))
    }

    private func calendar(_ query: PageQuery, _ visit: Visit) async throws -> Response {
        let (first, last) = CaseCalendarPage.bounds(query["month"] ?? "", today: visit.today)
        let actor = actor(visit)
        let isOwn = !actor.posts.isEmpty && query["tray"] != "all"
        var filter = CaseFilter(tray: isOwn ? .posts(actor.posts) : .all, dueFrom: first, dueUntil: last)
        if !isOwn { (filter.counties, filter.school) = (counties(visit), school(visit)) }
        let rows = readable(try await office.query.page(filter, after: nil, limit: 500, today: visit.today).rows, visit)
        let page = CaseCalendarPage(
            self, rows, first: first, last: last, calendar: office.definitions.calendar, whose: isOwn ? "待我单位办理的" : "全部在办的", visit)
        return Answer.page(try templates.html(page, "case-calendar"))
    }

    private func figures(_ query: PageQuery, _ visit: Visit) async throws -> Response {
        let group = query["by"].flatMap(CaseGrouping.init) ?? .county
        let kind = query["kind"] ?? ""
        let found = try await figures(
            group, kind: kind.isEmpty ? nil : kind, from: query["from"].flatMap { Day(iso: $0) },
            until: query["until"].flatMap { Day(iso: $0) }, visit)
        var names: [String: String] = [:]
        switch group {
        case .school: for school in try await schools(nil) { names[school.code] = "\(school.county) \(school.name)" }
        case .definition: for definition in office.definitions.all { names[definition.id] = definition.label.zh }
        case .state:
            for definition in office.definitions.all where kind.isEmpty || definition.id == kind {
                for state in definition.states { names[state.id] = names[state.id] ?? state.label.zh }
            }
        case .owner:
            let definition = office.definitions.all.first
            for figure in found { if let unit = CaseUnit(key: figure.group) { names[figure.group] = definition?.title(unit) } }
        case .county: break
        }
        let page = CaseFiguresPage(
            self, found, by: group, kind: kind, kinds: visible(visit), from: query["from"] ?? "", until: query["until"] ?? "", names: names,
            query: query, visit)
        guard let asked = query.exported, let table = page.tables.first(where: { $0.id == asked }) else {
            return Answer.page(try templates.html(page, "case-figures"))
        }
        return Answer.file(try papers.books.write(table.book(title: page.page.title, notes: [])), name: "办件统计.xlsx", type: Answer.xlsx)
    }
}
