internal import Inspection
internal import Pages
internal import SiteMap
internal import Vocabulary

/// How often every school is visited against the budget: the count to publish.
struct OverviewPage: Sendable {
    let page: PageFrame
    let rule: String
    let counts: ShownTable
    let counties: [PageFrame.Link]
    let visits: ShownTable
    let hasVisits: Bool

    init(
        _ desk: SupervisionDesk, year: Int, schools: [SupervisedSchool], visits all: [SchoolVisit], _ sight: InspectionSight,
        _ responsibilities: [Responsibility], _ query: PageQuery
    ) {
        let (site, planner, rules) = (desk.site(sight.visit), desk.planner, desk.catalogue.rules)
        let own = schools.filter { sight.sees($0.code, in: $0.county) }
        let bySchool = Dictionary(grouping: all) { $0.school }
        let inspector = Dictionary(responsibilities.map { ($0.school, $0.inspectorName) }) { first, _ in first }
        let rows = own.map { school in (school, planner.count(bySchool[school.code] ?? [])) }
        let saved = rows.reduce(0) { $0 + $1.1.saved }
        let over = rows.count { $0.1.counted > rules.visitsPerYear }
        let full = rows.count { $0.1.counted == rules.visitsPerYear }
        page = desk.frame(
            own.isEmpty
                ? "\(year)年还没有可以督导的学校"
                : over > 0
                    ? "\(year)年\(own.count)所学校中\(over)所的检查超过\(rules.visitsPerYear)次"
                    : "\(year)年\(own.count)所学校的检查都没有超过\(rules.visitsPerYear)次，\(full)所已满",
            lead: "合并检查，少进校\(saved)次。已列入计划和已完成的检查都算；合并入校的算一次；责任督学经常性督导另列。", sight.visit,
            actions: [PageFrame.Link("公开页面（不用登录）", SiteMap.publicVisits)], current: site.inspection)
        rule = "每校每年不超过\(rules.visitsPerYear)次（\(rules.document)；\(rules.budgetNote)）。"
        counts = DataTable(
            "counts", "\(year)年各校入校检查次数",
            columns: [
                .init("county", "县（市、区）", isTight: true), .init("school", "学校"), .init("verdict", "结论", isTight: true),
                .init("counted", "检查次数", .number(0), total: .sum), .init("left", "还可安排", .number(0)),
                .init("saved", "合并少跑", .number(0), total: .sum), .init("routine", "经常性督导", .number(0), total: .sum),
                .init("asked", "待批准", .number(0), total: .sum),
                .init("exceptions", "例外批准", .number(0), total: .sum), .init("inspector", "责任督学", isTight: true),
            ],
            rows: rows.map { school, count in
                [
                    .init(school.county, url: site.inspection(school.county)),
                    .init(school.name, url: site.schoolCheck(school.county, school.code)),
                    .init(OverviewPage.light(count.counted, rules.visitsPerYear)), .init(Double(count.counted)),
                    .init(Double(Swift.max(0, rules.visitsPerYear - count.counted))), .init(Double(count.saved)),
                    .init(Double(count.routine)),
                    .init(Double(count.asked)), .init(Double(count.exceptions)), .init(inspector[school.code] ?? "没有"),
                ]
            }
        ).shown(query)
        counties = Set(own.map(\.county)).sorted().map { PageFrame.Link($0, site.inspection($0)) }
        let seen = all.filter { sight.sees($0) && $0.state.counts }
        visits = VisitTable.make(desk, seen, site).shown(query)
        hasVisits = !seen.isEmpty
    }

    static func light(_ counted: Int, _ most: Int) -> Light {
        if counted > most { return Light(word: "超过", shape: "■", style: "notmet") }
        return counted == most ? Light(word: "已满", shape: "▲", style: "warning") : Light(word: "有余", shape: "●", style: "met")
    }
}

/// Visits as rows.
enum VisitTable {
    static func make(_ desk: SupervisionDesk, _ visits: [SchoolVisit], _ site: SiteMap) -> DataTable {
        DataTable(
            "visits", "入校督导",
            columns: [
                .init("school", "学校"), .init("what", "评价表"), .init("state", "状态", isTight: true), .init("window", "入校时间", isTight: true),
                .init("inspector", "督学", isTight: true), .init("arrived", "签到"), .init("score", "得分", .number(1)),
                .init("findings", "发现问题", .number(0), total: .sum),
            ],
            rows: visits.map { visit in
                [
                    .init(visit.schoolName, url: site.inspectionVisit(visit.id)), .init(names(desk, visit)), .init(visit.state.label.zh),
                    .init(window(visit)), .init(visit.inspectorName.isEmpty ? "未指定" : visit.inspectorName),
                    .init(visit.checkIn?.sentence ?? "还没有签到"), .init(score(desk, visit), decimals: 1, absent: "资料不足"),
                    .init(Double(visit.findings.count)),
                ]
            })
    }

    static func names(_ desk: SupervisionDesk, _ visit: SchoolVisit) -> String {
        visit.rubrics.map { desk.catalogue.rubric($0, of: visit)?.label.zh ?? $0 }.joined(separator: "、")
    }

    static func window(_ visit: SchoolVisit) -> String {
        guard let window = visit.window else { return "时间不重合" }
        return window.from == window.until ? "\(window.from)" : "\(window.from)至\(window.until)"
    }

    /// The mean over its rubrics; nil while one is not fully judged.
    static func score(_ desk: SupervisionDesk, _ visit: SchoolVisit) -> Double? {
        let scores = visit.rubrics.map { id in
            desk.catalogue.rubric(id, of: visit).flatMap { RubricScore($0, visit.marks[id] ?? [:]).value }
        }
        let known = scores.compactMap { $0 }
        return known.count == scores.count && !known.isEmpty ? known.reduce(0, +) / Double(known.count) : nil
    }
}
