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
        for step in ["groups", "workbooks", "plans"] {
            county.get(RouterPath(step)) { request, context in
                let name = context.segment("county")
                try context.visit.requireSight(of: name)
                return back(SiteMap(Scope(year: context.visit.today.schoolYear)).alliances(name), request)
            }
        }
        county.post("groups") { request, context in try await found(context.segment("county"), request, context.visit) }
        county.post("workbooks") { request, context in try await takeIn(context.segment("county"), request, context.visit) }
        county.post("plans") { request, context in try await adopt(context.segment("county"), request, context.visit) }
        let group = router.group("/alliances/groups/:alliance")
        group.get { request, context in try await show(context.segment("alliance"), request, context.visit) }
        for step in ["members", "leave", "end", "activities", "strikes"] {
            group.get(RouterPath(step)) { request, context in
                let (alliance, _) = try await seen(context.segment("alliance"), context.visit)
                return back(SiteMap(Scope(year: context.visit.today.schoolYear)).alliance(alliance.id), request)
            }
        }
        group.post("activities") { request, context in
            try await change(request, context) { asked in
                let activity = try activity(asked)
                return (
                    .recorded(activity.kind, activity.count),
                    { register in
                        try register.record([activity], seen: [asked.id: asked.version], rules: rules, today: asked.visit.today)
                    }
                )
            }
        }
        group.post("strikes") { request, context in
            try await change(request, context) { asked in
                let (id, name, at) = (asked["activity"], asked.visit.person.name, now())
                return (
                    .struck,
                    { register in
                        try register.strike(id, of: asked.id, seen: asked.version, by: name, at: at, reason: asked["reason"])
                    }
                )
            }
        }
        group.post("members") { request, context in
            try await change(request, context) { asked in
                let member = try await member(asked)
                return (
                    .joined,
                    { register in
                        try register.join(asked.id, seen: asked.version, [member], rules: rules, today: asked.visit.today)
                    }
                )
            }
        }
        group.post("leave") { request, context in
            try await change(request, context) { asked in
                let (day, place) = (try asked.day("day"), Int(asked["member"]) ?? -1)
                return (
                    .left,
                    { register in
                        try register.leave(
                            asked.id, seen: asked.version, member: place, on: day, reason: asked["reason"], today: asked.visit.today)
                    }
                )
            }
        }
        group.post("end") { request, context in
            try await change(request, context) { asked in
                let day = try asked.day("day")
                return (
                    .ended,
                    { register in
                        try register.end(asked.id, seen: asked.version, on: day, reason: asked["reason"], today: asked.visit.today)
                    }
                )
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
        let given = AllianceListPage.Material(
            county: county, year: AlliancesDesk.year(query, visit), alliances: try await store.alliances(),
            activities: try await store.activities(nil), schools: try await schools(), notice: notice,
            done: notice.isEmpty ? AllianceDone.words(query) : [], fields: fields, chosen: chosen)
        let page = AllianceListPage(self, given, query, visit)
        return try templates.answer(page, "alliance-list", query, books: books, isRefused: !notice.isEmpty)
    }

    private func seen(_ id: String, _ visit: Visit) async throws -> (alliance: Alliance, all: [Alliance]) {
        let all = try await store.alliances()
        guard let alliance = all.first(where: { $0.id == id }) else { throw PageMissing("没有这个教联体，可能链接有误") }
        if !visit.sees(alliance) { try visit.requireSight(of: alliance.lead.code, in: alliance.county) }
        return (alliance, all)
    }

    private func show(
        _ id: String, _ request: Request, _ visit: Visit, notice: [String] = [], fields: [String: String] = [:]
    ) async throws -> Response {
        let query = PageQuery(request.uri.query)
        let (alliance, all) = try await seen(id, visit)
        let since = alliance.members.filter { $0.role == .supported }.map(\.from.schoolYear).min() ?? visit.today.schoolYear
        let (figures, items) = try await figures(since: since)
        let given = AlliancePage.Material(
            alliance: alliance, all: all, activities: try await store.activities(id), year: AlliancesDesk.year(query, visit),
            schools: try await schools(), figures: figures, items: items, notice: notice,
            done: notice.isEmpty ? AllianceDone.words(query) : [],
            fields: fields)
        let page = AlliancePage(self, given, query, visit)
        return try templates.answer(page, "alliance", query, books: books, isRefused: !notice.isEmpty)
    }

    // MARK: Changing one alliance

    /// A form of an alliance's page.
    struct Asked: Sendable {
        var id: String
        var alliance: Alliance
        var fields: [String: String]
        var visit: Visit

        subscript(_ name: String) -> String { (fields[name] ?? "").trimmingCharacters(in: .whitespaces) }
        /// What the person saw.
        var version: Int { Int(self["version"]) ?? -1 }

        func day(_ name: String) throws -> Day {
            guard let day = Day(written: self[name]) else { throw AllianceRefusal("日期请写成 2026-03-01", .input) }
            return day
        }
    }

    typealias Change = @Sendable (inout AllianceRegister) throws -> Void

    /// A refusal shows the page with what was filled in.
    private func change(
        _ request: Request, _ context: PageContext, _ make: (Asked) async throws -> (AllianceDone, Change)
    ) async throws -> Response {
        let (id, visit) = (context.segment("alliance"), context.visit)
        let (alliance, _) = try await seen(id, visit)
        try visit.require(.keepAlliances, in: alliance.county)
        let fields = try await PostedForm.fields(request)
        do {
            let (done, change) = try await make(Asked(id: id, alliance: alliance, fields: fields, visit: visit))
            try await store.change(of: id, change)
            return Answer.seeOther(SiteMap(Scope(year: visit.today.schoolYear)).alliance(id) + done.query)
        } catch let refusal as AllianceRefusal {
            return try await show(id, request, visit, notice: refusal.messages, fields: fields)
        }
    }

    private func activity(_ asked: Asked) throws -> AllianceActivity {
        var complaints: [String] = []
        let kind = AllianceActivity.Kind(rawValue: asked["kind"])
        if kind == nil { complaints.append("请选择类型") }
        let day = Day(written: asked["day"])
        if day == nil { complaints.append("日期请写成 2026-03-01") }
        let count = Int(asked["count"])
        if count == nil { complaints.append("数量“\(asked["count"].prefix(20))”不是整数") }
        // Days mean something for teachers only; the field stands beside the others.
        let days = kind == .staff && !asked["days"].isEmpty ? Int(asked["days"]) : nil
        if kind == .staff, days == nil, !asked["days"].isEmpty { complaints.append("天数“\(asked["days"].prefix(20))”不是整数") }
        guard complaints.isEmpty, let kind, let day, let count else { throw AllianceRefusal(messages: complaints) }
        return AllianceActivity(
            id: newID(), alliance: asked.id, kind: kind, day: day, count: count, days: days, subject: asked["subject"],
            from: asked["from"], to: asked["to"], evidence: String(asked["evidence"].prefix(200)), madeBy: asked.visit.person.name,
            madeAt: now())
    }

    private func member(_ asked: Asked) async throws -> Alliance.Member {
        let book = try await schools()
        guard let school = book.find(asked["school"]) else { throw AllianceRefusal(book.missing(asked["school"]), .input) }
        try requireSchools([school], asked.alliance.county, asked.visit)
        guard let role = Alliance.Member.Role(rawValue: asked["role"]) else { throw AllianceRefusal("请选择角色", .input) }
        return Alliance.Member(school, role, stage: Stage(rawValue: asked["stage"]), from: try asked.day("day"))
    }

    /// Schools of another county are taken in by whoever answers for both.
    func requireSchools(_ schools: [AllianceSchool], _ county: String, _ visit: Visit) throws {
        for school in schools where school.county != county && !visit.may(.keepAlliances, in: school.county) {
            throw AllianceRefusal("“\(school.name)”是\(school.county)的学校，跨县的教联体请市教育局登记")
        }
    }
}
