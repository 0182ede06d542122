internal import Foundation
internal import Planning
internal import Vocabulary

/// A plan as lists show it.
struct PlanEntry: Sendable {
    var record: ProposalRecord

    private static let signature = SignatureEntry.shape.of { (signature: ProposalSignature) in
        SignatureEntry(name: signature.name, at: signature.at)
    }

    static let fields: [Field<PlanEntry>] = [
        Field("id", .text) { $0.record.id }, Field("title", .text) { $0.record.title },
        Field("method", .text, "path 是达标方案，用 GET /plans/{plan} 看；别的见 /plan-methods，用 GET /method-plans/{plan} 看") { $0.record.method },
        Field("county", .text) { $0.record.county },
        Field("standard", .text) { $0.record.standard }, Field("schoolYear", .year) { $0.record.schoolYear.start },
        Field("state", Shape<ProposalRecord.State>.word) { $0.record.state }, Field("stateLabel", .label) { $0.record.state.label },
        Field("cost", .count, "元") { $0.record.cost }, Field("made", signature) { $0.record.made },
        .maybe("adopted", signature) { $0.record.adopted }, Field("task", .text, "算出它的任务") { $0.record.job },
        Field("version", .count) { $0.record.version },
    ]

    static let shape = Shape<PlanEntry>.object("Plan", fields)
}

/// What a plan's record says, as far as the interface shows it.
struct PlanContent: Sendable, Decodable {
    struct Measure: Sendable, Decodable {
        var school: String
        var place: String
        var action: String
        var count: Int
        var unit: String
        var cost: Int
    }
    struct Move: Sendable, Decodable {
        var action: String
        var from: String
        var to: String
        var count: Int
        var cost: Int
    }
    struct Spread: Sendable, Decodable {
        var stage: String
        var item: String
        var before: Double?
        var after: Double?
        var ceiling: Double?
    }
    struct Year: Sendable, Decodable {
        var number: Int
        var cost: Int
        var hires: Int
        var moved: Int
        var units: Int
        var unitsMet: Int
        var spreads: Int
        var spreadsMet: Int
        var measures: [Measure]
        var moves: [Move]
    }
    struct Price: Sendable, Decodable {
        var rule: String
        var saved: Int?
    }
    struct Cost: Sendable, Decodable {
        var label: String
        var unit: String
        var cost: Int
        var isOwn: Bool
    }
    struct Standing: Sendable, Decodable {
        var verdict: Verdict
        var sentence: String
        var units: Int
        var unitsMet: Int
        var spreads: Int
        var spreadsMet: Int
    }

    var question: PlanConditions
    var source: String
    var certificate: Certificate
    var cost: Int
    var hires: Int
    var moved: Int
    var before: Standing
    var after: Standing
    var measures: [Measure]
    var moves: [Move]
    var years: [Year]?
    var spreads: [Spread]
    var prices: [Price]
    var costs: [Cost]
    var costNote: String
    var limits: [String]
    /// Nil in plans that were kept without.
    var schools: [SchoolOfPlan]?
    var minimum: Int?
}

/// A plan with everything its page shows.
struct PlanDetail: Sendable {
    var record: ProposalRecord
    var content: PlanContent
    var isCurrent: Bool

    /// What every plan is handed out as.
    static let files = ["report.docx", "measures.xlsx", "applied.xlsx"]

    /// Throws a 409 where the record does not read back.
    init(_ opened: PlanWork.Opened) throws {
        guard let content = try? JSONDecoder().decode(PlanContent.self, from: Data(opened.record.body.utf8)) else {
            throw Problem(.conflict, "这份方案存下的内容读不出来，请重新算一份", "The plan does not read back; ask for a new one", reason: "damaged")
        }
        (record, self.content, isCurrent) = (opened.record, content, opened.isCurrent)
    }

    private static let notProved = Quantity.unknown(reason: "notProved", label: LocalizedText(zh: "没有证明", en: "Not proved"))

    static let shape = Shape<PlanDetail>.object(
        "PlanInFull",
        PlanEntry.fields.map { $0.of { PlanEntry(record: $0.record) } } + [
            Field("isCurrent", .flag, "现在的数据和费用表还是算它时的") { $0.isCurrent },
            Field("question", PlanConditions.shape) { $0.content.question }, Field("source", .text, "数据来源") { $0.content.source },
            Field("limits", Shape.text.list, "限制，用话写") { $0.content.limits },
            Field("hires", .count, "招聘，人") { $0.content.hires }, Field("moved", .count, "县内调动，人") { $0.content.moved },
            Field("before", standing, "现在") { $0.content.before }, Field("after", standing, "实施后") { $0.content.after },
            Field("gap", .quantity, "离最省最多还差多大一部分：0 就是最省") { Quantity($0.content.certificate.gap, else: notProved) },
            Field("checkedBound", .quantity, "不依赖求解器重算的下界，元") { Quantity($0.content.certificate.checkedBound, else: notProved) },
            Field("solver", .text) { $0.content.certificate.solver }, Field("measures", measure.list) { $0.content.measures },
            Field("moves", move.list) { $0.content.moves }, .maybe("years", year.list, "分年做的才有") { $0.content.years },
            Field("spreads", spread.list) { $0.content.spreads }, Field("prices", price.list, "每条规则的代价；没有要就是空的") { $0.content.prices },
            Field("costs", cost.list) { $0.content.costs }, Field("costNote", .text) { $0.content.costNote },
            .maybe("minimum", .count, "标准要求一个学校单位至少几项达标") { $0.content.minimum },
            .maybe("schools", SchoolOfPlan.shape.list, SchoolOfPlan.note) { $0.content.schools },
            Field("files", Shape.text.list, "用 GET /plans/{plan}/files/{file} 下载") { _ in files },
        ])

    private static let standing = Shape<PlanContent.Standing>.object(
        "PlanStanding",
        [
            Field("verdict", Shape<Verdict>.word) { $0.verdict }, Field("sentence", .text) { $0.sentence },
            Field("units", .count) { $0.units }, Field("unitsMet", .count) { $0.unitsMet }, Field("spreads", .count) { $0.spreads },
            Field("spreadsMet", .count) { $0.spreadsMet },
        ])

    private static let measure = Shape<PlanContent.Measure>.object(
        "PlanMeasure",
        [
            Field("school", .text, "学校标识码") { $0.school }, Field("place", .text) { $0.place }, Field("action", .text) { $0.action },
            Field("count", .count, "几个 unit") { $0.count }, Field("unit", .text) { $0.unit }, Field("cost", .count, "元") { $0.cost },
        ])

    private static let move = Shape<PlanContent.Move>.object(
        "PlanMove",
        [
            Field("action", .text) { $0.action }, Field("from", .text) { $0.from }, Field("to", .text) { $0.to },
            Field("count", .count, "人") { $0.count }, Field("cost", .count, "元") { $0.cost },
        ])

    private static let year = Shape<PlanContent.Year>.object(
        "PlanYear",
        [
            Field("number", .count, "第几年") { $0.number }, Field("cost", .count, "元") { $0.cost }, Field("hires", .count) { $0.hires },
            Field("moved", .count) { $0.moved }, Field("units", .count) { $0.units }, Field("unitsMet", .count, "年末达标的") { $0.unitsMet },
            Field("spreads", .count) { $0.spreads }, Field("spreadsMet", .count) { $0.spreadsMet },
            Field("measures", measure.list) { $0.measures }, Field("moves", move.list) { $0.moves },
        ])

    static let spread = Shape<PlanContent.Spread>.object(
        "PlanSpread",
        [
            Field("stage", .text) { $0.stage }, Field("item", .text) { $0.item }, Field("before", .quantity) { Quantity($0.before) },
            Field("after", .quantity) { Quantity($0.after) }, Field("ceiling", .quantity) { Quantity($0.ceiling, else: .noLimit) },
        ])

    private static let price = Shape<PlanContent.Price>.object(
        "PlanRulePrice",
        [
            Field("rule", .text) { $0.rule },
            Field("saved", .quantity, "去掉这条规则可省，元") { Quantity($0.saved.map(Double.init), else: notProved) },
        ])

    private static let cost = Shape<PlanContent.Cost>.object(
        "PlanUnitCost",
        [
            Field("label", .text) { $0.label }, Field("unit", .text) { $0.unit }, Field("cost", .count, "元") { $0.cost },
            Field("isOwn", .flag, "本单位填写的，不是缺省值") { $0.isOwn },
        ])
}

extension PlanConditions {
    static let shape = Shape<PlanConditions>.object(
        "PlanConditions",
        [
            Field("standard", .text) { $0.standard }, Field("year", .year) { $0.year }, .maybe("county", .text) { $0.county },
            .maybe("budget", .count, "元；没有就是不限制，下同") { $0.budget }, .maybe("hires", .count) { $0.hires },
            .maybe("moves", .count) { $0.moves }, Field("noBuilding", Shape.text.list) { $0.noBuilding },
            Field("land", Shape<Int>.count.map) { $0.land }, .maybe("years", .count) { $0.years },
            .maybe("yearly", .count, "元") { $0.yearly }, .maybe("margin", .count, "每项差异系数比上限再低百分之几") { $0.margin },
            Field("costs", Shape<Int>.count.map) { $0.costs }, Field("seconds", .count) { $0.seconds },
            Field("prices", .flag) { $0.prices },
        ])
}

extension PlanWork.Price {
    static let shape = Shape<PlanWork.Price>.object(
        "PlanActionCost",
        [
            Field("action", .text) { $0.action }, Field("label", .text) { $0.label }, Field("unit", .text) { $0.unit },
            Field("cost", .count, "元") { $0.cost },
        ])
}
