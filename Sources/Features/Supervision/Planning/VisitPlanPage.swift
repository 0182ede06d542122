internal import Inspection
internal import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

/// What was asked for, what could be one visit, and what a school has no room for.
struct VisitPlanPage: Sendable {
    struct Proposal: Sendable {
        var school: String
        var requests: [String]
        var window: String
        var words: String
        var light: Light
        var joining: [String]
        var approve: String
        var decline: String
        var label: String
        var mayDecide: Bool
        /// The form asks why the school should bear one more.
        var asksException: Bool
    }
    struct County: Sendable {
        var name: String
        var url: String
        var schools: [PageFrame.Choice]
        var isOnly: Bool
    }

    let page: PageFrame
    let notice: [String]
    let proposals: [Proposal]
    let hasProposals: Bool
    let counties: [County]
    let rubrics: [PageFrame.Choice]
    let planned: ShownTable
    let hasPlanned: Bool
    let today: String

    init(
        _ desk: SupervisionDesk, year: Int, schools: [SupervisedSchool], visits: [SchoolVisit], _ sight: InspectionSight,
        _ query: PageQuery, notice: [String]
    ) {
        let (site, planner, visit) = (desk.site(sight.visit), desk.planner, sight.visit)
        let groups = Dictionary(grouping: visits) { $0.school }.sorted { $0.key < $1.key }
        let found = groups.flatMap { _, own in planner.proposals(own).map { ($0, planner.count(own).counted) } }
        let most = desk.catalogue.rules.visitsPerYear
        proposals = found.map { proposal, used in
            VisitPlanPage.proposal(desk, proposal, used: used, most: most, site, visit)
        }
        hasProposals = !proposals.isEmpty
        let asked = found.reduce(0) { $0 + $1.0.all.count { $0.state == .requested } }
        let saved = found.reduce(0) { $0 + $1.0.joining.count }
        let (cost, over) = (found.reduce(0) { $0 + $1.0.cost }, found.count { $0.0.exceeds })
        page = desk.frame(
            asked == 0
                ? "\(year)年没有等待批准的检查" : "\(asked)项检查申请可以合成\(found.count)次入校\(over > 0 ? "，其中\(over)次超过次数" : "")",
            lead: "同一所学校、时间重合、可以合并的检查合成一次入校。新增\(cost)次，合并可少进校\(saved)次；每校每年不超过\(most)次，超过的不批准。", visit,
            crumbs: [PageFrame.Link("入校督导", site.inspection)], current: site.visitPlan)
        self.notice = notice
        let names = Set(schools.map(\.county)).sorted().filter { visit.may(.requestVisits, in: $0) }
        counties = names.map { county in
            County(
                name: county, url: site.inspection(county, "requests"),
                schools: schools.filter { $0.county == county }.map { PageFrame.Choice(value: $0.code, label: $0.name, isChosen: false) },
                isOnly: names.count == 1)
        }
        rubrics = desk.catalogue.current(on: visit.today).map { PageFrame.Choice(value: $0.id, label: $0.label.zh, isChosen: false) }
        let own = visits.filter { $0.state.counts || $0.state == .declined }
        planned = VisitTable.make(desk, own, site).shown(query)
        hasPlanned = !own.isEmpty
        today = visit.today.description
    }

    private static func proposal(
        _ desk: SupervisionDesk, _ proposal: VisitPlanner.Proposal, used: Int, most: Int, _ site: SiteMap, _ visit: Visit
    ) -> Proposal {
        let isOne = proposal.joining.isEmpty
        let base = proposal.base
        let words =
            proposal.exceeds
            ? "已列入计划\(used)次，最多\(most)次：不能再列入"
            : proposal.cost == 0 ? "不增加次数（已列入计划\(used)次，最多\(most)次）" : "列入后\(used + 1)次，最多\(most)次"
        let window = proposal.window.map { $0.from == $0.until ? "\($0.from)" : "\($0.from)至\($0.until)" } ?? "时间不重合"
        return Proposal(
            school: "\(base.county) \(base.schoolName)",
            requests: proposal.all.flatMap { asked in
                asked.requests.map { request in
                    let name = desk.catalogue.rubric(request.rubric, of: asked)?.label.zh ?? request.rubric
                    return "\(request.office)：\(name)，\(request.from)至\(request.until)，\(request.purpose)"
                }
            },
            window: window, words: words,
            light: proposal.exceeds
                ? Light(word: "超过次数", shape: "■", style: "notmet")
                : isOne ? Light(word: "单独入校", shape: "○", style: "insufficient") : Light(word: "建议合并", shape: "●", style: "met"),
            joining: proposal.joining.map(\.id), approve: site.inspectionVisit(base.id, "approve"),
            decline: base.state == .requested ? site.inspectionVisit(base.id, "decline") : "",
            label: isOne ? "批准列入计划" : "合并为一次并批准", mayDecide: visit.may(.arrangeVisits, in: base.county),
            asksException: proposal.exceeds && visit.may(.supervise, in: base.county))
    }
}
