internal import Exchanges
internal import Indicators
internal import Pages
internal import Registry
internal import SiteMap
internal import TeacherRotation
internal import Vocabulary

/// A county's register of exchanges, its rates, and where plans begin.
struct RegisterPage: Sendable {
    struct Material: Sendable {
        var county: String
        /// Of all years.
        var turns: [Exchange]
        var base: ExchangeBase?
        var plans: [RosterPlan]
        var notice: [String]
        var done: String?
    }
    struct Check: Sendable {
        var label: String
        var light: Light
        var figure: String
        var required: String
    }
    struct Plan: Sendable {
        var id: String
        var url: String
        var title: String
        var words: String
        var state: String
    }
    struct Step: Sendable {
        var label: String
        var state: String
        var version: String
        var url: String
    }
    struct Waiting: Sendable {
        var teacher: String
        var post: String
        var way: String
        var state: String
        var steps: [Step]
    }

    let page: PageFrame
    let notice: [String]
    let hasNotice: Bool
    let done: [String]
    let checks: [Check]
    let register: ShownTable
    let hasRegister: Bool
    let plans: [Plan]
    let hasPlans: Bool
    let canCompare: Bool
    let compareURL: String
    let seconds: String
    /// Rates that may be worked out beside.
    let steps: String
    let mayArrange: Bool
    let waiting: [Waiting]
    let hasWaiting: Bool
    /// Where everybody planned is said to have arrived, with how many.
    let arrivals: [PageFrame.Link]
    let year: String
    let uploadRegister: String
    let uploadRoster: String
    let templates: [PageFrame.Link]
    let years: [PageFrame.Choice]
    let rate: String
    let bases: [PageFrame.Choice]
    let nameNote: String

    /// Turns shown with buttons at once.
    static let shownWaiting = 30

    init(
        _ desk: RotationDesk, _ material: Material, _ query: PageQuery, _ visit: Visit, _ scope: Scope, _ known: [SchoolYear]
    ) {
        let (site, county, rules) = (SiteMap(scope), material.county, desk.rules)
        let own = material.turns.filter { $0.year == scope.year }
        let rates = ExchangeRates(own, scope.year, base: material.base, rules: rules)
        let mayArrange = visit.may(.arrangeStaff, in: county)
        self.mayArrange = mayArrange
        page = desk.frame(
            RegisterPage.title(county, rates, scope.year), lead: "登记册记每位教师每学年的交流；比例只算已经到岗的，骨干按登记的级别算。", visit, scope, years: known,
            place: county, crumbs: [PageFrame.Link("交流轮岗", site.rotation)])
        notice = material.notice
        hasNotice = !notice.isEmpty
        done = material.done.map { [$0] } ?? []
        checks = [rates.rate, rates.backbone].map { check in
            Check(
                label: check.label, light: Light(check.verdict),
                figure: check.value.map { "\(check.part)/\(check.whole ?? 0) = \(RotationFigures.percent($0))" } ?? "没有基数",
                required: "规定不低于\(check.required)")
        }
        register = RegisterPage.table(own, rules, mayArrange, visit.today.schoolYear.previous).shown(query)
        hasRegister = !own.isEmpty
        plans = material.plans.map { plan in
            Plan(
                id: plan.id, url: site.rotationPlan(plan.id), title: "\(PageTime.text(plan.madeAt)) \(plan.madeBy)做的方案",
                words: RotationRecord(text: plan.body)?.headline ?? "读不出来",
                state: plan.adoptedAt.map { "已采用（\(plan.adoptedBy ?? "")，\(PageTime.text($0))）" } ?? "未采用")
        }
        hasPlans = !plans.isEmpty
        canCompare = plans.count > 1
        compareURL = site.rotationCompare
        seconds = "\(RotationWish.usualSeconds)"
        steps = RotationRate.steps.map(\.description).joined(separator: "、")
        let open = own.filter { !$0.state.next.isEmpty }
        waiting =
            mayArrange
            ? open.prefix(RegisterPage.shownWaiting).map { turn in
                Waiting(
                    teacher: turn.name.isEmpty ? turn.teacher : "\(turn.teacher) \(turn.name)", post: turn.post,
                    way: "\(turn.from.name)→\(turn.to.name)", state: turn.state.label.zh,
                    steps: turn.state.next.map { next in
                        Step(
                            label: RegisterPage.verb(next), state: next.rawValue, version: "\(turn.version)",
                            url: site.rotationStep(county, turn.id))
                    })
            } : []
        hasWaiting = !waiting.isEmpty
        let planned = open.count { $0.state == .planned }
        arrivals =
            mayArrange && planned > 1 ? [PageFrame.Link("\(planned)人全部到岗", site.rotationUpload(county, "arrivals"))] : []
        year = "\(scope.year.start)"
        uploadRegister = site.rotationUpload(county, "register")
        uploadRoster = site.rotationUpload(county, "plans")
        templates = RotationDesk.forms.compactMap { id in
            desk.catalogue.rosters[id].map { PageFrame.Link($0.label.zh, site.template(id)) }
        }
        years = known.map { PageFrame.Choice(value: "\($0.start)", label: $0.label.zh, isChosen: $0 == scope.year) }
        rate = "\(Double(rules.rate.basis) / 100)".replacing(".0", with: "")
        bases = RotationRules.Basis.allCases.map {
            PageFrame.Choice(value: $0.rawValue, label: $0.label.zh, isChosen: $0 == rules.basis)
        }
        nameNote = desk.store.keepsNames ? "姓名加密保存。" : "本系统没有配置加密，登记册不保存姓名。"
    }

    private static func title(_ county: String, _ rates: ExchangeRates, _ year: SchoolYear) -> String {
        if rates.moved == 0 {
            return rates.planned > 0 ? "\(county)\(year.label.zh)拟交流\(rates.planned)人，还没有人到岗" : "\(county)\(year.label.zh)还没有交流记录"
        }
        switch (rates.rate.verdict, rates.backbone.verdict) {
        case (.met, .met): return "\(county)交流\(rates.moved)人，两项比例都达到规定"
        case (.insufficient, _): return "\(county)交流\(rates.moved)人，没有基数，交流比例资料不足"
        case (.notMet, .notMet): return "\(county)交流\(rates.moved)人，两项比例都没有达到规定"
        case (.notMet, _): return "\(county)交流\(rates.moved)人，交流比例没有达到规定"
        default: return "\(county)交流\(rates.moved)人，骨干教师的比例没有达到规定"
        }
    }

    private static func verb(_ state: Exchange.State) -> String {
        switch state {
        case .planned: "拟交流"
        case .serving: "已到岗"
        case .finished: "期满"
        case .cancelled: "取消"
        }
    }

    private static func table(_ turns: [Exchange], _ rules: RotationRules, _ seesPersons: Bool, _ last: SchoolYear) -> DataTable {
        DataTable(
            "register", "交流登记",
            columns: [
                .init("teacher", "教师", isTight: true), .init("post", "学科", isTight: true), .init("backbone", "骨干", isTight: true),
                .init("from", "从"), .init("to", "到"), .init("form", "形式", isTight: true), .init("state", "状态", isTight: true),
                .init("served", "满学年", .number(0)), .init("earned", "待遇"),
            ],
            rows: turns.map { turn in
                let person =
                    seesPersons
                    ? (turn.name.isEmpty ? turn.teacher : "\(turn.teacher) \(turn.name)") : PublishedList.masked(code: turn.teacher)
                return [
                    .init(person), .init(turn.post), .init(turn.isBackbone ? "骨干" : ""), .init(turn.from.name), .init(turn.to.name),
                    .init(rules.form(turn.form)?.label ?? turn.form), .init(turn.state.label.zh), .init(Double(turn.served(by: last))),
                    .init(turn.earned(rules, by: last).map(\.label).joined(separator: "；")),
                ]
            })
    }
}
