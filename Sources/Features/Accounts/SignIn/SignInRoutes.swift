internal import Foundation
internal import HTTPTypes
public import Hummingbird
public import Pages
internal import Registry

extension AccountsDesk {
    /// Adds the pages of this feature.
    public func addRoutes(to router: Router<PageContext>) {
        router.get("/login") { request, _ in try await door("login", nil, ["next": PageQuery(request.uri.query)["next"] ?? ""]) }
        router.post("/login") { request, context in try await logIn(request, context) }
        router.get("/login/code") { request, _ in try await codeDoor(request, PageQuery(request.uri.query)["next"], nil) }
        router.post("/login/code") { request, context in try await typeCode(request, context) }
        router.get("/setup") { _, _ in try await door("setup", nil) }
        router.post("/setup") { request, context in try await setUp(request, context) }
        router.post("/logout") { _, context in
            try await sessions.end(context.visit.session ?? "", of: context.visit.person.id)
            return Answer.seeOther("/login")
        }
        addSignOnRoutes(to: router)
        addOwnRoutes(to: router)
        addSecondFactorRoutes(to: router)
        addPeopleRoutes(to: router)
        addPersonRoutes(to: router)
    }

    struct Door: Sendable {
        var organisation: String
        var notice: [String]
        var login: String
        var name: String
        /// Where to go afterwards; empty for the first page.
        var next: [String]
        var providers: [PageFrame.Link]
        var hasProviders: Bool
    }

    /// The login page once there are accounts, the page for the first administrator before.
    func door(_ wanted: String, _ notice: [String]?, _ fields: [String: String] = [:]) async throws -> Response {
        let right = try await accounts.hasAccounts() ? "login" : "setup"
        guard right == wanted else { return Answer.seeOther("/\(right)") }
        let next = SameSitePath.safe(fields["next"])
        let page = Door(
            organisation: customs.organisation, notice: notice ?? [], login: fields["login"] ?? "", name: fields["name"] ?? "",
            next: next.map { [$0] } ?? [],
            providers: customs.providers.map { PageFrame.Link("用\($0.label)登录", AccountsDesk.door("/login/\($0.id)", to: next)) },
            hasProviders: !customs.providers.isEmpty)
        return Answer.page(try templates.html(page, right), status: notice == nil ? .ok : .unprocessableContent)
    }

    private func logIn(_ request: Request, _ context: PageContext) async throws -> Response {
        let fields = try await PostedForm.fields(request)
        let login = fields["login"] ?? ""
        context.note.say(Account.normal(login))
        return try await attempting(login, context) {
            admitted(
                try await signIn(request, context).password(login: login, password: fields["password"] ?? ""), context, to: fields["next"])
        } refused: { words in
            try await door("login", [words], fields)
        }
    }

    /// The page that asks for the code; whoever owes none is led to the login page.
    private func codeDoor(_ request: Request, _ next: String?, _ notice: String?) async throws -> Response {
        guard try await session(request, .code) != nil else { return Answer.seeOther(AccountsDesk.door("/login", to: next)) }
        let page = Door(
            organisation: customs.organisation, notice: notice.map { [$0] } ?? [], login: "", name: "",
            next: SameSitePath.safe(next).map { [$0] } ?? [], providers: [], hasProviders: false)
        return Answer.page(try templates.html(page, "login-code"), status: notice == nil ? .ok : .unprocessableContent)
    }

    private func typeCode(_ request: Request, _ context: PageContext) async throws -> Response {
        let fields = try await PostedForm.fields(request)
        guard let owing = try await session(request, .code), let account = try await accounts.account(owing.account) else {
            return Answer.seeOther(AccountsDesk.door("/login", to: fields["next"]))
        }
        context.note.say(account.login)
        return try await attempting(account.login, context) {
            admitted(try await signIn(request, context).code(fields["code"] ?? "", owedBy: owing), context, to: fields["next"])
        } refused: { words in
            try await codeDoor(request, fields["next"], words)
        }
    }

    func signIn(_ request: Request, _ context: PageContext, by provider: LoginProvider? = nil) -> SignIn {
        SignIn(desk: self, address: context.address, agent: request.headers[.userAgent] ?? "", provider: provider?.id)
    }

    /// An attempt to get in; failures are told in words and counted for the audit.
    private func attempting(
        _ login: String, _ context: PageContext, _ attempt: () async throws -> Response, refused: (String) async throws -> Response
    ) async throws -> Response {
        let count = FailureCount(desk: self)
        try await count.writeClosed()
        var (words, isLocked) = ("", false)
        do {
            return try await attempt()
        } catch let refusal as AccountRefusal {
            words = refusal.message
        } catch let locked as Locked {
            (words, isLocked) = (locked.refusal.message, true)
        }
        if try await !count.add(login: login, address: context.address, isLocked: isLocked) { context.note.isCounted = true }
        return try await refused(words)
    }

    private func setUp(_ request: Request, _ context: PageContext) async throws -> Response {
        let fields = try await PostedForm.fields(request)
        let (login, name, password) = (fields["login"] ?? "", fields["name"] ?? "", fields["password"] ?? "")
        let rule = rules.account
        let subject = "setup:\(context.address)"
        if rule.lockedUntil(try await sessions.failures(subject, since: rule.since(now())), now: now()) != nil {
            return try await door("setup", ["安装码输错次数太多，请过\(rule.minutes)分钟再试"], fields)
        }
        guard tokens.digest((fields["code"] ?? "").filter { !$0.isWhitespace }.lowercased()) == tokens.digest(customs.setupCode) else {
            try await sessions.noteFailure(subject, at: now())
            return try await door("setup", ["安装码不对。它显示在启动服务器的窗口里"], fields)
        }
        var complaints = Account.complaints(login: login, name: name) + rules.password.complaints(password, login: login)
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
        let admission = SignIn.Admission(token: try await signIn(request, context).open(account.id, .full), stage: .full)
        return admitted(admission, context, to: "/people")
    }

    /// Gives the browser its session and leads on: to the code that is still owed, or to where somebody wanted to go.
    private func admitted(_ admission: SignIn.Admission, _ context: PageContext, to target: String?) -> Response {
        var response = Answer.seeOther(
            admission.stage == .code ? AccountsDesk.door("/login/code", to: target) : SameSitePath.safe(target) ?? "/")
        response.setCookie(sessionCookie(admission.token, context))
        return response
    }

    func sessionCookie(_ token: String, _ context: PageContext) -> Cookie {
        let isSecure = context.scheme == "https" || customs.publicURL.hasPrefix("https:")
        return Cookie(name: AccountsDesk.cookie, value: token, path: "/", secure: isSecure, httpOnly: true, sameSite: .strict)
    }
}
