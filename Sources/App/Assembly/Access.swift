internal import Accounts
internal import Foundation
internal import Pages
internal import Registry
internal import Storage
internal import Vault
internal import Vocabulary

/// What people log in with, made once when the server starts.
public struct Access: Sendable {
    private let setupCode: String
    private let isNew: Bool
    private let hasher: PasswordVault
    private let decoy: String

    /// `isNew` where there is no account yet. Throws when the machine lacks the memory to hash a password.
    public init(isNew: Bool) async throws {
        self.isNew = isNew
        setupCode = String(RandomID.make().prefix(20))
        hasher = PasswordVault()
        decoy = try await hasher.hash(RandomID.make())
    }

    /// What to tell whoever starts the server: the code that makes the first administrator.
    public var greeting: String { isNew ? "还没有账户。请打开上面的网址建立第一个管理员，安装码：\(setupCode)\n" : "用账户登录\n" }

    func desk(
        _ installation: Installation, templates: TemplateLibrary, organisation: String, today: @escaping @Sendable () -> Day
    ) -> AccountsDesk {
        AccountsDesk(
            accounts: installation.storage.accounts, sessions: installation.storage.sessions, hasher: hasher, codes: TimeCodeVault(),
            tokens: .vault, templates: templates, organisation: organisation, setupCode: setupCode, decoy: decoy, now: { Date() },
            today: today)
    }
}
