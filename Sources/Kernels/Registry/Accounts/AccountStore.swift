public import Foundation
public import Vocabulary

/// The accounts of an installation.
public protocol AccountStore: PersonDirectory {
    func hasAccounts() async throws -> Bool
    /// By name of the person.
    func accounts() async throws -> [Account]
    /// One page of a search, by name of the person.
    func accounts(_ search: AccountSearch) async throws -> AccountList
    func account(_ id: PersonID) async throws -> Account?
    func account(login: String) async throws -> Account?
    func credentials(of id: PersonID) async throws -> Credentials?

    /// Adds an account with its grants. With `asFirst` only while there is none.
    /// Throws `AccountRefusal` when the login is taken or somebody else was first.
    func add(_ account: Account, passwordHash: String, asFirst: Bool) async throws
    /// Sets a password; the old hash joins the former ones, of which `keeping` are kept.
    func setPassword(of id: PersonID, hash: String, mustChange: Bool, keeping: Int, at: Date) async throws
    /// Sets or takes away the secret of the code generator; recovery codes and a secret not yet confirmed go with the old one.
    func setTimeCodes(of id: PersonID, secret: String?) async throws
    /// Keeps a secret until its first code is typed.
    func setPendingTimeCodes(of id: PersonID, secret: String?) async throws
    /// Makes the pending secret the one that counts, uses up the step of its first code, and keeps the digests of recovery codes.
    /// False when no secret is pending.
    func confirmTimeCodes(of id: PersonID, step: Int, recovery digests: [String]) async throws -> Bool
    /// Uses up a time step: false when it or a later one was used before.
    func useTimeCode(of id: PersonID, step: Int) async throws -> Bool
    /// Uses up a recovery code: false when there is no such one any more.
    func useRecoveryCode(of id: PersonID, digest: String) async throws -> Bool

    /// The changes below throw `AccountRefusal.changed` when `seen` is not the account's version any more (nil does not ask), and
    /// `AccountRefusal.lastManager` where nobody would be left to manage accounts on the day.
    func setDisabled(_ id: PersonID, _ isDisabled: Bool, seen: Int?, today: Day) async throws
    func setGrants(of id: PersonID, _ grants: [Grant], seen: Int?, today: Day) async throws
    func setName(of id: PersonID, _ name: String, seen: Int?, today: Day) async throws
}

/// Which accounts to list.
public struct AccountSearch: Hashable, Sendable {
    public enum State: String, Hashable, Sendable, CaseIterable {
        case active
        case disabled
    }

    /// A part of the name or login; empty for all.
    public var text: String
    public var role: Role?
    public var county: String
    public var state: State?
    public var from: Int
    public var limit: Int

    public init(text: String = "", role: Role? = nil, county: String = "", state: State? = nil, from: Int = 0, limit: Int = 50) {
        self.text = text
        self.role = role
        self.county = county
        self.state = state
        self.from = from
        self.limit = limit
    }
}

/// A page of accounts and how many there are in all.
public struct AccountList: Hashable, Sendable {
    public var accounts: [Account]
    public var count: Int

    public init(accounts: [Account], count: Int) {
        self.accounts = accounts
        self.count = count
    }
}

/// Failed attempts to get in, by what was tried: an account or an address.
public protocol FailureStore: Sendable {
    func noteFailure(_ subject: String, at: Date) async throws
    /// Since a moment, oldest first.
    func failures(_ subject: String, since: Date) async throws -> [Date]
    func forgetFailures(_ subject: String) async throws

    /// Counts a failed login of the span of time that begins at `window`; answers how many of its kind there were in it.
    func tally(login: String, address: String, window: Date, at: Date) async throws -> Int
    /// Takes out the counts of spans that began before a moment: each is handed out once.
    func takeTallies(before: Date) async throws -> [LoginTally]
}

/// Failed logins with one login from one address in one span of time.
public struct LoginTally: Hashable, Sendable {
    public var login: String
    public var address: String
    public var window: Date
    public var attempts: Int
    public var last: Date

    public init(login: String, address: String, window: Date, attempts: Int, last: Date) {
        self.login = login
        self.address = address
        self.window = window
        self.attempts = attempts
        self.last = last
    }
}

/// An accounts' "no" in the user's words.
public struct AccountRefusal: Refusal, Hashable {
    public var message: String
    public init(_ message: String) { self.message = message }

    public var ground: RefusalGround { self == .changed ? .stale : self == .unknown ? .unknown : .rule }
}

extension AccountRefusal {
    public static let loginTaken = AccountRefusal("已经有人用这个登录名，请换一个")
    public static let notFirst = AccountRefusal("已经有人建好了第一个管理员。请用账户登录，或请管理员为您建账户")
    public static let unknown = AccountRefusal("没有这个账户，可能链接有误。请从“人员与权限”重新选择")
    public static let identityTaken = AccountRefusal("这个外部账号已经绑定在某个账户上。请先在那个账户上解除，再绑定")
    public static let changed = AccountRefusal("这个账户刚才被别人改过，您的改动没有保存。下面是现在的内容，请核对后再改")
    public static let lastManager = AccountRefusal("这是最后一个能管理账户的人。请先让另一个人担任系统管理员，再做这一步")
}

public enum AccountRules {
    /// Whether somebody could still manage accounts on a day: not disabled, with a post that says so for the whole city.
    public static func hasManager(_ accounts: [Account], today: Day) -> Bool {
        accounts.contains { !$0.isDisabled && $0.person.may(.manageAccounts, in: nil, today: today) }
    }
}
