internal import Foundation
internal import Hummingbird
internal import Pages
internal import Registry
internal import Vocabulary

/// People and their posts, for those who manage accounts.
extension AccountsDesk {
    struct PeoplePage: Sendable {
        struct Row: Sendable {
            var id: String
            var name: String
            var login: String
            var posts: String
            var state: String
            var step: String
            var stepLabel: String
        }

        var page: PageFrame
        var notice: [String]
        var news: [String]
        var rows: [Row]
        var roles: [PageFrame.Choice]
    }

    func addPeopleRoutes(to router: Router<PageContext>) {
        router.get("/people") { _, context in try await people(context.visit) }
        router.post("/people") { request, context in try await create(request, context) }
        for step in ["disable", "enable", "reset"] {
            router.post("/people/:person/\(step)") { _, context in try await take(step, context) }
        }
    }

    private func people(_ visit: Visit, notice: [String] = [], news: [String] = []) async throws -> Response {
        try visit.require(.manageAccounts, in: nil)
        let rows = try await accounts.accounts().map { account in
            PeoplePage.Row(
                id: account.id, name: account.person.name, login: account.login,
                posts: account.person.grants.map { $0.title + ($0.until.map { "（至\($0.chinese)）" } ?? "") }.joined(separator: "、"),
                state: account.isDisabled ? "已停用" : account.mustChangePassword ? "待改初始密码" : "正常",
                step: account.isDisabled ? "enable" : "disable", stepLabel: account.isDisabled ? "恢复" : "停用")
        }
        let page = PeoplePage(
            page: frame("\(rows.count)个账户", lead: "一人一个账户。代管写明到哪一天，到期自动失效。", visit, current: "/people"), notice: notice, news: news,
            rows: rows,
            roles: Role.allCases.map { PageFrame.Choice(value: $0.rawValue, label: $0.label.zh, isChosen: $0 == .countyOfficer) })
        return Answer.page(try templates.html(page, "people"), status: notice.isEmpty ? .ok : .unprocessableContent)
    }

    private func create(_ request: Request, _ context: PageContext) async throws -> Response {
        let visit = context.visit
        try visit.require(.manageAccounts, in: nil)
        let fields = try await PostedForm.fields(request)
        let (login, name) = (fields["login"] ?? "", (fields["name"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines))
        context.note.say(Account.normal(login))
        let county = (fields["county"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        let until = fields["until"] ?? ""
        var complaints = Account.complaints(login: login, name: name)
        let role = Role(rawValue: fields["role"] ?? "")
        if role == nil { complaints.append("请选择角色") }
        if role?.isCountyPost == true, county.isEmpty { complaints.append("“\(role?.label.zh ?? "")”要写明是哪个县（市、区）") }
        if !until.isEmpty, Day(iso: until) == nil { complaints.append("到期日写成 2026-12-31 的样子") }
        guard complaints.isEmpty, let role else { return try await people(visit, notice: complaints) }
        let password = oneTimePassword()
        let grant = Grant(role, county: county.isEmpty ? nil : county, until: Day(iso: until))
        let account = Account(
            person: Person(id: tokens.id(), name: name, grants: [grant]), login: login, mustChangePassword: true, passwordAt: now(),
            createdAt: now())
        do {
            try await accounts.add(account, passwordHash: try await hasher.hash(password), asFirst: false)
        } catch let refusal as AccountRefusal {
            return try await people(visit, notice: [refusal.message])
        }
        return try await people(visit, news: ["已建好\(name)的账户。初始密码 \(password) 只显示这一次，请当面或用安全的方式告诉本人；首次登录要改。"])
    }

    private func take(_ step: String, _ context: PageContext) async throws -> Response {
        let visit = context.visit
        try visit.require(.manageAccounts, in: nil)
        let id = context.parameters.get("person") ?? ""
        guard let account = try await accounts.account(id) else { throw PageMissing(AccountRefusal.unknown.message) }
        context.note.say(account.login)
        if id == visit.person.id { return try await people(visit, notice: ["不能停用或重置自己的账户；改密码请到“我的账户”"]) }
        do {
            guard step == "reset" else {
                try await accounts.setDisabled(id, step == "disable", today: visit.today)
                if step == "disable" { try await sessions.endAll(of: id, except: nil) }
                return Answer.seeOther("/people")
            }
            let password = oneTimePassword()
            try await accounts.setPassword(
                of: id, hash: try await hasher.hash(password), mustChange: true, keeping: passwordRule.history, at: now())
            try await accounts.setTimeCodes(of: id, secret: nil)
            try await sessions.endAll(of: id, except: nil)
            try await sessions.forgetFailures("account:\(account.login)")
            return try await people(visit, news: ["\(account.person.name)的新初始密码 \(password) 只显示这一次；下次登录要改。"])
        } catch let refusal as AccountRefusal {
            return try await people(visit, notice: [refusal.message])
        }
    }

    /// 80 random bits in groups people can read out.
    private func oneTimePassword() -> String {
        let digits = Array(tokens.id().prefix(20))
        return stride(from: 0, to: 20, by: 5).map { String(digits[$0..<$0 + 5]) }.joined(separator: "-")
    }
}
