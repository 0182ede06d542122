internal import Foundation
internal import Hummingbird
internal import Pages
internal import Registry
internal import Vocabulary

/// The list of accounts, searched and page by page, and the form that makes one; for those who manage accounts.
extension AccountsDesk {
    static let listed = 50

    struct PeoplePage: Sendable {
        struct Row: Sendable {
            var url: String
            var name: String
            var login: String
            var posts: String
            var state: String
        }

        var page: PageFrame
        var notice: [String]
        var news: [String]
        var rows: [Row]
        var isEmpty: Bool
        var text: String
        var county: String
        var roles: [PageFrame.Choice]
        var states: [PageFrame.Choice]
        var pages: [PageFrame.Link]
        var form: PostForm
    }

    /// The fields of a post, as typed.
    struct PostForm: Sendable {
        var name: String
        var login: String
        var county: String
        var school: String
        var until: String
        var roles: [PageFrame.Choice]
        var counties: [String]

        init(_ fields: [String: String], counties: [String]) {
            self.counties = counties
            name = fields["name"] ?? ""
            login = fields["login"] ?? ""
            county = fields["county"] ?? ""
            school = fields["school"] ?? ""
            until = fields["until"] ?? ""
            let chosen = Role(rawValue: fields["role"] ?? "") ?? .countyOfficer
            roles = Role.allCases.map { PageFrame.Choice(value: $0.rawValue, label: $0.label.zh, isChosen: $0 == chosen) }
        }
    }

    func addPeopleRoutes(to router: Router<PageContext>) {
        router.get("/people") { request, context in try await people(context.visit, PageQuery(request.uri.query)) }
        router.post("/people") { request, context in try await create(request, context) }
    }

    func people(
        _ visit: Visit, _ query: PageQuery = PageQuery(), notice: [String] = [], news: [String] = [], fields: [String: String] = [:]
    ) async throws -> Response {
        try visit.require(.manageAccounts, in: nil)
        let search = AccountSearch(
            text: query["q"]?.trimmingCharacters(in: .whitespaces) ?? "", role: query["role"].flatMap { Role(rawValue: $0) },
            county: query["county"]?.trimmingCharacters(in: .whitespaces) ?? "",
            state: query["state"].flatMap { AccountSearch.State(rawValue: $0) }, from: max(0, Int(query["from"] ?? "") ?? 0),
            limit: AccountsDesk.listed)
        let found = try await accounts.accounts(search)
        let isSearch = !(search.text.isEmpty && search.role == nil && search.county.isEmpty && search.state == nil)
        let rows = found.accounts.map { account in
            PeoplePage.Row(
                url: "/people/\(account.id)", name: account.person.name, login: account.login,
                posts: account.person.grants.map { PostWords.text($0, today: visit.today) }.joined(separator: "、"),
                state: AccountsDesk.state(account))
        }
        let page = PeoplePage(
            page: frame(
                isSearch ? "\(found.count)个账户符合" : "\(found.count)个账户", lead: "一人一个账户。代理的职务写明到哪一天，到期自动失效。点击姓名改职务、重置密码、结束登录。",
                visit, current: "/people"),
            notice: notice, news: news, rows: rows, isEmpty: rows.isEmpty, text: search.text, county: search.county,
            roles: [PageFrame.Choice(value: "", label: "全部角色", isChosen: search.role == nil)]
                + Role.allCases.map { PageFrame.Choice(value: $0.rawValue, label: $0.label.zh, isChosen: $0 == search.role) },
            states: [("", "全部"), ("active", "未停用"), ("disabled", "已停用")].map {
                PageFrame.Choice(value: $0.0, label: $0.1, isChosen: $0.0 == search.state?.rawValue ?? "")
            }, pages: AccountsDesk.pages(search, found), form: PostForm(fields, counties: try await customs.counties()))
        return Answer.page(try templates.html(page, "people"), status: notice.isEmpty ? .ok : .unprocessableContent)
    }

    static func state(_ account: Account) -> String {
        let first = account.isDisabled ? "已停用" : account.mustChangePassword ? "待改初始密码" : "正常"
        return first + (account.hasTimeCodes ? "，有动态码" : "")
    }

    private static func pages(_ search: AccountSearch, _ found: AccountList) -> [PageFrame.Link] {
        func url(_ from: Int) -> String {
            let pairs = [
                ("q", search.text), ("role", search.role?.rawValue ?? ""), ("county", search.county),
                ("state", search.state?.rawValue ?? ""),
                ("from", "\(from)"),
            ]
            return "/people?"
                + pairs.filter { !$0.1.isEmpty }.map {
                    "\($0.0)=\($0.1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
                }
                .joined(separator: "&")
        }
        let next = search.from + found.accounts.count
        let before = search.from > 0 ? [PageFrame.Link("上一页", url(max(0, search.from - search.limit)))] : []
        return before + (next < found.count ? [PageFrame.Link("下一页（第\(next + 1)个起）", url(next))] : [])
    }

    private func create(_ request: Request, _ context: PageContext) async throws -> Response {
        let visit = context.visit
        try visit.require(.manageAccounts, in: nil)
        let fields = try await PostedForm.fields(request)
        do {
            return try await people(visit, news: [try await make(fields, visit, context.note).said])
        } catch let refusal as AccountRefusal {
            return try await people(visit, notice: refusal.message.components(separatedBy: "；"), fields: fields)
        }
    }
}
