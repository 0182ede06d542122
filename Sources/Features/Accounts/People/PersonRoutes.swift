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
        one.post("name") { request, context in
            try await change(request, context) { account, fields, seen in
                let name = fields["name", default: ""].trimmingCharacters(in: .whitespacesAndNewlines)
                let complaints = Account.complaints(login: account.login, name: name)
                guard complaints.isEmpty else { throw AccountRefusal(complaints.joined(separator: "；")) }
                try await accounts.setName(of: account.id, name, seen: seen, today: context.visit.today)
                return "姓名已改为\(name)。"
            }
        }
        one.post("posts") { request, context in
            try await change(request, context) { account, fields, seen in
                let post = PostWords.read(fields, today: context.visit.today)
                guard let grant = post.grant else { throw AccountRefusal(post.complaints.joined(separator: "；")) }
                context.note.say("\(account.login)：\(PostWords.text(grant, today: context.visit.today))")
                guard !account.person.grants.contains(grant) else { throw AccountRefusal("已经有这项职务，没有再加") }
                try await accounts.setGrants(of: account.id, account.person.grants + [grant], seen: seen, today: context.visit.today)
                return "已加上：\(PostWords.text(grant, today: context.visit.today))。"
            }
        }
        one.post("posts/end") { request, context in
            try await change(request, context) { account, fields, seen in
                var grants = account.person.grants
                guard let place = Int(fields["post"] ?? ""), grants.indices.contains(place) else { throw AccountRefusal.changed }
                let ended = grants.remove(at: place)
                context.note.say("\(account.login)：\(PostWords.text(ended, today: context.visit.today))")
                try await accounts.setGrants(of: account.id, grants, seen: seen, today: context.visit.today)
                return "已结束：\(PostWords.text(ended, today: context.visit.today))。"
            }
        }
        one.post("sessions/end") { request, context in
            try await change(request, context) { account, fields, _ in
                guard let session = fields["session"], !session.isEmpty else {
                    try await sessions.endAll(of: account.id, except: account.id == context.visit.person.id ? context.visit.session : nil)
                    return "所有登录都已结束。"
                }
                try await sessions.end(session, of: account.id)
                return "那个登录已结束。"
            }
        }
        for step in ["disable", "enable"] {
            one.post("\(step)") { request, context in
                try await change(request, context, ofOthers: true) { account, _, seen in
                    try await accounts.setDisabled(account.id, step == "disable", seen: seen, today: context.visit.today)
                    if step == "disable" { try await sessions.endAll(of: account.id, except: nil) }
                    return step == "disable" ? "已停用，所有登录都已结束。" : "已恢复。"
                }
            }
        }
        one.post("reset") { request, context in
            try await change(request, context, ofOthers: true) { account, _, _ in try await reset(account) }
        }
        one.post("codes") { request, context in
            try await change(request, context, ofOthers: true) { account, _, _ in
                try await accounts.setTimeCodes(of: account.id, secret: nil)
                try await sessions.endAll(of: account.id, except: nil)
                return "动态码和恢复码已取消，所有登录都已结束。本人登录后可以重新设置。"
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

    private func reset(_ account: Account) async throws -> String {
        let password = oneTimePassword()
        try await accounts.setPassword(
            of: account.id, hash: try await hasher.hash(password), mustChange: true, keeping: rules.password.history, at: now())
        try await sessions.endAll(of: account.id, except: nil)
        try await sessions.forgetFailures("account:\(account.login)")
        return "\(account.person.name)的新初始密码 \(password) 只显示这一次；下次登录要改。"
    }

    // MARK: One account

    private func managed(_ context: PageContext) async throws -> Account {
        try context.visit.require(.manageAccounts, in: nil)
        guard let account = try await accounts.account(context.parameters.get("person") ?? "") else {
            throw PageMissing(AccountRefusal.unknown.message)
        }
        return account
    }

    /// A change and the page it leads to, with what was done; a refusal is told on the page as it stands now.
    private func change(
        _ request: Request, _ context: PageContext, ofOthers: Bool = false,
        _ work: (Account, [String: String], Int?) async throws -> String
    ) async throws -> Response {
        let account = try await managed(context)
        let fields = try await PostedForm.fields(request)
        context.note.say(account.login)
        do {
            if ofOthers, account.id == context.visit.person.id {
                throw AccountRefusal("这一步不能对自己做；改密码、停用动态码请到“我的账户”")
            }
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
