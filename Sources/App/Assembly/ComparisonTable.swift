internal import Foundation
public import Indicators
internal import Vocabulary

/// Two results side by side as lines for a terminal.
public enum ComparisonTable {
    public static func text(_ comparison: ResultComparison) -> String {
        let head = ["前：\(side(comparison.before))", "后：\(side(comparison.after))"].joined(separator: "\n")
        return ([head] + comparison.counties.map(county)).joined(separator: "\n\n") + "\n"
    }

    private static func side(_ side: ResultComparison.Side) -> String {
        "\(side.label.zh)（\(side.document)）　\(side.schoolYear.label.zh)"
    }

    private static func county(_ county: CountyComparison) -> String {
        var lines = ["\(county.county)：学校与差异系数 \(arrow(county.verdict))，整个标准 \(arrow(county.overall))"]
        for stage in county.stages where (stage.units.before ?? 0) + (stage.units.after ?? 0) > 0 { lines += figures(stage) }
        lines += units("结论改变的学校单位", county.moved) { "\($0.title)　\(arrow($0.verdict))　达标项 \(arrow($0.met) { String($0) })" }
        if !county.judgesUnits { lines += ["", "　两个标准中有一个不判单个学校，不比较各校结论"] }
        lines += units("只有前者计入的学校单位", county.onlyBefore) { $0.title + ($0.excluded.isEmpty ? "（后者没有填报）" : "（后者：\($0.excluded)）") }
        lines += units("只有后者计入的学校单位", county.onlyAfter) { $0.title + ($0.excluded.isEmpty ? "（前者没有填报）" : "（前者：\($0.excluded)）") }
        return lines.joined(separator: "\n")
    }

    private static func figures(_ stage: StageComparison) -> [String] {
        let counts = "单位 \(arrow(stage.units) { String($0) })，其中达标 \(arrow(stage.unitsMet) { String($0) })"
        var lines = ["", "　\(stage.stage.label.zh)　\(arrow(stage.verdict))　\(counts)"]
        lines.append("　　" + TextTable.row(["代码", "差异系数", "", "变化", "上限", "结论", "", "指标"]))
        for indicator in stage.indicators {
            let difference = indicator.cv.difference
            let change = difference.map { abs($0) < 5e-5 ? "0" : ($0 > 0 ? "+" : "") + TextTable.number($0, 4) } ?? "—"
            lines.append(
                "　　"
                    + TextTable.row([
                        codes(indicator.code), TextTable.number(indicator.cv.before, 4), TextTable.number(indicator.cv.after, 4), change,
                        "\(TextTable.number(indicator.ceiling.before, 2))→\(TextTable.number(indicator.ceiling.after, 2))",
                        indicator.verdict.before?.label.zh ?? "—", indicator.verdict.after?.label.zh ?? "—", indicator.label.zh,
                    ]))
        }
        lines.append(
            "　　差异系数平均值 \(arrow(stage.compositeCV) { TextTable.number($0, 4) })，判定上限 \(arrow(stage.compositeCeiling) { TextTable.number($0, 2) })"
        )
        return lines
    }

    private static func codes(_ code: Change<String>) -> String {
        code.before == code.after ? code.after ?? "" : "\(code.before ?? "—")→\(code.after ?? "—")"
    }

    private static func arrow(_ verdict: Change<Verdict>) -> String { arrow(verdict) { $0.label.zh } }

    private static func arrow<Value>(_ change: Change<Value>, _ text: (Value) -> String) -> String {
        "\(change.before.map(text) ?? "—") → \(change.after.map(text) ?? "—")"
    }

    private static func units(_ title: String, _ units: [UnitComparison], _ text: (UnitComparison) -> String) -> [String] {
        units.isEmpty ? [] : ["", "　\(title)（\(units.count)）"] + units.map { "　　\(text($0))" }
    }
}
