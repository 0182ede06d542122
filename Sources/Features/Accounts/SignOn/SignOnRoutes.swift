internal import Foundation
internal import Hummingbird
internal import Logging
internal import Pages
internal import Registry
internal import Vocabulary

/// To another login service and back.
extension AccountsDesk {
    /// Binds a login under way to the browser. It comes back from another site, so it is `lax` where the session's cookie is strict.
    private static let browserCookie = "junheng-login"

    func addSignOnRoutes(to router: Router<PageContext>) {
        router.get("/login/:provider") { request, context in
            let provider = try provider(context)
            do {
                let begun = try await SignOn(desk: self, provider: provider).begin(target: PageQuery(request.uri.query)["next"])
                var response = Answer.seeOther(begun.address)
                response.setCookie(browserCookie(begun.browser, request, maxAge: LoginRound.minutes * 60))
                return response
            } catch {
                return try await failed(error, provider, context)
            }
        }
        router.get("/login/:provider/back") { request, context in try await back(request, context) }
    }

    private func provider(_ context: PageContext) throws -> LoginProvider {
        guard let found = customs.providers.first(where: { $0.id == context.parameters.get("provider") }) else {
            throw PageMissing("没有这个登录方式。请回到登录页")
        }
        return found
    }

    private func back(_ request: Request, _ context: PageContext) async throws -> Response {
        let provider = try provider(context)
        let query = PageQuery(request.uri.query)
        context.note.say(provider.label)
        do {
            if let error = query["error"] { throw SignOnRefusal("the service says \(error.prefix(40))") }
            let browser = request.cookies[AccountsDesk.browserCookie]?.value ?? ""
            let found = try await SignOn(desk: self, provider: provider).finish(
                state: query["state"] ?? "", code: query["code"] ?? "", issuer: query["iss"], browser: browser)
            let admission = try await signIn(request, context, by: provider).admit(found.account)
            try await note(found.account, provider, context)
            return try entering(admission, found.target, request, context)
        } catch {
            return try await failed(error, provider, context)
        }
    }

    private struct Entering: Sendable {
        var url: String
    }

    /// A page of our own leads on: after a redirect from another site browsers would keep the strict cookie back.
    private func entering(_ admission: SignIn.Admission, _ target: String, _ request: Request, _ context: PageContext) throws -> Response {
        let url = admission.stage == .code ? AccountsDesk.door("/login/code", to: target) : target
        var response = Answer.page(try templates.html(Entering(url: url), "entering"))
        response.setCookie(sessionCookie(admission.token, context))
        response.setCookie(browserCookie("", request, maxAge: 0))
        return response
    }

    private func browserCookie(_ value: String, _ request: Request, maxAge: Int) -> Cookie {
        Cookie(
            name: AccountsDesk.browserCookie, value: value, maxAge: maxAge, path: "/login", secure: customs.publicURL.hasPrefix("https:"),
            httpOnly: true, sameSite: .lax)
    }

    /// A login changes something although it comes by GET: the audit has it.
    private func note(_ account: Account, _ provider: LoginProvider, _ context: PageContext) async throws {
        try await audit.append(
            AuditEntry(
                at: now(), person: account.id, name: account.person.name, action: "GET /login/{provider}/back",
                object: "/login/\(provider.id)（\(account.login)）", outcome: .done, address: context.address))
    }

    private func failed(_ error: any Error, _ provider: LoginProvider, _ context: PageContext) async throws -> Response {
        let words: String
        switch error {
        case let refusal as AccountRefusal: words = refusal.message
        case let refusal as SignOnRefusal:
            context.logger.warning("sign-on refused", metadata: ["provider": "\(provider.id)", "reason": "\(refusal.reason)"])
            words = "用\(provider.label)登录没有成功，请重试；一再不成时请告诉系统管理员"
        case let failure as OutgoingFailure:
            context.logger.warning("sign-on failed", metadata: ["provider": "\(provider.id)", "reason": "\(failure)"])
            words = "\(provider.label)现在用不了：\(failure.message)。请稍后重试，或用密码登录"
        default: throw error
        }
        if try await FailureCount(desk: self).add(login: provider.id, address: context.address, isLocked: false) {
            try await audit.append(
                AuditEntry(
                    at: now(), person: "", name: "", action: "GET /login/{provider}/back", object: "/login/\(provider.id)（\(words)）",
                    outcome: .refused, address: context.address))
        }
        return try await door("login", [words])
    }
}
