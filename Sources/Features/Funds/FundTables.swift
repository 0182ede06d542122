internal import Ledger
internal import Pages
internal import SiteMap
internal import Vocabulary

/// What the pages of 专项资金 show as tables. Amounts are in 万元 with all their digits.
enum FundTables {
    private static func money(_ amount: Money, style: String = "") -> DataTable.Cell {
        DataTable.Cell(Double(amount.fen) / 1_000_000, amount.wan, decimals: 6, style: style)
    }

    static func percent(_ rate: Double?) -> DataTable.Cell {
        DataTable.Cell(rate.map { $0 * 100 }, rate.map { "\(Figure.grouped($0 * 100, 1))%" }, decimals: 1, absent: "—")
    }

    private static let sumColumns: [DataTable.Column] = [
        .init("budget", "预算（万元）", .figure), .init("carried", "上年结转", .figure), .init("allotted", "下达", .figure),
        .init("paid", "支付", .figure), .init("on", "已结转下年", .figure), .init("balance", "结余", .figure),
        .init("open", "未下达", .figure), .init("rate", "执行率", .figure),
    ]

    private static func cells(_ sums: FundSums) -> [DataTable.Cell] {
        [
            money(sums.budget), money(sums.carried), money(sums.allotted), money(sums.paid), money(sums.carriedOn),
            balance(sums),
            money(sums.open, style: sums.open < .zero ? "notmet" : ""), percent(sums.rate),
        ]
    }

    /// What can still be spent, and what became of the rest.
    private static func balance(_ sums: FundSums) -> DataTable.Cell {
        guard sums.isCarriedOn else { return money(sums.balance) }
        let words = sums.stayed > .zero ? "（\(sums.stayed.wan)没有结转）" : sums.balance == .zero ? "（已结转）" : ""
        return .init(Double(sums.balance.fen) / 1_000_000, sums.balance.wan + words, decimals: 6)
    }

    static func counties(_ counties: [ToldFunds], _ site: SiteMap) -> DataTable {
        DataTable(
            "counties", "各县专项资金", columns: [.init("county", "县（市、区）", isTight: true)] + sumColumns,
            rows: counties.map { [.init($0.county, url: site.funds($0.county) + "&budget=\($0.year)")] + cells($0.ledger.sums) })
    }

    static func funds(_ told: ToldFunds, _ site: SiteMap) -> DataTable {
        DataTable(
            "funds", "各项资金", columns: [.init("fund", "资金名称")] + sumColumns,
            rows: told.ledger.sums { $0.fund }.map { fund in
                let url = told.school == nil ? site.fund(told.county, fund.name, budget: told.year) : nil
                return [url.map { DataTable.Cell(fund.name, url: $0) } ?? .init(fund.name)] + cells(fund.sums)
            })
    }

    static func lines(_ told: ToldFunds, _ site: SiteMap) -> DataTable {
        DataTable(
            "lines", "各项目各学校",
            columns: [.init("fund", "资金名称"), .init("project", "项目"), .init("school", "学校")] + sumColumns,
            rows: told.ledger.rows.map { row in
                let school: DataTable.Cell =
                    row.line.school.isEmpty
                    ? .init("县本级")
                    : .init(
                        row.schoolName.isEmpty ? row.line.school : row.schoolName,
                        url: site.fundSchool(told.county, row.line.school) + "&budget=\(told.year)")
                return [.init(row.line.fund), .init(row.line.project), school] + cells(row.sums)
            })
    }

    static func months(_ told: ToldFunds) -> DataTable {
        DataTable(
            "months", "各月执行进度",
            columns: [
                .init("month", "截至", isTight: true), .init("paid", "累计支付（万元）", .figure), .init("rate", "执行率", .figure),
                .init("expected", "应到", .figure), .init("state", "进度", isTight: true),
            ],
            rows: told.months.map { month in
                let isKnown = month.rate != nil && month.expected != nil
                return [
                    .init(Double(month.month), "\(month.month)月底"), money(month.paid), percent(month.rate), percent(month.expected),
                    .init(isKnown ? month.isBehind ? "慢于进度" : "不慢于进度" : "—", style: month.isBehind ? "notmet" : ""),
                ]
            }, hasTools: false)
    }

    /// The columns of the form one hands in, so that what is taken out can be read again elsewhere.
    static func entries(_ told: ToldFunds) -> DataTable {
        let columns = [
            "凭证号", "年度", "资金名称", "项目", "学校标识码", "学校名称", "类型", "金额", "单位", "用途", "日期", "理由", "冲正凭证号", "登记人", "凭据份数",
        ]
        return DataTable(
            "entries", "专项资金台账",
            columns: columns.enumerated().map { .init("c\($0)", $1, $1 == "金额" || $1 == "凭据份数" ? .figure : .text, isTight: $0 < 2) },
            rows: told.ledger.entries.reversed().map { entry in
                let line = entry.line
                let amount = entry.amount
                let isUnproved = entry.documents.isEmpty && told.evidence.contains(entry.kind) && told.isOpen(entry)
                return [
                    .init(entry.voucher), .init("\(line.year)"), .init(line.fund), .init(line.project), .init(line.school),
                    .init(entry.schoolName), .init(entry.kind.label.zh),
                    .init(Double(amount.fen) / 100, amount.yuan, decimals: 2, style: amount < .zero ? "notmet" : ""), .init("元"),
                    .init(entry.purpose), .init(entry.day.description), .init(entry.reason),
                    .init(entry.reverses.flatMap { told.vouchers[$0] } ?? ""), .init(entry.madeBy),
                    .init(
                        Double(entry.documents.count), isUnproved ? "缺" : "\(entry.documents.count)",
                        style: isUnproved ? "notmet" : ""),
                ]
            })
    }

    static func growth(_ verdict: GrowthVerdict) -> DataTable {
        DataTable(
            "growth", "两个只增不减（\(verdict.basis.label.zh)比\(verdict.basis.label.zh)）",
            columns: [
                .init("label", "项目"), .init("before", "\(verdict.year - 1)年（元）", .figure), .init("now", "\(verdict.year)年（元）", .figure),
                .init("verdict", "结论", isTight: true), .init("reason", "说明"),
            ],
            rows: verdict.rows.map { row in
                [
                    .init(row.label), .init(row.before, decimals: 2, absent: "资料不足"), .init(row.now, decimals: 2, absent: "资料不足"),
                    .init(Light(row.verdict)), .init(row.reason.isEmpty && !row.isRequired ? "分学段供参考，不计入结论" : row.reason),
                ]
            }, hasTools: false)
    }

    static func training(_ told: ToldFunds, _ site: SiteMap) -> DataTable {
        DataTable(
            "training", "各校教师培训经费占公用经费预算",
            columns: [
                .init("school", "学校"), .init("running", "公用经费预算（万元）", .figure), .init("training", "教师培训经费（万元）", .figure),
                .init("share", "占比", .figure), .init("verdict", "结论", isTight: true),
            ],
            rows: told.training.map { row in
                [
                    .init(row.name.isEmpty ? row.school : row.name, url: site.fundSchool(told.county, row.school) + "&budget=\(told.year)"),
                    row.running.map { money($0) } ?? .init(nil, absent: "资料不足"),
                    row.training.map { money($0) } ?? .init(nil, absent: "资料不足"),
                    .init(row.share.map { $0 * 100 }, row.share.map(FundWords.fine), decimals: 2, absent: "—"),
                    .init(Light(row.verdict)),
                ]
            })
    }
}
