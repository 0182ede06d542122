internal import Foundation
internal import Hummingbird
internal import Pages
internal import Registry
internal import Vocabulary

/// One's own account: password, second factor, open logins.
extension AccountsDesk {
    struct OwnPage: Sendable {
        var page: PageFrame
        var notice: [String]
        var news: [String]
        /// Nothing but the password until it is one's own.
        var mustChange: Bool
        var posts: [String]
        var codes: String
        var codesStep: String
        var sessions: [SessionRow]
        var hasOthers: Bool
        var identities: [String]
        var hasIdentities: Bool
    }

    func addOwnRoutes(to router: Router<PageContext>) {
        router.get("/account") { _, context in try await own(context.visit) }
        router.post("/account") { request, context in try await changePassword(request, context) }
        router.post("/account/sessions/end") { request, context in
            let fields = try await PostedForm.fields(request)
            let (id, current) = (context.visit.person.id, context.visit.session)
            guard let session = fields["session"], !session.isEmpty else {
                try await sessions.endAll(of: id, except: current)
                return try await own(context.visit, news: ["其他登录都已结束。"])
            }
            try await sessions.end(session, of: id)
            return session == current ? Answer.seeOther("/login") : try await own(context.visit, news: ["那个登录已结束。"])
        }
    }

    func own(_ visit: Visit, _ notice: [String] = [], news: [String] = []) async throws -> Response {
        guard let account = try await accounts.account(visit.person.id) else { throw PageForbidden("这里没有要登录的账户") }
        let rule = rules.password
        let isOld = rule.isExpired(setAt: account.passwordAt, now: now())
        let must = account.mustChangePassword || isOld
        let open = try await openSessions(of: account.id, current: visit.session)
        let names = Dictionary(customs.providers.map { ($0.id, $0.label) }) { first, _ in first }
        let identities = try await identities.identities(of: account.id).map { "\(names[$0.provider] ?? $0.provider)：\($0.name)" }
        let page = OwnPage(
            page: frame(
                must ? isOld && !account.mustChangePassword ? "密码已到期，请设置新密码" : "请先设置新密码" : "我的账户",
                lead: "密码至少\(rule.length)个字符，混用大写、小写、数字、其他字符中的\(rule.classes)种\(rule.maxAgeDays.map { "，每\($0)天要换" } ?? "")。", visit,
                current: "/account"),
            notice: notice, news: news, mustChange: must, posts: account.person.grants.map { PostWords.text($0, today: visit.today) },
            codes: account.hasTimeCodes ? "已启用。登录时除密码外还要输入手机上的动态码。" : "没有启用。启用后，别人知道密码也登录不了。",
            codesStep: account.hasTimeCodes ? "查看或停用动态码" : "设置动态码", sessions: open, hasOthers: open.contains { !$0.isCurrent },
            identities: identities, hasIdentities: !identities.isEmpty)
        return Answer.page(try templates.html(page, "account"), status: notice.isEmpty ? .ok : .unprocessableContent)
    }

    private func changePassword(_ request: Request, _ context: PageContext) async throws -> Response {
        let fields = try await PostedForm.fields(request)
        let (id, fresh) = (context.visit.person.id, fields["fresh"] ?? "")
        guard let account = try await accounts.account(id), let kept = try await accounts.credentials(of: id) else {
            throw PageForbidden("这里没有要登录的账户")
        }
        do {
            try await requirePassword(fields["password"] ?? "", of: account, signIn(request, context))
        } catch let refusal as AccountRefusal {
            return try await own(context.visit, [refusal.message])
        }
        var complaints = rules.password.complaints(fresh, login: account.login)
        if fresh != fields["again"] { complaints.append("两次输入的新密码不一样") }
        if complaints.isEmpty {
            for former in [kept.passwordHash] + kept.formerHashes.prefix(rules.password.history)
            where try await hasher.verify(fresh, against: former) {
                complaints = ["这个密码以前用过，请换一个"]
                break
            }
        }
        guard complaints.isEmpty else { return try await own(context.visit, complaints) }
        try await accounts.setPassword(
            of: id, hash: try await hasher.hash(fresh), mustChange: false, keeping: rules.password.history, at: now())
        try await sessions.endAll(of: id, except: context.visit.session)
        return Answer.seeOther("/")
    }

    /// Whoever sits at an open session proves once more to be its owner. Throws `AccountRefusal`; failures count as those of a login.
    func requirePassword(_ typed: String, of account: Account, _ signIn: SignIn) async throws {
        do {
            try await signIn.requireOpen(account.login)
        } catch let locked as Locked {
            throw locked.refusal
        }
        let hash = try await accounts.credentials(of: account.id)?.passwordHash ?? customs.decoy
        guard typed.utf8.count <= rules.password.limit, try await hasher.verify(typed, against: hash) else {
            try await signIn.noteFailure(account.login)
            throw AccountRefusal("现在的密码不对")
        }
    }
}
