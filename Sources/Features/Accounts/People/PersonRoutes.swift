internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Pages
internal import Registry
internal import Vocabulary

/// What those who manage accounts do with one of them.
extension AccountsDesk {
    func addPersonRoutes(to router: Router<PageContext>) {
        let one = router.group("/people/:person")
        one.get { _, context in try await person(try await managed(context), context.visit) }
        let steps: [(path: String, step: @Sendable ([String: String]) -> AccountStep)] = [
            ("name", { .rename($0["name"] ?? "") }), ("posts", { .addPost($0) }), ("posts/end", { .endPost(Int($0["post"] ?? "")) }),
            ("sessions/end", { .endSessions(only: $0["session"].flatMap { $0.isEmpty ? nil : $0 }) }), ("disable", { _ in .disable }),
            ("enable", { _ in .enable }), ("reset", { _ in .reset }), ("codes", { _ in .cancelCodes }),
        ]
        for (path, step) in steps {
            one.post(RouterPath(path)) { request, context in
                try await change(request, context) { account, fields, seen in
                    try await take(step(fields), on: account, seen: seen, context.visit, context.note).said
                }
            }
        }
        addIdentityRoutes(to: one)
    }

    private func addIdentityRoutes(to one: RouterGroup<PageContext>) {
        one.post("identities") { request, context in
            try await change(request, context) { account, fields, _ in
                let name = Account.normal(fields["name"] ?? "")
                guard let provider = customs.providers.first(where: { $0.id == fields["provider"] }) else {
                    throw AccountRefusal("请选择外部登录服务")
                }
                guard !name.isEmpty, name.utf8.count <= 255 else { throw AccountRefusal("请写这个人在\(provider.label)的账号") }
                context.note.say("\(account.login)：\(provider.label) \(name)")
                try await identities.bind(Identity(provider: provider.id, name: name, account: account.id, boundAt: now()))
                return "已绑定\(provider.label)的账号 \(name)。"
            }
        }
        one.post("identities/end") { request, context in
            try await change(request, context) { account, fields, _ in
                let (provider, name) = (fields["provider"] ?? "", fields["name"] ?? "")
                context.note.say("\(account.login)：\(provider) \(name)")
                try await identities.unbind(provider: provider, name: name, of: account.id)
                return "已解除外部账号 \(name)。已经登录的不受影响，要结束请按“结束全部登录”。"
            }
        }
    }

    // MARK: One account

    private func managed(_ context: PageContext) async throws -> Account {
        try await account(context.parameters.get("person") ?? "", context.visit)
    }

    /// A change and the page it leads to, with what was done; a refusal is told on the page as it stands now.
    private func change(
        _ request: Request, _ context: PageContext, _ work: (Account, [String: String], Int?) async throws -> String
    ) async throws -> Response {
        let account = try await managed(context)
        let fields = try await PostedForm.fields(request)
        context.note.say(account.login)
        do {
            let news = try await work(account, fields, Int(fields["version"] ?? ""))
            guard let now = try await accounts.account(account.id) else { throw PageMissing(AccountRefusal.unknown.message) }
            return try await person(now, context.visit, news: [news])
        } catch let refusal as AccountRefusal {
            let now = try await accounts.account(account.id) ?? account
            return try await person(now, context.visit, notice: [refusal.message], fields: fields)
        }
    }

    private func person(
        _ account: Account, _ visit: Visit, notice: [String] = [], news: [String] = [], fields: [String: String] = [:]
    ) async throws -> Response {
        let page = PersonPage(
            self, account, sessions: try await openSessions(of: account.id, current: visit.session),
            identities: try await identities.identities(of: account.id), visit, notice: notice, news: news, fields: fields,
            counties: try await customs.counties())
        let status: HTTPResponse.Status =
            notice.isEmpty ? .ok : notice == [AccountRefusal.changed.message] ? .conflict : .unprocessableContent
        return Answer.page(try templates.html(page, "person"), status: status)
    }
}
