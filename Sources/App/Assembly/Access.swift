internal import Accounts
internal import Foundation
internal import Indicators
internal import Outbound
internal import Pages
internal import Registry
internal import Signatures
internal import SquareCodes
internal import Storage
internal import Vault
internal import Vocabulary

/// What people log in with, made once when the server starts.
public struct Access: Sendable {
    private let setupCode: String
    private let isNew: Bool
    private let hasher: PasswordVault
    private let decoy: String
    private let login: LoginSettings
    private let outgoing: OutboundClient

    /// `isNew` where there is no account yet. Throws when the machine lacks the memory to hash a password.
    public init(isNew: Bool, login: LoginSettings = LoginSettings()) async throws {
        self.isNew = isNew
        self.login = login
        outgoing = OutboundClient(login.outbound)
        setupCode = String(RandomID.make().prefix(20))
        hasher = PasswordVault()
        decoy = try await hasher.hash(RandomID.make())
    }

    /// What to tell whoever starts the server: the code that makes the first administrator.
    public var greeting: String { isNew ? "还没有账户。请打开上面的网址建立第一个管理员，安装码：\(setupCode)\n" : "用账户登录\n" }

    func desk(
        _ installation: Installation, templates: TemplateLibrary, organisation: String, today: @escaping @Sendable () -> Day
    ) -> AccountsDesk {
        let storage = installation.storage
        return AccountsDesk(
            .init(accounts: storage.accounts, sessions: storage.sessions, identities: storage.identities, audit: installation.audit),
            .init(
                hasher: hasher, codes: TimeCodeVault(), tokens: .vault, squares: QRSquares(), outgoing: outgoing,
                signatures: OpenSSLSignatures()),
            .init(
                organisation: organisation, rules: login.rules, providers: login.providers, publicURL: login.publicURL,
                setupCode: setupCode, decoy: decoy,
                counties: {
                    guard let year = try await storage.returns.schoolYears(form: "school-return").first else { return [] }
                    return try await storage.returns.counties(form: "school-return", year)
                }),
            templates: templates, now: { Date() }, today: today)
    }
}
