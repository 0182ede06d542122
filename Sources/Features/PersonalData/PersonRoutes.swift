internal import Foundation
internal import Hummingbird
internal import Pages
internal import Registry
internal import Vocabulary

/// One person's data for those who answer for them: masked, in clear for a while and a purpose, changed, held, handed out, erased.
struct PersonRoutes: Sendable {
    struct Fact: Sendable {
        var label: String
        var value: String
    }

    struct PersonPage: Sendable {
        var page: PageFrame
        var notice: [String]
        var id: String
        var facts: [Fact]
        var isMasked: Bool
        var until: String
        var purpose: String
        var purposeLength: Int
        var views: ShownTable
        /// Only who manages accounts holds, hands out and erases.
        var mayManage: Bool
        var hold: [String]
        var isErased: Bool
    }

    let desk: PersonalDesk
    let people: PersonalDesk.People

    func addRoutes(to router: Router<PageContext>) {
        router.get("/personal/people/:person") { request, context in
            try context.visit.require(.seePersonal, in: nil)
            return try await show(try await account(context), context.visit, PageQuery(request.uri.query))
        }
        router.post("/personal/people/:person/unmask") { request, context in try await unmask(request, context) }
        router.post("/personal/people/:person/detail") { request, context in try await change(request, context) }
        router.post("/personal/people/:person/hold") { request, context in try await hold(request, context) }
        router.post("/personal/people/:person/release") { _, context in
            try context.visit.require(.manageAccounts, in: nil)
            let account = try await account(context)
            try await people.store.liftHold(on: account.id)
            return Answer.seeOther("/personal/people/\(account.id)")
        }
        router.post("/personal/people/:person/export") { request, context in try await export(request, context) }
        router.post("/personal/people/:person/erase") { request, context in try await erase(request, context) }
    }

    private func account(_ context: PageContext) async throws -> Account {
        guard let account = try await people.accounts.account(context.segment("person")) else {
            throw PageMissing("没有这个人，可能链接有误。请从“人员信息”重新选择")
        }
        return account
    }

    private func show(
        _ account: Account, _ visit: Visit, _ query: PageQuery = PageQuery(nil), notice: [String] = [], purpose: String = ""
    ) async throws -> Response {
        let detail = try await people.store.detail(of: account.id)
        let open = try await people.store.unmasking(of: account.id, by: visit.person.id, session: visit.session ?? "", at: people.now())
        func shown(_ kind: PersonalKind, _ value: String) -> String {
            value.isEmpty ? "没有登记" : open == nil ? kind.masked(value) : value
        }
        let name = shown(.name, account.person.name)
        let views = try await Viewings(people: people).table(of: account.id, query)
        let page = PersonPage(
            page: desk.frame(name, lead: account.person.grants.map(\.title).joined(separator: "、"), visit, current: "/personal"),
            notice: notice, id: account.id,
            facts: [
                Fact(label: "姓名", value: name), Fact(label: "登录名", value: shown(.login, account.login)),
                Fact(label: "手机", value: shown(.mobile, detail?.mobile ?? "")),
                Fact(label: "证件号码", value: shown(.idNumber, detail?.idNumber ?? "")),
            ], isMasked: open == nil, until: open.map { PageTime.text($0.endsAt) } ?? "", purpose: purpose,
            purposeLength: Unmasking.purposeLength, views: views, mayManage: visit.may(.manageAccounts, in: nil),
            hold: try await people.store.hold(on: account.id).map { ["\($0.reason)（\(PageTime.text($0.setAt))起）"] } ?? [],
            isErased: account.person.name == AccountRefusal.erasedName)
        return try desk.page(page, "personal-person", notice)
    }

    private func unmask(_ request: Request, _ context: PageContext) async throws -> Response {
        try context.visit.require(.seePersonal, in: nil)
        let account = try await account(context)
        let purpose = (try await PostedForm.fields(request)["purpose"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        context.note.say("用途：\(purpose)")
        guard (Unmasking.purposeLength...80).contains(purpose.count) else {
            return try await show(
                account, context.visit, notice: ["请写明用途，\(Unmasking.purposeLength)至80个字，例如“核对轮岗名册里的同名教师”"], purpose: purpose)
        }
        try await people.store.begin(
            Unmasking(
                id: people.newID(), viewer: context.visit.person.id, session: context.visit.session ?? "", person: account.id,
                purpose: purpose, begunAt: people.now()))
        return Answer.seeOther("/personal/people/\(account.id)")
    }

    private func change(_ request: Request, _ context: PageContext) async throws -> Response {
        try context.visit.require(.seePersonal, in: nil)
        let account = try await account(context)
        let complaints = try await DetailForm(people: people).take(
            try await PostedForm.fields(request), of: account.id, by: context.visit.person.id)
        guard complaints.isEmpty else { return try await show(account, context.visit, notice: complaints) }
        return Answer.seeOther("/personal/people/\(account.id)")
    }

    private func hold(_ request: Request, _ context: PageContext) async throws -> Response {
        try context.visit.require(.manageAccounts, in: nil)
        let account = try await account(context)
        let reason = (try await PostedForm.fields(request)["reason"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        context.note.say(reason)
        guard (4...80).contains(reason.count) else { return try await show(account, context.visit, notice: ["请写明为什么保全，4至80个字"]) }
        try await people.store.setHold(
            LegalHold(person: account.id, reason: reason, setBy: context.visit.person.id, setAt: people.now()))
        return Answer.seeOther("/personal/people/\(account.id)")
    }

    private func export(_ request: Request, _ context: PageContext) async throws -> Response {
        try context.visit.require(.manageAccounts, in: nil)
        let account = try await account(context)
        let purpose = (try await PostedForm.fields(request)["purpose"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        context.note.say("用途：\(purpose)")
        guard (Unmasking.purposeLength...80).contains(purpose.count) else {
            return try await show(account, context.visit, notice: ["导出某人的全部信息要写明用途，例如“本人书面申请”"])
        }
        return try await HandOut(desk: desk, people: people).file(of: account, purpose: purpose)
    }

    private func erase(_ request: Request, _ context: PageContext) async throws -> Response {
        try context.visit.require(.manageAccounts, in: nil)
        let account = try await account(context)
        guard try await PostedForm.fields(request)["confirm"] == "删除" else {
            return try await show(account, context.visit, notice: ["要删除请在框里写“删除”两个字。删除后不能恢复"])
        }
        do {
            try await people.store.erase(account.id, today: context.visit.today)
        } catch let refusal as AccountRefusal {
            return try await show(account, context.visit, notice: [refusal.message])
        }
        try await people.sessions.endAll(of: account.id, except: nil)
        return Answer.seeOther("/personal")
    }
}
