internal import Foundation
internal import Hummingbird
internal import Pages
internal import Registry

/// One's own second factor: shown as a picture and in writing, confirmed with a first code, switched off with password and code.
extension AccountsDesk {
    struct CodesPage: Sendable {
        var page: PageFrame
        var notice: [String]
        /// Nothing yet, a secret waiting for its first code, or in use.
        var isOff: Bool
        var isPending: Bool
        var isOn: Bool
        var square: String
        var groups: String
        var address: String
        var left: String
    }

    struct RecoveryPage: Sendable {
        var page: PageFrame
        var codes: [String]
    }

    func addSecondFactorRoutes(to router: Router<PageContext>) {
        router.get("/account/codes") { _, context in try await codesPage(context.visit) }
        router.post("/account/codes") { request, context in
            try await step(request, context) { try await begin($0, $1, signIn(request, context)) }
        }
        router.post("/account/codes/confirm") { request, context in
            try await step(request, context) { try await confirm($0, $1, signIn(request, context), context) }
        }
        router.post("/account/codes/off") { request, context in
            try await step(request, context) { try await switchOff($0, $1, signIn(request, context)) }
        }
    }

    private func step(
        _ request: Request, _ context: PageContext, _ take: (Account, [String: String]) async throws -> Response
    ) async throws -> Response {
        guard let account = try await accounts.account(context.visit.person.id) else { throw PageForbidden("这里没有要登录的账户") }
        do {
            return try await take(account, try await PostedForm.fields(request))
        } catch let refusal as AccountRefusal {
            return try await codesPage(context.visit, [refusal.message])
        } catch let locked as Locked {
            return try await codesPage(context.visit, [locked.refusal.message])
        }
    }

    private func codesPage(_ visit: Visit, _ notice: [String] = []) async throws -> Response {
        guard let account = try await accounts.account(visit.person.id), let kept = try await accounts.credentials(of: account.id) else {
            throw PageForbidden("这里没有要登录的账户")
        }
        let isOn = kept.timeCodeSecret != nil
        let pending = isOn ? nil : kept.pendingSecret
        let must = rules.secondFactor.demands(account.person, today: visit.today)
        let link = pending.map { codes.address(secret: $0, login: account.login, issuer: customs.organisation) } ?? ""
        let page = CodesPage(
            page: frame(
                isOn ? "动态码已启用" : must ? "请先设置动态码" : "设置动态码",
                lead: isOn
                    ? "登录时，输入密码后再输入手机上的6位动态码。"
                    : "先在手机上装一个支持 TOTP 的身份验证器应用，它不用联网，每30秒生成一个6位动态码。\(must ? "按本单位规定，您的职务必须启用。" : "")",
                visit, current: "/account", actions: [PageFrame.Link("回到我的账户", "/account")]),
            notice: notice, isOff: !isOn && pending == nil, isPending: pending != nil, isOn: isOn,
            square: pending == nil ? "" : SquarePicture.svg(try tools.squares.squares(of: link), label: "给动态码应用扫描的二维码"),
            groups: pending.map(AccountsDesk.groups) ?? "", address: link,
            left: isOn ? "还有\(kept.recoveryCodes)个恢复码没有用过。" : "")
        return Answer.page(try templates.html(page, "codes"), status: notice.isEmpty ? .ok : .unprocessableContent)
    }

    /// A fresh secret, for whoever knows the password: an open session alone must not lock the owner out.
    private func begin(_ account: Account, _ fields: [String: String], _ signIn: SignIn) async throws -> Response {
        guard !account.hasTimeCodes else { throw AccountRefusal("动态码已经启用。要换手机，请先停用再重新设置") }
        try await requirePassword(fields["password"] ?? "", of: account, signIn)
        try await accounts.setPendingTimeCodes(of: account.id, secret: codes.newSecret())
        return Answer.seeOther("/account/codes")
    }

    private func confirm(_ account: Account, _ fields: [String: String], _ signIn: SignIn, _ context: PageContext) async throws -> Response
    {
        try await signIn.requireOpen(account.login)
        guard let secret = try await accounts.credentials(of: account.id)?.pendingSecret else {
            throw AccountRefusal("还没有开始设置，或已经设置好了。请从“我的账户”重新开始")
        }
        guard let step = codes.step(of: fields["code"] ?? "", secret: secret, at: now()) else {
            try await signIn.noteFailure(account.login)
            throw AccountRefusal("动态码不对。请核对手机的时间是否准确，等下一个动态码再输")
        }
        let written = (0..<RecoveryCode.count).map { _ in RecoveryCode.written(tokens.id()) }
        let digests = written.map { tokens.digest(RecoveryCode.plain($0)) }
        guard try await accounts.confirmTimeCodes(of: account.id, step: step, recovery: digests) else {
            throw AccountRefusal("刚才在别处改过，没有启用。请重新设置")
        }
        try await sessions.endAll(of: account.id, except: context.visit.session)
        let page = RecoveryPage(
            page: frame(
                "动态码已启用，请抄下恢复码", lead: "手机丢了时，每个恢复码可以代替动态码登录一次。只显示这一次。", context.visit, current: "/account"),
            codes: written)
        return Answer.page(try templates.html(page, "recovery"))
    }

    private func switchOff(_ account: Account, _ fields: [String: String], _ signIn: SignIn) async throws -> Response {
        try await requirePassword(fields["password"] ?? "", of: account, signIn)
        guard try await signIn.isRight(fields["code"] ?? "", of: account.id) else {
            try await signIn.noteFailure(account.login)
            throw SignIn.wrongCode
        }
        try await accounts.setTimeCodes(of: account.id, secret: nil)
        return Answer.seeOther("/account")
    }

    /// The secret as people type it into a phone.
    private static func groups(_ secret: String) -> String {
        let letters = Array(secret)
        return stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<min($0 + 4, letters.count)]) }.joined(separator: " ")
    }
}
