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
        var context = context
        context.visit = Visit(person: Person(id: "", name: "未登录", grants: []), today: desk.today())
        let path = request.uri.path
        if path.hasPrefix("/assets/") || path == "/favicon.ico" || path == "/login" || path == "/setup" {
            return try await next(request, context)
        }
        guard let (session, account) = try await known(request) else {
            guard [.get, .head].contains(request.method) else { throw PageForbidden("登录已经结束，这一步没有执行。请重新登录后再操作") }
            return Answer.seeOther(try await desk.accounts.hasAccounts() ? "/login" : "/setup")
        }
        context.visit.person = account.person
        context.visit.session = session.id
        let isOwn = path == "/account" || path == "/logout"
        let isExpired = desk.passwordRule.isExpired(setAt: account.passwordAt, now: desk.now())
        if !isOwn, account.mustChangePassword || isExpired {
            guard [.get, .head].contains(request.method) else { throw PageForbidden("请先设置新密码，再做别的操作") }
            return Answer.seeOther("/account")
        }
        if !isOwn, Duty.allCases.allSatisfy({ !context.visit.mayAnywhere($0) }) {
            throw PageForbidden("\(account.person.name)目前没有任何权限。请系统管理员在“人员与权限”中授予")
        }
        // Data pages are for those who may look at some place; the auditor and the like have pages of their own.
        let isData = path != "/people" && !path.hasPrefix("/people/") && path != "/audit"
        if !isOwn, isData, !context.visit.mayAnywhere(.look) {
            throw PageForbidden("\(account.person.name)没有查看数据的权限。请联系系统管理员")
        }
        return try await next(request, context)
    }

    private func known(_ request: Request) async throws -> (Session, Account)? {
        guard let token = request.cookies[AccountsDesk.cookie]?.value, token.utf8.count == 64 else { return nil }
        guard let session = try await desk.sessions.session(tokenDigest: desk.tokens.digest(token)), session.stage == .full else {
            return nil
        }
        let now = desk.now()
        guard desk.sessionRule.isAlive(session, now: now) else {
            try await desk.sessions.end(session.id, of: session.account)
            return nil
        }
        guard let account = try await desk.accounts.account(session.account), !account.isDisabled else { return nil }
        if now.timeIntervalSince(session.seenAt) > 60 { try await desk.sessions.touch(session.id, at: now) }
        return (session, account)
    }
}
