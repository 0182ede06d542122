internal import Alliances
internal import Foundation
public import Hummingbird
internal import Indicators
public import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

extension AlliancesDesk {
    /// Adds the pages of this feature.
    public func addRoutes(to router: Router<PageContext>) {
        router.get("/alliances") { request, context in
            try await list(nil, request, context.visit)
        }
        let county = router.group("/alliances/counties/:county")
        county.get { request, context in
            let name = context.segment("county")
            try context.visit.requireSight(of: name)
            return try await list(name, request, context.visit)
        }
        // A page shown under the address of a form that was refused still sorts and exports its tables.
        for step in ["groups", "workbooks", "plans", "pairings"] {
            county.get(RouterPath(step)) { request, context in
                let name = context.segment("county")
                try context.visit.requireSight(of: name)
                return back(SiteMap(Scope(year: context.visit.today.schoolYear)).alliances(name), request)
            }
        }
        county.post("groups") { request, context in try await found(context.segment("county"), request, context.visit) }
        county.post("workbooks") { request, context in try await takeIn(context.segment("county"), request, context.visit) }
        county.post("plans") { request, context in try await adopt(context.segment("county"), request, context.visit) }
        county.post("pairings") { request, context in try await adoptPlan(context.segment("county"), request, context.visit) }
        for kind in ["docx", "pdf"] {
            county.get(RouterPath("report.\(kind)")) { request, context in
                let (name, visit) = (context.segment("county"), context.visit)
                let paper = try await report(of: name, AlliancesDesk.year(PageQuery(request.uri.query), visit), kind, visit)
                return Answer.file(paper.bytes, name: paper.name, type: kind == "pdf" ? Answer.pdf : Answer.docx)
            }
        }
        let group = router.group("/alliances/groups/:alliance")
        group.get { request, context in try await show(context.segment("alliance"), request, context.visit) }
        for step in ["members", "leave", "end", "activities", "strikes"] {
            group.get(RouterPath(step)) { request, context in
                let (alliance, _) = try await seen(context.segment("alliance"), context.visit)
                return back(SiteMap(Scope(year: context.visit.today.schoolYear)).alliance(alliance.id), request)
            }
        }
        addSteps(to: group)
    }

    private func addSteps(to group: RouterGroup<PageContext>) {
        group.post("activities") { request, context in
            try await change(request, context) { asked in
                let wish = try asked.activity()
                _ = try await record(asked.id, wish, seen: asked.version, asked.visit)
                return .recorded(wish.kind, wish.count)
            }
        }
        group.post("strikes") { request, context in
            try await change(request, context) { asked in
                _ = try await strike(asked["activity"], of: asked.id, reason: asked["reason"], seen: asked.version, asked.visit)
                return .struck
            }
        }
        group.post("members") { request, context in
            try await change(request, context) { asked in
                guard let role = Alliance.Member.Role(rawValue: asked["role"]) else { throw AllianceRefusal("请选择角色", .input) }
                let wish = AllianceWish.Member(asked["school"], role, stage: Stage(rawValue: asked["stage"]))
                _ = try await join(asked.id, wish, on: try asked.day("day"), seen: asked.version, asked.visit)
                return .joined
            }
        }
        group.post("leave") { request, context in
            try await change(request, context) { asked in
                let (day, place) = (try asked.day("day"), Int(asked["member"]) ?? -1)
                _ = try await leave(asked.id, member: place, on: day, reason: asked["reason"], seen: asked.version, asked.visit)
                return .left
            }
        }
        group.post("end") { request, context in
            try await change(request, context) { asked in
                _ = try await end(asked.id, on: try asked.day("day"), reason: asked["reason"], seen: asked.version, asked.visit)
                return .ended
            }
        }
    }

    private func back(_ url: String, _ request: Request) -> Response {
        guard let query = request.uri.query else { return Answer.seeOther(url) }
        return Answer.seeOther(url.prefix { $0 != "?" } + "?\(query)")
    }

    // MARK: Showing

    func list(
        _ county: String?, _ request: Request, _ visit: Visit, notice: [String] = [], fields: [String: String] = [:],
        chosen: Set<String> = []
    ) async throws -> Response {
        let query = PageQuery(request.uri.query)
        var given = AllianceListPage.Material(
            county: county, year: AlliancesDesk.year(query, visit), alliances: try await store.alliances(),
            activities: try await store.activities(nil), schools: try await schools(), notice: notice,
            done: notice.isEmpty ? AllianceDone.words(query) : [], fields: fields, chosen: chosen)
        if let county, visit.may(.keepAlliances, in: county) { given.pairings = try await pairings(of: county, visit) }
        let page = AllianceListPage(self, given, query, visit)
        return try templates.answer(page, "alliance-list", query, books: books, isRefused: !notice.isEmpty)
    }

    private func show(
        _ id: String, _ request: Request, _ visit: Visit, notice: [String] = [], fields: [String: String] = [:]
    ) async throws -> Response {
        let query = PageQuery(request.uri.query)
        let (alliance, all) = try await seen(id, visit)
        let given = AlliancePage.Material(
            alliance: alliance, activities: try await store.activities(id), year: AlliancesDesk.year(query, visit),
            schools: try await schools(), effect: try await effect(alliance, all, visit), notice: notice,
            done: notice.isEmpty ? AllianceDone.words(query) : [],
            fields: fields)
        let page = AlliancePage(self, given, query, visit)
        return try templates.answer(page, "alliance", query, books: books, isRefused: !notice.isEmpty)
    }

    // MARK: Changing one alliance

    /// A refusal shows the page with what was filled in.
    private func change(
        _ request: Request, _ context: PageContext, _ take: (AllianceAsked) async throws -> AllianceDone
    ) async throws -> Response {
        let (id, visit) = (context.segment("alliance"), context.visit)
        let (alliance, _) = try await seen(id, visit)
        try visit.require(.keepAlliances, in: alliance.county)
        let fields = try await PostedForm.fields(request)
        do {
            let done = try await take(AllianceAsked(id: id, fields: fields, visit: visit))
            return Answer.seeOther(SiteMap(Scope(year: visit.today.schoolYear)).alliance(id) + done.query)
        } catch let refusal as AllianceRefusal {
            return try await show(id, request, visit, notice: refusal.messages, fields: fields)
        }
    }
}

/// A form of an alliance's page.
struct AllianceAsked: Sendable {
    var id: String
    var fields: [String: String]
    var visit: Visit

    subscript(_ name: String) -> String { (fields[name] ?? "").trimmingCharacters(in: .whitespaces) }
    /// What the person saw.
    var version: Int { Int(self["version"]) ?? -1 }

    func day(_ name: String) throws -> Day {
        guard let day = Day(written: self[name]) else { throw AllianceRefusal("日期请写成 2026-03-01", .input) }
        return day
    }

    func activity() throws -> ActivityWish {
        var complaints: [String] = []
        let kind = AllianceActivity.Kind(rawValue: self["kind"])
        if kind == nil { complaints.append("请选择类型") }
        let day = Day(written: self["day"])
        if day == nil { complaints.append("日期请写成 2026-03-01") }
        let count = Int(self["count"])
        if count == nil { complaints.append("数量“\(self["count"].prefix(20))”不是整数") }
        // Days mean something for teachers only; the field stands beside the others.
        let days = kind == .staff && !self["days"].isEmpty ? Int(self["days"]) : nil
        if kind == .staff, days == nil, !self["days"].isEmpty { complaints.append("天数“\(self["days"].prefix(20))”不是整数") }
        guard complaints.isEmpty, let kind, let day, let count else { throw AllianceRefusal(messages: complaints) }
        return ActivityWish(
            kind, day: day, count: count, days: days, subject: self["subject"], from: self["from"], to: self["to"],
            evidence: self["evidence"])
    }
}
