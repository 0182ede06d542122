internal import Indicators
internal import Pages
internal import Planning
internal import Registry
internal import SiteMap
internal import Vocabulary

/// Plans side by side: what each costs, demands and reaches.
struct PlanComparisonPage: Sendable, Tabled {
    let page: PageFrame
    let links: [PageFrame.Link]
    let summary: [ShownTable]
    let schools: [ShownTable]
    let isEmpty: Bool
    var tables: [ShownTable] { summary + schools }

    init(_ desk: PlansDesk, _ plans: [(record: ProposalRecord, sheet: PathSheet)], _ query: PageQuery, _ visit: Visit, _ scope: Scope) {
        isEmpty = plans.count < 2
        let cheapest = plans.min { $0.sheet.cost < $1.sheet.cost }
        let counties = Set(plans.map(\.record.county)).count
        let title =
            isEmpty
            ? "请在列表里勾选两份以上的方案"
            : counties > 1
                ? "\(plans.count)份方案分属\(counties)个县，费用不能直接相比"
                : "最省的是方案\((plans.firstIndex { $0.record.id == cheapest?.record.id } ?? 0) + 1)：\(PathWords.money(cheapest?.sheet.cost ?? 0))万元"
        page = desk.frame(title, lead: "同一行的数并排看；条件不同，费用就不同。", visit, scope, county: nil)
        links = plans.enumerated().map {
            PageFrame.Link(
                "方案\($0 + 1)：\($1.record.title)，\(PageTime.text($1.record.made.at))",
                SiteMap(Scope(year: $1.record.schoolYear, standard: $1.record.standard)).plan($1.record.id))
        }
        summary = isEmpty ? [] : [PlanComparisonPage.summary(plans.map(\.sheet)).shown(query)]
        schools = isEmpty ? [] : [PlanComparisonPage.schools(plans.map(\.sheet)).shown(query)]
    }

    private static func columns(_ count: Int, _ kind: DataTable.Column.Kind, _ total: DataTable.Column.Total = .none) -> [DataTable.Column]
    {
        (0..<count).map { DataTable.Column("p\($0 + 1)", "方案\($0 + 1)", kind, total: total) }
    }

    private static func summary(_ sheets: [PathSheet]) -> DataTable {
        typealias Cell = DataTable.Cell
        func row(_ label: String, _ cell: (PathSheet) -> Cell) -> [Cell] { [Cell(label)] + sheets.map(cell) }
        func number(_ value: Double, _ decimals: Int = 0) -> Cell { Cell(value, decimals: decimals) }
        var rows = [
            row("限制") { Cell($0.limits.isEmpty ? "没有限制" : $0.limits.joined(separator: "；")) },
            row("费用（万元）") { number(Double($0.cost) / 10_000, 1) }, row("招聘（人）") { number(Double($0.hires)) },
            row("县内调动（人）") { number(Double($0.moved)) }, row("离最省") { Cell(PathWords.proof($0.certificate)) },
            row("达标的学校单位") { Cell("\($0.before.unitsMet) → \($0.after.unitsMet) / \($0.after.units)") },
            row("达标的差异系数") { Cell("\($0.before.spreadsMet) → \($0.after.spreadsMet) / \($0.after.spreads)") },
        ]
        let actions = sheets.flatMap(\.measures).reduce(into: [String]()) { if !$0.contains($1.action) { $0.append($1.action) } }
        for action in actions {
            rows.append(
                row(action) { sheet in
                    let own = sheet.measures.filter { $0.action == action }
                    guard let unit = own.first?.unit else { return Cell("—") }
                    return Cell(
                        "\(PathWords.amount(own.reduce(0) { $0 + $1.count }, unit))，\(PathWords.money(own.reduce(0) { $0 + $1.cost }))万元")
                })
        }
        for spread in sheets.first?.spreads ?? [] {
            rows.append(
                row("\(spread.stage)\(spread.item)差异系数") { sheet in
                    let other = sheet.spreads.first { $0.stage == spread.stage && $0.item == spread.item }
                    return Cell(Figure.fixed(other?.before, 3) + " → " + Figure.fixed(other?.after, 3))
                })
        }
        return DataTable("summary", "方案对比", columns: [.init("what", "项目")] + columns(sheets.count, .text), rows: rows)
    }

    /// What each school gets, in 万元.
    private static func schools(_ sheets: [PathSheet]) -> DataTable {
        let totals = sheets.map { sheet in
            Dictionary(sheet.measures.map { ($0.place, $0.cost) }, uniquingKeysWith: +)
        }
        let places = sheets.flatMap(\.measures).reduce(into: [String]()) { if !$0.contains($1.place) { $0.append($1.place) } }
        return DataTable(
            "schools", "各校费用对比（万元）", columns: [.init("place", "学校")] + columns(sheets.count, .number(1), .sum),
            rows: places.map { place in
                [.init(place)] + totals.map { .init($0[place].map { Double($0) / 10_000 }, decimals: 1, absent: "—") }
            })
    }
}
