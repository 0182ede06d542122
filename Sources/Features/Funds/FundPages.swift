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

    init(_ desk: FundsDesk, _ told: [ToldFunds], _ year: Int, _ query: PageQuery, _ visit: Visit) {
        let site = SiteMap(Scope(year: visit.today.schoolYear))
        page = desk.frame(
            FundWords.headline("各县", year, told.reduce(FundSums()) { $0 + $1.ledger.sums }),
            lead: "金额单位万元。执行率是支付占可用数（下达加上年结转）的比例。", visit, place: "专项资金")
        years = FundCountyPage.years(year, visit)
        counties = FundTables.counties(told, site).shown(query)
    }
}

/// A county's ledger of a year, or one school's part of it.
struct FundCountyPage: Sendable, Tabled {
    struct Material: Sendable {
        var told: ToldFunds
        var adopted: [FundsDesk.Adopted] = []
        var notice: [String] = []
        var done: [String] = []
        /// What somebody had filled in before it was refused.
        var fields: [String: String] = [:]
    }
    /// An entry with its papers and photos.
    struct Proved: Sendable {
        var label: String
        var documents: [PageFrame.Link]
    }
    struct Open: Sendable {
        var voucher: String
        var label: String
        var id: String
    }
    /// What the adopted plan means to buy and is in no budget yet.
    struct Offer: Sendable {
        struct Purse: Sendable {
            var field: String
            var words: String
            var name: String
        }
        var words: String
        /// Purses of the plan, each with the fund it goes into.
        var purses: [Purse]
        /// There is something the plan names no purse for.
        var needsFund: Bool

        init?(_ fresh: [FundsDesk.Adopted], _ fields: [String: String]) {
            guard !fresh.isEmpty else { return nil }
            func money(_ items: [FundsDesk.Adopted]) -> String { "\(items.reduce(Money.zero) { $0 + $1.amount }.wan)万元" }
            words = "已采用的达标方案有\(fresh.count)笔投入还没有列入预算，共\(money(fresh))。"
            let names = fresh.map(\.purse).reduce(into: [String]()) { if !$1.isEmpty, !$0.contains($1) { $0.append($1) } }
            purses = names.map { name in
                let own = fresh.filter { $0.purse == name }
                return Purse(
                    field: FundCountyPage.purseField + name, words: "方案里的“\(name)”，\(own.count)笔，\(money(own))，列入",
                    name: fields[FundCountyPage.purseField + name] ?? name)
            }
            needsFund = fresh.contains { $0.purse.isEmpty }
        }
    }
    /// Begins the fields that name the fund of a purse.
    static let purseField = "fund-"

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
    /// The fund the page is cut down to.
    let fund: [String]
    let proved: [Proved]
    let hasProved: Bool
    let unproved: [String]
    let evidence: String
    let open: [Open]
    let hasOpen: Bool
    let adopted: [Offer]
    let (write, reverse, upload, carry, adopt, attach): (String, String, String, String, String, String)
    let report: String
    let templates: [PageFrame.Link]
    let rule: String

    var tables: [ShownTable] { [funds, lines, months, entries, training] + growths.map(\.table) }

    init(_ desk: FundsDesk, _ given: Material, _ query: PageQuery, _ visit: Visit) {
        let site = SiteMap(Scope(year: visit.today.schoolYear))
        let told = given.told
        let (county, ledger) = (told.county, told.ledger)
        let isPart = told.school != nil || told.fund != nil
        page = desk.frame(
            FundWords.headline(told.schoolName ?? told.fund.map { "\(county)“\($0)”" } ?? county, told.year, ledger.sums),
            lead: "登记过的不改不删，错了冲正。执行率是支付占可用数（下达加上年结转）的比例。", visit, place: county,
            crumbs: [PageFrame.Link("专项资金", site.funds)]
                + (isPart && visit.may(.look, in: county) ? [PageFrame.Link(county, site.funds(county) + "&budget=\(told.year)")] : []))
        (notice, hasNotice, done) = (given.notice, !given.notice.isEmpty, given.done)
        year = told.year
        years = FundCountyPage.years(told.year, visit)
        fields = Fields(given.fields, visit)
        kinds = LedgerEntry.Kind.allCases.map {
            PageFrame.Choice(value: $0.rawValue, label: $0.label.zh, isChosen: $0.rawValue == given.fields["kind"])
        }
        funds = FundTables.funds(told, site).shown(query)
        lines = FundTables.lines(told, site).shown(query)
        months = FundTables.months(told).shown(query)
        entries = FundTables.entries(told).shown(query)
        training = FundTables.training(told, site).shown(query)
        hasTraining = !told.training.isEmpty
        isCounty = !isPart
        fund = told.fund.map { [$0] } ?? []
        growths = told.growth.map {
            Growth(basis: $0.basis.label.zh, light: Light($0.verdict), table: FundTables.growth($0).shown(query))
        }
        mayKeep = !isPart && visit.may(.keepFunds, in: county)
        open = ledger.entries.filter(told.isOpen).reversed().map {
            Open(
                voucher: $0.voucher, label: "\($0.voucher)　\($0.kind.label.zh)\($0.amount.yuan)元　\($0.line.project)",
                id: $0.id)
        }
        hasOpen = !open.isEmpty
        proved = ledger.entries.filter { !$0.documents.isEmpty }.reversed().map { entry in
            Proved(
                label: "\(entry.voucher)　\(entry.kind.label.zh)\(entry.amount.yuan)元　\(entry.line.project)",
                documents: entry.documents.enumerated().map { PageFrame.Link($1.name, site.fundDocument(county, entry.id, $0)) })
        }
        hasProved = !proved.isEmpty
        let without = told.unproved
        unproved =
            without.isEmpty
            ? [] : ["还有\(without.count)笔没有凭据：\(without.prefix(20).map(\.voucher).joined(separator: "、"))\(without.count > 20 ? "等" : "")。"]
        evidence =
            told.evidence.isEmpty
            ? "" : LedgerEntry.Kind.allCases.filter { told.evidence.contains($0) }.map(\.label.zh).joined(separator: "、") + "要附凭据。"
        let known = Set(told.vouchers.values)
        let fresh = given.adopted.filter { !known.contains($0.voucher) }
        adopted = Offer(fresh, given.fields).map { [$0] } ?? []
        (write, reverse) = (site.fundStep(county, "entries"), site.fundStep(county, "reversals"))
        (upload, carry) = (site.fundStep(county, "workbooks"), site.fundStep(county, "carry"))
        (adopt, attach) = (site.fundStep(county, "adopt"), site.fundStep(county, "documents"))
        report = site.fundStep(county, "report.docx") + "&budget=\(told.year)"
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
