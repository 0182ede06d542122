internal import Hummingbird
internal import Pages
internal import Registry
internal import Vocabulary

/// 接口令牌: those a person has, and a form for another.
struct TokenPage: Sendable {
    struct Row: Sendable {
        var name: String
        var reach: String
        var lastDay: String
        var used: String
        var state: String
        var style: String
        /// Where to revoke it; empty once it is over.
        var revokeURL: [String]
    }
    struct Choice: Sendable {
        var value: String
        var label: String
        var isChosen: Bool
    }

    let page: PageFrame
    let notice: [String]
    let secret: [String]
    let duties: [Choice]
    let name: String
    let county: String
    let school: String
    let lastDay: String
    let latest: String
    let rows: [Row]
    let hasRows: Bool
    let mayMake: Bool

    init(
        _ desk: ApiDesk, _ tokens: [AccessToken], _ visit: Visit, wish: TokenWish? = nil, notice: [String] = [], made: MadeToken? = nil
    ) {
        let alive = tokens.filter { $0.isAlive(on: visit.today) }.count
        page = desk.frame(
            tokens.isEmpty ? "还没有接口令牌" : "有\(alive)个接口令牌在用", lead: "给别的程序用的口令。权限不会多于您自己的；您的职责变了，令牌跟着变。", visit, current: "/tokens",
            actions: [PageFrame.Link("怎样使用", "/api")])
        self.notice = notice
        secret = made.map { [$0.secret] } ?? []
        let held = Duty.allCases.filter { visit.mayAnywhere($0) }
        duties = held.map { Choice(value: $0.rawValue, label: $0.label.zh, isChosen: wish?.scope.duties.contains($0) ?? ($0 == .look)) }
        mayMake = !held.isEmpty
        name = made == nil ? wish?.name ?? "" : ""
        county = made == nil ? wish?.scope.county ?? "" : ""
        school = made == nil ? wish?.scope.school ?? "" : ""
        let limit = MakeToken(desk: desk).latest(visit.today)
        lastDay = (wish?.lastDay ?? limit).description
        latest = limit.description
        rows = tokens.map { TokenPage.row($0, visit) }
        hasRows = !rows.isEmpty
    }

    private static func row(_ token: AccessToken, _ visit: Visit) -> Row {
        let isAlive = token.isAlive(on: visit.today)
        let place = [token.scope.county, token.scope.school.map { "学校 \($0)" }].compactMap { $0 }.joined(separator: "，")
        let duties = Duty.allCases.filter(token.scope.duties.contains).map(\.label.zh).joined(separator: "、")
        return Row(
            name: token.name, reach: duties + (place.isEmpty ? "" : "（只限\(place)）"), lastDay: token.lastDay.chinese,
            used: token.usedAt.map(PageTime.text) ?? "没有用过",
            state: isAlive ? "可用" : token.revokedAt.map { "\(PageTime.text($0))停用" } ?? "已到期", style: isAlive ? "met" : "insufficient",
            revokeURL: isAlive ? ["/tokens/\(token.id)/revoke"] : [])
    }
}

extension ApiDesk {
    func addTokenRoutes(to router: Router<PageContext>) {
        router.get("/tokens") { _, context in try await tokenPage(context.visit) }
        router.post("/tokens") { request, context in
            let posted = try await PostedForm.fields(request)
            // Every box of the form has a name of its own: a plain form sends a name once.
            let duties = Duty.allCases.map(\.rawValue).filter { posted["duty-\($0)"] != nil }
            let wish = TokenWish(
                name: posted["name"] ?? "", duties: duties, county: posted["county"], school: posted["school"], lastDay: posted["lastDay"])
            context.note.say(wish.name)
            do {
                return try await tokenPage(context.visit, wish: wish, made: try await MakeToken(desk: self).run(wish, context.visit))
            } catch let problem as Problem {
                return try await tokenPage(context.visit, wish: wish, notice: problem.complaints.map(\.zh))
            } catch let refusal as AccountRefusal {
                return try await tokenPage(context.visit, wish: wish, notice: [refusal.message])
            }
        }
        router.post("/tokens/:token/revoke") { _, context in
            try await tokens.revoke(context.segment("token"), of: context.visit.person.id, at: now())
            return Answer.seeOther("/tokens")
        }
    }

    private func tokenPage(
        _ visit: Visit, wish: TokenWish? = nil, notice: [String] = [], made: MadeToken? = nil
    ) async throws -> Response {
        let page = TokenPage(self, try await tokens.tokens(of: visit.person.id), visit, wish: wish, notice: notice, made: made)
        return Answer.page(try templates.html(page, "tokens"), status: notice.isEmpty ? .ok : .unprocessableContent)
    }
}
