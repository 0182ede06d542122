public import Ledger
public import Reporting
public import Vocabulary

/// A county's special funds of a year as an official paper.
public struct FundLedgerPaper: Sendable {
    let told: ToldFunds
    let rules: SpendingRules
    let date: Day
    let source: String

    public init(_ told: ToldFunds, rules: SpendingRules, date: Day, source: String) {
        self.told = told
        self.rules = rules
        self.date = date
        self.source = source
    }

    private var county: String { told.county }
    private var year: Int { told.year }
    private var ledger: FundLedger { told.ledger }

    public var document: OfficialDocument {
        OfficialDocument(
            title: "\(county)\(year)年教育专项资金执行情况", subtitle: "",
            blocks: [.heading(1, "结论"), .paragraph(FundWords.headline(county, year, ledger.sums) + "。")] + sums + months + verdicts,
            signature: "\(county)教育局", date: date.chinese,
            source: "数据来源：\(source)。依据：\(rules.growth.citation)、\(rules.training.citation)。\(rules.growth.note)\(rules.paceNote)")
    }

    private func row(_ names: [String], _ sums: FundSums) -> [String] {
        names + [
            sums.budget.wan, sums.carried.wan, sums.allotted.wan, sums.paid.wan, sums.carriedOn.wan, sums.balance.wan,
            FundWords.percent(sums.rate),
        ]
    }

    private static let headers = ["预算", "上年结转", "下达", "支付", "已结转下年", "结余", "执行率"]

    private var sums: [OfficialDocument.Block] {
        [
            .heading(1, "各项资金"),
            .table(
                .init(
                    caption: "各项资金（万元）", headers: ["资金名称"] + FundLedgerPaper.headers, widths: [2.6, 1.2, 1.1, 1.2, 1.2, 1.2, 1.2, 1],
                    rows: ledger.sums { $0.fund }.map { row([$0.name], $0.sums) }, numeric: [1, 2, 3, 4, 5, 6, 7])),
            .heading(1, "各项目各学校"),
            .table(
                .init(
                    caption: "各项目各学校（万元）", headers: ["项目", "学校"] + FundLedgerPaper.headers,
                    widths: [2.2, 2.2, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1],
                    rows: ledger.rows.map { line in
                        let school = line.line.school.isEmpty ? "县本级" : line.schoolName.isEmpty ? line.line.school : line.schoolName
                        return row([line.line.project, school], line.sums)
                    }, numeric: [2, 3, 4, 5, 6, 7, 8])),
        ]
    }

    private var months: [OfficialDocument.Block] {
        [
            .heading(1, "各月执行进度"),
            .table(
                .init(
                    caption: "各月执行进度", headers: ["截至", "累计支付（万元）", "执行率", "应到"], widths: [1, 2, 1, 1],
                    rows: told.months.map {
                        ["\($0.month)月底", $0.paid.wan, FundWords.percent($0.rate), FundWords.percent($0.expected)]
                    }, numeric: [1, 2, 3])),
        ]
    }

    private var verdicts: [OfficialDocument.Block] {
        let training = told.training
        let met = training.count { $0.verdict == .met }
        let short = training.filter { $0.verdict == .notMet }.map { $0.name.isEmpty ? $0.school : $0.name }
        return [.heading(1, "两个只增不减")]
            + told.growth.map { verdict in
                .paragraph(
                    "按\(verdict.basis.label.zh)：\(verdict.verdict.label.zh)。"
                        + verdict.rows.map { "\($0.label)\($0.verdict.label.zh)\($0.reason.isEmpty ? "" : "（\($0.reason)）")" }.joined(
                            separator: "；") + "。")
            } + [
                .heading(1, "教师培训经费"),
                .paragraph(
                    training.isEmpty
                        ? "没有学校的公用经费预算数，资料不足。"
                        : "\(training.count)所学校中\(met)所达标\(short.isEmpty ? "" : "，不达标的有\(short.joined(separator: "、"))")。"),
            ]
    }
}

enum FundWords {
    static func percent(_ rate: Double?) -> String {
        rate.map { rate in
            let tenths = Int((rate * 1_000).rounded())
            return "\(tenths / 10).\(abs(tenths % 10))%"
        } ?? "—"
    }

    /// With two decimals, cut off: what falls short of a round limit must not look as if it reached it.
    static func fine(_ share: Double) -> String {
        let parts = Int((share * 10_000 + 1e-6).rounded(.down))
        return "\(parts / 100).\(parts % 100 < 10 ? "0" : "")\(parts % 100)%"
    }

    static func headline(_ county: String, _ year: Int, _ sums: FundSums) -> String {
        if sums == FundSums() { return "\(county)\(year)年还没有登记专项资金" }
        return
            "\(county)\(year)年专项资金预算\(sums.budget.wan)万元，下达\(sums.allotted.wan)万元，支付\(sums.paid.wan)万元，执行率\(percent(sums.rate))"
    }
}
