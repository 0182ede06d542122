internal import Foundation
public import Indicators
internal import Reports
internal import Vocabulary

/// The result of an evaluation as lines for a terminal.
public enum EvaluationTable {
    public static func text(_ result: StandardResult) -> String {
        let head = "\(result.standard.label.zh)（\(result.standard.document)）　\(result.schoolYear.label.zh)"
        return ([head] + result.counties.map(county)).joined(separator: "\n\n") + "\n"
    }

    private static func county(_ county: CountyResult) -> String {
        var lines = ["\(county.county)：\(VerdictSentence.text(county))"]
        for stage in county.stages where stage.units > 0 {
            lines.append("")
            lines.append(
                "　\(stage.stage.label.zh)　\(stage.units)个单位，\(Int(stage.pupils))名学生，\(stage.unitsMet)个单位达标　\(stage.verdict.label.zh)")
            lines.append("　　" + TextTable.row(["指标", "全县均值", "差异系数", "上限", "结论", "基尼", "泰尔"]))
            for indicator in stage.indicators {
                lines.append(
                    "　　"
                        + TextTable.row([
                            indicator.code, TextTable.number(indicator.mean, 2), TextTable.number(indicator.cv, 4),
                            TextTable.number(indicator.ceiling, 2),
                            indicator.verdict.label.zh, TextTable.number(indicator.gini, 4), TextTable.number(indicator.theil, 4),
                        ]))
            }
            let use = stage.compositeCeiling.map { "上限 \(TextTable.number($0, 2))，按它判定" } ?? "供参考，不作判定"
            lines.append("　　差异系数平均值 \(TextTable.number(stage.compositeCV, 4))（\(use)）")
        }
        lines += schools(county)
        lines += parts(county)
        if !county.excluded.isEmpty {
            lines.append("")
            lines.append("　不计入：" + county.excluded.map { "\($0.name)（\($0.label.zh)）" }.joined(separator: "、"))
        }
        return lines.joined(separator: "\n")
    }

    /// What the county itself reported, item by item; one line for each part while it has reported nothing.
    private static func parts(_ county: CountyResult) -> [String] {
        county.parts.flatMap { part -> [String] in
            let items = part.items.filter { $0.level != .unit }
            guard !items.isEmpty else { return [] }
            let counts = Verdict.allCases.map { ($0.label.zh, part.count($0)) }.filter { $0.1 > 0 }.map { "\($0.0)\($0.1)项" }
            let head = ["", "　\(part.label.zh)　\(part.verdict.label.zh)（\(counts.joined(separator: "，"))）"]
            guard items.contains(where: { $0.tests.contains { $0.value != nil || $0.schools > 0 } }) else { return head }
            return head + items.map { "　　" + TextTable.row([$0.code], width: 6) + TextTable.row([$0.verdict.label.zh]) + item($0) }
        }
    }

    private static func item(_ item: ItemResult) -> String {
        let figures = item.tests.compactMap { test -> String? in
            if test.schools > 0 { return "\(test.test.label.zh) \(test.schools)所中\(test.failing)所不符合" }
            guard let value = test.value, test.test.format != .yesNo else { return nil }
            let figure = test.test.format == .percent ? TextTable.number(value * 100, 2) + "%" : TextTable.number(value, 2) + test.test.unit
            return "\(test.test.label.zh) \(figure)"
        }
        return item.label.zh + (figures.isEmpty ? "" : "：\(figures.joined(separator: "，"))")
    }

    private static func schools(_ county: CountyResult) -> [String] {
        let binding = county.shortfalls.filter { $0.isBinding && $0.stage != nil }
        guard !binding.isEmpty else { return [] }
        var lines = ["", "　未达标学校差在哪里"]
        for shortfall in binding {
            let lack = shortfall.missing.map { "，缺 \(TextTable.number($0, 2)) \(shortfall.unit)" } ?? ""
            lines.append(
                "　　\(shortfall.name)　\(shortfall.label)　\(TextTable.number(shortfall.value, 2))，标准 \(TextTable.number(shortfall.threshold, 2))\(lack)"
            )
        }
        return lines
    }
}
