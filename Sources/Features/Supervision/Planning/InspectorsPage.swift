internal import Inspection
internal import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

/// Which inspector answers for which school.
struct InspectorsPage: Sendable {
    struct County: Sendable {
        var name: String
        var url: String
        var schools: [PageFrame.Choice]
        var inspectors: [PageFrame.Choice]
        /// Regions named so far.
        var regions: [String]
    }

    let page: PageFrame
    let notice: [String]
    let rule: String
    let regions: ShownTable
    let loads: ShownTable
    let hasLoads: Bool
    let schools: ShownTable
    let counties: [County]

    init(
        _ desk: SupervisionDesk, _ own: [SupervisedSchool], _ all: [Responsibility], _ people: [Person], lately: Set<String>,
        _ visit: Visit,
        _ query: PageQuery, notice: [String]
    ) {
        let (site, rules) = (desk.site(visit), desk.catalogue.rules)
        let bySchool = Dictionary(all.map { ($0.school, $0) }) { first, _ in first }
        let missing = own.count { bySchool[$0.code] == nil }
        page = desk.frame(
            own.isEmpty ? "还没有学校" : missing == 0 ? "\(own.count)所学校都有责任督学" : "\(own.count)所学校中\(missing)所没有责任督学",
            lead: "责任督学只看到自己负责的学校。", visit, crumbs: [PageFrame.Link("入校督导", site.inspection)], current: site.inspectors)
        self.notice = notice
        rule = "一名责任督学约负责\(rules.usualSchools)所学校，一个责任区不超过\(rules.mostSchools)所；每月到校至少\(rules.monthly)次（\(rules.responsibleNote)）。"
        let codes = Set(own.map(\.code))
        let seen = all.filter { codes.contains($0.school) }
        let groups = Dictionary(grouping: seen) { $0.inspector }
        regions = InspectorsPage.regions(seen, most: rules.mostSchools).shown(query)
        loads = DataTable(
            "loads", "每名督学负责的学校",
            columns: [.init("inspector", "责任督学"), .init("count", "负责学校", .number(0), total: .sum), .init("note", "说明")],
            rows: groups.values.sorted { $0[0].inspectorName < $1[0].inspectorName }.map { group in
                [
                    .init(group[0].inspectorName), .init(Double(group.count)),
                    .init(group.count > rules.usualSchools ? "超过约\(rules.usualSchools)所" : ""),
                ]
            }, hasTools: false
        ).shown(query)
        hasLoads = !groups.isEmpty
        schools = DataTable(
            "schools", "各校责任督学",
            columns: [
                .init("county", "县（市、区）", isTight: true), .init("school", "学校"), .init("region", "责任区", isTight: true),
                .init("inspector", "责任督学"),
                .init("lately", "近一月到校", isTight: true),
            ],
            rows: own.map { school in
                [
                    .init(school.county), .init(school.name, url: site.schoolCheck(school.county, school.code)),
                    .init(bySchool[school.code]?.region ?? "没有"), .init(bySchool[school.code]?.inspectorName ?? "没有"),
                    .init(lately.contains(school.code) ? "到过" : "没有"),
                ]
            }
        ).shown(query)
        counties = Set(own.map(\.county)).sorted().filter { visit.may(.arrangeVisits, in: $0) }.map { county in
            County(
                name: county, url: site.inspection(county, "inspectors"),
                schools: own.filter { $0.county == county }.map { PageFrame.Choice(value: $0.code, label: $0.name, isChosen: false) },
                inspectors: people.filter { $0.may(.inspect, in: county, today: visit.today) }.map {
                    PageFrame.Choice(value: $0.id, label: $0.name, isChosen: false)
                }, regions: Set(seen.filter { $0.county == county }.map(\.region)).sorted())
        }
    }

    private static func regions(_ seen: [Responsibility], most: Int) -> DataTable {
        let groups = Dictionary(grouping: seen) { [$0.county, $0.region] }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        return DataTable(
            "regions", "督学责任区",
            columns: [
                .init("county", "县（市、区）", isTight: true), .init("region", "责任区"), .init("schools", "学校", .number(0), total: .sum),
                .init("left", "还可增加", .number(0)), .init("inspectors", "责任督学"),
            ],
            rows: groups.map { key, group in
                [
                    .init(key[0]), .init(key[1]), .init(Double(group.count)), .init(Double(Swift.max(0, most - group.count))),
                    .init(Set(group.map(\.inspectorName)).sorted().joined(separator: "、")),
                ]
            }, hasTools: false)
    }
}
