internal import Foundation
internal import Pages
internal import Registry

/// Failed logins in the audit: the first of its kind in a span of time as it happens, the others as one count when the span is over.
/// Else whoever keeps guessing could make the audit grow without end.
struct FailureCount: Sendable {
    let desk: AccountsDesk

    /// Notes a failure and says whether the audit is to write it down now. Attempts while the login is closed are counted by address
    /// alone: made-up names must not make rows.
    func add(login: String, address: String, isLocked: Bool) async throws -> Bool {
        let now = desk.now()
        let login = isLocked ? "" : String(Account.normal(login).prefix(64))
        return try await desk.sessions.tally(login: login, address: address, window: desk.rules.window(now), at: now) == 1
    }

    /// Writes down the counts of spans that are over.
    func writeClosed() async throws {
        let now = desk.now()
        for tally in try await desk.sessions.takeTallies(before: desk.rules.window(now)) where tally.attempts > 1 {
            let who = tally.login.isEmpty ? "登录暂停期间" : tally.login
            let words = "/login（\(who)：\(PageTime.text(tally.window))起\(desk.rules.account.minutes)分钟内共\(tally.attempts)次未通过）"
            try await desk.audit.append(
                AuditEntry(at: now, person: "", name: "", action: "POST /login", object: words, outcome: .refused, address: tally.address))
        }
    }
}
