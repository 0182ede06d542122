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
        if !county.excluded.isEmpty {
            lines.append("")
            lines.append("　不计入：" + county.excluded.map { "\($0.name)（\($0.label.zh)）" }.joined(separator: "、"))
        }
        return lines.joined(separator: "\n")
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
