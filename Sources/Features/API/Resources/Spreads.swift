internal import Foundation
internal import HTTPTypes
internal import Indicators
internal import Pages
internal import Registry
internal import Vocabulary

extension ApiDesk {
    /// Which school moves a coefficient of variation by how much, and two results side by side.
    var spreadOperations: [Operation] {
        [
            .get(
                "/counties/{county}/indicators/{code}/{stage}", "getSpread", .results,
                LocalizedText(zh: "差异系数和谁拉大了差异", en: "A coefficient of variation and who moves it"),
                [.county, .code, .stage] + Parameter.scope,
                note: "leverage：这个单位若正好处在全县均值，差异系数会变多少；最负的就是拉大差异的。", gives: SpreadEntry.shape
            ) { call in
                let asked = try await Asked(call, self)
                let county = try asked.county(call)
                let stage = county.stages.first { $0.stage.rawValue == call.segment("stage") && $0.units > 0 }
                guard let stage, let result = stage.indicator(call.segment("code")) else {
                    throw Problem(.notFound, "这个县没有这项差异系数", "The county has no such coefficient")
                }
                return SpreadEntry(result, county.units.filter { $0.stage == stage.stage }, asked)
            },
            .get(
                "/counties/{county}/comparison", "compare", .results,
                LocalizedText(zh: "同一个县，两个学年或两个标准", en: "One county under two years or standards"),
                [
                    .county, .query("withYear", .integer(1949...2200), "与哪一学年比；不写则是前一学年", example: .integer(2024)),
                    .query("withStandard", .text(1...60), "与哪个标准比；不写则是同一个"),
                ] + Parameter.scope, gives: ComparisonEntry.shape
            ) { call in
                let after = try await Asked(call, self)
                _ = try after.county(call)
                let year = call.integer("withYear").map { SchoolYear($0) } ?? after.year.previous
                let before = try await Asked(call, self, year: year, standard: call.text("withStandard") ?? after.standard.id)
                let comparison = ResultComparison(before.evaluated.result, after.evaluated.result, catalogue: catalogue)
                guard let county = comparison.county(call.segment("county")) else { throw Problem(.notFound) }
                return ComparisonEntry(before: comparison.before, after: comparison.after, county: county)
            },
        ]
    }
}

struct SpreadEntry: Sendable {
    struct Unit: Sendable {
        var unit: UnitResult
        var code: String
        var leverage: Double?
    }

    var indicator: IndicatorEntry
    var units: [Unit]

    init(_ result: IndicatorResult, _ units: [UnitResult], _ asked: Asked) {
        indicator = IndicatorEntry(result: result, label: asked.label(result.code))
        let known = units.filter { $0.values[result.code] != nil }
        // One unknown unit leaves the coefficient open, and so every part of it.
        let changes =
            known.count == units.count
            ? Leverage.changes(known.map { $0.values[result.code] ?? .nan }, weights: known.map { $0.pupils ?? 0 }) : nil
        let moves = Dictionary(zip(known.map(\.id), changes ?? [])) { first, _ in first }
        self.units = units.map { Unit(unit: $0, code: result.code, leverage: moves[$0.id]) }
            .sorted { ($0.leverage ?? 1, $0.unit.id) < ($1.leverage ?? 1, $1.unit.id) }
    }

    static let shape = Shape<SpreadEntry>.object(
        "Spread",
        [
            Field("result", IndicatorEntry.shape) { $0.indicator },
            Field("units", unit.list, "拉大差异最多的在前") { $0.units },
        ])

    private static let unit = Shape<Unit>.object(
        "SpreadUnit",
        [
            Field("school", .text) { $0.unit.school }, Field("title", .text) { $0.unit.title },
            Field("value", .quantity) { Quantity($0.unit.values[$0.code], $0.unit.unknown[$0.code]) },
            Field("pupils", .quantity) { Quantity($0.unit.pupils) },
            Field("leverage", .quantity) { Quantity($0.leverage) },
        ])
}

struct ComparisonEntry: Sendable {
    var before: ResultComparison.Side
    var after: ResultComparison.Side
    var county: CountyComparison

    static let shape = Shape<ComparisonEntry>.object(
        "Comparison",
        [
            Field("before", ResultComparison.Side.shape) { $0.before }, Field("after", ResultComparison.Side.shape) { $0.after },
            Field("verdict", Shape<Change<Verdict>>.words) { $0.county.verdict },
            Field("overall", Shape<Change<Verdict>>.words) { $0.county.overall },
            Field("stages", StageComparison.shape.list) { $0.county.stages },
            Field("moved", UnitComparison.shape.list, "结论改变的学校单位") { $0.county.moved },
            Field("onlyBefore", UnitComparison.shape.list) { $0.county.onlyBefore },
            Field("onlyAfter", UnitComparison.shape.list) { $0.county.onlyAfter },
        ])
}

extension ResultComparison.Side {
    static let shape = Shape<ResultComparison.Side>.object(
        "ComparisonSide",
        [
            Field("standard", .text) { $0.standard }, Field("label", .label) { $0.label }, Field("document", .text) { $0.document },
            Field("schoolYear", .year) { $0.schoolYear.start },
        ])
}

extension Shape where Value == Change<Verdict> {
    /// The side that does not have the thing is left out.
    static var words: Shape {
        .object("VerdictChange", [.maybe("before", Shape<Verdict>.word) { $0.before }, .maybe("after", Shape<Verdict>.word) { $0.after }])
    }
}

extension Shape where Value == Change<Double> {
    static var quantities: Shape {
        .object(
            "QuantityChange",
            [
                Field("before", .quantity) { Quantity($0.before) }, Field("after", .quantity) { Quantity($0.after) },
                Field("change", .quantity) { Quantity($0.difference) },
            ])
    }
}

extension StageComparison {
    static let shape = Shape<StageComparison>.object(
        "StageComparison",
        [
            Field("stage", Shape<Stage>.word) { $0.stage }, Field("verdict", Shape<Change<Verdict>>.words) { $0.verdict },
            Field("compositeCV", Shape<Change<Double>>.quantities) { $0.compositeCV },
            Field("indicators", IndicatorComparison.shape.list) { $0.indicators },
        ])
}

extension IndicatorComparison {
    static let shape = Shape<IndicatorComparison>.object(
        "SpreadComparison",
        [
            Field("label", .label) { $0.label }, .maybe("codeBefore", .text) { $0.code.before },
            .maybe("codeAfter", .text) { $0.code.after },
            Field("cv", Shape<Change<Double>>.quantities) { $0.cv }, Field("mean", Shape<Change<Double>>.quantities) { $0.mean },
            Field("verdict", Shape<Change<Verdict>>.words) { $0.verdict },
        ])
}

extension UnitComparison {
    static let shape = Shape<UnitComparison>.object(
        "UnitComparison",
        [
            Field("school", .text) { $0.school }, Field("stage", Shape<Stage>.word) { $0.stage }, Field("title", .text) { $0.title },
            Field("verdict", Shape<Change<Verdict>>.words) { $0.verdict },
            .maybe("excluded", .text, "另一边为什么没有") { $0.excluded.isEmpty ? nil : $0.excluded },
        ])
}
