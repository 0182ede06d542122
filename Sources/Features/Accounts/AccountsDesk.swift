public import Foundation
public import Pages
public import Registry
internal import SiteMap
public import Vocabulary

/// What the pages of accounts work with.
public struct AccountsDesk: Sendable {
    /// Where accounts, sessions and identities are kept.
    public struct Stores: Sendable {
        var accounts: any AccountStore
        var sessions: any SessionStore & FailureStore
        var identities: any IdentityStore
        var audit: any AuditLog

        public init(
            accounts: any AccountStore, sessions: any SessionStore & FailureStore, identities: any IdentityStore, audit: any AuditLog
        ) {
            self.accounts = accounts
            self.sessions = sessions
            self.identities = identities
            self.audit = audit
        }
    }

    /// What proofs are made and checked with.
    public struct Instruments: Sendable {
        var hasher: any PasswordHasher
        var codes: any TimeCodes
        var tokens: TokenMaker
        var squares: any SquareCodes
        var outgoing: any OutgoingRequests
        var signatures: any TokenSignatures

        public init(
            hasher: any PasswordHasher, codes: any TimeCodes, tokens: TokenMaker, squares: any SquareCodes,
            outgoing: any OutgoingRequests, signatures: any TokenSignatures
        ) {
            self.hasher = hasher
            self.codes = codes
            self.tokens = tokens
            self.squares = squares
            self.outgoing = outgoing
            self.signatures = signatures
        }
    }

    /// How this installation wants it.
    public struct Customs: Sendable {
        var organisation: String
        var rules: LoginRules
        var providers: [LoginProvider]
        /// Address under which browsers reach the server, without a slash at the end; empty where there is no other login service.
        var publicURL: String
        /// Asked for by the page that makes the first administrator; printed where the server was started.
        var setupCode: String
        /// What an unknown login's password is compared with, so that the answer takes as long.
        var decoy: String
        /// Counties with data, offered where a post is given.
        var counties: @Sendable () async throws -> [String]

        public init(
            organisation: String, rules: LoginRules, providers: [LoginProvider], publicURL: String, setupCode: String, decoy: String,
            counties: @escaping @Sendable () async throws -> [String] = { [] }
        ) {
            self.organisation = organisation
            self.rules = rules
            self.providers = providers
            self.publicURL = publicURL
            self.setupCode = setupCode
            self.decoy = decoy
            self.counties = counties
        }
    }

    static let cookie = "junheng-session"

    let accounts: any AccountStore
    let sessions: any SessionStore & FailureStore
    let identities: any IdentityStore
    let audit: any AuditLog
    let hasher: any PasswordHasher
    let codes: any TimeCodes
    let tokens: TokenMaker
    let tools: Instruments
    let customs: Customs
    let templates: TemplateLibrary
    let library: ProviderLibrary
    let now: @Sendable () -> Date
    let today: @Sendable () -> Day
    var rules: LoginRules { customs.rules }

    public init(
        _ stores: Stores, _ tools: Instruments, _ customs: Customs, templates: TemplateLibrary, now: @escaping @Sendable () -> Date,
        today: @escaping @Sendable () -> Day
    ) {
        accounts = stores.accounts
        sessions = stores.sessions
        identities = stores.identities
        audit = stores.audit
        hasher = tools.hasher
        codes = tools.codes
        tokens = tools.tokens
        self.tools = tools
        self.customs = customs
        self.templates = templates
        library = ProviderLibrary(outgoing: tools.outgoing, now: now)
        self.now = now
        self.today = today
    }

    /// The templates of this feature.
    public static var templates: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    func frame(_ title: String, lead: String, _ visit: Visit, current: String, actions: [PageFrame.Link] = []) -> PageFrame {
        let scope = Scope(year: visit.today.schoolYear)
        return PageFrame(
            title: title, lead: lead, place: "全市", state: "",
            menu: MainMenu.groups(SiteMap(scope), county: nil, visit: visit, form: "school-return", current: current), scope: scope,
            years: [], standards: [], actions: actions, organisation: customs.organisation, visit: visit)
    }
}
