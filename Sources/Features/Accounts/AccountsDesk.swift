public import Foundation
public import Pages
public import Registry
internal import SiteMap
public import Vocabulary

/// What the pages of accounts work with.
public struct AccountsDesk: Sendable {
    static let cookie = "junheng-session"

    let accounts: any AccountStore
    let sessions: any SessionStore & FailureStore
    let hasher: any PasswordHasher
    let codes: any TimeCodes
    let tokens: TokenMaker
    let templates: TemplateLibrary
    let organisation: String
    /// Asked for by the page that makes the first administrator; printed where the server was started.
    let setupCode: String
    let now: @Sendable () -> Date
    let today: @Sendable () -> Day
    let passwordRule = PasswordRule()
    let sessionRule = SessionRule()
    /// What an unknown login's password is compared with, so that the answer takes as long.
    let decoy: String

    public init(
        accounts: any AccountStore, sessions: any SessionStore & FailureStore, hasher: any PasswordHasher, codes: any TimeCodes,
        tokens: TokenMaker, templates: TemplateLibrary, organisation: String, setupCode: String, decoy: String,
        now: @escaping @Sendable () -> Date, today: @escaping @Sendable () -> Day
    ) {
        self.accounts = accounts
        self.sessions = sessions
        self.hasher = hasher
        self.codes = codes
        self.tokens = tokens
        self.templates = templates
        self.organisation = organisation
        self.setupCode = setupCode
        self.decoy = decoy
        self.now = now
        self.today = today
    }

    /// The templates of this feature.
    public static var templates: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    func frame(_ title: String, lead: String, _ visit: Visit, current: String) -> PageFrame {
        let scope = Scope(year: visit.today.schoolYear)
        return PageFrame(
            title: title, lead: lead, place: "全市", state: "",
            menu: MainMenu.groups(SiteMap(scope), county: nil, visit: visit, form: "school-return", current: current), scope: scope,
            years: [], standards: [], organisation: organisation, visit: visit)
    }
}
