internal import Indicators
internal import Pages
internal import Planning
internal import Registry
internal import SiteMap
internal import Vocabulary

/// Plans there are, and the counties one may ask a plan for.
struct PlanListPage: Sendable {
    struct Row: Sendable {
        var id: String
        var title: String
        var method: String
        var url: String
        var county: String
        var year: String
        var state: String
        var style: String
        var cost: String
        var name: String
        var time: String
    }
    struct County: Sendable {
        var name: String
        var url: String
        var words: String
        var light: Light
        /// Other methods one may ask for the county.
        var methods: [PageFrame.Link]
    }

    let page: PageFrame
    let counties: [County]
    let hasCounties: Bool
    let cityURL: [String]
    let rows: [Row]
    let isEmpty: Bool
    let canCompare: Bool
    let compareURL: String

    init(_ desk: PlansDesk, _ plans: [ProposalRecord], _ result: StandardResult?, _ visit: Visit, _ scope: Scope) {
        let site = SiteMap(scope)
        let adopted = plans.count { $0.state == .adopted }
        page = desk.frame(
            plans.isEmpty ? "还没有方案" : "\(plans.count)份方案，\(adopted)份已采用",
            lead: "达标最省的投入、招聘和调动，一笔专项资金先做哪些项目，强校怎样带弱校；方案逐条复核过才保存。", visit,
            scope, county: nil, isList: true)
        let own = (result?.counties ?? []).filter { !$0.units.isEmpty && visit.may(.plan, in: $0.county) }
        counties = own.map { county in
            County(
                name: county.county, url: site.newPlan(county.county), words: VerdictSentence.text(county), light: Light(county.verdict),
                methods: desk.methods.map { PageFrame.Link($0.label.zh, site.newMethod($0.id, county.county)) })
        }
        hasCounties = !own.isEmpty
        cityURL = own.count > 1 && visit.may(.plan, in: nil) ? [site.newPlan(nil)] : []
        rows = plans.map { plan in
            Row(
                id: plan.id, title: plan.title, method: desk.methods.first { $0.id == plan.method }?.label.zh ?? "达标路径",
                url: SiteMap(Scope(year: plan.schoolYear, standard: plan.standard)).plan(plan.id),
                county: plan.county, year: plan.schoolYear.description, state: plan.state.label.zh,
                style: plan.state == .adopted ? "met" : "insufficient", cost: PathWords.money(plan.cost), name: plan.made.name,
                time: PageTime.text(plan.made.at))
        }
        isEmpty = plans.isEmpty
        canCompare = plans.count > 1
        compareURL = site.comparePlans
    }
}
