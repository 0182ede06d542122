internal import Foundation
internal import HTTPTypes
internal import Indicators
internal import Pages
internal import Registry
internal import Vocabulary

extension ApiDesk {
    /// Standards, indicators, data elements and forms as the catalogue has them.
    var standardOperations: [Operation] {
        [
            .list(
                "/standards", "listStandards", .rules, LocalizedText(zh: "标准", en: "Standards"), needs: .person, isOfSchool: true,
                of: StandardEntry.brief, key: { $0.standard.id }
            ) { _ in try await standards() },
            .get(
                "/standards/{standard}", "getStandard", .rules, LocalizedText(zh: "一个标准的全部条目", en: "A standard with all its items"),
                needs: .person, [.path("standard", "标准的编号", .text(1...60), example: .text("balance-2017"))], isOfSchool: true,
                gives: StandardEntry.whole
            ) { call in
                guard let found = try await standards().first(where: { $0.standard.id == call.segment("standard") }) else {
                    throw Problem(.notFound, "没有这个标准", "There is no such standard")
                }
                return found
            },
            .list(
                "/indicators", "listIndicators", .rules, LocalizedText(zh: "指标：公式、口径、来源", en: "Indicators: formula, meaning, source"),
                needs: .person, isOfSchool: true, of: Indicator.shape(catalogue), key: \.id
            ) { _ in catalogue.indicators.values.sorted { $0.id < $1.id } },
            .list(
                "/elements", "listElements", .rules, LocalizedText(zh: "数据元", en: "Data elements"), needs: .person, isOfSchool: true,
                of: DataElement.shape, key: \.id
            ) { _ in catalogue.elements.values.sorted { $0.id < $1.id } },
            .list(
                "/forms", "listForms", .rules, LocalizedText(zh: "报表", en: "Forms"), needs: .person, isOfSchool: true, of: ReturnForm.shape,
                key: \.id
            ) { _ in catalogue.forms.values.sorted { $0.id < $1.id } },
            Operation(
                method: .get, path: "/forms/{form}/template", id: "getTemplate", group: .rules,
                title: LocalizedText(zh: "报表的空白模板", en: "The empty workbook of a form"), needs: .person,
                parameters: [.path("form", "报表的编号", .text(1...60), example: .text("school-return")), .year],
                success: .file(type: Papers.xlsx)
            ) { call in
                let year = call.integer("year").map { SchoolYear($0) } ?? call.visit.today.schoolYear
                guard let data = try papers.template(call.segment("form"), year) else {
                    throw Problem(.notFound, "没有这张报表", "There is no such form")
                }
                return Reply(file: data, name: "\(call.segment("form"))-\(year.start).xlsx", type: Papers.xlsx)
            },
        ]
    }

    private func standards() async throws -> [StandardEntry] {
        let available = try await evaluations.availability()
        return catalogue.standards.values.sorted { $0.id < $1.id }.map {
            StandardEntry(standard: $0, years: available[$0.id] ?? [], catalogue: catalogue)
        }
    }
}

extension Papers {
    static let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    static let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    static let pdf = "application/pdf"
}

/// A standard with the years that have data for it.
struct StandardEntry: Sendable {
    var standard: Standard
    var years: [SchoolYear]
    var catalogue: IndicatorCatalogue

    private static let head: [Field<StandardEntry>] = [
        Field("id", .text) { $0.standard.id }, Field("label", .label) { $0.standard.label },
        Field("document", .text, "文号") { $0.standard.document },
        .maybe("effectiveFrom", .day, "施行日期") { $0.standard.effectiveFrom },
        .maybe("effectiveUntil", .day, "废止日期") { $0.standard.effectiveUntil },
        Field("form", .text, "判定所用的报表") { $0.standard.form },
        Field("stages", Shape<Stage>.word.list) { $0.standard.stages },
        Field("years", Shape<Int>.year.list, "有数据的学年，最近的在前") { $0.years.map(\.start) },
    ]

    static let brief = Shape<StandardEntry>.object("Standard", head)
    static let whole = Shape<StandardEntry>.object(
        "StandardWithParts",
        head + [
            Field("parts", Standard.Part.shape.list) { $0.standard.parts },
            Field("notes", Shape<String>.text.list) { $0.standard.notes },
        ])
}

extension Standard.Part {
    static let shape = Shape<Standard.Part>.object(
        "StandardPart",
        [
            Field("id", .text) { $0.id }, Field("label", .label) { $0.label },
            Field("countsOverall", .flag, "计入整个标准的结论") { $0.countsOverall },
            .maybe("unitRule", UnitRuleEntry.shape, "学校单位达标的规则") { $0.unitRule.map(UnitRuleEntry.init) },
            Field("ceilings", Shape<Quantity>.quantity.map, "各学段差异系数的上限") {
                Dictionary(uniqueKeysWithValues: ($0.dispersion?.limit ?? [:]).map { ($0.key.rawValue, Quantity.known($0.value)) })
            },
            Field("items", Standard.Item.shape.list) { $0.items },
        ])
}

struct UnitRuleEntry: Sendable {
    var rule: Standard.UnitRule
    init(_ rule: Standard.UnitRule) { self.rule = rule }

    static let shape = Shape<UnitRuleEntry>.object(
        "UnitRule",
        [
            Field("minimum", .count, "至少达标几项") { $0.rule.minimum },
            Field("floorRatio", .quantity, "单项不得低于标准的几成") { Quantity($0.rule.floorRatio) },
            Field("clause", .text, "条款") { $0.rule.clause },
        ])
}

extension Standard.Item {
    static let shape = Shape<Standard.Item>.object(
        "StandardItem",
        [
            Field("code", .text) { $0.code }, Field("label", .label) { $0.label },
            Field("level", Shape<Level>.word, "unit 逐校测算，school 每校都要，county 县级，spread 差异系数") { $0.level },
            Field("clause", .text, "条款") { $0.clause }, Field("note", .text) { $0.note },
            .maybe("indicator", .text, "指标的编号") { $0.indicator },
            Field("comparison", Shape<Comparison>.word) { $0.comparison },
            Field("thresholds", Shape<Quantity>.quantity.map, "各学段的标准") {
                Dictionary(uniqueKeysWithValues: $0.threshold.map { ($0.key.rawValue, Quantity.known($0.value)) })
            },
        ])
}

extension Indicator {
    static func shape(_ catalogue: IndicatorCatalogue) -> Shape<Indicator> {
        .object(
            "Indicator",
            [
                Field("id", .text) { $0.id }, Field("label", .label) { $0.label }, Field("unit", .text) { $0.unit },
                Field("numerator", .text, "分子，用数据元的编号") { $0.numeratorText },
                Field("denominator", .text, "分母") { $0.denominatorText },
                Field("factor", .quantity, "分子乘以") { Quantity($0.factor) },
                Field("formula", .text, "用数据元的名称写的公式") {
                    "(\(catalogue.readable($0.numeratorText)))\($0.factor == 1 ? "" : " × \($0.factor)") ÷ (\(catalogue.readable($0.denominatorText)))"
                },
                Field("decimals", .count, "显示几位小数；判定用未取整的数") { $0.decimals },
                Field("definition", .text, "口径") { $0.definition }, Field("source", .text, "出处") { $0.source },
            ])
    }
}

extension DataElement {
    static let shape = Shape<DataElement>.object(
        "DataElement",
        [
            Field("id", .text) { $0.id }, Field("label", .label) { $0.label }, Field("unit", .text) { $0.unit },
            Field("scope", Shape<Scope>.word, "stage 分学段填，shared 各学段共用，school 全校，county 全县") { $0.scope },
            Field("isWhole", .flag, "按整数计") { $0.isWhole }, Field("definition", .text) { $0.definition },
            Field("source", .text) { $0.source },
        ])
}

extension ReturnForm {
    static let shape = Shape<ReturnForm>.object(
        "Form",
        [
            .init("id", .text) { $0.id }, .init("label", .label) { $0.label }, .init("key", .text, "区分各行的属性") { $0.key },
            .init("columns", Column.entry.list) { $0.columns },
        ])
}

extension ReturnForm.Column {
    static let entry = Shape<ReturnForm.Column>.object(
        "FormColumn", [.init("field", .text, "属性或数据元") { $0.field.key }, .init("header", .text, "表头") { $0.header }])
}
