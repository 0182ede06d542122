internal import Hummingbird
internal import Inspection
internal import Pages
internal import Registry
internal import Reporting
internal import SiteMap
internal import Vocabulary

/// 县级督政评分 or 校长体检: every part with its points and how they came about.
struct ScorePage: Sendable {
    let page: PageFrame
    let rule: String
    let parts: ShownTable
    let visits: ShownTable
    let hasVisits: Bool
    let links: [PageFrame.Link]

    init(
        _ desk: SupervisionDesk, _ sheet: ScoreSheet, name: String, visits own: [SchoolVisit], links: [PageFrame.Link],
        actions: [PageFrame.Link], _ visit: Visit
    ) {
        let site = desk.site(visit)
        page = desk.frame(
            "\(name)\(sheet.scorecard.label.zh)：\(ScoreWords.total(sheet))", lead: "每一分都写明怎么来的；没有数据的写资料不足，不当作零分。", visit, place: name,
            crumbs: [PageFrame.Link("入校督导", site.inspection)], actions: actions)
        rule = "\(sheet.scorecard.note)"
        parts = DataTable(
            "parts", sheet.scorecard.label.zh,
            columns: [
                .init("part", "项目"), .init("weight", "分值", .number(0), total: .sum), .init("points", "得分", .number(1)),
                .init("why", "怎么来的"), .init("basis", "依据"), .init("note", "说明"),
            ],
            rows: sheet.parts.map { part in
                [
                    .init(part.part.label), .init(Double(part.part.weight)), .init(part.points, decimals: 1, absent: "资料不足"),
                    .init(part.explanation), .init(part.part.basis), .init(part.part.note),
                ]
            }, hasTools: false
        ).shown(PageQuery(nil))
        visits = VisitTable.make(desk, own, site).shown(PageQuery(nil))
        hasVisits = !own.isEmpty
        self.links = links
    }
}

enum ScoreWords {
    static func total(_ sheet: ScoreSheet) -> String {
        if let total = sheet.total { return "\(Figure.fixed(total, 1))分" }
        let known = sheet.known
        return known.of == 0 ? "资料不足" : "资料不足，已知部分\(Figure.fixed(known.points, 1))分（满分\(known.of)）"
    }
}

extension SupervisionDesk {
    func countyScore(_ county: String, _ visit: Visit) async throws -> Response {
        let (sheet, visits) = try await judged(county, visit)
        let sight = InspectionSight(visit, try await store.responsibilities(county))
        let site = site(visit)
        let links = try await schools().filter { $0.county == county && sight.sees($0.code, in: county) }.map {
            PageFrame.Link($0.name, site.schoolCheck(county, $0.code))
        }
        let page = ScorePage(
            self, sheet, name: county, visits: visits.filter { sight.sees($0) && $0.state.counts }, links: links,
            actions: visit.may(.look, in: county)
                ? [
                    PageFrame.Link("督导报告 docx", site.inspection(county, "report.docx")),
                    PageFrame.Link("督导报告 PDF", site.inspection(county, "report.pdf")),
                ] : [], visit)
        return Answer.page(try templates.html(page, "inspection-score"))
    }

    func schoolCheck(_ county: String, _ school: String, _ visit: Visit) async throws -> Response {
        let (found, sheet, visits) = try await judged(school, in: county, visit)
        let site = site(visit)
        let page = ScorePage(
            self, sheet, name: found.name, visits: visits.filter { $0.state.counts },
            links: [PageFrame.Link("学校指标", site.school(county, school)), PageFrame.Link("\(county)督政评分", site.inspection(county))],
            actions: [], visit)
        return Answer.page(try templates.html(page, "inspection-score"))
    }

    func countyPaper(_ county: String, _ kind: String, _ visit: Visit) async throws -> Response {
        let paper = try await report(of: county, kind, visit)
        return Answer.file(paper.bytes, name: paper.name, type: kind == "pdf" ? Answer.pdf : Answer.docx)
    }
}
