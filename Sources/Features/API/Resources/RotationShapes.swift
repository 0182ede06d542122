internal import Exchanges
internal import Foundation
internal import Vocabulary

extension RotationRules {
    private static let form = Shape<Form>.object(
        "ExchangeForm",
        [
            Field("id", .text) { $0.id }, Field("label", .text) { $0.label }, Field("counts", .flag, "计入交流比例") { $0.counts },
        ])

    private static let incentive = Shape<Incentive>.object(
        "ExchangeIncentive",
        [
            Field("id", .text) { $0.id }, Field("label", .text) { $0.label }, Field("years", .count, "满几个学年") { $0.years },
            Field("settings", Shape.text.list, "交流到哪类学校；空的不限") { $0.settings },
        ])

    static let shape = Shape<RotationRules>.object(
        "RotationRules",
        [
            Field("id", .text) { $0.id }, Field("label", .label) { $0.label }, Field("document", .text, "依据") { $0.document },
            Field("note", .text) { $0.note }, Field("rate", .text, "每学年交流不低于") { $0.rate.description },
            Field("basis", Shape<Basis>.word) { $0.basis }, Field("basisLabel", .label, "比例的基数") { $0.basis.label },
            Field("backboneShare", .text, "其中骨干教师不低于") { $0.backboneShare.description },
            Field("backboneLevels", Shape.text.list, "哪些级别算骨干") { $0.backboneLevels }, Field("forms", form.list) { $0.forms },
            Field("incentives", incentive.list, "该享受的待遇") { $0.incentives },
        ])
}

extension ExchangeRates.Check {
    static let shape = Shape<ExchangeRates.Check>.object(
        "ExchangeCheck",
        [
            Field("label", .text) { $0.label }, Field("verdict", Shape<Verdict>.word) { $0.verdict }, Field("part", .count) { $0.part },
            Field("whole", .quantity, "基数") { Quantity($0.whole.map(Double.init), else: .noBase) },
            Field("value", .quantity, "比例，0 到 1") { Quantity($0.value, else: .noBase) },
            Field("required", .text, "规定不低于") { $0.required.description },
        ])
}

extension CountyExchange {
    static let shape = Shape<CountyExchange>.object(
        "CountyExchange",
        [
            Field("county", .text) { $0.county }, Field("schoolYear", .year) { $0.year.start },
            Field("moved", .count, "已经到岗的交流教师") { $0.rates.moved }, Field("backbones", .count, "其中骨干教师") { $0.rates.backbones },
            Field("planned", .count, "拟交流") { $0.rates.planned }, Field("rate", ExchangeRates.Check.shape) { $0.rates.rate },
            Field("backboneRate", ExchangeRates.Check.shape) { $0.rates.backbone },
        ])
}

extension Exchange.School {
    static let shape = Shape<Exchange.School>.object(
        "ExchangeSchool",
        [
            Field("code", .text) { $0.code }, Field("name", .text) { $0.name },
            .maybe("setting", .text, "城区、镇区、乡村") { $0.setting.isEmpty ? nil : $0.setting },
        ])
}

extension ToldExchange {
    static let shape = Shape<ToldExchange>.object(
        "Exchange",
        [
            Field("id", .text) { $0.exchange.id }, Field("county", .text) { $0.exchange.county },
            Field("schoolYear", .year, "从哪个学年开始") { $0.exchange.year.start },
            Field("teacher", .text, "教师编号，无权看的只有后几位") { $0.exchange.teacher },
            .maybe("name", .text) { $0.exchange.name.isEmpty ? nil : $0.exchange.name },
            Field("stage", Shape<Stage>.word) { $0.exchange.stage }, Field("post", .text, "任教学科或职务") { $0.exchange.post },
            Field("isBackbone", .flag, "骨干教师") { $0.exchange.isBackbone }, Field("from", Exchange.School.shape) { $0.exchange.from },
            Field("to", Exchange.School.shape) { $0.exchange.to }, Field("form", .text) { $0.exchange.form },
            Field("formLabel", .text) { $0.form }, Field("state", Shape<Exchange.State>.word) { $0.exchange.state },
            Field("stateLabel", .label) { $0.exchange.state.label },
            Field("next", Shape<Exchange.State>.word.list, "可以改成的状态") { $0.exchange.state.next },
            .maybe("ended", .year, "期满的学年") { $0.exchange.ended?.start }, .maybe("plan", .text, "来自哪份方案") { $0.exchange.plan },
            Field("served", .count, "已满几个学年") { $0.served }, Field("earned", Shape.text.list, "该享受的待遇") { $0.earned },
            Field("version", .count) { $0.exchange.version },
        ])
}

/// How many arrived.
struct ArrivedEntry: Sendable {
    var count: Int

    static let shape = Shape<ArrivedEntry>.object("Arrived", [Field("count", .count, "到岗的人数") { $0.count }])
}

/// What taking a register in came to.
struct RegisterTally: Sendable {
    var count: Int
    var tally: ExchangeTally

    static let shape = Shape<RegisterTally>.object(
        "RegisterTally",
        [
            Field("count", .count) { $0.count }, Field("added", .count) { $0.tally.added }, Field("changed", .count) { $0.tally.changed },
            Field("same", .count) { $0.tally.same },
        ])
}

extension ExchangePlan {
    private static let school = Shape<School>.object(
        "ExchangePlanSchool",
        [
            Field("code", .text) { $0.code }, Field("title", .text) { $0.title }, Field("out", .count, "派出") { $0.out },
            Field("into", .count, "接收") { $0.into }, Field("backbonesBefore", .count, "骨干教师") { $0.backbones.before },
            Field("backbonesAfter", .count) { $0.backbones.after },
            Field("qualifiedBefore", .count, "高于规定学历教师") { $0.qualified.before },
            Field("qualifiedAfter", .count) { $0.qualified.after },
        ])

    private static let move = Shape<Move>.object(
        "ExchangeMove",
        [
            Field("teacher", .text) { $0.teacher }, Field("stage", .text) { $0.stage }, Field("post", .text) { $0.post },
            Field("isBackbone", .flag) { $0.isBackbone }, Field("from", Exchange.School.shape) { $0.from },
            Field("to", Exchange.School.shape) { $0.to },
        ])

    private static let spread = Shape<Spread>.object(
        "ExchangeSpread",
        [
            Field("label", .text) { $0.label }, Field("before", .quantity, "差异系数") { Quantity($0.before) },
            Field("after", .quantity) { Quantity($0.after) },
        ])

    private static let other = Shape<Rate>.object(
        "ExchangeRate",
        [
            Field("rate", .text, "按不低于多少安排") { $0.rate },
            Field("moved", .quantity, "交流人数") { Quantity(count: $0.moved, else: $0.isImpossible ? .impossible : .notFound) },
            Field("isImpossible", .flag, "证明了按这个比例做不到") { $0.isImpossible },
            Field("gap", .quantity, "离最均衡最多差多少，0 到 1") { Quantity($0.gap, else: .noBound) },
            Field("metres", .quantity, "相距合计") { Quantity(count: $0.metres, else: .notFound) },
            Field("spreads", spread.list, "校际差异系数") { $0.spreads },
        ])

    private static let reason = Shape<Spared>.object(
        "ExchangeSpared", [Field("reason", .text) { $0.reason }, Field("count", .count) { $0.count }])

    private static let fields: [Field<ExchangePlan>] = [
        Field("id", .text) { $0.id }, Field("county", .text) { $0.county }, Field("schoolYear", .year) { $0.year.start },
        Field("made", SignatureEntry.shape) { SignatureEntry(name: $0.madeBy, at: $0.madeAt) },
        .maybe("adopted", SignatureEntry.shape, "没有则没有采用") { plan in
            plan.adoptedAt.map { SignatureEntry(name: plan.adoptedBy ?? "", at: $0) }
        },
        Field("moved", .count, "交流人数") { $0.moves.count }, Field("backbones", .count, "其中骨干教师") { $0.backbones },
        Field("base", .count, "基数") { $0.base }, Field("basis", .text, "基数是什么") { $0.basis },
        Field("rate", .text, "按不低于多少安排") { $0.rate }, Field("proof", .text, "离最好的方案还有多远") { $0.proof },
        .maybe("task", .text, "算出它的任务") { $0.task },
    ]

    static let shape = Shape<ExchangePlan>.object("RotationPlan", fields)
    static let whole = Shape<ExchangePlan>.object(
        "RotationPlanInFull",
        fields + [
            Field("rules", .text) { $0.rules }, Field("document", .text, "依据") { $0.document },
            Field("backboneShare", .text, "骨干教师规定不低于") { $0.backboneShare }, Field("teachers", .count, "专任教师") { $0.teachers },
            Field("eligible", .count, "符合交流条件") { $0.eligible }, Field("metres", .count, "相距合计") { $0.metres },
            Field("solver", .text) { $0.solver }, Field("spreads", spread.list, "校际差异系数") { $0.spreads },
            Field("schools", school.list, "各校进出") { $0.schools }, Field("moves", move.list, "名单") { $0.moves },
            Field("spared", reason.list, "不列入本学年名单的教师") { $0.spared },
            Field("rates", other.list, "换一个比例会怎样；没有要它另算的是空的") { $0.rates },
        ])
}

extension Quantity {
    static let impossible = Quantity.unknown(reason: "impossible", label: LocalizedText(zh: "按这个比例做不到", en: "Impossible at this rate"))
    static let notFound = Quantity.unknown(reason: "notFound", label: LocalizedText(zh: "限时内没有算出", en: "Not found in time"))
    static let noBound = Quantity.unknown(reason: "noBound", label: LocalizedText(zh: "没有求解器，没有下界", en: "No bound without a solver"))
    static let noBase = Quantity.unknown(reason: "noBase", label: LocalizedText(zh: "没有基数", en: "Nobody has told the base"))
}
