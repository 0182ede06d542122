internal import Foundation
internal import Pages
internal import Registry

/// Lets somebody in who proves to be an account's owner; always the same words and the same work for whoever does not.
struct SignIn: Sendable {
    static let wrong = AccountRefusal("登录名或密码不对。连续输错几次会暂停登录一段时间；忘记密码请找系统管理员重置")
    static let wrongCode = AccountRefusal("动态码或恢复码不对，或已经用过。动态码每30秒换一个，请等下一个再输")

    let desk: AccountsDesk
    let address: String
    let agent: String
    /// The other login service somebody comes from; nil for a password.
    var provider: String?

    /// A session for the browser: whole, or owing the code of the generator.
    struct Admission {
        var token: String
        var stage: Session.Stage
    }

    /// Throws `AccountRefusal`.
    func password(login: String, password: String) async throws -> Admission {
        let login = String(Account.normal(login).prefix(64))
        try await requireOpen(login)
        guard let account = try await proven(login, password), !account.isDisabled else {
            try await noteFailure(login)
            throw SignIn.wrong
        }
        return try await admit(account)
    }

    /// Lets in somebody whose first proof is given; failures are forgotten only when the last one is.
    func admit(_ account: Account) async throws -> Admission {
        let oldest = desk.now().addingTimeInterval(-Double(desk.rules.session.hours) * 3600)
        try await desk.sessions.forget(startedBefore: oldest)
        guard !account.hasTimeCodes else { return Admission(token: try await open(account.id, .code), stage: .code) }
        try await desk.sessions.forgetFailures("account:\(account.login)")
        return Admission(token: try await open(account.id, .full), stage: .full)
    }

    /// The second proof: a code of the generator or a recovery code, for a session that owes one. Throws `AccountRefusal`.
    func code(_ typed: String, owedBy session: Session) async throws -> Admission {
        guard let account = try await desk.accounts.account(session.account), !account.isDisabled else { throw SignIn.wrongCode }
        try await requireOpen(account.login)
        guard try await isRight(typed, of: account.id) else {
            try await noteFailure(account.login)
            throw SignIn.wrongCode
        }
        try await desk.sessions.forgetFailures("account:\(account.login)")
        try await desk.sessions.end(session.id, of: account.id)
        var onward = self
        onward.provider = session.provider
        // A token of its own: the one known before the second proof is worth nothing.
        return Admission(token: try await onward.open(account.id, .full), stage: .full)
    }

    /// Uses a code up. False for a wrong one and for one used before.
    func isRight(_ typed: String, of account: PersonID) async throws -> Bool {
        guard let secret = try await desk.accounts.credentials(of: account)?.timeCodeSecret else { return false }
        if RecoveryCode.isLike(typed) {
            return try await desk.accounts.useRecoveryCode(of: account, digest: desk.tokens.digest(RecoveryCode.plain(typed)))
        }
        guard let step = desk.codes.step(of: typed, secret: secret, at: desk.now()) else { return false }
        return try await desk.accounts.useTimeCode(of: account, step: step)
    }

    /// A fresh session: its token is new at every login.
    func open(_ account: PersonID, _ stage: Session.Stage) async throws -> String {
        let token = desk.tokens.token()
        let session = Session(
            id: desk.tokens.id(), account: account, stage: stage, startedAt: desk.now(), seenAt: desk.now(), address: address, agent: agent,
            provider: provider)
        try await desk.sessions.open(session, tokenDigest: desk.tokens.digest(token))
        return token
    }

    // MARK: Failures

    private func subjects(_ login: String) -> [(String, LockoutRule)] {
        [("account:\(login)", desk.rules.account), ("address:\(address)", desk.rules.address)]
    }

    /// Throws `AccountRefusal` while too many attempts have failed.
    func requireOpen(_ login: String) async throws {
        let now = desk.now()
        for (subject, rule) in subjects(login) {
            let failures = try await desk.sessions.failures(subject, since: rule.since(now))
            guard let until = rule.lockedUntil(failures, now: now) else { continue }
            throw Locked(AccountRefusal("输错次数太多，登录已暂停，请在\(PageTime.text(until))以后再试"))
        }
    }

    func noteFailure(_ login: String) async throws {
        for (subject, _) in subjects(login) { try await desk.sessions.noteFailure(subject, at: desk.now()) }
    }

    private func proven(_ login: String, _ password: String) async throws -> Account? {
        let account = try await desk.accounts.account(login: login)
        let credentials: Credentials? = if let account { try await desk.accounts.credentials(of: account.id) } else { nil }
        let typed = password.utf8.count > desk.rules.password.limit ? "" : password
        let isRight = try await desk.hasher.verify(typed, against: credentials?.passwordHash ?? desk.customs.decoy)
        return isRight ? account : nil
    }
}

/// An attempt that was not even looked at, because too many failed before it.
struct Locked: Error {
    var refusal: AccountRefusal
    init(_ refusal: AccountRefusal) { self.refusal = refusal }
}
