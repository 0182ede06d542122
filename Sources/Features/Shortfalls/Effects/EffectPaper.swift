internal import Indicators
internal import Pages
internal import Reporting
internal import Vocabulary

/// 整改成效报告 of a county and year.
struct EffectPaper {
    let review: EffectReview
    let organisation: String
    let date: Day

    var document: OfficialDocument {
        OfficialDocument(
            title: "\(review.county)\(review.year)年整改成效报告", blocks: overview + items + missed + waiting, signature: organisation,
            date: date.chinese, source: "由均衡（Junheng）按办件记录和冻结的上报数据生成。" + sources)
    }

    private var sources: String {
        let reports = Set(review.lines.map(\.effect.source)).subtracting([""]).sorted()
        return reports.isEmpty ? "还没有可以对比的冻结数据。" : "实测依据：\(reports.joined(separator: "、"))。"
    }

    private var overview: [OfficialDocument.Block] {
        let tally = EffectTally(review.lines)
        var blocks: [OfficialDocument.Block] = [
            .heading(1, "总体情况"),
            .paragraph("\(review.year)年\(review.county)\(EffectWords.sum(tally))另有\(review.open)件在办，其中逾期\(review.overdue)件。"),
            .paragraph("实测值取自上报整改结果之后第一份冻结的数据；预计值是立件时把缺口补上、其余不变重新测算的结果。"),
        ]
        if !review.isWhole { blocks.append(.paragraph("本年销号的整改较多，本报告只统计其中\(review.lines.count)件。")) }
        return blocks
    }

    private var items: [OfficialDocument.Block] {
        let rows = review.groups.map { group -> [String] in
            let tally = EffectTally(group.lines)
            return [
                group.item + (group.stage.map { "（\($0.label.zh)）" } ?? ""), "\(tally.closed)", "\(tally.measured)", "\(tally.met)",
                "\(tally.notMet)", "\(tally.insufficient)", tally.medianShare.map { "\(Figure.fixed($0 * 100, 0))%" } ?? "—",
                Figure.fixed(group.cvBefore, 4), group.cvNow.map { Figure.fixed($0, 4) } ?? "待测",
            ]
        }
        guard !rows.isEmpty else { return [] }
        return [
            .heading(1, "各项指标"),
            .table(
                .init(
                    caption: "各项指标的整改成效", headers: ["指标", "销号", "已实测", "达标", "不达标", "资料不足", "达到预计", "差异系数立件时", "差异系数实测"],
                    widths: [4.4, 1, 1.2, 1, 1.2, 1.2, 1.3, 1.6, 1.6], rows: rows, numeric: [1, 2, 3, 4, 5, 6, 7, 8])),
        ]
    }

    private var missed: [OfficialDocument.Block] {
        let lines = review.lines.filter { $0.isMeasured && $0.effect.verdict != .met }
        guard !lines.isEmpty else { return [] }
        let rows = lines.map { line in
            [
                line.number, line.school, line.item, Figure.fixed(line.effect.valuePredicted, 2),
                Figure.fixed(line.effect.valueMeasured, 2),
                line.effect.verdict.label.zh,
            ]
        }
        return [
            .heading(1, "销号后实测没有达标的"), .paragraph("下列整改虽已销号，冻结数据显示仍未达标或资料不足，应逐件说明原因，需要的重新立件。"),
            .table(
                .init(
                    caption: "实测没有达标的整改", headers: ["文号", "学校", "指标", "预计", "实测", "结论"], widths: [2.4, 3, 4, 1, 1, 1.4], rows: rows,
                    numeric: [3, 4])),
        ]
    }

    private var waiting: [OfficialDocument.Block] {
        let count = review.lines.count { !$0.isMeasured }
        guard count > 0 else { return [] }
        return [.heading(1, "待实测的"), .paragraph("\(count)件在上报整改结果之后还没有冻结的数据，冻结后自动对比，届时重新出具本报告。")]
    }
}
