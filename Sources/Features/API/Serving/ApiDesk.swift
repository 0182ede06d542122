public import Foundation
public import Indicators
public import Pages
public import Registry
internal import SiteMap
public import Vocabulary

/// What the interface works with. Everything it does is done by the use cases the pages call: it adds no rule of its own.
public struct ApiDesk: Sendable {
    let evaluations: any Evaluations
    let imports: any ImportStore
    let snapshots: any SnapshotStore
    let returns: any ReturnStore
    let audit: any AuditLog
    let people: any PersonDirectory
    let sessions: any SessionStore
    let tokens: any AccessTokenStore
    let replays: any ReplayStore
    let webhooks: any WebhookStore
    let importing: ImportWork
    let reporting: ReportWork
    let work: Work
    let papers: Papers
    let programs: Programs
    let templates: TemplateLibrary
    let surroundings: Surroundings
    let rates: RateLimit
    /// Numbers that grow with every change of the database.
    let changes: @Sendable () async throws -> [Int]
    let kept: KeptAnswers
    let holders = KnownHolders()

    /// The stores the interface reads.
    public struct Stores: Sendable {
        var imports: any ImportStore
        var snapshots: any SnapshotStore
        var returns: any ReturnStore
        var audit: any AuditLog
        var sessions: any SessionStore
        var tokens: any AccessTokenStore
        var replays: any ReplayStore
        var webhooks: any WebhookStore

        public init(
            imports: any ImportStore, snapshots: any SnapshotStore, returns: any ReturnStore, audit: any AuditLog,
            sessions: any SessionStore, tokens: any AccessTokenStore, replays: any ReplayStore, webhooks: any WebhookStore
        ) {
            self.imports = imports
            self.snapshots = snapshots
            self.returns = returns
            self.audit = audit
            self.sessions = sessions
            self.tokens = tokens
            self.replays = replays
            self.webhooks = webhooks
        }
    }

    /// What the rooms beside do, as their pages do it.
    public struct Work: Sendable {
        var tasks: TaskWork
        var cases: CaseWork
        var rectifications: RectificationWork
        var plans: PlanWork
        var cityPlans: CityPlanWork
        /// Nil where nobody logs in.
        var accounts: AccountWork?
        /// Nil where the catalogue has no rules of inspection.
        public var inspection: InspectionWork?
        /// Nil where the catalogue has no rules of exchange.
        public var rotation: RotationWork?
        /// Nil where the catalogue has no rules of establishment.
        public var staffing: StaffingWork?
        public var openness: OpennessWork?
        /// Nil where the catalogue has no rules of spending.
        public var funds: FundsWork?
        /// Methods asked county by county.
        public var methods: MethodWork?
        /// Nil where the catalogue has no rules of alliances.
        public var alliances: AllianceWork?

        public init(
            tasks: TaskWork, cases: CaseWork, rectifications: RectificationWork, plans: PlanWork, cityPlans: CityPlanWork,
            accounts: AccountWork?
        ) {
            self.tasks = tasks
            self.cases = cases
            self.rectifications = rectifications
            self.plans = plans
            self.cityPlans = cityPlans
            self.accounts = accounts
        }
    }

    public init(
        evaluations: any Evaluations, people: any PersonDirectory, stores: Stores, importing: ImportWork, reporting: ReportWork, work: Work,
        papers: Papers, programs: Programs, templates: TemplateLibrary, surroundings: Surroundings, requestsPerMinute: Int,
        changes: @escaping @Sendable () async throws -> [Int]
    ) {
        self.evaluations = evaluations
        self.people = people
        imports = stores.imports
        snapshots = stores.snapshots
        returns = stores.returns
        audit = stores.audit
        sessions = stores.sessions
        tokens = stores.tokens
        replays = stores.replays
        webhooks = stores.webhooks
        self.importing = importing
        self.reporting = reporting
        self.work = work
        self.papers = papers
        self.programs = programs
        self.templates = templates
        self.surroundings = surroundings
        rates = RateLimit(limit: requestsPerMinute)
        self.changes = changes
        kept = KeptAnswers(stamp: changes)
    }

    public static var templates: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    var catalogue: IndicatorCatalogue { evaluations.catalogue }
    func now() -> Date { surroundings.now() }

    func frame(_ title: String, lead: String, _ visit: Visit, current: String, actions: [PageFrame.Link] = []) -> PageFrame {
        let scope = Scope(year: visit.today.schoolYear)
        return PageFrame(
            title: title, lead: lead, place: "全市", state: "",
            menu: MainMenu.groups(SiteMap(scope), county: nil, visit: visit, form: "school-return", current: current), scope: scope,
            years: [], standards: [], actions: actions, organisation: surroundings.organisation, visit: visit)
    }
}

/// The work of handing in, as the import pages do it.
public struct ImportWork: Sendable {
    var records: @Sendable (Visit, _ limit: Int) async throws -> [ImportRecord]
    var record: @Sendable (ImportID, Visit) async throws -> ImportRecord
    var begin: @Sendable (Upload, Visit) async throws -> [ImportRecord]
    var take: @Sendable (ImportStep, ImportRecord, ImportChoice, _ seen: Int, Visit) async throws -> ImportRecord
    var recount: @Sendable (ImportRecord, Visit) async throws -> ImportRecord
    var effect: @Sendable (ImportRecord) async throws -> ImportEffect?
    var marked: @Sendable (ImportRecord) async throws -> Data
    var uploads: URL
    var sizeLimit: Int

    public init(
        records: @escaping @Sendable (Visit, Int) async throws -> [ImportRecord],
        record: @escaping @Sendable (ImportID, Visit) async throws -> ImportRecord,
        begin: @escaping @Sendable (Upload, Visit) async throws -> [ImportRecord],
        take: @escaping @Sendable (ImportStep, ImportRecord, ImportChoice, Int, Visit) async throws -> ImportRecord,
        recount: @escaping @Sendable (ImportRecord, Visit) async throws -> ImportRecord,
        effect: @escaping @Sendable (ImportRecord) async throws -> ImportEffect?,
        marked: @escaping @Sendable (ImportRecord) async throws -> Data, uploads: URL, sizeLimit: Int
    ) {
        self.records = records
        self.record = record
        self.begin = begin
        self.take = take
        self.recount = recount
        self.effect = effect
        self.marked = marked
        self.uploads = uploads
        self.sizeLimit = sizeLimit
    }
}

/// The work of reporting, as the pages of 上报与冻结 do it.
public struct ReportWork: Sendable {
    var snapshot: @Sendable (SnapshotID, Visit) async throws -> Snapshot
    var open: @Sendable (_ county: String, SchoolYear, _ reason: String, Visit) async throws -> Snapshot
    var take: @Sendable (SnapshotAction, Snapshot, _ seen: Int, _ reason: String, Visit) async throws -> Snapshot
    var verify: @Sendable (Snapshot) async throws -> SnapshotCheck
    var reminders: @Sendable (SchoolYear) async throws -> [Reminder]

    public init(
        snapshot: @escaping @Sendable (SnapshotID, Visit) async throws -> Snapshot,
        open: @escaping @Sendable (String, SchoolYear, String, Visit) async throws -> Snapshot,
        take: @escaping @Sendable (SnapshotAction, Snapshot, Int, String, Visit) async throws -> Snapshot,
        verify: @escaping @Sendable (Snapshot) async throws -> SnapshotCheck,
        reminders: @escaping @Sendable (SchoolYear) async throws -> [Reminder]
    ) {
        self.snapshot = snapshot
        self.open = open
        self.take = take
        self.verify = verify
        self.reminders = reminders
    }
}

/// Files the pages hand out.
public struct Papers: Sendable {
    /// `docx` and `pdf` of the 自评报告, `xlsx` of the 短板清单.
    var paper: @Sendable (Evaluated, _ county: String, _ kind: String) throws -> Data
    /// The empty workbook of a form; nil where there is no such form.
    var template: @Sendable (_ form: String, SchoolYear) throws -> Data?
    /// A zip archive of texts by their names.
    var archive: @Sendable ([(name: String, text: String)]) throws -> Data

    public init(
        paper: @escaping @Sendable (Evaluated, String, String) throws -> Data,
        template: @escaping @Sendable (String, SchoolYear) throws -> Data?,
        archive: @escaping @Sendable ([(name: String, text: String)]) throws -> Data
    ) {
        self.paper = paper
        self.template = template
        self.archive = archive
    }
}

/// What programs are known by, and what they are told with.
public struct Programs: Sendable {
    var maker: TokenMaker
    /// The person behind a token, where it may still be used.
    var holder: @Sendable (PersonID) async throws -> Person?
    /// Login is asked for where no token is sent.
    var needsLogin: Bool
    /// SHA-256 in hex.
    var digest: DigestFunction
    /// The same over a file.
    var fileDigest: @Sendable (URL) throws -> String
    /// HMAC-SHA-256 in hex: key, then text.
    var sign: @Sendable (String, String) -> String
    /// Reaches the addresses that are told of events, and refuses those on the machine or in networks nobody named.
    var outgoing: any OutgoingRequests
    var patience: HookPatience

    public init(
        maker: TokenMaker, holder: @escaping @Sendable (PersonID) async throws -> Person?, needsLogin: Bool,
        digest: @escaping DigestFunction, fileDigest: @escaping @Sendable (URL) throws -> String,
        sign: @escaping @Sendable (String, String) -> String,
        outgoing: any OutgoingRequests, patience: HookPatience
    ) {
        self.maker = maker
        self.holder = holder
        self.needsLogin = needsLogin
        self.digest = digest
        self.fileDigest = fileDigest
        self.sign = sign
        self.outgoing = outgoing
        self.patience = patience
    }
}

/// Where the interface stands.
public struct Surroundings: Sendable {
    var organisation: String
    var version: String
    var today: @Sendable () -> Day
    var now: @Sendable () -> Date
    /// Everything that must be right for requests to be answered, with what is wrong; the problem is empty where nothing is.
    var ready: @Sendable () async -> [(name: String, problem: String)]

    public init(
        organisation: String, version: String, today: @escaping @Sendable () -> Day, now: @escaping @Sendable () -> Date,
        ready: @escaping @Sendable () async -> [(name: String, problem: String)]
    ) {
        self.organisation = organisation
        self.version = version
        self.today = today
        self.now = now
        self.ready = ready
    }
}
