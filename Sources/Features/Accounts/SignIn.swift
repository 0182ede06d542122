internal import Foundation
internal import Pages
internal import Registry

/// Lets somebody in who proves to be an account's owner; always the same words and the same work for whoever does not.
struct SignIn: Sendable {
    static let wrong = AccountRefusal("登录名、密码或动态码不对。连续输错几次会暂停登录一段时间；忘记密码请找系统管理员重置")

    let desk: AccountsDesk

    /// The token for the browser. Throws `AccountRefusal`.
    func run(login: String, password: String, code: String, address: String, agent: String) async throws -> (token: String, person: Person)
    {
        let login = String(Account.normal(login).prefix(64))
        let subjects = [("account:\(login)", LockoutRule.account), ("address:\(address)", LockoutRule.address)]
        let now = desk.now()
        for (subject, rule) in subjects {
            let failures = try await desk.sessions.failures(subject, since: rule.since(now))
            if let until = rule.lockedUntil(failures, now: now) {
                throw AccountRefusal("输错次数太多，登录已暂停，请在\(PageTime.text(until))以后再试")
            }
        }
        guard let account = try await proven(login, password, code), !account.isDisabled else {
            for (subject, _) in subjects { try await desk.sessions.noteFailure(subject, at: now) }
            throw SignIn.wrong
        }
        try await desk.sessions.forgetFailures("account:\(login)")
        try await desk.sessions.forget(startedBefore: now.addingTimeInterval(-Double(desk.sessionRule.hours) * 3600))
        return (try await open(account.id, address, agent), account.person)
    }

    /// A fresh session: its token is new at every login.
    func open(_ account: PersonID, _ address: String, _ agent: String) async throws -> String {
        let token = desk.tokens.token()
        let session = Session(
            id: desk.tokens.id(), account: account, stage: .full, startedAt: desk.now(), seenAt: desk.now(), address: address, agent: agent)
        try await desk.sessions.open(session, tokenDigest: desk.tokens.digest(token))
        return token
    }

    private func proven(_ login: String, _ password: String, _ code: String) async throws -> Account? {
        let account = try await desk.accounts.account(login: login)
        let credentials: Credentials? = if let account { try await desk.accounts.credentials(of: account.id) } else { nil }
        let typed = password.utf8.count > desk.passwordRule.limit ? "" : password
        let isRight = try await desk.hasher.verify(typed, against: credentials?.passwordHash ?? desk.decoy)
        guard isRight, let account, let credentials else { return nil }
        guard let secret = credentials.timeCodeSecret else { return account }
        guard let step = desk.codes.step(of: code, secret: secret, at: desk.now()) else { return nil }
        return try await desk.accounts.useTimeCode(of: account.id, step: step) ? account : nil
    }
}
