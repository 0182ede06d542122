internal import Pages
internal import SiteMap
internal import Targets
internal import Vocabulary

/// The whole plan as a tree with lights; filtered by office and light.
struct PlanPage: Sendable {
    struct Row: Sendable {
        var depth: String
        var level: String
        var mark: String
        var label: String
        var url: String
        var light: Light
        var isByHand: Bool
        var progress: String
        var owner: String
        var due: String
        var clause: String
    }
    struct Count: Sendable {
        var light: Light
        var number: String
        var url: String
    }

    let page: PageFrame
    let tabs: [PageFrame.Link]
    let counts: [Count]
    let rows: [Row]
    let hasClauses: Bool
    let owners: [PageFrame.Choice]
    let lights: [PageFrame.Choice]
    let isFiltered: Bool
    let shown: String
    let document: String
    let documentNote: [String]
    let chart: String
    let chartTitle: String
    let clearURL: String

    init(_ look: PlanLook, history: [WeekRecord]) {
        let all = look.assessment.counts
        let total = all.values.reduce(0, +)
        let late = all[.late] ?? 0
        let done = all[.done] ?? 0
        let unknown = all[.insufficient] ?? 0
        page = look.frame(
            "\(look.plan.label.zh)：\(total)项中\(done)项已完成" + (late > 0 ? "，\(late)项滞后" : "")
                + (unknown > 0 ? "，\(unknown)项资料不足" : late > 0 ? "" : "，没有滞后"),
            lead: "\(look.plan.from.chinese)至\(look.plan.until.chinese)，第\(look.adoption.version)版。灯按今天（\(look.today.chinese)）的佐证计算。",
            below: false)
        tabs = look.tabs("")
        counts = PlanLight.allCases.map { light in
            Count(
                light: Light(light), number: String(all[light] ?? 0),
                url: look.site.cityPlan(look.plan.id) + "&light=\(light.rawValue)")
        }
        let owner = look.query["owner"] ?? ""
        let light = look.query["light"].flatMap { PlanLight(rawValue: $0) }
        let kept = PlanPage.kept(look, owner: owner, light: light)
        rows = PlanPage.rows(look, kept)
        hasClauses = rows.contains { !$0.clause.isEmpty }
        isFiltered = !owner.isEmpty || light != nil
        shown = String(look.plan.leaves.count { kept.contains($0.id) })
        owners =
            [PageFrame.Choice(value: "", label: "全部单位", isChosen: owner.isEmpty)]
            + look.plan.offices.map { PageFrame.Choice(value: $0.id, label: $0.label.zh, isChosen: $0.id == owner) }
        lights =
            [PageFrame.Choice(value: "", label: "全部灯", isChosen: light == nil)]
            + PlanLight.allCases.map { PageFrame.Choice(value: $0.rawValue, label: $0.label.zh, isChosen: $0 == light) }
        document = "依据：\(look.plan.document.issuer)《\(look.plan.document.title)》，\(look.plan.document.date)，\(look.plan.document.source)。"
        documentNote = look.plan.document.note.isEmpty ? [] : [look.plan.document.note]
        let burn = BurnUp(history, look.assessment)
        chart = BurnUpChart(burn, unit: "项", top: Double(total)).svg("已完成的项数按周累计")
        chartTitle = burn.reached.count > 1 ? "已完成\(done)项，应在今天前完成\(PlanPage.due(look))项" : "完成走势从本周开始记录"
        clearURL = look.site.cityPlan(look.plan.id)
    }

    private static func due(_ look: PlanLook) -> Int { look.plan.charges.count { $0.deadline.map { $0 <= look.today } ?? false } }

    /// Lines to show: leaves that match with all that stands above them.
    private static func kept(_ look: PlanLook, owner: String, light: PlanLight?) -> Set<String> {
        var kept: Set<String> = []
        func walk(_ item: PlanItem) -> Bool {
            if item.isLeaf {
                let charge = look.charges[item.id]
                let isTheirs = owner.isEmpty || charge?.owner == owner || charge?.coOwners.contains(owner) == true
                guard isTheirs, light == nil || look.assessment(item.id)?.light == light else { return false }
                kept.insert(item.id)
                return true
            }
            let below = item.items.map(walk)
            guard below.contains(true) else { return false }
            kept.insert(item.id)
            return true
        }
        for item in look.plan.items { _ = walk(item) }
        return kept
    }

    private static func rows(_ look: PlanLook, _ kept: Set<String>) -> [Row] {
        var rows: [Row] = []
        func walk(_ item: PlanItem, _ depth: Int) {
            guard kept.contains(item.id), let found = look.assessment(item.id) else { return }
            rows.append(
                Row(
                    depth: "d\(min(depth, 4))", level: item.level.label.zh, mark: item.clause?.heading ?? "", label: item.label.zh,
                    url: look.url(item.id), light: Light(found.light), isByHand: found.override != nil, progress: progress(item, found),
                    owner: item.isLeaf ? look.owner(item.id) : "", due: found.due.map(\.chinese) ?? "",
                    clause: item.clause?.description ?? ""))
            for below in item.items { walk(below, depth + 1) }
        }
        for item in look.plan.items { walk(item, 0) }
        return rows
    }

    static func progress(_ item: PlanItem, _ found: ItemAssessment) -> String {
        guard item.isLeaf else { return "\(found.count(.done)) / \(found.leaves)项" }
        guard let amount = item.amount else { return "" }
        return "\(found.value.map { amount.text($0) } ?? "—") / \(amount.words)"
    }
}
