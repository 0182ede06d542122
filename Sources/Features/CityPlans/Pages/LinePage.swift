internal import Foundation
internal import Pages
internal import Registry
internal import SiteMap
internal import Targets
internal import Vocabulary

/// One line: its light, why, who answers for it, what was reported.
struct LinePage: Sendable {
    struct Fact: Sendable {
        var label: String
        var text: String
    }
    struct Part: Sendable {
        var county: String
        var light: Light
        var value: String
        var source: String
        var url: [String]
    }
    struct Link: Sendable {
        var level: String
        var office: String
        var light: [Light]
        var detail: String
    }
    struct Below: Sendable {
        var label: String
        var url: String
        var light: Light
        var owner: String
        var progress: String
    }
    struct Step: Sendable {
        var light: [Light]
        var reason: String
        var by: String
    }

    let page: PageFrame
    let tabs: [PageFrame.Link]
    let notice: [String]
    let light: Light
    let reasons: [String]
    let override: [Step]
    let computed: Light
    let facts: [Fact]
    let parts: [Part]
    let hasParts: Bool
    let chain: [Link]
    let below: [Below]
    let hasBelow: Bool
    let isEntered: Bool
    let entries: [EntryRow]
    let hasEntries: Bool
    let chart: [String]
    let form: [EvidenceForm]
    let overrideForm: [OverrideForm]
    let steps: [Step]
    let hasSteps: Bool

    struct OverrideForm: Sendable {
        var url: String
        var version: String
        var lights: [PageFrame.Choice]
    }

    init(_ look: PlanLook, _ item: PlanItem, history: [OverrideStep], notice: String?) {
        let found = look.assessment(item.id)
        let light = found?.light ?? .insufficient
        page = look.frame("\(item.label.zh)：\(light.label.zh)", lead: LinePage.lead(look, item))
        tabs = look.tabs("line")
        self.notice = notice.map { [$0] } ?? []
        self.light = Light(light)
        reasons = found?.reasons ?? []
        computed = Light(found?.computed ?? .insufficient)
        override = (found?.override).map { [Step(light: [Light($0.light)], reason: $0.reason, by: LinePage.by($0.by))] } ?? []
        facts = LinePage.facts(look, item)
        parts = (found?.parts ?? []).map { part in
            Part(
                county: part.county ?? "全市", light: Light(part.light), value: part.value.map { item.required.text($0) } ?? "—",
                source: part.source, url: look.link(part.link))
        }
        hasParts = item.isLeaf && !parts.isEmpty
        chain = LinePage.chain(look, item, found)
        below = item.items.compactMap { child in
            look.assessment(child.id).map {
                Below(
                    label: child.label.zh, url: look.url(child.id), light: Light($0.light),
                    owner: child.isLeaf ? look.owner(child.id) : "", progress: PlanPage.progress(child, $0))
            }
        }
        hasBelow = !below.isEmpty
        isEntered = item.isLeaf && item.evidence.binding == .entered
        let mine = look.record.entries(of: item.id)
        entries = mine.reversed().map { EntryRow($0, look, item) }
        hasEntries = !mine.isEmpty
        chart = LinePage.chart(look, item)
        form = EvidenceForm(look, item).map { [$0] } ?? []
        overrideForm =
            look.visit.may(.supervise, in: nil)
            ? [
                OverrideForm(
                    url: look.site.planLineStep(look.plan.id, item.id, "light"), version: String(look.record.version(item.id)),
                    lights: [PageFrame.Choice(value: "", label: "取消人工定灯", isChosen: false)]
                        + PlanLight.allCases.map { PageFrame.Choice(value: $0.rawValue, label: $0.label.zh, isChosen: $0 == light) })
            ] : []
        steps = history.map { Step(light: $0.light.map { [Light($0)] } ?? [], reason: $0.reason, by: LinePage.by($0.by)) }
        hasSteps = !history.isEmpty
    }

    static func by(_ signature: PlanSignature) -> String { "\(signature.name)，\(PageTime.text(signature.at))" }

    private static func lead(_ look: PlanLook, _ item: PlanItem) -> String {
        look.plan.path(to: item.id).dropLast().map(\.label.zh).joined(separator: " › ")
    }

    private static func facts(_ look: PlanLook, _ item: PlanItem) -> [Fact] {
        var facts: [Fact] = []
        if let clause = item.clause { facts.append(Fact(label: "出处", text: "\(look.plan.document.title)：\(clause)")) }
        guard item.isLeaf, let charge = look.charges[item.id] else { return facts }
        facts.append(Fact(label: "目标", text: item.amount?.words ?? "办结"))
        facts.append(Fact(label: "怎样算数", text: item.evidence.words))
        facts.append(Fact(label: "期限", text: charge.deadline?.chinese ?? "没有定"))
        if !item.milestones.isEmpty {
            let words = item.milestones.map { "\($0.day.chinese)\($0.label) \(item.required.text($0.value))" }
            facts.append(Fact(label: "节点", text: words.joined(separator: "；")))
        }
        if !item.note.isEmpty { facts.append(Fact(label: "说明", text: item.note)) }
        return facts
    }

    private static func chain(_ look: PlanLook, _ item: PlanItem, _ found: ItemAssessment?) -> [Link] {
        guard let charge = look.charges[item.id], let found else { return [] }
        return ResponsibilityChain(charge, plan: look.plan, assessment: found).links.map {
            Link(level: $0.level.label.zh, office: $0.office, light: $0.light.map { [Light($0)] } ?? [], detail: $0.detail)
        }
    }

    /// Only where an office's numbers add up over time.
    private static func chart(_ look: PlanLook, _ item: PlanItem) -> [String] {
        guard item.isLeaf, let amount = item.amount, item.evidence.binding == .entered, item.evidence.reach == .city,
            let charge = look.charges[item.id]
        else { return [] }
        let burn = BurnUp(charge, plan: look.plan, entries: look.record.entries(of: item.id), today: look.today)
        return [BurnUpChart(burn, unit: amount.unit, top: amount.value).svg("\(item.label.zh)的完成走势")]
    }
}
