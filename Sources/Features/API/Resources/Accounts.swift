internal import HTTPTypes
public import Pages
public import Registry
internal import Vocabulary

/// The work with accounts, as the pages of 人员与权限 do it.
public struct AccountWork: Sendable {
    var list: @Sendable (AccountSearch, Visit) async throws -> AccountList
    var one: @Sendable (PersonID, Visit) async throws -> Account
    var make: @Sendable ([String: String], Visit, AuditNote) async throws -> AccountDone
    var take: @Sendable (AccountStep, Account, _ seen: Int?, Visit, AuditNote) async throws -> AccountDone

    public init(
        list: @escaping @Sendable (AccountSearch, Visit) async throws -> AccountList,
        one: @escaping @Sendable (PersonID, Visit) async throws -> Account,
        make: @escaping @Sendable ([String: String], Visit, AuditNote) async throws -> AccountDone,
        take: @escaping @Sendable (AccountStep, Account, Int?, Visit, AuditNote) async throws -> AccountDone
    ) {
        self.list = list
        self.one = one
        self.make = make
        self.take = take
    }
}

extension ApiDesk {
    /// Accounts and posts; where nobody logs in there are none.
    var accountOperations: [Operation] {
        let one = Parameter.path("person", "人员的编号", .text(1...64))
        return accountReadingOperations(one) + accountStepOperations(one)
    }

    /// Throws a 409 on an installation without accounts.
    private func accountWork() throws -> AccountWork {
        guard let accounts = work.accounts else { throw Problem(.conflict, "这里不用登录，没有账户", "Nobody logs in here: there are no accounts") }
        return accounts
    }

    private func accountReadingOperations(_ one: Parameter) -> [Operation] {
        [
            Operation(
                method: .get, path: "/accounts", id: "listAccounts", group: .people, title: LocalizedText(zh: "账户", en: "Accounts"),
                needs: .duty(.manageAccounts),
                parameters: [
                    .query("text", .text(1...60), "姓名或登录名的一部分"), .query("role", .choice(Role.allCases.map(\.rawValue)), "担任的角色"),
                    .query("county", .text(1...60), "县（市、区）"), .query("state", .choice(["active", "disabled"]), "未停用或已停用"),
                ], success: .json(status: 200, Paging.schema(Account.shape.schema)), isPaged: true
            ) { call in
                let paging = try Paging(call)
                let search = AccountSearch(
                    text: call.text("text") ?? "", role: call.text("role").flatMap { Role(rawValue: $0) },
                    county: call.text("county") ?? "",
                    state: call.text("state").flatMap { AccountSearch.State(rawValue: $0) }, from: paging.from, limit: paging.limit)
                let found = try await accountWork().list(search, call.visit)
                let end = paging.from + found.accounts.count
                let next = end < found.count && !found.accounts.isEmpty ? paging.cursor(key: "", place: end - 1) : nil
                return Reply(Paging.json(found.accounts.map(Account.shape.write), count: found.count, next: next), next: next)
            },
            Operation(
                method: .get, path: "/accounts/{person}", id: "getAccount", group: .people,
                title: LocalizedText(zh: "一个账户", en: "An account"),
                needs: .duty(.manageAccounts), parameters: [one], success: .json(status: 200, Account.shape.schema)
            ) { call in
                let account = try await accountWork().one(call.segment("person"), call.visit)
                return Reply(Account.shape.write(account), version: account.version)
            },
        ]
    }

    private func accountStepOperations(_ one: Parameter) -> [Operation] {
        let post = [
            Property("role", .choice(Role.allCases.map(\.rawValue))), Property("county", .text(1...60), isRequired: false),
            Property("school", .text(1...20), "学校标识码", isRequired: false), Property("until", .day, "代理到哪一天", isRequired: false),
        ]
        let wish = JSON.object(("role", .text("countyOfficer")), ("county", .text("清河县")))
        func step(
            _ path: String, _ id: String, _ title: LocalizedText, _ parameters: [Parameter] = [], body: Operation.Body = .none,
            isVersioned: Bool = true, isSecret: Bool = false, _ step: @escaping @Sendable (Call) -> AccountStep
        ) -> Operation {
            .post(
                "/accounts/{person}/\(path)", id, .people, title, needs: .duty(.manageAccounts), [one] + parameters, body: body,
                isVersioned: isVersioned, isSecret: isSecret, gives: AccountDone.shape, version: \.account.version
            ) { call in
                let work = try accountWork()
                return try await work.take(
                    step(call), try await work.one(call.segment("person"), call.visit), call.seen, call.visit, call.note)
            }
        }
        return [
            .post(
                "/accounts", "makeAccount", .people, LocalizedText(zh: "建一个账户", en: "Make an account"), needs: .duty(.manageAccounts),
                body: .json(
                    .object([Property("name", .text(1...60)), Property("login", .text(1...60))] + post),
                    example: .object(
                        ("name", .text("李科员")), ("login", .text("li")), ("role", .text("countyOfficer")), ("county", .text("清河县")))),
                status: 201, isSecret: true, note: "初始密码只在这个回答里出现一次，所以这里不用 Idempotency-Key；首次登录要改。",
                gives: AccountDone.shape, version: \.account.version
            ) { call in try await accountWork().make(ApiDesk.typed(call.body), call.visit, call.note) },
            step(
                "name", "renameAccount", LocalizedText(zh: "改姓名", en: "Change the name"),
                body: .json(.object([Property("name", .text(1...60))]), example: .object(("name", .text("李科长"))))
            ) { .rename($0.body["name"]?.string ?? "") },
            step("posts", "givePost", LocalizedText(zh: "加一项职务", en: "Give a post"), body: .json(.object(post), example: wish)) {
                .addPost(ApiDesk.typed($0.body))
            },
            step(
                "posts/{post}/end", "endPost", LocalizedText(zh: "结束一项职务", en: "End a post"),
                [.path("post", "在 grants 里的位置，从0数", .integer(0...1_000), example: .integer(0))]
            ) { .endPost($0.integer("post")) },
            step(
                "sessions/end", "endSessions", LocalizedText(zh: "结束全部登录", en: "End all sessions"), isVersioned: false
            ) { _ in .endSessions(only: nil) },
            step("disable", "disableAccount", LocalizedText(zh: "停用", en: "Disable")) { _ in .disable },
            step("enable", "enableAccount", LocalizedText(zh: "恢复", en: "Enable")) { _ in .enable },
            step(
                "reset", "resetPassword", LocalizedText(zh: "重置密码", en: "Reset the password"), isVersioned: false, isSecret: true
            ) { _ in .reset },
            step(
                "codes/cancel", "cancelTimeCodes", LocalizedText(zh: "取消动态码", en: "Cancel the second factor"), isVersioned: false
            ) { _ in .cancelCodes },
        ]
    }

    /// The texts of a body as a form would have sent them.
    private static func typed(_ body: JSON) -> [String: String] {
        guard case .object(let members) = body else { return [:] }
        return Dictionary(members.compactMap { member in member.value.string.map { (member.name, $0) } }) { first, _ in first }
    }
}

extension Account {
    static let shape = Shape<Account>.object(
        "Account",
        [
            Field("id", .text) { $0.id }, Field("name", .text) { $0.person.name }, Field("login", .text) { $0.login },
            Field("grants", Grant.shape.list, "职务") { $0.person.grants }, Field("isDisabled", .flag) { $0.isDisabled },
            Field("mustChangePassword", .flag, "还没有改初始密码") { $0.mustChangePassword },
            Field("hasTimeCodes", .flag, "启用了动态码") { $0.hasTimeCodes }, Field("createdAt", .moment) { $0.createdAt },
            Field("version", .count) { $0.version },
        ])
}

extension AccountDone {
    static let shape = Shape<AccountDone>.object(
        "AccountChange",
        [
            Field("account", Account.shape) { $0.account }, Field("said", .text, "做了什么") { $0.password == nil ? $0.said : "" },
            .maybe("password", .text, "初始密码，只显示这一次") { $0.password },
        ])
}
