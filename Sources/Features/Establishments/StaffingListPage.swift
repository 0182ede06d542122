internal import Pages
internal import Registry
internal import SiteMap
internal import Staffing
internal import Vocabulary

/// Every county's staff against its establishment: on the map and in one table.
struct StaffingListPage: Sendable, Tabled {
    let page: PageFrame
    let rule: String
    let map: String
    let hasMap: Bool
    let tableTitle: String
    let counties: ShownTable
    var tables: [ShownTable] { [counties] }

    init(
        _ desk: EstablishmentDesk, _ all: [StaffingSurvey], _ query: PageQuery, _ visit: Visit, _ scope: Scope, _ years: [SchoolYear]
    ) {
        let site = SiteMap(scope)
        let surveys = all.filter { visit.may(.look, in: $0.county) }
        let own = StaffingListPage.own(all, visit)
        page = desk.frame(
            own.map(StaffingWords.headline) ?? StaffingListPage.title(surveys, scope.year),
            lead: "编制按教职工算（含职员、教辅、工勤），不按专任教师算；没有上传名册的县只有标准编制，不下超缺编的结论。", visit, scope, years: years, place: "全市")
        rule = "规则：\(desk.rules.citation)。\(desk.rules.note)"
        map = StaffingMap(desk, site).city(surveys)
        hasMap = !map.isEmpty && own == nil
        let table = own.map { StaffingTables.units($0, site) } ?? StaffingListPage.table(surveys, site)
        counties = table.shown(query)
        tableTitle = own == nil ? "各县的编制和实有" : "本校的编制和实有"
    }

    /// What somebody who sees single schools sees; nil for everybody else.
    private static func own(_ all: [StaffingSurvey], _ visit: Visit) -> StaffingSurvey? {
        guard visit.seesSchoolsOnly else { return nil }
        let sight = visit.sight
        return all.lazy.compactMap { survey in
            var part = survey
            part.units = survey.units.filter { sight.covers(school: $0.school, in: survey.county) }
            return part.units.isEmpty ? nil : part
        }.first
    }

    private static func title(_ surveys: [StaffingSurvey], _ year: SchoolYear) -> String {
        if surveys.isEmpty { return "\(year.label.zh)还没有学校数据" }
        let known = surveys.filter { $0.balance != nil }
        let short = known.count { $0.standing == .short }
        if known.isEmpty { return "\(surveys.count)个县都还没有教职工名册，超缺编资料不足" }
        let open = surveys.count - known.count
        return "\(surveys.count)个县中\(short)个合计缺编，\(known.count { $0.standing == .over })个合计超编\(open > 0 ? "，\(open)个资料不足" : "")"
    }

    private static func table(_ surveys: [StaffingSurvey], _ site: SiteMap) -> DataTable {
        let posted: DataTable.Column.Total = surveys.allSatisfy { $0.posted() != nil } ? .sum : .none
        let last = surveys.first?.sums().last?.year
        return DataTable(
            "counties", "各县的编制和实有",
            columns: [
                .init("county", "县（市、区）", isTight: true), .init("standing", "合计", isTight: true),
                .init("establishment", "标准编制", .number(0), total: .sum), .init("posted", "在编实有", .number(0), total: posted),
                .init("balance", "超（缺）", .figure), .init("over", "超编单位", .number(0), total: .sum),
                .init("surplus", "共多", .number(0), total: .sum), .init("short", "缺编单位", .number(0), total: .sum),
                .init("shortage", "共缺", .number(0), total: .sum), .init("unknown", "资料不足单位", .number(0), total: .sum),
                .init("leaving", last.map { "到\($0)年底退休" } ?? "退休", .number(0), total: .sum),
                .init("need", last.map { "\($0)年秋要补充" } ?? "要补充", .figure),
            ],
            rows: surveys.map { survey in
                let last = survey.sums().last
                let know: (Int) -> DataTable.Cell = { survey.hasRoster ? .init(Double($0)) : .init(nil, absent: "资料不足") }
                return [
                    .init(survey.county, url: site.staffing(survey.county)), .init(StaffingWords.light(survey.standing)),
                    StaffingWords.cell(survey.establishment()), StaffingWords.cell(survey.posted()),
                    .init(survey.balance.map(Double.init), StaffingWords.balance(survey.balance), absent: "资料不足"),
                    know(survey.count(.over)), know(survey.surplus), know(survey.count(.short)), know(survey.shortage),
                    .init(Double(survey.count(.unknown))), know(survey.leaving.reduce(0) { $0 + $1.count }),
                    .init(
                        last?.need.map(Double.init), last?.need.map { $0 < 0 ? "多\(-$0)" : "\($0)" }, absent: "资料不足"),
                ]
            })
    }
}
