internal import Foundation
internal import HTTPTypes
internal import Indicators
internal import Pages
internal import Registry
internal import Vocabulary

extension ApiDesk {
    /// Who asks, who else there is, and the tokens of whoever asks.
    var peopleOperations: [Operation] {
        [
            .get(
                "/me", "getMe", .people, LocalizedText(zh: "我是谁，能做什么", en: "Who I am and what I may do"), needs: .person,
                isOfSchool: true, gives: MeEntry.shape
            ) { call in MeEntry(visit: call.visit, token: call.token) },
            .list(
                "/people", "listPeople", .people, LocalizedText(zh: "人员与职责", en: "People and their posts"), needs: .duty(.manageAccounts),
                of: Person.shape, key: \.id
            ) { call in
                try call.require(.manageAccounts, in: nil)
                return try await people.people()
            },
            .list(
                "/tokens", "listTokens", .people, LocalizedText(zh: "我的接口令牌", en: "My tokens"), needs: .person, of: AccessToken.shape,
                key: \.id
            ) { call in try await tokens.tokens(of: call.visit.person.id) },
            .post(
                "/tokens", "makeToken", .people, LocalizedText(zh: "建一个接口令牌", en: "Make a token"), needs: .person,
                body: .json(TokenWish.schema, example: TokenWish.example), status: 201, isSecret: true,
                note: "令牌只在这个回答里出现一次，所以这里不用 Idempotency-Key。令牌不能再建令牌，请用登录后的浏览器。",
                gives: MadeToken.shape
            ) { call in
                guard call.token == nil else {
                    throw Problem(.scope, "令牌不能再建令牌，请登录后在“接口令牌”页面建", "A token cannot make tokens; use the page")
                }
                return try await MakeToken(desk: self).run(TokenWish(call.body), call.visit)
            },
            Operation(
                method: .delete, path: "/tokens/{token}", id: "revokeToken", group: .people,
                title: LocalizedText(zh: "停用一个令牌", en: "Revoke a token"), needs: .person,
                parameters: [.path("token", "令牌的编号", .text(1...64))], success: .empty
            ) { call in
                guard try await tokens.tokens(of: call.visit.person.id).contains(where: { $0.id == call.segment("token") }) else {
                    throw Problem(.notFound, "您没有这个令牌", "You have no such token")
                }
                try await tokens.revoke(call.segment("token"), of: call.visit.person.id, at: now())
                return .done
            },
        ]
    }
}

struct MeEntry: Sendable {
    var visit: Visit
    var token: AccessToken?

    static let shape = Shape<MeEntry>.object(
        "Me",
        [
            Field("id", .text) { $0.visit.person.id }, Field("name", .text) { $0.visit.person.name },
            Field("grants", Grant.shape.list, "职责；用令牌时已按令牌收窄") { $0.visit.person.grants },
            Field("duties", DutyReach.shape.list, "能做的事和能做到哪里") { me in
                Duty.allCases.compactMap { DutyReach($0, me.visit) }
            },
            .maybe("token", AccessToken.shape) { $0.token },
        ])
}

struct DutyReach: Sendable {
    var duty: Duty
    /// Nil for everywhere.
    var counties: [String]?

    init?(_ duty: Duty, _ visit: Visit) {
        let counties = visit.person.counties(duty, today: visit.today)
        guard counties?.isEmpty != true else { return nil }
        self.duty = duty
        self.counties = counties?.sorted()
    }

    static let shape = Shape<DutyReach>.object(
        "DutyReach",
        [
            Field("duty", Shape<Duty>.word) { $0.duty }, Field("label", .label) { $0.duty.label },
            Field("isEverywhere", .flag) { $0.counties == nil },
            Field("counties", Shape<String>.text.list) { $0.counties ?? [] },
        ])
}

extension Grant {
    static let shape = Shape<Grant>.object(
        "Grant",
        [
            Field("role", Shape<Role>.word) { $0.role }, Field("title", .text) { $0.title }, .maybe("county", .text) { $0.county },
            .maybe("school", .text) { $0.school }, .maybe("until", .day, "到这一天为止") { $0.until },
        ])
}

extension Person {
    static let shape = Shape<Person>.object(
        "Person", [Field("id", .text) { $0.id }, Field("name", .text) { $0.name }, Field("grants", Grant.shape.list) { $0.grants }])
}

extension AccessToken {
    static let shape = Shape<AccessToken>.object(
        "Token",
        [
            Field("id", .text) { $0.id }, Field("name", .text) { $0.name },
            Field("duties", Shape<Duty>.word.list) { $0.scope.duties.sorted { $0.rawValue < $1.rawValue } },
            .maybe("county", .text, "只限这个县") { $0.scope.county }, .maybe("school", .text, "只限这所学校") { $0.scope.school },
            Field("createdAt", .moment) { $0.createdAt }, Field("lastDay", .day, "最后可用的一天") { $0.lastDay },
            .maybe("usedAt", .moment, "最近一次使用，精确到分") { $0.usedAt }, .maybe("revokedAt", .moment) { $0.revokedAt },
        ])
}
