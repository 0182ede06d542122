internal import Indicators
internal import Pages
internal import Planning
internal import Registry
internal import SiteMap
internal import Vocabulary

/// The form of a county's method.
struct MethodQuestionPage: Sendable {
    struct Field: Sendable {
        var name: String
        var label: String
        var value: String
        var unit: String
        var note: [String]
        var isText: Bool
        var isNumber: Bool
        var isFlag: Bool
        var isChosen: Bool
        var choices: [PageFrame.Choice]
        var isChoice: Bool
    }
    struct Section: Sendable {
        var title: String
        var fields: [Field]
    }

    let page: PageFrame
    let complaints: [String]
    let action: String
    let county: String
    let year: String
    let standard: String
    let now: String
    let sections: [Section]

    /// `values` are nil for a form nobody has filled in yet.
    init(
        _ desk: PlansDesk, _ method: any CountyMethod, _ values: [String: String]?, complaints: [String], _ evaluated: Evaluated,
        _ county: CountyResult, _ visit: Visit, _ scope: Scope
    ) {
        page = desk.frame("\(county.county)：\(method.question)", lead: method.lead, visit, scope, county: county.county)
        self.complaints = complaints
        action = SiteMap(scope).askMethod(method.id)
        self.county = county.county
        (year, standard) = ("\(scope.year.start)", scope.standard)
        now = "\(county.county)现在：\(VerdictSentence.text(county))。数据来源：\(evaluated.standing(county.county).source)。"
        var sections: [Section] = []
        for field in method.fields(county) {
            let value = values.map { $0[field.name] ?? "" } ?? field.usual
            let choices: [MethodField.Choice] = if case .choice(let all) = field.kind { all } else { [] }
            let drawn = Field(
                name: field.name, label: field.label, value: value, unit: field.unit, note: field.note.isEmpty ? [] : [field.note],
                isText: field.kind == .text, isNumber: field.kind == .number, isFlag: field.kind == .flag, isChosen: value == "1",
                choices: choices.map { PageFrame.Choice(value: $0.value, label: $0.label, isChosen: $0.value == value) },
                isChoice: !choices.isEmpty)
            if let last = sections.indices.last, sections[last].title == field.section {
                sections[last].fields.append(drawn)
            } else {
                sections.append(Section(title: field.section, fields: [drawn]))
            }
        }
        self.sections = sections
    }
}

/// One kept plan of a county's method.
struct MethodPlanPage: Sendable, Tabled {
    struct Part: Sendable {
        var title: String
        var note: [String]
        var table: ShownTable
    }

    let page: PageFrame
    let notice: [String]
    let stale: [String]
    let adopted: [String]
    let figures: [MethodSheet.Line]
    let chart: [String]
    let chartTitle: String
    let chartNote: String
    let parts: [Part]
    let check: [String]
    let conditions: [MethodSheet.Line]
    let note: String
    let files: [PageFrame.Link]
    let again: [String]
    let adoptURL: [String]
    let version: String
    /// Where an adopted plan is carried on with.
    let next: [PageFrame.Link]
    let carry: CarryPart
    var tables: [ShownTable] { parts.map(\.table) }

    init(
        _ desk: PlansDesk, _ opened: OpenedMethodPlan, _ carry: CarryPart, files: [String], _ query: PageQuery, _ visit: Visit,
        notice: String?
    ) {
        let (record, sheet) = (opened.record, opened.sheet)
        let site = SiteMap(Scope(year: record.schoolYear, standard: record.standard))
        page = desk.frame(
            sheet.headline,
            lead: "\(record.made.name)于\(PageTime.text(record.made.at))算出，\(record.state.label.zh)。数据来源：\(sheet.source)。", visit,
            Scope(year: record.schoolYear, standard: record.standard), county: record.county)
        self.notice = notice.map { [$0] } ?? []
        stale = opened.isCurrent ? [] : ["\(record.county)的数据或费用表在方案算出之后变了，下面的数对现在不再有保证。请照原来的条件重算"]
        adopted = record.adopted.map { ["\($0.name)于\(PageTime.text($0.at))采用\(record.state == .superseded ? "，后来换了别的方案" : "")。"] } ?? []
        figures = sheet.figures
        chart = sheet.chart.map { [StepChart(chart: $0).svg] } ?? []
        (chartTitle, chartNote) = (sheet.chart?.title ?? "", sheet.chart?.note ?? "")
        parts = sheet.tables.map { table in
            Part(
                title: table.caption, note: table.note.isEmpty ? [] : [table.note],
                table: MethodPlanPage.table(table, sheet.question.county, site).shown(query))
        }
        check = sheet.check
        conditions = sheet.conditions
        note = sheet.note
        let labels = ["report.docx": "方案文本（Word）", "applied.xlsx": "实施后的数据表（Excel）"]
        self.files = files.compactMap { kind in labels[kind].map { PageFrame.Link($0, site.planFile(record.id, kind)) } }
        again = visit.may(.plan, in: record.county) ? [site.newMethod(record.method, record.county) + "&from=\(record.id)"] : []
        adoptURL = opened.isCurrent && record.state != .adopted && visit.may(.adopt, in: record.county) ? [site.adoptPlan(record.id)] : []
        version = "\(record.version)"
        self.carry = carry
        let isAdopted = record.state == .adopted
        next =
            (isAdopted && !sheet.purchases.isEmpty ? [PageFrame.Link("列入专项资金预算", site.funds(record.county))] : [])
            + (isAdopted && !sheet.pairs.isEmpty ? [PageFrame.Link("按结对建教联体", site.alliances(record.county))] : [])
    }

    private static func table(_ table: MethodSheet.Table, _ county: String, _ site: SiteMap) -> DataTable {
        DataTable(
            table.id, table.caption,
            columns: table.columns.enumerated().map { place, column in
                .init("c\(place)", column.label, column.decimals.map { .number($0) } ?? .text, total: column.isSummed ? .sum : .none)
            },
            rows: table.rows.map { row in
                zip(table.columns, row).map { column, cell in
                    let url = cell.school.map { site.school(county, $0) }
                    guard column.decimals != nil else { return .init(cell.text, url: url) }
                    return .init(cell.number, cell.text, absent: cell.text, url: url)
                }
            })
    }
}

/// Plans of one method side by side.
struct MethodComparisonPage: Sendable, Tabled {
    let page: PageFrame
    let links: [PageFrame.Link]
    let summary: [ShownTable]
    let schools: [ShownTable]
    var tables: [ShownTable] { summary + schools }

    init(_ desk: PlansDesk, _ plans: [(record: ProposalRecord, sheet: MethodSheet)], _ query: PageQuery, _ visit: Visit, _ scope: Scope) {
        page = desk.frame("\(plans.count)份方案并排看", lead: "同一行的数并排看；条件不同，结果就不同。", visit, scope, county: nil)
        links = plans.enumerated().map {
            PageFrame.Link(
                "方案\($0 + 1)：\($1.record.title)，\(PageTime.text($1.record.made.at))",
                SiteMap(Scope(year: $1.record.schoolYear, standard: $1.record.standard)).plan($1.record.id))
        }
        let columns = [DataTable.Column("what", "项目")] + plans.indices.map { DataTable.Column("p\($0 + 1)", "方案\($0 + 1)") }
        func rows(_ lines: (MethodSheet) -> [MethodSheet.Line]) -> [[DataTable.Cell]] {
            let labels = plans.flatMap { lines($0.sheet).map(\.label) }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            return labels.map { label in
                [.init(label)] + plans.map { plan in .init(lines(plan.sheet).first { $0.label == label }?.text ?? "—") }
            }
        }
        summary = [DataTable("summary", "条件和结果", columns: columns, rows: rows(\.conditions) + rows(\.figures)).shown(query)]
        let all = plans.flatMap { $0.sheet.purchases.map(\.project) + $0.sheet.pairs.map { "\($0.leadName) 带 \($0.memberName)" } }
            .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        schools = [
            DataTable(
                "schools", "各方案做什么", columns: columns,
                rows: all.map { one in
                    [.init(one)]
                        + plans.map { plan in
                            if let bought = plan.sheet.purchases.first(where: { $0.project == one }) {
                                return .init("\(PathWords.money(bought.cost))万元")
                            }
                            return .init(plan.sheet.pairs.contains { "\($0.leadName) 带 \($0.memberName)" == one } ? "有" : "—")
                        }
                }
            ).shown(query)
        ]
    }
}

/// What more brings, as a curve with the plan on it.
struct StepChart {
    let chart: MethodSheet.Chart
    private let width = 520.0
    private let height = 240.0
    private let left = 46.0
    private let bottom = 40.0

    private func x(_ value: Double) -> Double {
        left + (width - left - 20) * value / Swift.max(chart.points.map(\.x).max() ?? 1, 1e-9)
    }

    private var range: (low: Double, high: Double) {
        let (low, high) = (chart.points.map(\.y).min() ?? 0, chart.points.map(\.y).max() ?? 1)
        return (low, Swift.max(high, low + 1))
    }

    private func y(_ value: Double) -> Double {
        20 + (height - bottom - 34) * (1 - (value - range.low) / (range.high - range.low))
    }

    var svg: String {
        var shapes = Svg.line("rule", left, y(range.low), width - 12, y(range.low)) + Svg.text(4, 12, chart.up, style: "tiny")
        shapes += Svg.text(width - 12, height - 4, chart.across, anchor: "end", style: "tiny")
        for (from, to) in zip(chart.points, chart.points.dropFirst()) { shapes += Svg.line("link", x(from.x), y(from.y), x(to.x), y(to.y)) }
        for point in chart.points {
            let words = "\(chart.across)\(MethodNumber.plain((point.x * 10).rounded() / 10))：\(chart.up)\(Int(point.y))"
            shapes += Svg.circle("before", x(point.x), y(point.y), 4, title: words)
            shapes += Svg.text(x(point.x), y(range.low) + 16, MethodNumber.plain(point.x.rounded()), anchor: "middle", style: "tiny")
        }
        for value in Set([range.low, range.high]) {
            shapes += Svg.text(left - 8, y(value) + 4, "\(Int(value))", anchor: "end", style: "tiny")
        }
        let here = "这份方案：\(chart.up)\(Int(chart.here.y))"
        shapes += Svg.circle("met", x(chart.here.x), y(chart.here.y), 6, title: here)
        shapes += Svg.text(x(chart.here.x), y(chart.here.y) - 10, "\(Int(chart.here.y))", anchor: "middle", style: "met")
        return Svg.chart(width, height, chart.title, shapes)
    }
}
