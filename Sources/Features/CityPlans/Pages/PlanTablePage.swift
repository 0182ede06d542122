internal import Pages
internal import SiteMap
internal import Targets
internal import Vocabulary

/// A page of a plan that is one or two tables: 责任单位, 本周滑落, 调度清单.
struct PlanTablePage: Sendable, Tabled {
    struct Section: Sendable {
        var title: String
        var note: [String]
        var table: ShownTable
    }

    let page: PageFrame
    let tabs: [PageFrame.Link]
    let sections: [Section]
    let links: [PageFrame.Link]
    var tables: [ShownTable] { sections.map(\.table) }

    /// 调度清单.
    static func dispatch(_ look: PlanLook, _ meetings: [Meeting]) -> PlanTablePage {
        let isWhole = look.query["all"] == "1"
        let table = DispatchTable(look: look, meetings: meetings, isWhole: isWhole).table
        let late = look.assessment.counts[.late] ?? 0
        let unknown = look.assessment.counts[.insufficient] ?? 0
        let url = look.site.cityPlan(look.plan.id, "dispatch")
        return PlanTablePage(
            page: look.frame(
                late > 0 ? "\(late)项滞后，要马上调度" : unknown > 0 ? "没有查出滞后，但\(unknown)项资料不足" : "没有滞后的事项",
                lead: isWhole ? "全部事项。" : "滞后、预警、资料不足的事项和还在办理的议定事项，最急的在前。"),
            tabs: look.tabs("dispatch"), sections: [Section(title: "调度清单", note: [], table: table.shown(look.query))],
            links: [isWhole ? PageFrame.Link("只看要调度的", url) : PageFrame.Link("看全部事项", url + "&all=1")])
    }

    /// How every office and every county stands.
    static func boards(_ look: PlanLook) -> PlanTablePage {
        let offices = offices(look)
        let counties = counties(look)
        let late = look.plan.offices.map { office in (office.label.zh, count(look, office.id, .late)) }
        let most = late.map(\.1).max() ?? 0
        let worst = late.filter { $0.1 == most }.map(\.0)
        let title = most > 0 ? "滞后最多的是\(worst.joined(separator: "、"))：\(worst.count > 1 ? "各" : "")\(most)项" : "没有单位滞后"
        return PlanTablePage(
            page: look.frame(title, lead: "每个单位牵头多少、走到哪里。点数字看是哪些事项。"), tabs: look.tabs("boards"),
            sections: [
                Section(title: "按牵头单位", note: ["一项只计在牵头单位名下。"], table: offices.shown(look.query)),
                Section(title: "按县（市、区）", note: ["只计各县分别判定的指标。"], table: counties.shown(look.query)),
            ], links: [])
    }

    private static func columns(_ first: String) -> [DataTable.Column] {
        [.init("name", first), .init("all", "项数", .number(0), total: .sum)]
            + PlanLight.allCases.map { DataTable.Column($0.rawValue, $0.label.zh, .number(0), total: .sum) }
    }

    private static func count(_ look: PlanLook, _ office: String?, _ light: PlanLight) -> Int {
        look.plan.leaves.count { look.charges[$0.id]?.owner == office && look.assessment($0.id)?.light == light }
    }

    private static func offices(_ look: PlanLook) -> DataTable {
        let base = look.site.cityPlan(look.plan.id)
        let known: [String?] = look.plan.offices.map { $0.id } + [nil]
        let rows = known.compactMap { office -> [DataTable.Cell]? in
            let counts = PlanLight.allCases.map { ($0, count(look, office, $0)) }
            let all = counts.reduce(0) { $0 + $1.1 }
            guard all > 0 else { return nil }
            let url = office.map { "\(base)&owner=\($0)" }
            return [.init(look.office(office), url: url), .init(Double(all))]
                + counts.map { light, number in
                    .init(
                        Double(number), url: number > 0 ? url.map { "\($0)&light=\(light.rawValue)" } : nil,
                        style: number > 0 ? Light(light).style : "")
                }
        }
        return DataTable("offices", "各牵头单位的事项", columns: columns("牵头单位"), rows: rows)
    }

    private static func counties(_ look: PlanLook) -> DataTable {
        let parts = look.plan.leaves.flatMap { look.assessment($0.id)?.parts ?? [] }
        let rows = look.counties.map { county -> [DataTable.Cell] in
            let mine = parts.filter { $0.county == county }
            return [.init(county, url: look.site.county(county)), .init(Double(mine.count))]
                + PlanLight.allCases.map { light in
                    let number = mine.count { $0.light == light }
                    return .init(Double(number), style: number > 0 ? Light(light).style : "")
                }
        }
        return DataTable("counties", "各县（市、区）的指标", columns: columns("县（市、区）"), rows: rows)
    }

    /// What stands worse than last week.
    static func slipped(_ look: PlanLook, _ slips: [Slip]?) -> PlanTablePage {
        let title: String
        switch slips {
        case nil: title = "还没有上一周的记录，下周起可以比较"
        case .some(let list) where list.isEmpty: title = "本周没有滑落的事项"
        case .some(let list): title = "本周\(list.count)项滑落"
        }
        let rows = (slips ?? []).map { slip -> [DataTable.Cell] in
            [
                .init(slip.item.label.zh, url: look.url(slip.id)), .init(Light(slip.before)), .init(Light(slip.now)),
                .init(look.owner(slip.id)), .init(look.charges[slip.id]?.deadline?.description ?? "未定"),
                .init((look.assessment(slip.id)?.reasons ?? []).joined(separator: "；")),
            ]
        }
        let since = slips?.first.map { "与\($0.since.chinese)那一周的记录相比。" } ?? "每周记一次各条的灯，与上一次记录相比。"
        let table = DataTable(
            "slipped", "本周滑落",
            columns: [
                .init("line", "事项"), .init("before", "上次", isTight: true), .init("now", "现在", isTight: true),
                .init("owner", "牵头单位", isTight: true),
                .init("due", "期限", isTight: true), .init("why", "为什么"),
            ], rows: rows)
        return PlanTablePage(
            page: look.frame(title, lead: since), tabs: look.tabs("slipped"),
            sections: [Section(title: "滑落的事项", note: [], table: table.shown(look.query))], links: [])
    }
}
