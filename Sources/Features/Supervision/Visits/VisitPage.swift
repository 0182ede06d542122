internal import Inspection
internal import Pages
internal import SiteMap
internal import Vocabulary

/// One visit: arrival, items, findings, the end.
struct VisitPage: Sendable {
    struct Item: Sendable {
        var code: String
        var label: String
        var clause: String
        var level: String
        var note: String
        var url: [String]
        var photos: [String]
    }
    struct Sheet: Sendable {
        var label: String
        var score: String
        var note: String
        var items: [Item]
    }
    struct Finding: Sendable {
        var title: String
        var finishBy: String
        var cases: [PageFrame.Link]
        var open: [String]
    }

    let page: PageFrame
    let notice: [String]
    let requests: [String]
    let decision: [String]
    let arrival: [String]
    let arrive: [String]
    let next: [PageFrame.Link]
    let finish: [String]
    let sheets: [Sheet]
    let findings: [Finding]
    let hasFindings: Bool

    init(_ desk: SupervisionDesk, _ one: SchoolVisit, _ sight: InspectionSight, notice: [String]) {
        let site = desk.site(sight.visit)
        let mayGo = sight.mayInspect(one)
        let isOpen = one.state == .approved && mayGo
        let score = VisitTable.score(desk, one)
        let title =
            one.state == .done
            ? "\(one.schoolName)：\(score.map { "得分\(Figure.fixed($0, 1))" } ?? "没有适用的评价项")，发现\(one.findings.count)个问题"
            : "\(one.schoolName)：\(one.state.label.zh)，\(VisitTable.window(one))"
        page = desk.frame(
            title, lead: "\(VisitTable.names(desk, one))。督学：\(one.inspectorName.isEmpty ? "未指定" : one.inspectorName)。", sight.visit,
            place: one.schoolName, crumbs: [PageFrame.Link("督导计划", site.visitPlan)],
            actions: one.state == .done
                ? [
                    PageFrame.Link("督导报告 docx", site.inspectionVisit(one.id, "report.docx")),
                    PageFrame.Link("督导报告 PDF", site.inspectionVisit(one.id, "report.pdf")),
                ] : [])
        self.notice = notice
        requests = one.requests.map { "\($0.office)申请，\($0.from)至\($0.until)：\($0.purpose)" }
        decision =
            one.decision.map {
                [
                    "\($0.signed.name)\(one.state == .declined ? "不批准" : $0.isException ? "例外批准" : "批准")\($0.reason.isEmpty ? "" : "，理由：\($0.reason)")"
                ]
            } ?? []
        arrival = one.checkIn.map { ["\($0.signed.name)于\(PageTime.text($0.signed.at))签到，\($0.sentence)。"] } ?? []
        arrive = isOpen && one.checkIn == nil ? [site.inspectionVisit(one.id, "arrive")] : []
        let mayScore = isOpen && one.checkIn != nil
        let left = VisitItemPage.unjudged(desk, one)
        next =
            mayScore
            ? left.first.map { [PageFrame.Link("继续评分（还有\(left.count)项）", site.visitItem(one.id, $0.rubric, $0.item))] } ?? [] : []
        finish = mayScore && left.isEmpty ? [site.inspectionVisit(one.id, "finish")] : []
        sheets = desk.catalogue.rubrics(of: one).map { rubric in
            VisitPage.sheet(rubric, one, site, mayScore: mayScore)
        }
        findings = one.findings.map { finding in
            Finding(
                title: FindingCase.title(one, finding, desk.catalogue), finishBy: finding.finishBy,
                cases: finding.caseID.isEmpty ? [] : [PageFrame.Link(finding.caseNumber, "/cases/\(finding.caseID)")],
                open: finding.caseID.isEmpty && mayGo ? [site.visitCase(one.id, finding.id)] : [])
        }
        hasFindings = !findings.isEmpty
    }

    private static func sheet(_ rubric: Rubric, _ one: SchoolVisit, _ site: SiteMap, mayScore: Bool) -> Sheet {
        let marks = one.marks[rubric.id] ?? [:]
        let score = RubricScore(rubric, marks)
        let words = score.value.map { "得分\(Figure.fixed($0, 1))" } ?? "资料不足：已评\(score.judged)项，共\(score.of)项"
        return Sheet(
            label: "\(rubric.label.zh)（\(rubric.document)，\(rubric.version)版）", score: words, note: rubric.note,
            items: rubric.items.map { item in
                let mark = marks[item.id]
                let level = mark.map { $0.isNotApplicable ? "不适用" : rubric.level($0.level)?.label ?? $0.level } ?? "未评"
                return Item(
                    code: item.id, label: item.label, clause: item.clause + (item.isConfirmed ? "" : "（名称待核）"), level: level,
                    note: mark?.note ?? "", url: mayScore ? [site.visitItem(one.id, rubric.id, item.id)] : [],
                    photos: one.photos.filter { $0.rubric == rubric.id && $0.item == item.id }.map { site.visitPhoto(one.id, $0.digest) })
            })
    }
}
