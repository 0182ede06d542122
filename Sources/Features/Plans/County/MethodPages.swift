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
    struct Spreads: Sendable {
        var title: String
        var charts: [PathChart.Drawn]
        var isSingle: Bool
    }
    struct Pairing: Sendable {
        var map: [BeforeAfterMap]
        var title: String
        var chart: String
    }

    let page: PageFrame
    let notice: [String]
    let stale: [String]
    let adopted: [String]
    let figures: [MethodSheet.Line]
    let chart: [String]
    let chartTitle: String
    let chartNote: String
    /// Schools before and after, of plans that change what schools have.
    let changes: [SchoolChanges]
    let spreads: [Spreads]
    /// Who leads whom.
    let pairing: [Pairing]
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
    var tables: [ShownTable] { parts.map(\.table) + changes.map(\.table) }

    init(
        _ desk: PlansDesk, _ opened: OpenedMethodPlan, _ map: PlanMap, _ carry: CarryPart, files: [String], _ query: PageQuery,
        _ visit: Visit,
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
        let isPairing = !sheet.pairs.isEmpty
        changes =
            isPairing
            ? []
            : SchoolChanges(sheet.schools, minimum: sheet.minimum, map.beforeAfter(sheet.schools), record.county, site, query).map { [$0] }
                ?? []
        let charts = PathChart.all(sheet.spreads ?? [])
        spreads =
            charts.isEmpty
            ? [] : [Spreads(title: PathChart.headline(sheet.spreads ?? []), charts: charts, isSingle: charts.count == 1)]
        let gains = GroupGains(sheet.pairs)
        pairing =
            gains.svg.isEmpty
            ? []
            : [Pairing(map: map.pairings(["结对"], [sheet.pairs], sheet.schools).map { [$0] } ?? [], title: gains.title, chart: gains.svg)]
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
