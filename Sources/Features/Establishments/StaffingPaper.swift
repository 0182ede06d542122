public import Reporting
public import Staffing
public import Vocabulary

/// A county's staff against its establishment as an official paper.
public struct StaffingPaper {
    let survey: StaffingSurvey
    let rules: StaffingRules
    let date: Day
    let source: String

    public init(_ survey: StaffingSurvey, _ rules: StaffingRules, date: Day, source: String) {
        self.survey = survey
        self.rules = rules
        self.date = date
        self.source = source
    }

    public var document: OfficialDocument {
        OfficialDocument(
            title: "\(survey.county)中小学教职工编制使用情况", subtitle: "（\(survey.year.label.zh)）",
            blocks: conclusion + units + subjects + leaving + ahead, signature: "\(survey.county)教育局", date: date.chinese,
            source: "数据来源：\(source)。规则：\(survey.rules)；退休年龄依据\(rules.retirement.document)。\(rules.note)")
    }

    private func words(_ number: Int?) -> String { number.map(String.init) ?? "资料不足" }

    private var conclusion: [OfficialDocument.Block] {
        let off = survey.units.reduce(0) { $0 + $1.offEstablishment }
        let notes = survey.notes.isEmpty ? [] : [OfficialDocument.Block.paragraph("需要说明的有：\(survey.notes.joined(separator: "；"))。")]
        return [
            .heading(1, "结论"),
            .paragraph(
                "\(StaffingWords.headline(survey))。按标准应有编制\(words(survey.establishment()))名，在编实有\(words(survey.posted()))人\(off > 0 ? "，另有编外\(off)人" : "")。超编单位共多\(survey.surplus)人，缺编单位共缺\(survey.shortage)人。\(StaffingWords.ahead(survey))。"
            ),
        ] + notes
    }

    private var units: [OfficialDocument.Block] {
        [
            .heading(1, "各学校单位"),
            .table(
                .init(
                    caption: "编制和实有", headers: ["学校", "在校生", "标准编制", "核定编制", "在编实有", "超（缺）"], widths: [4, 1, 1, 1, 1, 1.2],
                    rows: survey.units.map {
                        [
                            $0.title, words($0.pupils), words($0.establishment), $0.approved.map(String.init) ?? "", words($0.posted),
                            StaffingWords.balance($0.balance),
                        ]
                    }, numeric: [1, 2, 3, 4])),
        ]
    }

    private var subjects: [OfficialDocument.Block] {
        [.heading(1, "各学科教师")]
            + survey.stages.map { stage in
                .table(
                    .init(
                        caption: "\(stage.label.zh)各学科", headers: ["学科", "按课时需要", "专任教师", "其中在编"], widths: [2, 1, 1, 1],
                        rows: survey.subjects(stage).map {
                            [$0.name, $0.need.map(Thousandths.short) ?? "—", "\($0.teachers)", "\($0.established)"]
                        }, numeric: [1, 2, 3]))
            }
    }

    private var leaving: [OfficialDocument.Block] {
        guard survey.hasRoster else { return [] }
        let rows = survey.years.map { year in
            let own = survey.leaving.filter { $0.year == year }
            return ["\(year)", "\(own.reduce(0) { $0 + $1.count })", "\(own.reduce(0) { $0 + $1.early })"]
        }
        return [
            .heading(1, "退休"),
            .table(
                .init(
                    caption: "各年退休人数（在编）", headers: ["年份", "到法定退休年龄", "从这一年起可弹性提前"], widths: [1, 1, 1.4], rows: rows,
                    numeric: [1, 2])),
        ]
    }

    private var ahead: [OfficialDocument.Block] {
        let rows = survey.sums().map {
            ["\($0.year)年秋", words($0.pupils), words($0.establishment), words($0.remaining), words($0.need), $0.isAssumed ? "含假定" : ""]
        }
        return [
            .heading(1, "今后各年的补充需求"),
            .table(
                .init(
                    caption: "编制和补充需求", headers: ["时间", "在校生", "标准编制", "现有在编留任", "要补充", "新生数"], widths: [1, 1, 1, 1.3, 1, 1],
                    rows: rows, numeric: [1, 2, 3, 4])),
        ]
    }
}
