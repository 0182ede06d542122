public import Foundation
public import Hummingbird
public import Pages
public import Registry
public import Reporting
internal import SiteMap
internal import Vocabulary

/// 个人信息: what is kept of people and why, the register of the staff, and everybody's own data.
public struct PersonalDesk: Sendable {
    /// What the pages about people need where people have accounts.
    public struct People: Sendable {
        let accounts: any AccountStore
        let sessions: any SessionStore
        let store: any PersonalStore
        let books: any SheetBookWriter
        /// Packs files into one archive.
        let pack: @Sendable ([(name: String, data: Data)]) throws -> Data
        let newID: @Sendable () -> String
        /// SHA-256 of a text.
        let digest: @Sendable (String) -> String
        let now: @Sendable () -> Date

        public init(
            accounts: any AccountStore, sessions: any SessionStore, store: any PersonalStore, books: any SheetBookWriter,
            pack: @escaping @Sendable ([(name: String, data: Data)]) throws -> Data, newID: @escaping @Sendable () -> String,
            digest: @escaping @Sendable (String) -> String, now: @escaping @Sendable () -> Date
        ) {
            self.accounts = accounts
            self.sessions = sessions
            self.store = store
            self.books = books
            self.pack = pack
            self.newID = newID
            self.digest = digest
            self.now = now
        }
    }

    let inventory: PersonalInventory
    /// Nil where nobody logs in.
    let people: People?
    let books: any SheetBookWriter
    let templates: TemplateLibrary
    let organisation: String

    public init(inventory: PersonalInventory, people: People?, books: any SheetBookWriter, templates: TemplateLibrary, organisation: String)
    {
        self.inventory = inventory
        self.people = people
        self.books = books
        self.templates = templates
        self.organisation = organisation
    }

    /// The templates of this feature.
    public static var templates: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    public func addRoutes(to router: Router<PageContext>) {
        router.get("/personal/inventory") { request, context in try inventoryPage(PageQuery(request.uri.query), context.visit) }
        guard let people else { return }
        RegisterRoutes(desk: self, people: people).addRoutes(to: router)
        PersonRoutes(desk: self, people: people).addRoutes(to: router)
        OwnRoutes(desk: self, people: people).addRoutes(to: router)
    }

    func frame(_ title: String, lead: String, _ visit: Visit, current: String) -> PageFrame {
        let scope = Scope(year: visit.today.schoolYear)
        return PageFrame(
            title: title, lead: lead, place: "全市", state: "",
            menu: MainMenu.groups(SiteMap(scope), county: nil, visit: visit, form: "school-return", current: current), scope: scope,
            years: [], standards: [], organisation: organisation, visit: visit)
    }

    /// A page that says what went wrong is told apart by its status.
    func page(_ model: some Sendable, _ template: String, _ notice: [String]) throws -> Response {
        Answer.page(try templates.html(model, template), status: notice.isEmpty ? .ok : .unprocessableContent)
    }

    func book(_ table: ShownTable, _ title: String, _ name: String) throws -> Response {
        Answer.file(try books.write(table.book(title: title, notes: [])), name: "\(name).xlsx", type: Answer.xlsx)
    }

    // MARK: 清单

    struct InventoryPage: Sendable {
        var page: PageFrame
        var table: ShownTable
    }

    private func inventoryPage(_ query: PageQuery, _ visit: Visit) throws -> Response {
        let rows = inventory.personal.flatMap { register in
            register.personal.map { column in
                [
                    DataTable.Cell(register.label.zh), .init(column.label.zh), .init(column.purpose), .init(register.basis),
                    .init(PersonalWords.keeping(register.retention)), .init(PersonalWords.erasure(register)),
                    .init(column.isSealed ? "加密保存" : column.kind == .secret ? "只存摘要" : "明文"),
                ]
            }
        }
        let table = DataTable(
            "inventory", "个人信息清单",
            columns: [
                .init("table", "存在哪里", isTight: true), .init("field", "什么信息", isTight: true), .init("purpose", "用途"), .init("basis", "依据"),
                .init("keeping", "存多久"), .init("erasure", "本人要求删除时"), .init("protection", "怎样保存", isTight: true),
            ], rows: rows)
        let shown = table.shown(query)
        let sealed = inventory.personal.reduce(0) { $0 + $1.personal.filter(\.isSealed).count }
        let frame = frame(
            "本系统保存\(rows.count)项个人信息，其中\(sealed)项加密", lead: "数据库里的每张表都登记在这份清单上；到期的信息每天自动清理。", visit, current: "/personal/inventory")
        if query.exported != nil { return try book(shown, frame.title, "个人信息清单") }
        return try page(InventoryPage(page: frame, table: shown), "personal-inventory", [])
    }
}

/// Rules of the inventory in the words of a reader.
enum PersonalWords {
    static func keeping(_ rule: RetentionRule) -> String {
        guard rule.since != nil else { return rule.reason }
        let span = rule.days % 365 == 0 ? "\(rule.days / 365)年" : "\(rule.days)天"
        return "\(span)后\(rule.does == .clear ? "清空" : "删去")：\(rule.reason)"
    }

    static func erasure(_ register: PersonalRegister) -> String {
        switch register.erasure {
        case .delete: "删去"
        case .clear: "清空"
        case .pseudonym: "销毁姓名和登录方式，只留编号"
        case .keep: "保留：\(register.erasureReason)"
        }
    }
}
