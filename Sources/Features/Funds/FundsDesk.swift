public import Foundation
public import Indicators
public import Ledger
public import Pages
public import Reporting
internal import SiteMap
public import Vocabulary

/// What the pages of 专项资金 work with.
public struct FundsDesk: Sendable {
    /// Something an adopted plan means to buy.
    public struct Adopted: Sendable, Hashable {
        /// Of the plan and the place in it: the same purchase is never written in twice.
        public var voucher: String
        /// The purse that pays it, as the plan calls it; empty where the plan names none.
        public var purse: String
        public var project: String
        public var school: String
        public var schoolName: String
        public var amount: Money

        public init(voucher: String, purse: String, project: String, school: String, schoolName: String, amount: Money) {
            self.voucher = voucher
            self.purse = purse
            self.project = project
            self.school = school
            self.schoolName = schoolName
            self.amount = amount
        }
    }

    let store: any LedgerStore
    let returns: any ReturnStore
    let rules: SpendingRules
    let catalogue: IndicatorCatalogue
    let templates: TemplateLibrary
    let books: any SheetBookWriter
    let paper: @Sendable (OfficialDocument) throws -> Data
    let organisation: String
    /// Keeps the papers and photos of entries.
    let files: any ReturnFiles
    let uploads: URL
    let sizeLimit: Int
    /// Reads a file as one of the catalogue's forms; nil where the workbook has no such sheet. Throws `FileRefusal`.
    let readForm: @Sendable (URL, String, String, SchoolYear) throws -> (table: ReturnTable, complaints: [Diagnostic])?
    /// What the plan a county has adopted means to buy.
    let adopted: @Sendable (String) async throws -> [Adopted]
    let newID: @Sendable () -> String
    let now: @Sendable () -> Date

    /// Largest document of an entry, in bytes.
    static let documentLimit = 20_000_000
    static let (ledgerForm, figuresForm, schoolForm) = ("fund-ledger", "finance-return", "school-return")

    public init(
        store: any LedgerStore, returns: any ReturnStore, rules: SpendingRules, catalogue: IndicatorCatalogue, templates: TemplateLibrary,
        books: any SheetBookWriter, paper: @escaping @Sendable (OfficialDocument) throws -> Data, organisation: String,
        files: any ReturnFiles, uploads: URL, sizeLimit: Int,
        readForm: @escaping @Sendable (URL, String, String, SchoolYear) throws -> (table: ReturnTable, complaints: [Diagnostic])?,
        adopted: @escaping @Sendable (String) async throws -> [Adopted], newID: @escaping @Sendable () -> String,
        now: @escaping @Sendable () -> Date
    ) {
        self.store = store
        self.returns = returns
        self.rules = rules
        self.catalogue = catalogue
        self.templates = templates
        self.books = books
        self.paper = paper
        self.organisation = organisation
        self.files = files
        self.uploads = uploads
        self.sizeLimit = sizeLimit
        self.readForm = readForm
        self.adopted = adopted
        self.newID = newID
        self.now = now
    }

    /// The templates of this feature.
    public static var templates: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    func frame(_ title: String, lead: String, _ visit: Visit, place: String, crumbs: [PageFrame.Link] = []) -> PageFrame {
        let scope = Scope(year: visit.today.schoolYear)
        let site = SiteMap(scope)
        return PageFrame(
            title: title, lead: lead, place: place, state: "",
            menu: MainMenu.groups(
                site, county: nil, visit: visit, form: FundsDesk.schoolForm, current: crumbs.isEmpty ? site.funds : ""),
            scope: scope, years: [], standards: [], crumbs: crumbs, organisation: organisation, visit: visit)
    }

    /// The budget year somebody asks for; nil where it is none.
    static func year(_ text: String?) -> Int? { text.flatMap { Int($0) }.flatMap { (2000...2100).contains($0) ? $0 : nil } }
}
