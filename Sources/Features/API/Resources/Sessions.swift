internal import Foundation
internal import HTTPTypes
internal import Indicators
internal import Pages
internal import Registry
internal import Vocabulary

extension ApiDesk {
    /// Where whoever asks is logged in. For browsers alone: a program with a token has no business with its owner's sessions.
    var sessionOperations: [Operation] {
        [
            .list(
                "/sessions", "listSessions", .people, LocalizedText(zh: "我在哪里登录着", en: "Where I am logged in"), needs: .person,
                note: "只供登录后的浏览器；令牌看不到主人的登录。", of: Session.shape, key: \.id
            ) { call in
                try ApiDesk.refuseTokens(call)
                return try await sessions.sessions(of: call.visit.person.id)
            },
            Operation(
                method: .delete, path: "/sessions/{session}", id: "endSession", group: .people,
                title: LocalizedText(zh: "结束一处登录", en: "End a session"), needs: .person,
                parameters: [.path("session", "登录的编号", .text(1...64))], success: .empty
            ) { call in
                try ApiDesk.refuseTokens(call)
                let own = try await sessions.sessions(of: call.visit.person.id)
                guard own.contains(where: { $0.id == call.segment("session") }) else {
                    throw Problem(.notFound, "您没有这处登录，可能已经结束", "You have no such session")
                }
                try await sessions.end(call.segment("session"), of: call.visit.person.id)
                return .done
            },
        ]
    }

    private static func refuseTokens(_ call: Call) throws {
        guard call.token == nil else { throw Problem(.scope, "令牌不能管主人的登录，请用浏览器", "A token has no say in its owner's sessions") }
    }
}

extension Session {
    static let shape = Shape<Session>.object(
        "Session",
        [
            Field("id", .text) { $0.id }, Field("startedAt", .moment) { $0.startedAt }, Field("seenAt", .moment, "精确到分") { $0.seenAt },
            Field("address", .text) { $0.address }, Field("agent", .text, "浏览器自报的名称") { $0.agent },
        ])
}
