internal import Foundation
internal import Ledger
internal import Vocabulary

extension Shape where Value == Money {
    /// Whole 分, negative where something is taken back.
    static var money: Shape { Shape(schema: .integer(-900_000_000_000_000...900_000_000_000_000)) { .integer($0.fen) } }
}

extension Quantity {
    fileprivate static let noMoney = Quantity.unknown(
        reason: "nothingToSpend", label: LocalizedText(zh: "没有可以支付的钱", en: "There is nothing to spend"))
    fileprivate static let noExpectation = Quantity.notApplicable(
        reason: "noExpectation", label: LocalizedText(zh: "规则没有要求", en: "The rules expect nothing"))
}

extension FundSums {
    static let fields: [Field<FundSums>] = [
        Field("budget", .money, "预算，分；下同") { $0.budget }, Field("carried", .money, "上年结转来的") { $0.carried },
        Field("allotted", .money, "下达") { $0.allotted }, Field("paid", .money, "支付") { $0.paid },
        Field("carriedOn", .money, "已结转到下一年的") { $0.carriedOn },
        Field("stayed", .money, "结转时没有转走的，旧年度不能再用") { $0.stayed },
        Field("balance", .money, "结余：还可以支付的") { $0.balance }, Field("open", .money, "预算里还没有下达的；下达超过预算是负数") { $0.open },
        Field("rate", .quantity, "执行率：支付占可用数（下达加上年结转）的几分之几") { Quantity($0.rate, else: .noMoney) },
    ]
    static let shape = Shape<FundSums>.object("FundSums", fields)
}

extension FundLedger.Row {
    static let shape = Shape<FundLedger.Row>.object(
        "FundLine",
        [
            Field("fund", .text, "资金名称") { $0.line.fund }, Field("project", .text) { $0.line.project },
            .maybe("school", .text, "学校标识码；没有就是县本级") { $0.line.school.isEmpty ? nil : $0.line.school },
            .maybe("schoolName", .text) { $0.schoolName.isEmpty ? nil : $0.schoolName },
        ] + FundSums.fields.map { $0.of { $0.sums } })
}

extension FundLedger.Month {
    static let shape = Shape<FundLedger.Month>.object(
        "FundMonth",
        [
            Field("month", .count, "截至几月底") { $0.month }, Field("paid", .money, "累计支付，分") { $0.paid },
            Field("rate", .quantity) { Quantity($0.rate, else: .noMoney) },
            Field("expected", .quantity, "规则要求到的执行率") { Quantity($0.expected, else: .noExpectation) },
            Field("isBehind", .flag, "慢于要求") { $0.isBehind },
        ])
}

/// One fund's sums.
private struct FundEntry: Sendable {
    var fund: String
    var sums: FundSums

    static let shape = Shape<FundEntry>.object("Fund", [Field("fund", .text) { $0.fund }] + FundSums.fields.map { $0.of { $0.sums } })
}

extension GrowthVerdict {
    private static let row = Shape<Row>.object(
        "GrowthRow",
        [
            Field("label", .text) { $0.label }, Field("before", .quantity, "上一年，元或元/生") { Quantity($0.before) },
            Field("now", .quantity) { Quantity($0.now) }, Field("verdict", Shape<Verdict>.word) { $0.verdict },
            .maybe("reason", .text, "为什么没有下结论") { $0.reason.isEmpty ? nil : $0.reason },
            Field("isRequired", .flag, "假的只供参考，不计入结论") { $0.isRequired },
        ])

    static let shape = Shape<GrowthVerdict>.object(
        "SpendingGrowth",
        [
            Field("year", .year, "日历年") { $0.year }, Field("basis", Shape<FinanceFigure.Basis>.word, "预算比预算，决算比决算") { $0.basis },
            Field("verdict", Shape<Verdict>.word, "两条都要满足") { $0.verdict }, Field("rows", row.list) { $0.rows },
        ])
}

extension TrainingVerdict {
    static let shape = Shape<TrainingVerdict>.object(
        "TrainingShare",
        [
            Field("school", .text) { $0.school }, .maybe("name", .text) { $0.name.isEmpty ? nil : $0.name },
            Field("running", .quantity, "公用经费预算，分") { Quantity(count: $0.running?.fen) },
            Field("training", .quantity, "教师培训经费，分") { Quantity(count: $0.training?.fen) },
            Field("share", .quantity) { Quantity($0.share) }, Field("verdict", Shape<Verdict>.word) { $0.verdict },
        ])
}

extension ToldFunds {
    private static let head: [Field<ToldFunds>] = [
        Field("county", .text) { $0.county }, Field("year", .year, "预算年度") { $0.year },
        Field("entries", .count, "登记了几笔；0 就是还没有登记") { $0.ledger.entries.count },
    ]
    private static let sums = FundSums.fields.map { $0.of { (told: ToldFunds) in told.ledger.sums } }
    private static let detail: [Field<ToldFunds>] = [
        Field("funds", FundEntry.shape.list, "各项资金") { told in told.ledger.sums { $0.fund }.map { FundEntry(fund: $0.name, sums: $0.sums) }
        },
        Field("months", FundLedger.Month.shape.list, "各月执行进度") { $0.months },
        Field("evidence", Shape<LedgerEntry.Kind>.word.list, "规则要求附凭据的几类") { told in
            LedgerEntry.Kind.allCases.filter { told.evidence.contains($0) }
        },
        Field("unproved", Shape.text.list, "要凭据而没有的，凭证号") { $0.unproved.map(\.voucher) },
    ]

    static let brief = Shape<ToldFunds>.object("CountyFunds", head + sums)
    static let whole = Shape<ToldFunds>.object("CountyFundsInFull", head + sums + detail)
    static let ofSchool = Shape<ToldFunds>.object(
        "SchoolFunds",
        head + [Field("school", .text) { $0.school ?? "" }, Field("schoolName", .text) { $0.schoolName ?? "" }] + sums + detail + [
            Field("lines", FundLedger.Row.shape.list) { $0.ledger.rows },
            Field("ledger", FundLedgerEntry.shape.list, "登记的每一笔") { told in told.ledger.entries.map { FundLedgerEntry($0, told) } },
            Field("training", TrainingVerdict.shape.list, "有公用经费数据才有") { $0.training },
        ])
    static let verdicts = Shape<ToldFunds>.object(
        "SpendingVerdicts",
        [
            Field("county", .text) { $0.county }, Field("year", .year) { $0.year },
            Field("growth", GrowthVerdict.shape.list, "两个只增不减：有几种口径的数就有几条") { $0.growth },
            Field("training", TrainingVerdict.shape.list, "各校教师培训经费占比") { $0.training },
        ])
}

/// An entry as the interface shows it.
struct FundLedgerEntry: Sendable {
    var entry: LedgerEntry
    var reverses: String?
    var isReversed: Bool

    init(_ entry: LedgerEntry, _ told: ToldFunds) {
        self.entry = entry
        reverses = entry.reverses.flatMap { told.vouchers[$0] }
        isReversed = told.reversed.contains(entry.id)
    }

    /// One just written.
    init(_ entry: LedgerEntry) { (self.entry, isReversed) = (entry, false) }

    private struct Document: Sendable {
        var number: Int
        var document: LedgerEntry.Document
        static let shape = Shape<Document>.object(
            "FundDocument",
            [
                Field("number", .count) { $0.number }, Field("name", .text) { $0.document.name },
                Field("size", .count) { $0.document.size },
                Field("type", .text) { $0.document.type }, Field("digest", .text, "SHA-256") { $0.document.digest },
                Field("added", SignatureEntry.shape) { SignatureEntry(name: $0.document.addedBy, at: $0.document.addedAt) },
            ])
    }

    static let shape = Shape<FundLedgerEntry>.object(
        "FundEntry",
        [
            Field("id", .text) { $0.entry.id }, Field("voucher", .text, "凭证号") { $0.entry.voucher },
            Field("year", .year, "预算年度") { $0.entry.line.year }, Field("fund", .text) { $0.entry.line.fund },
            Field("project", .text) { $0.entry.line.project },
            .maybe("school", .text, "没有就是县本级") { $0.entry.line.school.isEmpty ? nil : $0.entry.line.school },
            .maybe("schoolName", .text) { $0.entry.schoolName.isEmpty ? nil : $0.entry.schoolName },
            Field("kind", Shape<LedgerEntry.Kind>.word, "budget 预算、allotted 下达、paid 支付、carried 结转") { $0.entry.kind },
            Field("kindLabel", .label) { $0.entry.kind.label }, Field("amount", .money, "分；冲正的是负数") { $0.entry.amount },
            .maybe("purpose", .text) { $0.entry.purpose.isEmpty ? nil : $0.entry.purpose }, Field("day", .day) { $0.entry.day },
            .maybe("reason", .text) { $0.entry.reason.isEmpty ? nil : $0.entry.reason },
            .maybe("reverses", .text, "冲正的是哪一笔，编号") { $0.entry.reverses },
            .maybe("reversesVoucher", .text) { $0.reverses }, Field("isReversed", .flag, "已被冲正") { $0.isReversed },
            Field("made", SignatureEntry.shape) { SignatureEntry(name: $0.entry.madeBy, at: $0.entry.madeAt) },
            Field("documents", Document.shape.list, "凭据") { entry in
                entry.entry.documents.enumerated().map { Document(number: $0, document: $1) }
            },
        ])
}

extension WrittenFunds {
    static let shape = Shape<WrittenFunds>.object(
        "FundsWritten",
        [
            Field("count", .count, "登记了几笔") { $0.entries.count }, Field("amount", .money, "共多少，分") { $0.amount },
            Field("figures", .count, "经费数据收下几行") { $0.figures.count },
            Field("entries", FundLedgerEntry.shape.list) { written in written.entries.map { FundLedgerEntry($0) } },
            Field("warnings", Shape.text.list, "收下了，但请留意") { $0.warnings },
        ])
}
