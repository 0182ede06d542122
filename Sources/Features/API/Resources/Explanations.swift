internal import Foundation
internal import HTTPTypes
internal import Indicators
internal import Pages
internal import Registry
internal import Vocabulary

/// How one value of a school unit came about.
struct ExplanationEntry: Sendable {
    var explanation: Explanation
    var unit: UnitResult
    var county: String
    var asked: Asked

    private var frozen: Snapshot? { asked.evaluated.standing(county).frozen }

    static let shape = Shape<ExplanationEntry>.object(
        "Explanation",
        [
            Field("school", .text) { $0.unit.school }, Field("title", .text) { $0.unit.title },
            Field("stage", Shape<Stage>.word) { $0.unit.stage }, Field("code", .text) { $0.explanation.item.code },
            Field("label", .label) { $0.asked.label($0.explanation.item.code) },
            Field("value", .quantity) { Quantity($0.explanation.value, $0.unit.unknown[$0.explanation.item.code]) },
            Field("unit", .text) { $0.explanation.indicator.unit },
            Field("formula", .text, "用数据元的名称写") { entry in
                let indicator = entry.explanation.indicator
                let factor = indicator.factor == 1 ? "" : " × \(indicator.factor)"
                return
                    "(\(entry.asked.catalogue.readable(indicator.numeratorText)))\(factor) ÷ (\(entry.asked.catalogue.readable(indicator.denominatorText)))"
            },
            Field("numerator", .quantity, "分子，已乘系数") { Quantity($0.explanation.numerator) },
            Field("denominator", .quantity) { Quantity($0.explanation.denominator) },
            Field("comparison", Shape<Comparison>.word) { $0.explanation.item.comparison },
            Field("threshold", .quantity) { Quantity($0.explanation.threshold, else: .noLimit) },
            Field("floor", .quantity) { Quantity($0.explanation.floor, else: .noLimit) },
            Field("document", .text, "文号") { $0.asked.standard.document }, Field("clause", .text) { $0.explanation.item.clause },
            Field("definition", .text, "口径") { $0.explanation.indicator.definition },
            Field("share", .quantity, "各学段共用的资源中本学段的份额") { Quantity($0.explanation.share, else: .notDivided) },
            Field("inputs", InputEntry.shape.list, "用到的数") { $0.explanation.inputs.map(InputEntry.init) },
            Field("source", .text, "数据来自哪里") { $0.asked.evaluated.standing($0.county).source },
            .maybe("approvedBy", .text, "谁审核的") { $0.frozen?.signature(of: .approve)?.name },
            .maybe("approvedAt", Shape<Date>.moment) { $0.frozen?.signature(of: .approve)?.at },
        ])
}

struct InputEntry: Sendable {
    var input: Explanation.Input

    init(_ input: Explanation.Input) { self.input = input }

    static let shape = Shape<InputEntry>.object(
        "ExplanationInput",
        [
            Field("name", .text) { $0.input.name }, Field("label", .text) { $0.input.label }, Field("unit", .text) { $0.input.unit },
            Field("reported", .quantity, "填报的数") { Quantity($0.input.reported, $0.input.absence) },
            Field("used", .quantity, "本单位使用的数") { Quantity($0.input.used, $0.input.absence) },
            Field("isShared", .flag) { $0.input.isShared }, Field("file", .text) { $0.input.file },
            .maybe("cell", .text, "原表单元格") { $0.input.cell?.description },
            .maybe("split", SplitEntry.shape, "学校自报的分配与按权重的分摊") { $0.input.split.map(SplitEntry.init) },
        ])
}

struct SplitEntry: Sendable {
    var split: ResourceSplit

    init(_ split: ResourceSplit) { self.split = split }

    static let shape = Shape<SplitEntry>.object(
        "Split",
        [
            Field("whole", .quantity, "全校") { Quantity($0.split.whole) },
            Field("weighted", .quantity, "按权重") { Quantity($0.split.weighted) },
            Field("reported", .quantity, "学校自报") { Quantity($0.split.reported) },
            Field("used", Shape<Standard.SplitRule>.word) { $0.split.used },
        ])
}
