internal import Hummingbird
internal import Inspection
internal import Pages
internal import Reporting
internal import SiteMap
internal import Vocabulary

/// How often every school is visited, for anybody to read without an account: counts, and nobody's name.
struct PublicCountsPage: Sendable {
    let title: String
    let lead: String
    let organisation: String
    let rule: String
    let url: String
    let years: [PageFrame.Choice]
    let counties: ShownTable
    let schools: ShownTable
    let hasSchools: Bool

    init(_ desk: SupervisionDesk, year: Int, current: Int, schools all: [SupervisedSchool], visits: [SchoolVisit], _ query: PageQuery) {
        let (planner, rules) = (desk.planner, desk.catalogue.rules)
        let bySchool = Dictionary(grouping: visits) { $0.school }
        let rows = all.map { ($0, planner.count(bySchool[$0.code] ?? [])) }
        func sum(_ rows: [(SupervisedSchool, VisitPlanner.Count)], _ value: (VisitPlanner.Count) -> Int) -> Int {
            rows.reduce(0) { $0 + value($1.1) }
        }
        title =
            "\(year)年入校检查：\(all.count)所学校共\(sum(rows, \.counted))次，合并检查少进校\(sum(rows, \.saved))次"
        lead = "不用登录。列入计划和已完成的检查都算，合并入校的算一次，责任督学经常性督导不占次数。随计划自动更新。"
        organisation = desk.organisation
        rule = "每校每年不超过\(rules.visitsPerYear)次（\(rules.document)；\(rules.budgetNote)）。"
        url = SiteMap.publicVisits
        years = [current + 1, current, current - 1].map { PageFrame.Choice(value: "\($0)", label: "\($0)年", isChosen: $0 == year) }
        let groups = Dictionary(grouping: rows) { $0.0.county }.sorted { $0.key < $1.key }
        counties = DataTable(
            "counties", "各县入校检查",
            columns: [
                .init("county", "县（市、区）"), .init("schools", "学校", .number(0), total: .sum),
                .init("counted", "检查次数", .number(0), total: .sum), .init("saved", "合并少跑", .number(0), total: .sum),
                .init("over", "超过次数的学校", .number(0), total: .sum),
            ],
            rows: groups.map { county, own in
                [
                    .init(county), .init(Double(own.count)), .init(Double(sum(own, \.counted))), .init(Double(sum(own, \.saved))),
                    .init(Double(own.count { $0.1.counted > rules.visitsPerYear })),
                ]
            }, hasTools: false
        ).shown(query)
        schools = DataTable(
            "schools", "\(year)年各校入校检查次数",
            columns: [
                .init("county", "县（市、区）", isTight: true), .init("school", "学校"), .init("verdict", "结论", isTight: true),
                .init("counted", "检查次数", .number(0), total: .sum), .init("saved", "合并少跑", .number(0), total: .sum),
                .init("exceptions", "例外批准", .number(0), total: .sum),
            ],
            rows: rows.map { school, count in
                [
                    .init(school.county), .init(school.name), .init(OverviewPage.light(count.counted, rules.visitsPerYear)),
                    .init(Double(count.counted)), .init(Double(count.saved)), .init(Double(count.exceptions)),
                ]
            }
        ).shown(query)
        hasSchools = !all.isEmpty
    }
}

extension SupervisionDesk {
    func published(_ request: Request, _ visit: Visit) async throws -> Response {
        let (query, current, year) = (PageQuery(request.uri.query), visit.today.year, year(request, visit))
        let page = PublicCountsPage(
            self, year: year, current: current, schools: try await schools(), visits: try await store.visits(VisitFilter(year: year)),
            query)
        if query.exported != nil {
            let book = page.schools.book(title: page.title, notes: [page.lead, page.rule])
            return Answer.file(try books.write(book), name: "\(year)年入校检查次数.xlsx", type: Answer.xlsx)
        }
        return Answer.page(try templates.html(page, "public-visits"))
    }
}
