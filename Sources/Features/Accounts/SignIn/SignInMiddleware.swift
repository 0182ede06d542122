internal import Foundation
public import Hummingbird
public import Pages
internal import Registry

/// Lets only people with an open session pass, and leads everybody else to the login page.
public struct SignInMiddleware: RouterMiddleware {
    let desk: AccountsDesk

    public init(_ desk: AccountsDesk) { self.desk = desk }

    public func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        if context.isAdmitted { return try await next(request, context) }
        var context = context
        context.visit = Visit(person: Person(id: "", name: "未登录", grants: []), today: desk.today())
        let path = request.uri.path
        // Reports by code and published lists are for whoever passes by, without an account.
        let isDoor =
            path == "/login" || path.hasPrefix("/login/") || path == "/setup" || path.hasPrefix("/report/")
            || path == "/lists" || path.hasPrefix("/lists/")
        if path.hasPrefix("/assets/") || path == "/favicon.ico" || isDoor { return try await next(request, context) }
        guard let (session, account) = try await desk.signedIn(request) else {
            guard isReading(request) else { throw PageForbidden("登录已经结束，这一步没有执行。请重新登录后再操作") }
            guard try await desk.accounts.hasAccounts() else { return Answer.seeOther("/setup") }
            return Answer.seeOther(AccountsDesk.door("/login", to: "\(request.uri)"))
        }
        context.visit.person = account.person
        context.visit.session = session.id
        if let step = owed(account, session, path, context.visit) {
            guard isReading(request) else { throw PageForbidden(step.words) }
            return Answer.seeOther(step.page)
        }
        let isOwn = path == "/account" || path.hasPrefix("/account/") || path == "/logout"
        // Everybody may see what is kept of them and why.
        let isOnesRight = path == "/personal/me" || path.hasPrefix("/personal/me/") || path == "/personal/inventory"
        if !isOwn, !isOnesRight, Duty.allCases.allSatisfy({ !context.visit.mayAnywhere($0) }) {
            throw PageForbidden("\(account.person.name)目前没有任何权限。请系统管理员在“人员与权限”中授予")
        }
        // Data pages are for those who may look at some place; the auditor and the like have pages of their own.
        let others = ["/people", "/audit", "/personal", "/tokens", "/webhooks", "/api"]
        let isData = !others.contains { path == $0 || path.hasPrefix("\($0)/") }
        if !isOwn, isData, !context.visit.mayAnywhere(.look) {
            throw PageForbidden("\(account.person.name)没有查看数据的权限。请联系系统管理员")
        }
        return try await next(request, context)
    }

    private func isReading(_ request: Request) -> Bool { [.get, .head].contains(request.method) }

    /// What somebody has to do first: a password of one's own, then a second factor where the settings ask for one.
    private func owed(_ account: Account, _ session: Session, _ path: String, _ visit: Visit) -> (page: String, words: String)? {
        guard path != "/logout" else { return nil }
        // Whoever was vouched for by another service may not even know the password.
        let isByPassword = session.provider == nil
        if isByPassword, account.mustChangePassword || desk.rules.password.isExpired(setAt: account.passwordAt, now: desk.now()) {
            return path == "/account" ? nil : ("/account", "请先设置新密码，再做别的操作")
        }
        guard desk.rules.secondFactor.demands(account.person, today: visit.today), !account.hasTimeCodes else { return nil }
        return path == "/account" || path.hasPrefix("/account/") ? nil : ("/account/codes", "请先设置动态码，再做别的操作")
    }
}

extension AccountsDesk {
    /// Whose session a browser holds; nil for none, one that is over, or one that still owes a code.
    func signedIn(_ request: Request) async throws -> (Session, Account)? {
        guard let session = try await session(request, .full) else { return nil }
        guard let account = try await accounts.account(session.account), !account.isDisabled else { return nil }
        if now().timeIntervalSince(session.seenAt) > 60 { try await sessions.touch(session.id, at: now()) }
        return (session, account)
    }

    /// The live session a browser holds, in a stage.
    func session(_ request: Request, _ stage: Session.Stage) async throws -> Session? {
        guard let token = request.cookies[AccountsDesk.cookie]?.value, token.utf8.count == 64,
            let session = try await sessions.session(tokenDigest: tokens.digest(token)), session.stage == stage
        else { return nil }
        guard rules.session.isAlive(session, now: now()) else {
            try await sessions.end(session.id, of: session.account)
            return nil
        }
        return session
    }

    /// A page of logging in that leads back to where somebody wanted to go.
    static func door(_ page: String, to target: String?) -> String {
        guard let target = SameSitePath.safe(target), target != "/" else { return page }
        let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./")
        return "\(page)?next=\(target.addingPercentEncoding(withAllowedCharacters: plain) ?? "")"
    }
}
