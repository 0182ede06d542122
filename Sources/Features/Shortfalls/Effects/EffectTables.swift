internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// What the pages of 整改成效 show as tables.
enum EffectTables {
    /// In 万元, with how many cases tell none.
    private static func money(_ fen: Int?, untold: Int, of tally: EffectTally) -> DataTable.Cell {
        guard let fen else { return DataTable.Cell(nil, absent: tally.closed == 0 ? "—" : "未填") }
        let amount = Double(fen) / 1_000_000
        return DataTable.Cell(amount, Figure.grouped(amount, 2) + EffectWords.untold(untold))
    }

    static func share(_ share: Double?) -> DataTable.Cell {
        DataTable.Cell(share.map { $0 * 100 }, share.map { "\(Figure.fixed($0 * 100, 0))%" }, absent: "—")
    }

    private static let tally: [DataTable.Column] = [
        .init("closed", "销号", .number(0), total: .sum), .init("measured", "已实测", .number(0), total: .sum),
        .init("met", "达标", .number(0), total: .sum), .init("notmet", "不达标", .number(0), total: .sum),
        .init("insufficient", "资料不足", .number(0), total: .sum), .init("waiting", "待冻结后实测", .number(0), total: .sum),
        .init("share", "达到预计（中位）", .figure), .init("money", "安排经费（万元）", .number(2), total: .sum),
        .init("spent", "实际支出（万元）", .number(2), total: .sum),
    ]

    private static func cells(_ tally: EffectTally) -> [DataTable.Cell] {
        [
            .init(Double(tally.closed)), .init(Double(tally.measured)), .init(Double(tally.met), style: tally.met > 0 ? "met" : ""),
            .init(Double(tally.notMet), style: tally.notMet > 0 ? "notmet" : ""), .init(Double(tally.insufficient)),
            .init(Double(tally.waiting)), share(tally.medianShare), money(tally.money, untold: tally.moneyUntold, of: tally),
            money(tally.spent, untold: tally.spentUntold, of: tally),
        ]
    }

    static func counties(_ reviews: [EffectReview], _ site: SiteMap) -> DataTable {
        DataTable(
            "counties", "各县整改成效",
            columns: [.init("county", "县（市、区）", isTight: true)] + tally + [
                .init("open", "在办", .number(0), total: .sum), .init("overdue", "逾期", .number(0), total: .sum),
            ],
            rows: reviews.map { review in
                [.init(review.county, url: site.rectificationEffects(review.county))] + cells(EffectTally(review.lines)) + [
                    .init(Double(review.open)), .init(Double(review.overdue), style: review.overdue > 0 ? "notmet" : ""),
                ]
            })
    }

    /// Item by item, with the county's spread before the first case was opened and as last measured.
    static func items(_ review: EffectReview, _ site: SiteMap) -> DataTable {
        DataTable(
            "items", "各项指标的整改成效",
            columns: [.init("item", "指标"), .init("stage", "学段", isTight: true)] + tally + [
                .init("cvBefore", "差异系数 立件时", .number(4)), .init("cvNow", "差异系数 实测", .number(4)),
            ],
            rows: review.groups.map { group in
                let url = group.stage == nil ? nil : site.indicator(review.county, group.code)
                return [.init(group.item, url: url), .init(group.stage?.label.zh ?? "全校")] + cells(EffectTally(group.lines)) + [
                    .init(group.cvBefore, decimals: 4), .init(group.cvNow, decimals: 4, absent: "待测"),
                ]
            })
    }

    static func lines(_ review: EffectReview) -> DataTable {
        DataTable(
            "cases", "逐件：预计与实测",
            columns: [
                .init("number", "文号", isTight: true), .init("school", "学校"), .init("item", "指标"), .init("closed", "销号日期", isTight: true),
                .init("before", "立件时", .number(2)), .init("predicted", "预计", .number(2)), .init("measured", "实测", .number(2)),
                .init("share", "达到预计", .figure), .init("verdict", "实测结论"), .init("cvBefore", "差异系数 立件时", .number(4)),
                .init("cvPredicted", "预计", .number(4)), .init("cvMeasured", "实测", .number(4)), .init("source", "依据"),
            ],
            rows: review.lines.map { line in
                let effect = line.effect
                return [
                    .init(line.number, url: SiteMap.oneCase(line.id)), .init(line.school),
                    .init(line.item + (line.key.stage.map { "（\($0.label.zh)）" } ?? "")), .init(line.closed.description),
                    .init(effect.valueBefore, decimals: 2), .init(effect.valuePredicted, decimals: 2, absent: "未预计"),
                    .init(effect.valueMeasured, decimals: 2, absent: line.isMeasured ? "—" : "待测"), share(effect.shareReached),
                    line.isMeasured ? .init(Light(effect.verdict)) : .init("待冻结后实测"), .init(effect.cvBefore, decimals: 4),
                    .init(effect.cvPredicted, decimals: 4), .init(effect.cvMeasured, decimals: 4),
                    .init(line.isMeasured ? effect.source : effect.waiting),
                ]
            })
    }
}

/// Sentences of 整改成效.
enum EffectWords {
    static func headline(_ place: String, _ year: Int, _ tally: EffectTally) -> String {
        guard tally.closed > 0 else { return "\(place)\(year)年还没有销号的整改" }
        guard tally.measured > 0 else { return "\(place)\(year)年销号\(tally.closed)件整改，冻结新数据后才能对比成效" }
        return "\(place)\(year)年销号\(tally.closed)件整改，已实测\(tally.measured)件，\(tally.met)件达标"
    }

    static let lead = "上报整改结果以后的第一份冻结数据说了算：立件时预计补到多少，实测到了多少。还没有冻结数据的写待测，不算达标。"

    static func sum(_ tally: EffectTally) -> String {
        guard tally.closed > 0 else { return "没有销号的整改。" }
        var words = "销号\(tally.closed)件，已有冻结数据可以实测的\(tally.measured)件"
        if tally.measured > 0 {
            words += "，其中达标\(tally.met)件、不达标\(tally.notMet)件、资料不足\(tally.insufficient)件"
            if let share = tally.medianShare { words += "；实际变化与预计变化之比的中位数为\(Figure.fixed(share * 100, 0))%" }
        }
        if tally.waiting > 0 { words += "；\(tally.waiting)件待冻结后实测" }
        if let money = tally.money { words += "。安排经费\(Figure.grouped(Double(money) / 1_000_000, 2))万元\(untold(tally.moneyUntold))" }
        if let spent = tally.spent { words += "，学校上报支出\(Figure.grouped(Double(spent) / 1_000_000, 2))万元\(untold(tally.spentUntold))" }
        return words + "。"
    }

    /// A sum over some of the cases says how many it leaves out.
    static func untold(_ count: Int) -> String { count > 0 ? "（另有\(count)件未填）" : "" }
}
