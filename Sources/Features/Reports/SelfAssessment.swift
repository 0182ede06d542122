public import Indicators
public import Reporting
public import Vocabulary

/// 自评报告: one county's result as an official paper.
public struct SelfAssessment {
    let result: StandardResult
    let county: CountyResult
    let date: Day
    /// Where the figures come from, such as a file name or a frozen snapshot with its hash.
    let source: String

    public init(_ result: StandardResult, county: CountyResult, date: Day, source: String) {
        self.result = result
        self.county = county
        self.date = date
        self.source = source
    }

    public var document: OfficialDocument {
        OfficialDocument(
            title: "\(county.county)\(result.standard.label.zh.replacing("（2017）", with: ""))自评报告", subtitle: result.schoolYear.label.zh,
            blocks: conclusion + spreads + schools + parts + gaps + method, signature: "\(county.county)教育局", date: date.chinese,
            source: "数据来源：\(source)。依据：\(result.standard.document)。本报告的数由均衡（Junheng）按原始数据自动计算，判定时不取整。")
    }

    private var conclusion: [OfficialDocument.Block] {
        let units = county.stages.filter { $0.units > 0 }.map { "\($0.stage.label.zh)\($0.units)个单位、学生\(Figures.grouped($0.pupils))人" }
        let excluded = county.excluded.isEmpty ? "" : "另有\(Set(county.excluded.map(\.school)).count)所学校按规定不计入。"
        return [
            .heading(1, "自评结论"),
            .paragraph("\(county.county)\(VerdictSentence.text(county))。"),
            .paragraph(
                result.standard.measured.isEmpty
                    ? "本次自评依据县级数据表。" : "本次自评共收到\(county.schools)所学校的数据，其中纳入评估的有\(units.joined(separator: "；"))。\(excluded)"),
        ]
    }

    private var spreads: [OfficialDocument.Block] {
        guard !result.standard.measured.isEmpty else { return [] }
        return [.heading(1, "\(result.standard.judgedName)校际差异系数")]
            + county.stages.filter { $0.units > 0 }.flatMap { stage -> [OfficialDocument.Block] in
                let over = stage.indicators.filter { $0.verdict == .notMet }.map { label($0.code) }
                let open = stage.indicators.filter { $0.verdict == .insufficient }.map { label($0.code) }
                var sentence = ""
                if !over.isEmpty {
                    sentence = "超过上限的有：\(over.joined(separator: "、"))。"
                } else if stage.indicators.allSatisfy({ $0.ceiling == nil }) {
                    sentence = composite(stage)
                } else if open.isEmpty {
                    sentence = "各项差异系数均未超过上限。"
                }
                if !open.isEmpty { sentence += "因数据不全未能计算的有：\(open.joined(separator: "、"))。" }
                return [.heading(2, stage.stage.label.zh), .paragraph(sentence), .table(spreadTable(stage))]
            }
    }

    /// Where no single coefficient has a ceiling: what the mean of all says, or that nothing is judged.
    private func composite(_ stage: StageResult) -> String {
        guard let ceiling = stage.compositeCeiling else { return "本标准没有规定差异系数上限，只列数据。" }
        guard let mean = stage.compositeCV else { return "" }
        let holds = Comparison.atMost.holds(mean, ceiling) ? "未超过" : "超过"
        return "差异系数平均值 \(Figures.fixed(mean, 3))，\(holds)上限 \(Figures.fixed(ceiling, 2))。"
    }

    private func spreadTable(_ stage: StageResult) -> OfficialDocument.Table {
        OfficialDocument.Table(
            caption: "\(stage.stage.label.zh)\(result.standard.judgedName)指标与差异系数",
            headers: ["指标", "标准", "全县均值", "差异系数", "上限", "结论", "达标单位"],
            widths: [30, 10, 12, 12, 10, 12, 14],
            rows: stage.indicators.map { indicator in
                [
                    label(indicator.code), Figures.fixed(indicator.threshold, indicator.code == "L6" ? 0 : 1),
                    Figures.fixed(indicator.mean, indicator.code == "L6" ? 0 : 2),
                    Figures.fixed(indicator.cv, 3), Figures.fixed(indicator.ceiling, 2), indicator.verdict.label.zh,
                    "\(indicator.unitsMet)/\(stage.units)",
                ]
            }, numeric: [1, 2, 3, 4, 6])
    }

    private var schools: [OfficialDocument.Block] {
        guard !result.standard.measured.isEmpty else { return [] }
        let failing = county.units.filter { $0.verdict == .notMet }
        let open = county.units.filter { $0.verdict == .insufficient }
        let met = county.units.count { $0.verdict == .met }
        var blocks: [OfficialDocument.Block] = [
            .heading(1, "学校\(result.standard.judgedName)达标情况"),
            .paragraph("\(county.units.count)个学校单位中，达标\(met)个，不达标\(failing.count)个，资料不足\(open.count)个。"),
        ]
        if !failing.isEmpty {
            blocks.append(
                .table(
                    OfficialDocument.Table(
                        caption: "不达标学校单位", headers: ["学校", "学段", "学生数", "达标项", "未达标指标"], widths: [34, 9, 11, 11, 35],
                        rows: failing.map { unit in
                            let missed = county.shortfalls.filter { $0.school == unit.school && $0.stage == unit.stage }.map(\.label)
                            return [
                                unit.name, unit.stage.label.zh, unit.pupils.map(Figures.grouped) ?? "—", "\(unit.met)/\(unit.measured)",
                                missed.joined(separator: "、"),
                            ]
                        }, numeric: [2, 3])))
        }
        return blocks
    }

    private var parts: [OfficialDocument.Block] {
        let others = county.parts.filter { $0.items.contains { $0.level != .unit } }
        guard !others.isEmpty else { return [] }
        return [.heading(1, result.standard.measured.isEmpty ? "各项情况" : "政府保障、教育质量和社会认可度")]
            + others.flatMap { part -> [OfficialDocument.Block] in
                [
                    .heading(2, part.label.zh),
                    .paragraph(
                        "\(part.items.count)项中，达标\(part.count(.met))项，不达标\(part.count(.notMet))项，资料不足\(part.count(.insufficient))项\(part.count(.measured) > 0 ? "，只测不判\(part.count(.measured))项" : "")。"
                    ),
                    .table(
                        OfficialDocument.Table(
                            caption: "", headers: ["代码", "内容", "结论"], widths: [10, 72, 18],
                            rows: part.items.map { [$0.code, $0.label.zh, $0.verdict.label.zh] })),
                ]
            }
    }

    private var gaps: [OfficialDocument.Block] {
        let binding = county.shortfalls.filter(\.isBinding)
        guard !binding.isEmpty else { return [] }
        return [
            .heading(1, "短板清单"),
            .paragraph("以下缺口按现有学生数测算，补齐后重新测算差异系数。"),
            .table(
                OfficialDocument.Table(
                    caption: "学校短板清单", headers: ["学校", "指标", "现值", "标准", "需补"], widths: [34, 28, 12, 12, 16],
                    rows: binding.map { shortfall in
                        let amount = shortfall.needed.map { Figures.fixed($0, $0 == $0.rounded() ? 0 : 1) + shortfall.unit } ?? "—"
                        return [
                            shortfall.name, shortfall.label, Figures.fixed(shortfall.value, 2), Figures.fixed(shortfall.threshold, 2),
                            amount,
                        ]
                    }, numeric: [2, 3, 4])),
        ]
    }

    private var method: [OfficialDocument.Block] {
        guard !result.standard.measured.isEmpty else { return [.heading(1, "测算说明"), .paragraph("空白数据按资料不足处理，不当作零。")] }
        return [
            .heading(1, "测算说明"),
            .paragraph("全县均值为各校总量之和除以学生总数；差异系数为按学生数加权的总体标准差除以全县均值。\(result.standard.apportionmentClause)。空白数据按资料不足处理，不当作零。"),
        ]
    }

    private func label(_ code: String) -> String { result.standard.item(code)?.label.zh ?? code }
}
