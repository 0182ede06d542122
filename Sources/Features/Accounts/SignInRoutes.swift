internal import Foundation
internal import HTTPTypes
public import Hummingbird
public import Pages
internal import Registry

extension AccountsDesk {
    /// Adds the pages of this feature.
    public func addRoutes(to router: Router<PageContext>) {
        router.get("/login") { _, _ in try await door("login", nil) }
        router.post("/login") { request, context in try await logIn(request, context) }
        router.get("/setup") { _, _ in try await door("setup", nil) }
        router.post("/setup") { request, context in try await setUp(request, context) }
        router.post("/logout") { _, context in
            try await sessions.end(context.visit.session ?? "", of: context.visit.person.id)
            return Answer.seeOther("/login")
        }
        router.get("/account") { _, context in try await own(context.visit, []) }
        router.post("/account") { request, context in try await changePassword(request, context) }
        addPeopleRoutes(to: router)
    }

    struct Door: Sendable {
        var organisation: String
        var notice: [String]
        var login: String
        var name: String
    }

    /// The login page once there are accounts, the page for the first administrator before.
    private func door(_ wanted: String, _ notice: [String]?, _ fields: [String: String] = [:]) async throws -> Response {
        let right = try await accounts.hasAccounts() ? "login" : "setup"
        guard right == wanted else { return Answer.seeOther("/\(right)") }
        let page = Door(organisation: organisation, notice: notice ?? [], login: fields["login"] ?? "", name: fields["name"] ?? "")
        return Answer.page(try templates.html(page, right), status: notice == nil ? .ok : .unprocessableContent)
    }

    private func logIn(_ request: Request, _ context: PageContext) async throws -> Response {
        let fields = try await PostedForm.fields(request)
        context.note.say(Account.normal(fields["login"] ?? ""))
        do {
            let (token, _) = try await SignIn(desk: self).run(
                login: fields["login"] ?? "", password: fields["password"] ?? "", code: fields["code"] ?? "", address: context.address,
                agent: request.headers[.userAgent] ?? "")
            return admitted(token, request)
        } catch let refusal as AccountRefusal {
            return try await door("login", [refusal.message], fields)
        }
    }

    private func setUp(_ request: Request, _ context: PageContext) async throws -> Response {
        let fields = try await PostedForm.fields(request)
        let (login, name, password) = (fields["login"] ?? "", fields["name"] ?? "", fields["password"] ?? "")
        let rule = LockoutRule.account
        let subject = "setup:\(context.address)"
        if rule.lockedUntil(try await sessions.failures(subject, since: rule.since(now())), now: now()) != nil {
            return try await door("setup", ["安装码输错次数太多，请过\(rule.minutes)分钟再试"], fields)
        }
        guard tokens.digest((fields["code"] ?? "").filter { !$0.isWhitespace }.lowercased()) == tokens.digest(setupCode) else {
            try await sessions.noteFailure(subject, at: now())
            return try await door("setup", ["安装码不对。它显示在启动服务器的窗口里"], fields)
        }
        var complaints = Account.complaints(login: login, name: name) + passwordRule.complaints(password, login: login)
        if password != fields["again"] { complaints.append("两次输入的密码不一样") }
        guard complaints.isEmpty else { return try await door("setup", complaints, fields) }
        let account = Account(
            person: Person(id: tokens.id(), name: name.trimmingCharacters(in: .whitespacesAndNewlines), grants: [Grant(.administrator)]),
            login: login, mustChangePassword: false, passwordAt: now(), createdAt: now())
        do {
            try await accounts.add(account, passwordHash: try await hasher.hash(password), asFirst: true)
        } catch let refusal as AccountRefusal {
            throw PageForbidden(refusal.message)
        }
        let token = try await SignIn(desk: self).open(account.id, context.address, request.headers[.userAgent] ?? "")
        return admitted(token, request, to: "/people")
    }

    private func admitted(_ token: String, _ request: Request, to page: String = "/") -> Response {
        let isSecure = HTTPField.Name("X-Forwarded-Proto").flatMap { request.headers[$0] } == "https"
        var response = Answer.seeOther(page)
        response.setCookie(
            Cookie(name: AccountsDesk.cookie, value: token, path: "/", secure: isSecure, httpOnly: true, sameSite: .strict))
        return response
    }

    // MARK: One's own account

    struct OwnPage: Sendable {
        var page: PageFrame
        var notice: [String]
    }

    private func own(_ visit: Visit, _ notice: [String]) async throws -> Response {
        let must = try await accounts.account(visit.person.id)?.mustChangePassword == true
        let frame = frame(
            must ? "请先设置新密码" : "我的账户", lead: "密码至少\(passwordRule.length)个字符，混用大写、小写、数字、其他字符中的\(passwordRule.classes)种。", visit,
            current: "/account")
        return Answer.page(
            try templates.html(OwnPage(page: frame, notice: notice), "account"), status: notice.isEmpty ? .ok : .unprocessableContent)
    }

    private func changePassword(_ request: Request, _ context: PageContext) async throws -> Response {
        let fields = try await PostedForm.fields(request)
        let (id, fresh) = (context.visit.person.id, fields["fresh"] ?? "")
        guard let account = try await accounts.account(id), let kept = try await accounts.credentials(of: id) else {
            throw PageForbidden("这里没有要登录的账户")
        }
        let subject = "account:\(account.login)"
        let failures = try await sessions.failures(subject, since: LockoutRule.account.since(now()))
        guard LockoutRule.account.lockedUntil(failures, now: now()) == nil else { return try await own(context.visit, ["输错次数太多，请稍后再试"]) }
        guard try await hasher.verify(fields["password"] ?? "", against: kept.passwordHash) else {
            try await sessions.noteFailure(subject, at: now())
            return try await own(context.visit, ["现在的密码不对"])
        }
        var complaints = passwordRule.complaints(fresh, login: account.login)
        if fresh != fields["again"] { complaints.append("两次输入的新密码不一样") }
        if complaints.isEmpty {
            for former in [kept.passwordHash] + kept.formerHashes where try await hasher.verify(fresh, against: former) {
                complaints = ["这个密码以前用过，请换一个"]
                break
            }
        }
        guard complaints.isEmpty else { return try await own(context.visit, complaints) }
        try await accounts.setPassword(
            of: id, hash: try await hasher.hash(fresh), mustChange: false, keeping: passwordRule.history, at: now())
        try await sessions.endAll(of: id, except: context.visit.session)
        return Answer.seeOther("/")
    }
}
