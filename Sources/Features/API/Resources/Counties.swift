internal import Foundation
internal import HTTPTypes
internal import Indicators
internal import Pages
internal import Registry
internal import Vocabulary

extension ApiDesk {
    /// The city at a glance and each county's verdict with its spreads.
    var countyOperations: [Operation] {
        [
            .get(
                "/city", "getCity", .results, LocalizedText(zh: "全市总览", en: "The city at a glance"), Parameter.scope,
                gives: CityEntry.shape
            ) { call in CityEntry(try await Asked(call, self), call) },
            .list(
                "/counties", "listCounties", .results, LocalizedText(zh: "各县的结论", en: "Counties and their verdicts"), Parameter.scope,
                of: CountyEntry.brief, key: { $0.county.county }
            ) { call in
                let asked = try await Asked(call, self)
                return asked.wholeCounties(call).map { CountyEntry(county: $0, asked: asked) }
            },
            .get(
                "/counties/{county}", "getCounty", .results,
                LocalizedText(zh: "一个县：结论、差异系数、各部分", en: "A county: verdict, spreads, parts"), [.county] + Parameter.scope,
                gives: CountyEntry.whole
            ) { call in
                let asked = try await Asked(call, self)
                return CountyEntry(county: try asked.county(call), asked: asked)
            },
        ] + paperOperations
    }

    private var paperOperations: [Operation] {
        [
            (
                "/counties/{county}/report.docx", "getReportDocx", "docx", Papers.docx,
                LocalizedText(zh: "自评报告（Word）", en: "Self-assessment (Word)")
            ),
            (
                "/counties/{county}/report.pdf", "getReportPdf", "pdf", Papers.pdf,
                LocalizedText(zh: "自评报告（PDF）", en: "Self-assessment (PDF)")
            ),
            (
                "/counties/{county}/shortfalls.xlsx", "getShortfallBook", "xlsx", Papers.xlsx,
                LocalizedText(zh: "短板清单（Excel）", en: "Shortfalls (Excel)")
            ),
        ].map { path, id, kind, type, title in
            Operation(
                method: .get, path: path, id: id, group: .results, title: title, needs: .duty(.look),
                parameters: [.county] + Parameter.scope,
                success: .file(type: type)
            ) { call in
                let asked = try await Asked(call, self)
                let county = try asked.county(call).county
                return Reply(
                    file: try papers.paper(asked.evaluated, county, kind), name: "\(county)\(asked.year.start).\(kind)", type: type)
            }
        }
    }
}

struct CityEntry: Sendable {
    var standard: Standard
    var year: SchoolYear
    var view: DataView
    var frozen: Int
    var counties: [CountyEntry]

    init(_ asked: Asked, _ call: Call) {
        let whole = asked.wholeCounties(call)
        standard = asked.standard
        year = asked.year
        view = asked.evaluated.view
        frozen = whole.count { asked.evaluated.standing($0.county).isFrozen }
        counties = whole.map { CountyEntry(county: $0, asked: asked) }
    }

    static let shape = Shape<CityEntry>.object(
        "City",
        [
            Field("standard", .text) { $0.standard.id }, Field("schoolYear", .year) { $0.year.start },
            Field("view", Shape<DataView>.word) { $0.view }, Field("frozenCounties", .count, "已冻结的县数") { $0.frozen },
            Field("verdicts", Shape<Int>.count.map, "各结论的县数（由学校数据判定的部分）") { city in
                Dictionary(grouping: city.counties) { $0.county.verdict.rawValue }.mapValues(\.count)
            },
            Field("counties", CountyEntry.brief.list) { $0.counties },
        ])
}

struct CountyEntry: Sendable {
    var county: CountyResult
    var asked: Asked

    private static let head: [Field<CountyEntry>] = [
        Field("county", .text) { $0.county.county }, Field("schoolYear", .year) { $0.asked.year.start },
        Field("standard", .text) { $0.asked.standard.id },
        Field("verdict", Shape<Verdict>.word, "学校单位和差异系数的结论") { $0.county.verdict },
        Field("overall", Shape<Verdict>.word, "整个标准的结论，含县级数据和资料") { $0.county.overall },
        Field("sentence", .text, "一句话的结论") { VerdictSentence.text($0.county) },
        Field("light", Shape<CountyLight>.word, "灯：green、red，资料不足为 grey") { CountyLight($0.county.verdict) },
        Field("schools", .count, "表中的学校数") { $0.county.schools },
        Field("units", .count, "计入的学校单位") { $0.county.units.count },
        Field("unitsMet", .count, "达标的学校单位") { entry in entry.county.units.count { $0.verdict == .met } },
        Field("shortfalls", .count, "使学校不达标的缺口") { entry in entry.county.shortfalls.count { $0.isBinding } },
        Field("state", .text, "数据到了哪一步") { $0.asked.evaluated.standing($0.county.county).badge },
        Field("isFrozen", .flag) { $0.asked.evaluated.standing($0.county.county).isFrozen },
    ]

    static let brief = Shape<CountyEntry>.object("County", head)
    static let whole = Shape<CountyEntry>.object(
        "CountyWithParts",
        head + [
            Field("source", .text, "数据来自哪些表、谁审核的") { $0.asked.evaluated.standing($0.county.county).source },
            .maybe("snapshot", .text, "所用的已冻结上报的编号") { $0.asked.evaluated.standing($0.county.county).frozen?.id },
            Field("stages", StageEntry.shape.list) { entry in entry.county.stages.map { StageEntry(stage: $0, asked: entry.asked) } },
            Field("parts", PartResult.shape.list) { $0.county.parts },
            Field("excluded", ExcludedSchool.shape.list, "不计入的学校和理由") { $0.county.excluded },
        ])
}

/// A verdict as a light.
enum CountyLight: String, Sendable, CaseIterable {
    case green, red, grey

    init(_ verdict: Verdict) { self = verdict == .met ? .green : verdict == .notMet ? .red : .grey }
}

struct StageEntry: Sendable {
    var stage: StageResult
    var asked: Asked

    static let shape = Shape<StageEntry>.object(
        "StageResult",
        [
            Field("stage", Shape<Stage>.word) { $0.stage.stage }, Field("verdict", Shape<Verdict>.word) { $0.stage.verdict },
            Field("units", .count) { $0.stage.units }, Field("unitsMet", .count) { $0.stage.unitsMet },
            Field("unitsNotMet", .count) { $0.stage.unitsNotMet }, Field("pupils", .quantity) { Quantity($0.stage.pupils) },
            Field("compositeCV", .quantity, "差异系数的平均值") { Quantity($0.stage.compositeCV) },
            Field("compositeCeiling", .quantity) { Quantity($0.stage.compositeCeiling, else: .noLimit) },
            Field("indicators", IndicatorEntry.shape.list) { entry in
                entry.stage.indicators.map { IndicatorEntry(result: $0, label: entry.asked.label($0.code)) }
            },
        ])
}

/// One measured item in one stage of a county.
struct IndicatorEntry: Sendable {
    var result: IndicatorResult
    var label: LocalizedText

    static let shape = Shape<IndicatorEntry>.object(
        "SpreadResult",
        [
            Field("code", .text) { $0.result.code }, Field("label", .label) { $0.label },
            Field("indicator", .text) { $0.result.indicator },
            Field("verdict", Shape<Verdict>.word, "差异系数是否不超过上限") { $0.result.verdict },
            Field("mean", .quantity) { Quantity($0.result.mean) }, Field("sd", .quantity) { Quantity($0.result.statistics.sd) },
            Field("cv", .quantity, "差异系数") { Quantity($0.result.cv) },
            Field("ceiling", .quantity, "上限") { Quantity($0.result.ceiling, else: .noLimit) },
            Field("threshold", .quantity, "学校的标准") { Quantity($0.result.threshold, else: .noLimit) },
            Field("floor", .quantity, "单项底线") { Quantity($0.result.floor, else: .noLimit) },
            Field("gini", .quantity) { Quantity($0.result.gini) }, Field("theil", .quantity) { Quantity($0.result.theil) },
            Field("maxMinRatio", .quantity) { Quantity($0.result.statistics.maxMinRatio) },
            Field("unitsMet", .count) { $0.result.unitsMet }, Field("unitsNotMet", .count) { $0.result.unitsNotMet },
            Field("unitsUnknown", .count) { $0.result.unitsUnknown },
        ])
}

extension PartResult {
    static let shape = Shape<PartResult>.object(
        "PartResult",
        [
            Field("id", .text) { $0.id }, Field("label", .label) { $0.label }, Field("verdict", Shape<Verdict>.word) { $0.verdict },
            Field("items", ItemResult.shape.list) { $0.items },
        ])
}

extension ItemResult {
    static let shape = Shape<ItemResult>.object(
        "ItemResult",
        [
            Field("code", .text) { $0.code }, Field("label", .label) { $0.label },
            Field("level", Shape<Standard.Item.Level>.word) { $0.level }, Field("clause", .text) { $0.clause },
            Field("verdict", Shape<Verdict>.word) { $0.verdict }, Field("tests", TestResult.shape.list) { $0.tests },
        ])
}

extension TestResult {
    static let shape = Shape<TestResult>.object(
        "TestResult",
        [
            Field("label", .label) { $0.test.label }, Field("verdict", Shape<Verdict>.word) { $0.verdict },
            Field("comparison", Shape<Comparison>.word) { $0.test.comparison },
            Field("value", .quantity) { $0.schools > 0 ? Quantity(nil, else: .perSchool) : Quantity($0.value) },
            Field("bound", .quantity) { $0.test.bound == nil ? .noLimit : $0.schools > 0 ? .perSchool : Quantity($0.bound) },
            Field("missing", Shape<String>.text.list, "还缺哪些数据元") { $0.missing },
            Field("schools", .count, "要看的学校数") { $0.schools }, Field("failing", .count) { $0.failing },
            Field("unanswered", .count) { $0.unanswered },
        ])
}

extension Quantity {
    /// A test of every school has no number of its own.
    static let perSchool = Quantity.notApplicable(reason: "perSchool", label: LocalizedText(zh: "逐校判定", en: "Judged school by school"))
}

extension ExcludedSchool {
    static let shape = Shape<ExcludedSchool>.object(
        "ExcludedSchool",
        [
            Field("school", .text) { $0.school }, Field("name", .text) { $0.name }, Field("reason", .text) { $0.reason },
            Field("label", .label) { $0.label }, Field("clause", .text) { $0.clause },
        ])
}
