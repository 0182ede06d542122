internal import Indicators
internal import Pages
internal import Registry
internal import SiteMap
internal import Staffing
internal import Vocabulary

/// A county's staff: the map, the units, subjects, retirements, the years to come, plans of posts, and where a roster is handed in.
struct StaffingCountyPage: Sendable, Tabled {
    struct Stage: Sendable {
        var title: String
        var table: ShownTable
        var outlook: ShownTable
        var hasOutlook: Bool
    }
    struct Plan: Sendable {
        var id: String
        var url: String
        var title: String
        var words: String
        var state: String
    }

    let page: PageFrame
    let notice: [String]
    let hasNotice: Bool
    let done: [String]
    let notes: [String]
    let hasNotes: Bool
    let source: String
    let map: String
    let hasMap: Bool
    let mapNote: String
    let units: ShownTable
    let stages: [Stage]
    let hasRoster: Bool
    let chart: String
    let hasChart: Bool
    let leaving: ShownTable
    let leavingNote: String
    let aheadTitle: String
    let ahead: ShownTable
    let plans: [Plan]
    let hasPlans: Bool
    let canCompare: Bool
    let compareURL: String
    let mayArrange: Bool
    let upload: String
    let templates: [PageFrame.Link]
    let years: [PageFrame.Choice]
    let rule: String
    var tables: [ShownTable] { [units, leaving, ahead] + stages.flatMap { [$0.table, $0.outlook] } }

    init(
        _ desk: EstablishmentDesk, _ survey: StaffingSurvey, _ kept: KeptSurvey?, _ plans: [RosterPlan], _ query: PageQuery,
        _ visit: Visit, _ scope: Scope, _ known: [SchoolYear], notice: [String] = [], done: String? = nil
    ) {
        let site = SiteMap(scope)
        page = desk.frame(
            StaffingWords.headline(survey), lead: StaffingWords.lead(survey), visit, scope, years: known, place: survey.county,
            crumbs: [PageFrame.Link("编制与配置", site.staffing)])
        (self.notice, hasNotice) = (notice, !notice.isEmpty)
        self.done = done.map { [$0] } ?? []
        (notes, hasNotes) = (survey.notes, !survey.notes.isEmpty)
        source = kept.map { "名册由\($0.madeBy)于\(PageTime.text($0.madeAt))上传，读完即弃；这里只有人数。" } ?? "还没有上传名册，用现有的学校数据。"
        let drawn = StaffingMap(desk, site).schools(survey)
        (map, hasMap) = (drawn.svg, !drawn.svg.isEmpty)
        mapNote = drawn.unplaced > 0 ? "\(drawn.unplaced)所学校没有经纬度，不在图上，下表有。" : ""
        units = StaffingTables.units(survey, site).shown(query)
        hasRoster = survey.hasRoster
        stages = survey.stages.map { stage in
            Stage(
                title: stage.label.zh,
                table: StaffingTables.subjects(
                    survey.subjects(stage), id: "subjects-\(stage.rawValue)", "\(survey.county)\(stage.label.zh)各学科教师"
                ).shown(query), outlook: StaffingTables.outlook(survey, stage).shown(query),
                hasOutlook: survey.hasRoster && survey.outlook.contains { $0.stage == stage })
        }
        let rows = survey.leaving
        chart = RetirementChart.svg(rows, survey.years)
        hasChart = !chart.isEmpty
        leaving = StaffingTables.leaving(rows, survey.years).shown(query)
        leavingNote = StaffingCountyPage.retirement(desk.rules)
        aheadTitle = StaffingWords.ahead(survey)
        ahead = StaffingTables.ahead(survey).shown(query)
        self.plans = plans.map { plan in
            Plan(
                id: plan.id, url: site.postPlan(plan.id), title: "\(PageTime.text(plan.madeAt)) \(plan.madeBy)做的岗位匹配",
                words: PostRecord(text: plan.body)?.headline(plan.county) ?? "读不出来",
                state: plan.adoptedAt.map { "已采用（\(plan.adoptedBy ?? "")，\(PageTime.text($0))）" } ?? "未采用")
        }
        hasPlans = !plans.isEmpty
        (canCompare, compareURL) = (plans.count > 1, site.postPlanCompare)
        mayArrange = visit.may(.arrangeStaff, in: survey.county)
        upload = site.staffingUpload(survey.county)
        templates = EstablishmentDesk.forms.compactMap { id in
            desk.catalogue.rosters[id].map { PageFrame.Link($0.label.zh, site.template(id)) }
        }
        years = known.map { PageFrame.Choice(value: "\($0.start)", label: $0.label.zh, isChosen: $0 == scope.year) }
        rule = "\(survey.rules)。\(desk.rules.note)"
    }

    static func retirement(_ rules: StaffingRules) -> String {
        "按\(rules.retirement.document)（\(rules.retirement.adopted?.chinese ?? "")）逐月延迟；实心为到法定退休年龄的人数，空心为从这一年起可以选择弹性提前退休的人数。只数在编的人。"
    }
}
