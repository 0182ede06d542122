internal import Foundation
internal import Indicators
internal import Ledger
internal import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

/// Every county's special funds in one table.
struct FundListPage: Sendable, Tabled {
    let page: PageFrame
    let years: [PageFrame.Choice]
    let counties: ShownTable
    var tables: [ShownTable] { [counties] }

    init(_ desk: FundsDesk, _ entries: [LedgerEntry], _ names: [String], _ year: Int, _ query: PageQuery, _ visit: Visit) {
        let site = SiteMap(Scope(year: visit.today.schoolYear))
        let seen = entries.filter { visit.may(.look, in: $0.county) }
        page = desk.frame(
            FundWords.headline("各县", year, FundSums(seen)), lead: "金额单位万元。执行率是支付占可用数（下达加上年结转）的比例。", visit, place: "专项资金")
        years = FundCountyPage.years(year, visit)
        counties = FundTables.counties(seen, names.filter { visit.may(.look, in: $0) }, site).shown(query)
    }
}

/// A county's ledger of a year, or one school's part of it.
struct FundCountyPage: Sendable, Tabled {
    struct Material: Sendable {
        var county: String
        /// Nil for the whole county.
        var school: String?
        var year: Int
        var entries: [LedgerEntry]
        var figures: [FinanceFigure]
        var adopted: [FundsDesk.Adopted] = []
        var notice: [String] = []
        var done: [String] = []
        /// What somebody had filled in before it was refused.
        var fields: [String: String] = [:]
    }
    struct Open: Sendable {
        var voucher: String
        var label: String
    }
    struct Growth: Sendable {
        var basis: String
        var light: Light
        var table: ShownTable
    }
    struct Fields: Sendable {
        var fund, project, school, amount, purpose, day, voucher, reason: String

        init(_ fields: [String: String], _ visit: Visit) {
            (fund, project, school) = (fields["fund"] ?? "", fields["project"] ?? "", fields["school"] ?? "")
            (amount, purpose, voucher) = (fields["amount"] ?? "", fields["purpose"] ?? "", fields["voucher"] ?? "")
            (day, reason) = (fields["day"] ?? visit.today.description, fields["reason"] ?? "")
        }
    }

    let page: PageFrame
    let notice: [String]
    let hasNotice: Bool
    let done: [String]
    let year: Int
    let years: [PageFrame.Choice]
    let kinds: [PageFrame.Choice]
    let fields: Fields
    let funds, lines, months, entries, training: ShownTable
    let hasTraining: Bool
    let growths: [Growth]
    let mayKeep: Bool
    let isCounty: Bool
    let open: [Open]
    let hasOpen: Bool
    let adopted: [String]
    let (write, reverse, upload, carry, adopt): (String, String, String, String, String)
    let report: String
    let templates: [PageFrame.Link]
    let rule: String

    var tables: [ShownTable] { [funds, lines, months, entries, training] + growths.map(\.table) }

    init(_ desk: FundsDesk, _ given: Material, _ query: PageQuery, _ visit: Visit) {
        let site = SiteMap(Scope(year: visit.today.schoolYear))
        let own = given.entries.filter { $0.line.year == given.year && (given.school == nil || $0.line.school == given.school) }
        let ledger = FundLedger(own)
        let name = given.school.map { code in own.first { !$0.schoolName.isEmpty }?.schoolName ?? code } ?? given.county
        page = desk.frame(
            FundWords.headline(name, given.year, ledger.sums), lead: "登记过的不改不删，错了冲正。执行率是支付占可用数（下达加上年结转）的比例。", visit,
            place: given.county,
            crumbs: [PageFrame.Link("专项资金", site.funds)]
                + (given.school == nil ? [] : [PageFrame.Link(given.county, site.funds(given.county))]))
        (notice, hasNotice, done) = (given.notice, !given.notice.isEmpty, given.done)
        year = given.year
        years = FundCountyPage.years(given.year, visit)
        fields = Fields(given.fields, visit)
        kinds = LedgerEntry.Kind.allCases.map {
            PageFrame.Choice(value: $0.rawValue, label: $0.label.zh, isChosen: $0.rawValue == given.fields["kind"])
        }
        funds = FundTables.funds(ledger).shown(query)
        lines = FundTables.lines(ledger, county: given.county, site).shown(query)
        let last = given.year < visit.today.year ? 12 : visit.today.month
        months = FundTables.months(ledger, given.year, until: last, desk.rules).shown(query)
        entries = FundTables.entries(own, site).shown(query)
        let verdicts = TrainingVerdict.all(given.figures, given.year, rules: desk.rules).filter {
            given.school == nil || $0.school == given.school
        }
        training = FundTables.training(verdicts, county: given.county, site).shown(query)
        hasTraining = !verdicts.isEmpty
        isCounty = given.school == nil
        growths =
            given.school != nil
            ? []
            : FundWords.growth(given.figures, given.year, desk.rules).map {
                Growth(basis: $0.basis.label.zh, light: Light($0.verdict), table: FundTables.growth($0).shown(query))
            }
        mayKeep = given.school == nil && visit.may(.keepFunds, in: given.county)
        let gone = Set(given.entries.compactMap(\.reverses))
        open = own.filter { $0.reverses == nil && !gone.contains($0.id) }.reversed().map {
            Open(voucher: $0.voucher, label: "\($0.voucher)　\($0.kind.label.zh)\($0.amount.yuan)元　\($0.line.project)")
        }
        hasOpen = !open.isEmpty
        let known = Set(given.entries.map(\.voucher))
        let fresh = given.adopted.filter { !known.contains($0.voucher) }
        adopted =
            fresh.isEmpty ? [] : ["已采用的达标方案有\(fresh.count)项投入还没有列入预算，共\(fresh.reduce(Money.zero) { $0 + $1.amount }.wan)万元。"]
        (write, reverse) = (site.fundStep(given.county, "entries"), site.fundStep(given.county, "reversals"))
        (upload, carry) = (site.fundStep(given.county, "workbooks"), site.fundStep(given.county, "carry"))
        adopt = site.fundStep(given.county, "adopt")
        report = site.fundStep(given.county, "report.docx") + "&budget=\(given.year)"
        templates = [FundsDesk.ledgerForm, FundsDesk.figuresForm].compactMap { id in
            desk.catalogue.rosters[id].map { PageFrame.Link($0.label.zh, site.template(id)) }
        }
        rule =
            "\(desk.rules.growth.citation)：\(desk.rules.growth.note)\(desk.rules.training.citation)：\(desk.rules.training.note)"
            + desk.rules.paceNote
    }

    static func years(_ chosen: Int, _ visit: Visit) -> [PageFrame.Choice] {
        Set((visit.today.year - 3...visit.today.year + 1).map { $0 } + [chosen]).sorted(by: >).map {
            PageFrame.Choice(value: "\($0)", label: "\($0)年", isChosen: $0 == chosen)
        }
    }
}
