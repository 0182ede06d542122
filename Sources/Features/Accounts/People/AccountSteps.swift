internal import Foundation
public import Pages
public import Registry
internal import Vocabulary

/// What those who manage accounts do with them, whoever asks: pages draw the answers, the interface for programs writes them down.
extension AccountsDesk {
    /// Throws `NotAllowed` and `PageMissing`.
    public func account(_ id: PersonID, _ visit: Visit) async throws -> Account {
        try visit.require(.manageAccounts, in: nil)
        guard let account = try await accounts.account(id) else { throw PageMissing(AccountRefusal.unknown.message) }
        return account
    }

    public func accounts(_ search: AccountSearch, _ visit: Visit) async throws -> AccountList {
        try visit.require(.manageAccounts, in: nil)
        return try await accounts.accounts(search)
    }

    /// A new account with one post and a one-time password. Throws `AccountRefusal` with everything wrong.
    public func make(_ fields: [String: String], _ visit: Visit, _ note: AuditNote) async throws -> AccountDone {
        try visit.require(.manageAccounts, in: nil)
        let (login, name) = (fields["login"] ?? "", (fields["name"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines))
        note.say(Account.normal(login))
        let post = PostWords.read(fields, today: visit.today)
        let complaints = Account.complaints(login: login, name: name) + post.complaints
        guard complaints.isEmpty, let grant = post.grant else { throw AccountRefusal(complaints.joined(separator: "；")) }
        let password = oneTimePassword()
        let account = Account(
            person: Person(id: tokens.id(), name: name, grants: [grant]), login: login, mustChangePassword: true, passwordAt: now(),
            createdAt: now())
        try await accounts.add(account, passwordHash: try await hasher.hash(password), asFirst: false)
        let said = "已建好\(name)的账户。初始密码 \(password) 只显示这一次，请当面或用安全的方式告诉本人；首次登录要改。"
        return AccountDone(account, said: said, password: password)
    }

    /// `seen` is the version that was seen; nil for no matter which. Throws `AccountRefusal`.
    public func take(_ step: AccountStep, on account: Account, seen: Int?, _ visit: Visit, _ note: AuditNote) async throws -> AccountDone {
        try visit.require(.manageAccounts, in: nil)
        note.say(account.login)
        if step.isForOthers, account.id == visit.person.id { throw AccountRefusal("这一步不能对自己做；改密码、停用动态码请到“我的账户”") }
        let (said, password) = try await taken(step, account, seen, visit, note)
        guard let now = try await accounts.account(account.id) else { throw PageMissing(AccountRefusal.unknown.message) }
        return AccountDone(now, said: said, password: password)
    }

    private func taken(
        _ step: AccountStep, _ account: Account, _ seen: Int?, _ visit: Visit, _ note: AuditNote
    ) async throws -> (said: String, password: String?) {
        let today = visit.today
        switch step {
        case .rename(let typed):
            let name = typed.trimmingCharacters(in: .whitespacesAndNewlines)
            let complaints = Account.complaints(login: account.login, name: name)
            guard complaints.isEmpty else { throw AccountRefusal(complaints.joined(separator: "；")) }
            try await accounts.setName(of: account.id, name, seen: seen, today: today)
            return ("姓名已改为\(name)。", nil)
        case .addPost(let fields):
            let post = PostWords.read(fields, today: today)
            guard let grant = post.grant else { throw AccountRefusal(post.complaints.joined(separator: "；")) }
            note.say("\(account.login)：\(PostWords.text(grant, today: today))")
            guard !account.person.grants.contains(grant) else { throw AccountRefusal("已经有这项职务，没有再加") }
            try await accounts.setGrants(of: account.id, account.person.grants + [grant], seen: seen, today: today)
            return ("已加上：\(PostWords.text(grant, today: today))。", nil)
        case .endPost(let place):
            var grants = account.person.grants
            guard let place, grants.indices.contains(place) else { throw AccountRefusal.changed }
            let ended = grants.remove(at: place)
            note.say("\(account.login)：\(PostWords.text(ended, today: today))")
            try await accounts.setGrants(of: account.id, grants, seen: seen, today: today)
            return ("已结束：\(PostWords.text(ended, today: today))。", nil)
        case .endSessions(let only?):
            try await sessions.end(only, of: account.id)
            return ("那个登录已结束。", nil)
        case .endSessions(nil):
            try await sessions.endAll(of: account.id, except: account.id == visit.person.id ? visit.session : nil)
            return ("所有登录都已结束。", nil)
        case .disable, .enable: return (try await setDisabled(step, account, seen, visit), nil)
        case .reset: return try await reset(account)
        case .cancelCodes:
            try await accounts.setTimeCodes(of: account.id, secret: nil)
            try await sessions.endAll(of: account.id, except: nil)
            return ("动态码和恢复码已取消，所有登录都已结束。本人登录后可以重新设置。", nil)
        }
    }

    private func setDisabled(_ step: AccountStep, _ account: Account, _ seen: Int?, _ visit: Visit) async throws -> String {
        if case .enable = step {
            try await accounts.setDisabled(account.id, false, seen: seen, today: visit.today)
            return "已恢复。"
        }
        try await accounts.setDisabled(account.id, true, seen: seen, today: visit.today)
        try await sessions.endAll(of: account.id, except: nil)
        return "已停用，所有登录都已结束。"
    }

    private func reset(_ account: Account) async throws -> (said: String, password: String?) {
        let password = oneTimePassword()
        try await accounts.setPassword(
            of: account.id, hash: try await hasher.hash(password), mustChange: true, keeping: rules.password.history, at: now())
        try await sessions.endAll(of: account.id, except: nil)
        try await sessions.forgetFailures("account:\(account.login)")
        return ("\(account.person.name)的新初始密码 \(password) 只显示这一次；下次登录要改。", password)
    }

    /// 80 random bits in groups people can read out.
    private func oneTimePassword() -> String {
        let digits = Array(tokens.id().prefix(20))
        return stride(from: 0, to: 20, by: 5).map { String(digits[$0..<$0 + 5]) }.joined(separator: "-")
    }
}
