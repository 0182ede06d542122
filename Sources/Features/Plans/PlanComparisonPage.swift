internal import Indicators
internal import Pages
internal import Planning
internal import Registry
internal import SiteMap
internal import Vocabulary

/// Plans of one method side by side: what the dearer one buys, in a sentence; what each costs, demands and reaches.
struct PlanComparisonPage: Sendable, Tabled {
    let page: PageFrame
    let links: [PageFrame.Link]
    let sentences: [String]
    let bars: [PlanSides.Bar]
    let map: [BeforeAfterMap]
    let mapTitle: String
    let summary: [ShownTable]
    let differences: [ShownTable]
    let schools: [ShownTable]
    var tables: [ShownTable] { summary + differences + schools }

    /// Paths to the standard.
    init(_ desk: PlansDesk, _ plans: [(record: ProposalRecord, sheet: PathSheet)], _ query: PageQuery, _ visit: Visit, _ scope: Scope)
        async throws
    {
        let sheets = plans.map(\.sheet)
        let sides = try await PlanSides(desk, plans.map(\.record), sheets.map(\.schools))
        let counties = Set(sheets.map(\.county)).count
        let told = PathDifference(sheets, sides.names)
        let title =
            sheets.count < 2
            ? "请在列表里勾选两份以上的方案" : counties > 1 ? "\(sheets.count)份方案分属\(counties)个县，费用不能直接相比" : told.headline
        let isEmpty = sheets.count < 2
        page = desk.frame(title, lead: PlanComparisonPage.lead(sheets.count), visit, scope, county: nil)
        links = sides.links
        sentences = isEmpty || counties > 1 ? [] : told.sentences
        bars =
            isEmpty
            ? []
            : [
                sides.bars("费用", sheets.map { Double($0.cost) / 10_000 }) { "\(Figure.grouped($0, 1))万元" },
                sides.bars("招聘", sheets.map { Double($0.hires) }) { "\(Int($0))人" },
                sides.bars("县内调动", sheets.map { Double($0.moved) }) { "\(Int($0))人" },
            ].compactMap { $0 }
        map = sides.map
        mapTitle = PlanComparisonPage.standing
        summary = isEmpty ? [] : [PathDifference.summary(sheets, sides).shown(query)]
        differences = sides.differences().map { $0.shown(query) }
        schools = isEmpty ? [] : [PathDifference.schools(sheets, sides).shown(query)]
    }

    /// Plans of a county's method.
    init(
        _ desk: PlansDesk, methods plans: [(record: ProposalRecord, sheet: MethodSheet)], _ query: PageQuery, _ visit: Visit, _ scope: Scope
    )
        async throws
    {
        let sheets = plans.map(\.sheet)
        let isPairing = sheets.contains { !$0.pairs.isEmpty }
        let sides = try await PlanSides(desk, plans.map(\.record), sheets.map(\.schools), pairs: isPairing ? sheets.map(\.pairs) : nil)
        let told = MethodDifference(plans, sides)
        page = desk.frame(told.headline, lead: PlanComparisonPage.lead(plans.count), visit, scope, county: nil)
        links = sides.links
        sentences = told.sentences
        bars = told.bars
        map = sides.map
        mapTitle = isPairing ? "各方案谁带谁" : PlanComparisonPage.standing
        summary = [told.summary.shown(query)]
        differences = sides.differences().map { $0.shown(query) }
        schools = [told.works.shown(query)]
    }

    private static let standing = "学校现在怎样，各方案之后怎样"

    private static func lead(_ count: Int) -> String {
        count > 1 ? "\(count)份方案并排看：同一行的数并排比；条件不同，结果就不同。" : "同一行的数并排看；条件不同，费用就不同。"
    }
}
