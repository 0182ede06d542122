internal import Foundation
internal import Hummingbird
internal import Pages
internal import Registry
internal import Vocabulary

/// 本人信息: what is kept of oneself, and one's rights over it.
struct OwnRoutes: Sendable {
    struct Notice: Sendable {
        var id: String
        var label: String
        var text: String
        var version: String
        /// The consent that stands; none where it was not given or taken back.
        var given: [Given]
        var isOpen: Bool
    }
    struct Given: Sendable {
        var id: String
        var at: String
    }

    struct OwnPage: Sendable {
        var page: PageFrame
        var notice: [String]
        var facts: [PersonRoutes.Fact]
        var notices: [Notice]
        var views: ShownTable
        var hold: [String]
    }

    let desk: PersonalDesk
    let people: PersonalDesk.People

    func addRoutes(to router: Router<PageContext>) {
        router.get("/personal/me") { request, context in try await show(context.visit, PageQuery(request.uri.query)) }
        router.post("/personal/me/detail") { request, context in try await change(request, context) }
        router.post("/personal/me/consent") { request, context in try await consent(request, context) }
        router.post("/personal/me/withdraw") { request, context in
            let id = try await PostedForm.fields(request)["consent"] ?? ""
            try await people.store.withdraw(id, of: context.visit.person.id, at: people.now())
            return Answer.seeOther("/personal/me")
        }
        router.post("/personal/me/export") { _, context in
            try await HandOut(desk: desk, people: people).file(of: try await own(context.visit), purpose: "本人查阅、带走")
        }
        router.post("/personal/me/erase") { request, context in try await erase(request, context) }
    }

    private func own(_ visit: Visit) async throws -> Account {
        guard let account = try await people.accounts.account(visit.person.id) else { throw PageMissing("没有您的账户") }
        return account
    }

    private func show(_ visit: Visit, _ query: PageQuery = PageQuery(nil), notice: [String] = []) async throws -> Response {
        let account = try await own(visit)
        let detail = try await people.store.detail(of: account.id)
        let consents = try await people.store.consents(of: account.id)
        let notices = desk.inventory.notices.map { notice in
            let given = consents.filter { $0.notice == notice.id && $0.version == notice.version && $0.withdrawnAt == nil }
            return Notice(
                id: notice.id, label: notice.label.zh, text: notice.text, version: notice.version,
                given: given.map { Given(id: $0.id, at: PageTime.text($0.givenAt)) }, isOpen: given.isEmpty)
        }
        func shown(_ value: String?) -> String { value.map { $0.isEmpty ? "没有登记" : $0 } ?? "没有登记" }
        let page = OwnPage(
            page: desk.frame(
                "您登记的信息", lead: "只有您自己看得到原文；别人要看须写明用途，记录在下面。", visit, current: "/personal/me"),
            notice: notice,
            facts: [
                PersonRoutes.Fact(label: "姓名", value: account.person.name), .init(label: "登录名", value: account.login),
                .init(label: "职责", value: shown(account.person.grants.map(\.title).joined(separator: "、"))),
                .init(label: "手机", value: shown(detail?.mobile)), .init(label: "证件号码", value: shown(detail?.idNumber)),
            ], notices: notices, views: try await Viewings(people: people).table(of: account.id, query),
            hold: try await people.store.hold(on: account.id).map { [$0.reason] } ?? [])
        return try desk.page(page, "personal-me", notice)
    }

    private func change(_ request: Request, _ context: PageContext) async throws -> Response {
        let account = try await own(context.visit)
        let complaints = try await DetailForm(people: people).take(try await PostedForm.fields(request), of: account.id, by: account.id)
        guard complaints.isEmpty else { return try await show(context.visit, notice: complaints) }
        return Answer.seeOther("/personal/me")
    }

    private func consent(_ request: Request, _ context: PageContext) async throws -> Response {
        let account = try await own(context.visit)
        let fields = try await PostedForm.fields(request)
        guard let notice = desk.inventory.notices.first(where: { $0.id == fields["notice"] }) else {
            return try await show(context.visit, notice: ["没有这份告知，请重新打开本页"])
        }
        guard fields["version"] == notice.version else {
            return try await show(context.visit, notice: ["告知刚刚换了新版，请看过再点同意"])
        }
        try await people.store.give(
            Consent(
                id: people.newID(), person: account.id, notice: notice.id, version: notice.version, digest: people.digest(notice.text),
                givenAt: people.now()))
        return Answer.seeOther("/personal/me")
    }

    private func erase(_ request: Request, _ context: PageContext) async throws -> Response {
        let account = try await own(context.visit)
        guard try await PostedForm.fields(request)["confirm"] == "删除" else {
            return try await show(context.visit, notice: ["要删除请在框里写“删除”两个字。删除后您不能再登录，也不能恢复"])
        }
        do {
            try await people.store.erase(account.id, today: context.visit.today)
        } catch let refusal as AccountRefusal {
            return try await show(context.visit, notice: [refusal.message])
        }
        try await people.sessions.endAll(of: account.id, except: nil)
        return Answer.seeOther("/login")
    }
}
