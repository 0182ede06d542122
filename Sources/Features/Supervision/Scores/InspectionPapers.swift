internal import Inspection
internal import Pages
internal import Reporting
internal import Vocabulary

/// 督导报告 of one visit.
struct VisitPaper {
    let desk: SupervisionDesk
    let one: SchoolVisit
    let today: Day

    init(_ desk: SupervisionDesk, _ one: SchoolVisit, _ today: Day) {
        self.desk = desk
        self.one = one
        self.today = today
    }

    var document: OfficialDocument {
        let score = VisitTable.score(desk, one).map { "得分\(Figure.fixed($0, 1))分" } ?? "评分资料不足"
        return OfficialDocument(
            title: "\(one.schoolName)督导报告", subtitle: "（\(one.year)年）",
            blocks: [
                .heading(1, "督导情况"),
                .paragraph(
                    "依据\(documents)，对\(one.schoolName)开展\(VisitTable.names(desk, one))。\(arrival)本次督导\(score)，发现问题\(one.findings.count)个，留存照片\(one.photos.count)张。"
                ),
            ] + sheets + findings, signature: "\(one.county)人民政府教育督导委员会办公室", date: today.chinese,
            source: "由均衡（Junheng）按入校督导记录生成，记录第\(one.version)版。评分等级折分为本地设置。")
    }

    private var documents: String {
        let rubrics = desk.catalogue.rubrics(of: one)
        return rubrics.map(\.document).joined(separator: "、")
    }

    private var arrival: String {
        one.checkIn.map { "督学于\(PageTime.text($0.signed.at))到校签到，\($0.sentence)。" } ?? "还没有到校签到。"
    }

    private var sheets: [OfficialDocument.Block] {
        desk.catalogue.rubrics(of: one).flatMap { rubric -> [OfficialDocument.Block] in
            let marks = one.marks[rubric.id] ?? [:]
            let rows = rubric.areas.flatMap { area in
                area.items.map { item -> [String] in
                    let mark = marks[item.id]
                    let level = mark.map { $0.isNotApplicable ? "不适用" : rubric.level($0.level)?.label ?? "" } ?? "未评"
                    return [area.label, item.label, level, mark?.note ?? ""]
                }
            }
            return [
                .heading(1, rubric.label.zh),
                .table(.init(caption: rubric.label.zh, headers: ["方面", "评价项", "等级", "说明"], widths: [2, 4, 1, 3], rows: rows)),
            ]
        }
    }

    private var findings: [OfficialDocument.Block] {
        guard !one.findings.isEmpty else { return [.heading(1, "发现的问题"), .paragraph("没有发现需要整改的问题。")] }
        let rows = one.findings.map { finding in
            [
                FindingCase.title(one, finding, desk.catalogue), finding.finishBy, finding.caseNumber.isEmpty ? "尚未立件" : finding.caseNumber,
            ]
        }
        return [
            .heading(1, "发现的问题"),
            .table(.init(caption: "问题与整改期限", headers: ["问题", "整改期限", "办件编号"], widths: [5, 2, 2], rows: rows)),
            .paragraph("学校应按期整改并上报结果，整改不到位的，视情况通报、约谈。"),
        ]
    }
}

/// 督导报告 of a county.
struct CountyPaper {
    let desk: SupervisionDesk
    let county: String
    let sheet: ScoreSheet
    let visits: [SchoolVisit]
    let today: Day

    init(_ desk: SupervisionDesk, county: String, _ sheet: ScoreSheet, _ visits: [SchoolVisit], _ today: Day) {
        self.desk = desk
        self.county = county
        self.sheet = sheet
        self.visits = visits
        self.today = today
    }

    var document: OfficialDocument {
        let done = visits.filter { $0.state == .done }
        let planned = visits.count { $0.state == .approved }
        let saved = desk.planner.count(visits).saved
        let rows = sheet.parts.map { part in
            [part.part.label, "\(part.part.weight)", part.points.map { Figure.fixed($0, 1) } ?? "资料不足", part.explanation]
        }
        let made = done.map { visit in
            [
                visit.schoolName, VisitTable.names(desk, visit), VisitTable.score(desk, visit).map { Figure.fixed($0, 1) } ?? "资料不足",
                "\(visit.findings.count)",
            ]
        }
        return OfficialDocument(
            title: "\(county)\(today.year)年督导报告",
            blocks: [
                .heading(1, "督政评分"), .paragraph("\(sheet.scorecard.label.zh)：\(ScoreWords.total(sheet))。\(sheet.scorecard.note)"),
                .table(
                    .init(
                        caption: sheet.scorecard.label.zh, headers: ["项目", "分值", "得分", "怎么来的"], widths: [3, 1, 1, 5], rows: rows,
                        numeric: [1, 2])),
                .heading(1, "入校督导"),
                .paragraph(
                    "本年已完成入校督导\(done.count)次，列入计划尚未进行\(planned)次，发现问题\(done.reduce(0) { $0 + $1.findings.count })个。合并检查，少进校\(saved)次。"
                ),
            ]
                + (made.isEmpty
                    ? []
                    : [
                        .table(
                            .init(
                                caption: "已完成的入校督导", headers: ["学校", "评价表", "得分", "发现问题"], widths: [3, 4, 1, 1], rows: made,
                                numeric: [2, 3]))
                    ]),
            signature: desk.organisation, date: today.chinese,
            source: "由均衡（Junheng）按指标、入校督导和办件记录生成。没有数据的项目写资料不足，不当作零分。")
    }
}
