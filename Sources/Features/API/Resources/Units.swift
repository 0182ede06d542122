internal import Foundation
internal import HTTPTypes
internal import Indicators
internal import Pages
internal import Registry
internal import Vocabulary

extension ApiDesk {
    /// School units with every value, how each came about, and what is missing.
    var unitOperations: [Operation] {
        let (units, fields) = UnitEntry.shape.selectable()
        let (gaps, gapFields) = ShortfallEntry.shape.selectable()
        return [
            .list(
                "/counties/{county}/units", "listUnits", .results, LocalizedText(zh: "学校单位", en: "School units"),
                [.county] + Parameter.scope + UnitFilter.parameters + [fields], isOfSchool: true, of: units, key: { $0.unit.id }
            ) { call in
                let asked = try await Asked(call, self)
                let county = try asked.seenCounty(call)
                return UnitFilter(call).apply(asked.units(call, of: county).map { UnitEntry(unit: $0, asked: asked) })
            },
            .get(
                "/counties/{county}/schools/{school}", "getSchool", .results, LocalizedText(zh: "一所学校", en: "A school"),
                [.county, .school] + Parameter.scope, isOfSchool: true, gives: SchoolEntry.shape
            ) { call in
                let asked = try await Asked(call, self)
                let county = try asked.seenCounty(call)
                let code = call.segment("school")
                return SchoolEntry(
                    code: code, units: try asked.school(call, of: county).map { UnitEntry(unit: $0, asked: asked) },
                    shortfalls: county.shortfalls.filter { $0.school == code }.map { ShortfallEntry(shortfall: $0) },
                    excluded: county.excluded.filter { $0.school == code })
            },
            .get(
                "/counties/{county}/schools/{school}/{stage}/{code}", "explainValue", .results,
                LocalizedText(zh: "一个数怎么来的", en: "How a value came about"), [.county, .school, .stage, .code] + Parameter.scope,
                isOfSchool: true, note: "公式、用到的数和原表单元格、分摊、条款、谁审核的。", gives: ExplanationEntry.shape
            ) { call in
                let asked = try await Asked(call, self)
                let county = try asked.seenCounty(call)
                let unit = try asked.school(call, of: county).first { $0.stage.rawValue == call.segment("stage") }
                guard let unit, let found = asked.evaluated.evaluation.explain(call.segment("code"), unit) else {
                    throw Problem(.notFound, "没有这个数", "There is no such value")
                }
                return ExplanationEntry(explanation: found, unit: unit, county: county.county, asked: asked)
            },
            .list(
                "/counties/{county}/shortfalls", "listShortfalls", .results, LocalizedText(zh: "短板清单", en: "Shortfalls"),
                [
                    .county, .query("stage", .choice(["primary", "junior"]), "只看一个学段"), .query("code", .text(1...20), "只看一个项目"),
                    .query("binding", .flag, "true：只看使学校不达标的（默认）；false：规则允许的也列出"),
                    .query("sort", .choice(["school", "-needed"]), "school 按学校（默认），-needed 缺得多的在前"), gapFields,
                ] + Parameter.scope, isOfSchool: true, of: gaps, key: { $0.shortfall.id }
            ) { call in
                let asked = try await Asked(call, self)
                return ShortfallEntry.list(try asked.seenCounty(call), call)
            },
        ]
    }
}

/// Which units, in which order.
struct UnitFilter: Sendable {
    static let parameters: [Parameter] = [
        .query("stage", .choice(["primary", "junior"]), "只看一个学段"),
        .query("verdict", .choice(Verdict.allCases.map(\.rawValue)), "只看一种结论"),
        .query("setting", .text(1...20), "只看一种城乡，如 镇区", example: .text("镇区")),
        .query("q", .text(1...60), "校名或标识码含有的字"),
        .query("sort", .choice(["school", "name", "pupils", "-pupils", "met", "-met"]), "排序，- 为从大到小；不写则按表中的先后"),
    ]

    private let call: Call

    init(_ call: Call) { self.call = call }

    func apply(_ units: [UnitEntry]) -> [UnitEntry] {
        let kept = units.filter { entry in
            let unit = entry.unit
            return (call.text("stage").map { $0 == unit.stage.rawValue } ?? true)
                && (call.text("verdict").map { $0 == unit.verdict.rawValue } ?? true)
                && (call.text("setting").map { $0 == unit.setting } ?? true)
                && (call.text("q").map { unit.title.contains($0) || unit.school.contains($0) } ?? true)
        }
        // Units without the number stay last in both directions; the id decides between equals.
        func sorted(_ number: (UnitResult) -> Double?, falling: Bool) -> [UnitEntry] {
            kept.sorted { left, right in
                let (a, b) = (number(left.unit), number(right.unit))
                if a != b {
                    guard let a else { return false }
                    guard let b else { return true }
                    return falling ? a > b : a < b
                }
                return left.unit.id < right.unit.id
            }
        }
        switch call.text("sort") {
        case "school": return kept.sorted { $0.unit.id < $1.unit.id }
        case "name": return kept.sorted { ($0.unit.title, $0.unit.id) < ($1.unit.title, $1.unit.id) }
        case "pupils", "-pupils": return sorted(\.pupils, falling: call.text("sort") == "-pupils")
        case "met", "-met": return sorted({ Double($0.met) }, falling: call.text("sort") == "-met")
        default: return kept
        }
    }
}

struct UnitEntry: Sendable {
    var unit: UnitResult
    var asked: Asked

    static let shape = Shape<UnitEntry>.object(
        "Unit",
        [
            Field("school", .text, "学校（机构）标识码") { $0.unit.school }, Field("name", .text) { $0.unit.name },
            Field("title", .text, "校名，有几个学段时写明哪一部") { $0.unit.title }, Field("stage", Shape<Stage>.word) { $0.unit.stage },
            Field("kind", .text, "办学类型代码") { $0.unit.kind }, Field("setting", .text, "城乡") { $0.unit.setting },
            Field("pupils", .quantity) { Quantity($0.unit.pupils) },
            Field("share", .quantity, "各学段共用的资源中本学段的份额") { Quantity($0.unit.share) },
            Field("verdict", Shape<Verdict>.word) { $0.unit.verdict }, Field("met", .count, "达标项数") { $0.unit.met },
            Field("measured", .count, "测算项数") { $0.unit.measured },
            Field("values", Shape<Quantity>.quantity.map, "各项目的值，键为项目代码") { entry in
                var values = entry.unit.values.mapValues { Quantity($0) }
                for (code, absence) in entry.unit.unknown { values[code] = Quantity(absence: absence) }
                return values
            },
        ])
}

struct SchoolEntry: Sendable {
    var code: String
    var units: [UnitEntry]
    var shortfalls: [ShortfallEntry]
    var excluded: [ExcludedSchool]

    static let shape = Shape<SchoolEntry>.object(
        "School",
        [
            Field("code", .text) { $0.code }, Field("units", UnitEntry.shape.list) { $0.units },
            Field("shortfalls", ShortfallEntry.shape.list) { $0.shortfalls },
            Field("excluded", ExcludedSchool.shape.list, "不计入的理由") { $0.excluded },
        ])
}

struct ShortfallEntry: Sendable {
    var shortfall: Shortfall

    static let shape = Shape<ShortfallEntry>.object(
        "Shortfall",
        [
            Field("school", .text) { $0.shortfall.school }, Field("name", .text) { $0.shortfall.name },
            .maybe("stage", Shape<Stage>.word, "全校的要求没有学段") { $0.shortfall.stage }, Field("code", .text) { $0.shortfall.code },
            Field("label", .text) { $0.shortfall.label }, Field("value", .quantity) { Quantity($0.shortfall.value) },
            Field("threshold", .quantity) { Quantity($0.shortfall.threshold) },
            Field("floor", .quantity) { Quantity($0.shortfall.floor, else: .noLimit) },
            Field("missing", .quantity, "还缺多少，未取整") { Quantity($0.shortfall.missing, else: .noAmount) },
            Field("needed", .quantity, "还缺多少，整人整间的向上取整") { Quantity($0.shortfall.needed, else: .noAmount) },
            Field("unit", .text) { $0.shortfall.unit }, .maybe("element", .text, "要增加的数据元") { $0.shortfall.element },
            Field("rule", Shape<Shortfall.Rule>.word) { $0.shortfall.rule }, Field("ruleText", .text) { $0.shortfall.ruleText },
            Field("isBinding", .flag, "学校因此不达标") { $0.shortfall.isBinding },
        ])

    static func list(_ county: CountyResult, _ call: Call) -> [ShortfallEntry] {
        let isAll = call.values["binding"] == .flag(false)
        let found = county.shortfalls.filter { gap in
            (isAll || gap.isBinding) && (call.text("stage").map { $0 == gap.stage?.rawValue } ?? true)
                && (call.text("code").map { $0 == gap.code } ?? true) && (call.onlySchool.map { $0 == gap.school } ?? true)
        }
        let sorted = found.sorted { left, right in
            if call.text("sort") == "-needed", left.needed != right.needed {
                guard let a = left.needed else { return false }
                guard let b = right.needed else { return true }
                return a > b
            }
            return (left.school, left.id) < (right.school, right.id)
        }
        return sorted.map { ShortfallEntry(shortfall: $0) }
    }
}
