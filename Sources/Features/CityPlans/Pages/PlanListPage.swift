internal import Definitions
internal import Pages
internal import Registry
internal import SiteMap
internal import Targets
internal import Vocabulary

/// The plans worked by, those of the catalogue that could be, and drafts under review.
struct PlanListPage: Sendable {
    struct Row: Sendable {
        var title: String
        var url: String
        var light: [Light]
        var words: String
        var version: String
        var adopted: String
    }
    struct Offer: Sendable {
        var id: String
        var title: String
        var source: String
        var lines: String
        var version: String
        var isAdopted: Bool
    }
    struct DraftRow: Sendable {
        var title: String
        var url: String
        var state: String
        var by: String
    }

    let page: PageFrame
    let notice: [String]
    let rows: [Row]
    let hasRows: Bool
    let offers: [Offer]
    let drafts: [DraftRow]
    let hasDrafts: Bool
    let maySupervise: Bool
    let adoptURL: String
    let draftURL: String

    init(_ desk: CityPlansDesk, looks: [PlanLook], drafts: [ReviewedDraft], notice: String?, _ visit: Visit) {
        let site = CityPlansDesk.site(visit)
        let late = looks.reduce(0) { $0 + ($1.assessment.counts[.late] ?? 0) }
        let unknown = looks.reduce(0) { $0 + ($1.assessment.counts[.insufficient] ?? 0) }
        let standing = [late > 0 ? "\(late)项滞后" : "", unknown > 0 ? "\(unknown)项资料不足" : ""].filter { !$0.isEmpty }
        let title =
            looks.isEmpty
            ? "还没有采用任何规划" : "\(looks.count)份规划在督办，" + (standing.isEmpty ? "没有滞后的事项" : standing.joined(separator: "，"))
        page = desk.frame(title, lead: "每一条都有责任单位和期限，灯由佐证算出，不靠自报。", visit, isList: true)
        self.notice = notice.map { [$0] } ?? []
        rows = looks.map { look in
            Row(
                title: look.plan.label.zh, url: site.cityPlan(look.plan.id), light: [Light(look.assessment.light)],
                words: PlanAssessment.words(look.assessment.counts), version: "第\(look.adoption.version)版",
                adopted: "\(look.adoption.by.name)，\(PageTime.text(look.adoption.by.at))")
        }
        hasRows = !looks.isEmpty
        offers = desk.catalogue.map { offer in
            let adopted = looks.first { $0.plan.id == offer.plan.id }
            return Offer(
                id: offer.plan.id, title: offer.plan.label.zh, source: "\(offer.plan.document.title)，\(offer.plan.document.date)",
                lines: "\(offer.plan.leaves.count)", version: String(adopted?.adoption.version ?? 0), isAdopted: adopted != nil)
        }
        self.drafts = drafts.map { draft in
            DraftRow(
                title: draft.title, url: site.planDraft(draft.id), state: draft.adopted == nil ? "待审" : "已采用",
                by: "\(draft.by.name)，\(PageTime.text(draft.by.at))")
        }
        hasDrafts = !drafts.isEmpty
        maySupervise = visit.may(.supervise, in: nil)
        adoptURL = site.adoptPlan
        draftURL = site.planDrafts
    }
}
