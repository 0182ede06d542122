public import Casework
internal import Foundation
public import Indicators
internal import Pages
internal import Registry
public import Vocabulary

/// 整改成效: what the rectifications written off in a calendar year promised, and what came of them.
public struct RectificationEffects: Sendable {
    public struct Sums: Sendable {
        var closed, measured, met, notMet, insufficient: Int
        /// Middle share of the predicted change that came about.
        var medianShare: Double?
        /// 分.
        var money, spent: Int?
        /// Cases that tell none; they are in no sum.
        var moneyUntold, spentUntold: Int

        public init(
            closed: Int, measured: Int, met: Int, notMet: Int, insufficient: Int, medianShare: Double?, money: Int?, spent: Int?,
            moneyUntold: Int, spentUntold: Int
        ) {
            (self.closed, self.measured, self.met, self.notMet) = (closed, measured, met, notMet)
            (self.insufficient, self.medianShare, self.money, self.spent) = (insufficient, medianShare, money, spent)
            (self.moneyUntold, self.spentUntold) = (moneyUntold, spentUntold)
        }
    }

    /// All cases of an item and stage, with the county's spread.
    public struct Item: Sendable {
        var code: String
        var stage: Stage?
        var label: String
        var sums: Sums
        var cvBefore, cvNow: Double?

        public init(code: String, stage: Stage?, label: String, sums: Sums, cvBefore: Double?, cvNow: Double?) {
            (self.code, self.stage, self.label, self.sums) = (code, stage, label, sums)
            (self.cvBefore, self.cvNow) = (cvBefore, cvNow)
        }
    }

    /// A number when the case was opened, as it was to become, and as it was found.
    public struct Course: Sendable {
        var before, predicted, measured: Double?

        public init(before: Double?, predicted: Double?, measured: Double?) {
            (self.before, self.predicted, self.measured) = (before, predicted, measured)
        }
    }

    /// One written-off case.
    public struct Line: Sendable {
        var id: CaseID
        var number: String
        var key: ShortfallKey
        var school, label: String
        var closed: Day
        /// 分.
        var money, spent: Int?
        /// Nil while no frozen report says how it stands.
        var verdict: Verdict?
        var value, spread: Course
        var share: Double?
        var source, waiting: String

        public init(
            id: CaseID, number: String, key: ShortfallKey, school: String, label: String, closed: Day, money: Int?, spent: Int?,
            verdict: Verdict?, value: Course, spread: Course, share: Double?, source: String, waiting: String
        ) {
            (self.id, self.number, self.key, self.school, self.label, self.closed) = (id, number, key, school, label, closed)
            (self.money, self.spent, self.verdict, self.value, self.spread) = (money, spent, verdict, value, spread)
            (self.share, self.source, self.waiting) = (share, source, waiting)
        }
    }

    var county: String
    var year: Int
    var sums: Sums
    var open, overdue: Int
    var isWhole: Bool
    var items: [Item]
    /// The latest closed first.
    var lines: [Line]

    public init(
        county: String, year: Int, sums: Sums, open: Int, overdue: Int, isWhole: Bool, items: [Item], lines: [Line]
    ) {
        (self.county, self.year, self.sums, self.open, self.overdue) = (county, year, sums, open, overdue)
        (self.isWhole, self.items, self.lines) = (isWhole, items, lines)
    }
}

extension ApiDesk {
    /// What came of rectifications: sums, by item, case by case.
    var rectificationEffectOperations: [Operation] {
        let work = work.rectifications
        let year = Parameter.query("year", .integer(2000...2100), "销号的年份，公历；不写则是今年", example: .integer(2026))
        @Sendable func asked(_ call: Call) -> Int { call.integer("year") ?? call.visit.today.year }
        let note = "上报整改结果以后第一份冻结的数据说了算；还没有的是 waiting，不算达标。"
        return [
            .list(
                "/rectification-effects", "listRectificationEffects", .cases,
                LocalizedText(zh: "各县一年销号的整改成效", en: "What came of a year's rectifications, by county"), [year], note: note,
                of: RectificationEffects.brief, key: \.county
            ) { try await work.effects(asked($0), $0.visit) },
            .get(
                "/counties/{county}/rectification-effects", "getRectificationEffects", .cases,
                LocalizedText(zh: "一个县的整改成效：合计、逐项指标", en: "A county's: sums and items"), [.county, year], isOfSchool: true,
                note: note, gives: RectificationEffects.whole
            ) { try await work.effect($0.segment("county"), asked($0), $0.visit) },
            .list(
                "/counties/{county}/rectification-effects/cases", "listRectificationEffectCases", .cases,
                LocalizedText(zh: "一个县的整改成效，逐件", en: "A county's, case by case"), [.county, year], isOfSchool: true, note: note,
                of: RectificationEffects.Line.shape, key: \.id
            ) { try await work.effect($0.segment("county"), asked($0), $0.visit).lines },
        ]
    }
}

extension RectificationEffects.Sums {
    static let shape = Shape<RectificationEffects.Sums>.object(
        "EffectSums",
        [
            Field("closed", .count, "销号") { $0.closed }, Field("measured", .count, "已有冻结数据可以实测") { $0.measured },
            Field("met", .count, "其中达标") { $0.met }, Field("notMet", .count) { $0.notMet },
            Field("insufficient", .count, "其中资料不足") { $0.insufficient },
            Field("waiting", .count, "待冻结后实测") { $0.closed - $0.measured },
            Field("medianShare", .quantity, "实际变化与预计变化之比的中位数，1 是全部达到") { Quantity($0.medianShare, else: .notMeasured) },
            Field("money", .quantity, "安排经费，元") { Quantity(fen: $0.money) },
            Field("moneyUntold", .count, "没有填安排经费的件数，不在合计里") { $0.moneyUntold },
            Field("spent", .quantity, "学校上报支出，元") { Quantity(fen: $0.spent) },
            Field("spentUntold", .count, "没有填支出的件数，不在合计里") { $0.spentUntold },
        ])
}

extension RectificationEffects.Item {
    static let shape = Shape<RectificationEffects.Item>.object(
        "EffectItem",
        [
            Field("code", .text) { $0.code }, .maybe("stage", Shape<Stage>.word, "没有则是全校") { $0.stage },
            Field("label", .text) { $0.label }, Field("sums", RectificationEffects.Sums.shape) { $0.sums },
            Field("cvBefore", .quantity, "立件时全县差异系数") { Quantity($0.cvBefore) },
            Field("cvNow", .quantity, "实测的全县差异系数") { Quantity($0.cvNow, else: .notMeasured) },
        ])
}

extension RectificationEffects.Line {
    private static let course = Shape<RectificationEffects.Course>.object(
        "EffectCourse",
        [
            Field("before", .quantity, "立件时") { Quantity($0.before) }, Field("predicted", .quantity, "预计") { Quantity($0.predicted) },
            Field("measured", .quantity, "实测") { Quantity($0.measured, else: .notMeasured) },
        ])

    static let shape = Shape<RectificationEffects.Line>.object(
        "EffectCase",
        [
            Field("case", .text, "办件的编号") { $0.id }, Field("number", .text, "文号") { $0.number },
            Field("key", .text, "短板") { $0.key.description }, Field("school", .text) { $0.key.school },
            Field("schoolName", .text) { $0.school }, .maybe("stage", Shape<Stage>.word) { $0.key.stage },
            Field("code", .text) { $0.key.code }, Field("label", .text, "指标") { $0.label },
            Field("closed", .day, "销号日期") { $0.closed },
            .maybe("verdict", Shape<Verdict>.word, "实测结论；没有则待冻结后实测") { $0.verdict },
            .maybe("verdictLabel", .label) { $0.verdict?.label }, Field("value", course, "学校的值") { $0.value },
            Field("cv", course, "全县差异系数") { $0.spread },
            Field("share", .quantity, "实际变化与预计变化之比") { Quantity($0.share, else: .notMeasured) },
            Field("money", .quantity, "安排经费，元") { Quantity(fen: $0.money) },
            Field("spent", .quantity, "上报支出，元") { Quantity(fen: $0.spent) },
            .maybe("source", .text, "实测依据") { $0.source.isEmpty ? nil : $0.source },
            .maybe("waiting", .text, "为什么还没有实测") { $0.waiting.isEmpty ? nil : $0.waiting },
        ])
}

extension RectificationEffects {
    private static let fields: [Field<RectificationEffects>] = [
        Field("county", .text) { $0.county }, Field("year", .count, "销号的年份") { $0.year },
        Field("sums", Sums.shape) { $0.sums }, Field("open", .count, "还在办的") { $0.open }, Field("overdue", .count, "其中逾期") { $0.overdue },
        Field("isWhole", .flag, "假：当年销号的太多，只算了一部分") { $0.isWhole },
    ]

    static let brief = Shape<RectificationEffects>.object("CountyEffects", fields)
    static let whole = Shape<RectificationEffects>.object(
        "CountyEffectsInFull", fields + [Field("items", Item.shape.list, "逐项指标") { $0.items }])
}

extension Quantity {
    static let notMeasured = Quantity.unknown(
        reason: "notMeasured", label: LocalizedText(zh: "还没有冻结的数据可以实测", en: "No frozen report says yet"))
    static let notTold = Quantity.unknown(reason: "notTold", label: LocalizedText(zh: "没有填", en: "Not told"))

    /// 分 as 元.
    init(fen: Int?) { self.init(fen.map { Double($0) / 100 }, else: .notTold) }
}
