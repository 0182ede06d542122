public import Foundation
public import Vocabulary

/// The accounts of an installation.
public protocol AccountStore: PersonDirectory {
    func hasAccounts() async throws -> Bool
    /// By name of the person.
    func accounts() async throws -> [Account]
    func account(_ id: PersonID) async throws -> Account?
    func account(login: String) async throws -> Account?
    func credentials(of id: PersonID) async throws -> Credentials?

    /// Adds an account with its grants. With `asFirst` only while there is none.
    /// Throws `AccountRefusal` when the login is taken or somebody else was first.
    func add(_ account: Account, passwordHash: String, asFirst: Bool) async throws
    /// Sets a password; the old hash joins the former ones, of which `keeping` are kept.
    func setPassword(of id: PersonID, hash: String, mustChange: Bool, keeping: Int, at: Date) async throws
    /// Sets or takes away the secret of the code generator.
    func setTimeCodes(of id: PersonID, secret: String?) async throws
    /// Uses up a time step: false when it or a later one was used before.
    func useTimeCode(of id: PersonID, step: Int) async throws -> Bool
    /// Throws `AccountRefusal` where nobody would be left to manage accounts on the day.
    func setDisabled(_ id: PersonID, _ isDisabled: Bool, today: Day) async throws
    /// Throws `AccountRefusal` where nobody would be left to manage accounts on the day.
    func setGrants(of id: PersonID, _ grants: [Grant], today: Day) async throws
}

/// Failed attempts to get in, by what was tried: an account or an address.
public protocol FailureStore: Sendable {
    func noteFailure(_ subject: String, at: Date) async throws
    /// Since a moment, oldest first.
    func failures(_ subject: String, since: Date) async throws -> [Date]
    func forgetFailures(_ subject: String) async throws
}

/// An accounts' "no" in the user's words.
public struct AccountRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public var message: String
    public init(_ message: String) { self.message = message }
    public var description: String { message }
}

extension AccountRefusal {
    public static let loginTaken = AccountRefusal("已经有人用这个登录名，请换一个")
    public static let notFirst = AccountRefusal("已经有人建好了第一个管理员。请用账户登录，或请管理员为您建账户")
    public static let unknown = AccountRefusal("没有这个账户，可能链接有误。请从“人员与权限”重新选择")
    public static let lastManager = AccountRefusal("这是最后一个能管理账户的人。请先让另一个人担任系统管理员，再做这一步")
}

public enum AccountRules {
    /// Whether somebody could still manage accounts on a day: not disabled, with a post that says so for the whole city.
    public static func hasManager(_ accounts: [Account], today: Day) -> Bool {
        accounts.contains { !$0.isDisabled && $0.person.may(.manageAccounts, in: nil, today: today) }
    }
}
