internal import Foundation
internal import Hummingbird
internal import Pages
internal import Registry
internal import Vocabulary

/// 人员信息: the staff with what is kept of them, masked; looked up by a whole value.
struct RegisterRoutes: Sendable {
    struct RegisterPage: Sendable {
        var page: PageFrame
        var notice: [String]
        var table: ShownTable
    }

    let desk: PersonalDesk
    let people: PersonalDesk.People

    func addRoutes(to router: Router<PageContext>) {
        router.get("/personal") { request, context in try await list(PageQuery(request.uri.query), context.visit) }
        router.post("/personal/find") { request, context in try await find(request, context) }
    }

    private func list(_ query: PageQuery, _ visit: Visit, only: Set<PersonID>? = nil, notice: [String] = []) async throws -> Response {
        try visit.require(.seePersonal, in: nil)
        let details = Dictionary(uniqueKeysWithValues: try await people.store.details().map { ($0.person, $0) })
        let accounts = try await people.accounts.accounts().filter { only?.contains($0.id) ?? true }
        let table = DataTable(
            "people", "人员信息",
            columns: [
                .init("name", "姓名", isTight: true), .init("posts", "职责"), .init("mobile", "手机", isTight: true),
                .init("id", "证件号码", isTight: true), .init("state", "账户", isTight: true),
            ],
            rows: accounts.map { account in
                let detail = details[account.id]
                return [
                    .init(PersonalKind.name.masked(account.person.name), url: "/personal/people/\(account.id)"),
                    .init(account.person.grants.map(\.title).joined(separator: "、")),
                    .init(PersonalKind.mobile.masked(detail?.mobile ?? "")), .init(PersonalKind.idNumber.masked(detail?.idNumber ?? "")),
                    .init(account.isDisabled ? "停用" : "在用"),
                ]
                // What was found stands at an address that is only posted to: nothing there can be asked for again.
            }, hasTools: only == nil && notice.isEmpty)
        let title = only == nil ? "\(accounts.count)人登记在册" : accounts.isEmpty ? "没有登记这个值的人" : "找到\(accounts.count)人"
        let frame = desk.frame(title, lead: "默认遮盖。点开一人，写明用途后可以看10分钟，每次都有记录。", visit, current: "/personal")
        let shown = table.shown(query)
        if query.exported != nil { return try desk.book(shown, title, "人员信息（已遮盖）") }
        return try desk.page(RegisterPage(page: frame, notice: notice, table: shown), "personal-register", notice)
    }

    /// By the whole number, posted so that it stands in no address and no log.
    private func find(_ request: Request, _ context: PageContext) async throws -> Response {
        try context.visit.require(.seePersonal, in: nil)
        let fields = try await PostedForm.fields(request)
        let kind: PersonalKind = fields["kind"] == "idNumber" ? .idNumber : .mobile
        let value = kind.normal(fields["value"] ?? "")
        context.note.say(kind == .mobile ? "按手机" : "按证件号码")
        if let complaint = kind.complaint(value) { return try await list(PageQuery(nil), context.visit, notice: [complaint]) }
        return try await list(PageQuery(nil), context.visit, only: Set(try await people.store.people(with: value, kind)))
    }
}
