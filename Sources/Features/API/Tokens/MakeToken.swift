internal import Foundation
internal import Pages
internal import Registry
internal import Vocabulary

/// What somebody asks of a new token.
struct TokenWish: Sendable {
    var name: String
    var scope: TokenScope
    var lastDay: Day?

    static let schema = Schema.object([
        Property("name", .text(1...60), "给哪个程序用"),
        Property("duties", .list(.choice(Duty.allCases.map(\.rawValue)), most: Duty.allCases.count), "权限，不能多于您自己的"),
        Property("county", .text(1...60), "只限这个县", isRequired: false),
        Property("school", .text(1...20), "只限这所学校（标识码），同时写明县；这样的令牌只能查看和办理事项", isRequired: false),
        Property("lastDay", .day, "最后可用的一天，最长 366 天"),
    ])
    static let example = JSON.object(
        ("name", .text("数据中台")), ("duties", .list([.text("look")])), ("county", .text("清河县")), ("lastDay", .text("2026-12-31")))

    init(_ body: JSON) {
        let words = body["duties"]?.items?.compactMap(\.string) ?? []
        self.init(
            name: body["name"]?.string ?? "", duties: words, county: body["county"]?.string, school: body["school"]?.string,
            lastDay: body["lastDay"]?.string)
    }

    init(name: String, duties: [String], county: String?, school: String?, lastDay: String?) {
        func trimmed(_ text: String?) -> String? {
            let text = text?.trimmingCharacters(in: .whitespacesAndNewlines)
            return text?.isEmpty == true ? nil : text
        }
        self.name = trimmed(name) ?? ""
        scope = TokenScope(duties: Set(duties.compactMap { Duty(rawValue: $0) }), county: trimmed(county), school: trimmed(school))
        self.lastDay = lastDay.flatMap { Day(iso: $0) }.flatMap { $0.isReal ? $0 : nil }
    }
}

/// A token as it is shown, once.
struct MadeToken: Sendable {
    var token: AccessToken
    var secret: String

    static let shape = Shape<MadeToken>.object(
        "NewToken", [Field("secret", .text, "令牌本身，只显示这一次") { $0.secret }, Field("token", AccessToken.shape) { $0.token }])
}

/// Makes a token for whoever asks, within what they may do today.
struct MakeToken: Sendable {
    let desk: ApiDesk

    /// Throws a 422 with every complaint.
    func run(_ wish: TokenWish, _ visit: Visit) async throws -> MadeToken {
        let complaints = AccessToken.complaints(
            name: wish.name, scope: wish.scope, lastDay: wish.lastDay, latest: latest(visit.today), owner: visit.person, today: visit.today)
        guard complaints.isEmpty, let lastDay = wish.lastDay else {
            throw Problem(
                .body, complaints.joined(separator: "；"), "The wish for a token cannot be granted",
                complaints: complaints.map { Problem.Complaint(pointer: "", zh: $0, en: "cannot be granted") })
        }
        let secret = "jh_" + desk.programs.maker.token()
        let token = AccessToken(
            id: desk.programs.maker.id(), owner: visit.person.id, name: wish.name, scope: wish.scope, createdAt: desk.now(),
            lastDay: lastDay)
        try await desk.tokens.add(token, digest: desk.programs.maker.digest(secret))
        return MadeToken(token: token, secret: secret)
    }

    /// The latest last day a token made today may have.
    func latest(_ today: Day) -> Day {
        let calendar = Calendar(identifier: .gregorian)
        let start = DateComponents(calendar: calendar, year: today.year, month: today.month, day: today.day, hour: 12).date ?? desk.now()
        let parts = calendar.dateComponents(
            [.year, .month, .day], from: start.addingTimeInterval(Double(AccessToken.longestDays) * 86_400))
        return Day(year: parts.year ?? today.year, month: parts.month ?? 1, day: parts.day ?? 1)
    }
}
