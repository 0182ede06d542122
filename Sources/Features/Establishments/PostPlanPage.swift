internal import Pages
internal import Planning
internal import Registry
internal import SiteMap
internal import Staffing
internal import Vocabulary

/// One matching of people and posts: what it fills, the list, what stays empty, and adopting it.
struct PostPlanPage: Sendable, Tabled {
    let page: PageFrame
    let notice: [String]
    let adopted: [String]
    let proof: String
    let notes: [String]
    let hasNotes: Bool
    let moves: ShownTable
    let empty: ShownTable
    let hasEmpty: Bool
    let pool: ShownTable
    let left: ShownTable
    let hasLeft: Bool
    let mayAdopt: Bool
    let adopt: String
    let carry: CarryPart
    let chart: String
    let hasChart: Bool
    let map: String
    let mapNote: String
    let hasMap: Bool
    let schools: ShownTable
    let hasSchools: Bool
    var tables: [ShownTable] { [moves, empty, pool, left, schools] }

    init(
        _ desk: EstablishmentDesk, _ kept: RosterPlan, _ record: PostRecord, _ carry: CarryPart, _ query: PageQuery, _ visit: Visit,
        notice: String? = nil
    ) {
        self.carry = carry
        let scope = Scope(year: kept.year)
        let site = SiteMap(scope)
        let seesPersons = visit.may(.arrangeStaff, in: kept.county)
        page = desk.frame(
            record.headline(kept.county), lead: "\(record.candidates)人可以参加。先看补上多少空岗，再看安置多少待岗的人，然后是距离、学科、意愿。", visit,
            scope, years: [], place: kept.county,
            crumbs: [PageFrame.Link("编制与配置", site.staffing), PageFrame.Link(kept.county, site.staffing(kept.county))])
        self.notice = notice.map { [$0] } ?? []
        adopted = kept.adoptedAt.map { ["已由\(kept.adoptedBy ?? "")于\(PageTime.text($0))采用。"] } ?? []
        proof = "\(record.proof)。规则：\(record.rules)。方案逐人逐条复核过。"
        (notes, hasNotes) = (record.notes, !record.notes.isEmpty)
        moves = PostPlanPage.moves(record, seesPersons).shown(query)
        empty = DataTable(
            "empty", "没有补上的空岗",
            columns: [.init("school", "学校"), .init("subject", "学科", isTight: true), .init("count", "个数", .number(0), total: .sum)],
            rows: record.empty.map { [.init($0.school), .init($0.subject), .init(Double($0.count))] }
        ).shown(query)
        hasEmpty = !record.empty.isEmpty
        pool = PostPlanPage.pool(record).shown(query)
        left = PostPlanPage.left(record, seesPersons).shown(query)
        hasLeft = !record.left.isEmpty
        mayAdopt = seesPersons && kept.adoptedAt == nil
        adopt = site.postPlanAdopt(kept.id)
        chart = PostPlanPage.chart(record)
        hasChart = !chart.isEmpty
        let drawn = PostMap(kept.county, record, desk.boundaries, site)
        (map, mapNote, hasMap) = (drawn.svg, drawn.note, !drawn.svg.isEmpty)
        schools = PostPlanPage.schools(record, kept.county, site).shown(query)
        hasSchools = record.schools?.isEmpty == false
    }

    /// Vacant posts by subject before the plan and after it.
    private static func chart(_ record: PostRecord) -> String {
        var (filled, empty) = ([String: Int](), [String: Int]())
        for row in record.rows { filled[row.post, default: 0] += 1 }
        for row in record.empty { empty[row.subject, default: 0] += row.count }
        let subjects = Set(filled.keys).union(empty.keys)
        let rows = subjects.map { subject -> BeforeAfterChart.Row in
            let (done, rest) = (filled[subject] ?? 0, empty[subject] ?? 0)
            return .init(subject, before: Double(done + rest), after: Double(rest), text: "\(done + rest)→\(rest)")
        }
        return BeforeAfterChart("各学科空岗，方案前后", rows.sorted { ($1.before, $0.label) < ($0.before, $1.label) }).svg
    }

    private static func schools(_ record: PostRecord, _ county: String, _ site: SiteMap) -> DataTable {
        DataTable(
            "schools", "各校空岗，方案前后",
            columns: [
                .init("school", "学校"), .init("before", "现在空岗", .number(0), total: .sum), .init("filled", "补上", .number(0), total: .sum),
                .init("after", "还空", .number(0), total: .sum), .init("gave", "派出", .number(0), total: .sum),
            ],
            rows: (record.schools ?? []).map { school in
                [.init(school.title, url: site.staffingSchool(county, school.code))]
                    + [school.vacancies, school.filled, school.vacancies - school.filled, school.gave].map { DataTable.Cell(Double($0)) }
            })
    }

    private static func pool(_ record: PostRecord) -> DataTable {
        DataTable(
            "pool", "人员池",
            columns: [
                .init("school", "学校"), .init("subject", "学科", isTight: true), .init("waiting", "待岗", .number(0), total: .sum),
                .init("willing", "自愿", .number(0), total: .sum), .init("surplus", "可动员", .number(0), total: .sum),
                .init("spare", "最多派出（不含待岗）", .number(0)), .init("went", "已匹配", .number(0), total: .sum),
            ],
            rows: record.pool.map { row in
                [.init(row.school), .init(row.subject)]
                    + [row.waiting, row.willing, row.surplus, row.spare, row.went].map { DataTable.Cell(Double($0)) }
            })
    }

    private static func left(_ record: PostRecord, _ seesPersons: Bool) -> DataTable {
        DataTable(
            "left", "没有岗位的待岗人员",
            columns: [.init("person", "教师编号", isTight: true), .init("subject", "学科", isTight: true), .init("school", "现在学校")],
            rows: record.left.map { row in
                [.init(seesPersons ? row.person : PostRecord.masked(row.person)), .init(row.subject), .init(row.school)]
            })
    }

    private static func moves(_ record: PostRecord, _ seesPersons: Bool) -> DataTable {
        DataTable(
            "moves", "岗位匹配名单",
            columns: [
                .init("person", "教师编号", isTight: true), .init("reason", "情形", isTight: true), .init("subject", "现教", isTight: true),
                .init("from", "现在学校"), .init("to", "到学校"), .init("stage", "学段", isTight: true), .init("post", "岗位学科", isTight: true),
                .init("distance", "公里", .number(1)),
            ],
            rows: record.rows.map { row in
                [
                    .init(seesPersons ? row.person : PostRecord.masked(row.person)), .init(row.reason), .init(row.subject), .init(row.from),
                    .init(row.to), .init(row.stage), .init(row.post), .init(row.metres.map { Double($0) / 1_000 }, decimals: 1),
                ]
            })
    }
}
