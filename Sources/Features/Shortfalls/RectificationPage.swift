internal import Casework
internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// The binding shortfalls of a county, to be ticked, with the order beneath.
struct RectificationPage: Sendable {
    struct Row: Sendable {
        var key: String
        var school: String
        var item: String
        var now: String
        var wanted: String
        var missing: String
        var mayChoose: Bool
        var isChosen: Bool
        var open: [PageFrame.Link]
    }
    struct Outcome: Sendable {
        var title: String
        var message: String
        var url: [String]
    }

    let page: PageFrame
    let notice: [String]
    let outcomes: [Outcome]
    let hasOutcomes: Bool
    let rows: [Row]
    let hasRows: Bool
    let mayOrder: Bool
    let url: String
    let finishBy: String
    let money: String
    let demand: String
    let owners: [PageFrame.Choice]

    struct Material {
        var county: String
        var gaps: [OpenableShortfall]
        var parts: PostedParts
        var outcomes: [OpenRectifications.Outcome]
        var notice: String?
        var mayOrder: Bool
        var owners: [(unit: CaseUnit, label: String)]
    }

    init(_ desk: ShortfallsDesk, _ material: Material, _ visit: Visit, _ scope: Scope) {
        let site = SiteMap(scope)
        let free = material.gaps.count { $0.open == nil }
        let opened = material.outcomes.count { $0.opened != nil }
        let title =
            material.outcomes.isEmpty
            ? material.gaps.isEmpty ? "\(material.county)没有要整改的短板" : "\(material.county)\(material.gaps.count)项短板，\(free)项还没有立件整改"
            : "已下发\(opened)件整改任务\(opened < material.outcomes.count ? "，\(material.outcomes.count - opened)项没有下发" : "")"
        page = PageFrame(
            title: title, lead: "勾选短板，写明期限，一次下发给学校；同一项短板不会重复立件。销号时按最新数据复核，冻结后对比预计与实际效果。", place: material.county, state: "",
            menu: MainMenu.groups(site, county: material.county, visit: visit, form: "school-return", current: ""), scope: scope, years: [],
            standards: [], crumbs: [PageFrame.Link("短板清单", site.shortfalls(material.county))],
            actions: [PageFrame.Link("整改成效", site.rectificationEffects(material.county))], organisation: desk.organisation, visit: visit
        )
        notice = material.notice.map { [$0] } ?? []
        outcomes = material.outcomes.map { outcome in
            Outcome(
                title: outcome.title, message: outcome.refusal?.message ?? "已下发，\(outcome.opened?.number ?? "")",
                url: outcome.opened.map { [SiteMap.oneCase($0.id)] } ?? [])
        }
        hasOutcomes = !outcomes.isEmpty
        let chosen = Set(material.parts.all("gap"))
        rows = material.gaps.map { RectificationPage.row($0, chosen, material.mayOrder) }
        hasRows = !rows.isEmpty
        mayOrder = material.mayOrder && free > 0
        url = site.rectifications(material.county)
        finishBy = material.parts["finishBy"] ?? ""
        money = material.parts["money"] ?? ""
        demand = material.parts["demand"] ?? ""
        let joined = Set(material.parts.all("coOwner"))
        owners = material.owners.map {
            PageFrame.Choice(value: $0.unit.key, label: $0.label, isChosen: joined.contains($0.unit.key))
        }
    }

    private static func row(_ found: OpenableShortfall, _ chosen: Set<String>, _ mayOrder: Bool) -> Row {
        let (gap, key, open) = (found.shortfall, found.key, found.open)
        return Row(
            key: key.description, school: gap.name + (gap.stage.map { "（\($0.label.zh)）" } ?? ""), item: "\(gap.code) \(gap.label)",
            now: Figure.short(gap.value), wanted: "\(Figure.short(gap.threshold))，\(gap.ruleText)",
            missing: Figure.amount(gap.needed ?? gap.missing, gap.unit), mayChoose: mayOrder && open == nil,
            isChosen: chosen.contains(key.description), open: open.map { [PageFrame.Link($0.number, SiteMap.oneCase($0.id))] } ?? [])
    }
}
