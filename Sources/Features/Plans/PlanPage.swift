internal import Indicators
internal import Pages
internal import Planning
internal import Registry
internal import SiteMap
internal import Vocabulary

/// One plan: what it costs, what it changes, what is done where, and how one knows.
struct PlanPage: Sendable, Tabled {
    struct Standing: Sendable {
        var label: String
        var light: Light
        var words: String
    }
    struct Line: Sendable {
        var label: String
        var text: String
    }

    let page: PageFrame
    let notice: [String]
    let stale: [String]
    let figures: [Line]
    let standings: [Standing]
    let charts: [PathChart.Drawn]
    let chartTitle: String
    let isSingle: Bool
    let changes: [SchoolChanges]
    let measures: ShownTable
    let moves: [ShownTable]
    let years: [ShownTable]
    let isStaged: Bool
    let yearsNote: String
    let spreads: ShownTable
    let prices: [ShownTable]
    let check: [String]
    let conditions: [Line]
    let costNote: String
    let files: [PageFrame.Link]
    let again: [String]
    let adoptURL: [String]
    let version: String
    let adopted: [String]
    let carry: CarryPart
    let whatIf: [WhatIf]
    var tables: [ShownTable] { [measures, spreads] + moves + years + prices + changes.map(\.table) }

    init(
        _ desk: PlansDesk, _ opened: OpenedPlan, _ map: PlanMap, _ carry: CarryPart, _ query: PageQuery, _ visit: Visit, notice: String?
    ) {
        let (record, sheet, isCurrent) = (opened.record, opened.sheet, opened.isCurrent)
        let scope = Scope(year: record.schoolYear, standard: record.standard)
        let site = SiteMap(scope)
        page = desk.frame(
            PathWords.summary(sheet),
            lead: "\(record.made.name)于\(PageTime.text(record.made.at))算出，\(record.state.label.zh)。数据来源：\(sheet.source)。", visit,
            scope, county: record.county)
        self.notice = notice.map { [$0] } ?? []
        stale = isCurrent ? [] : ["\(record.county)的数据或费用表在方案算出之后变了，下面的数对现在不再有保证。请照原来的条件重算"]
        figures = [
            Line(label: "费用", text: "\(PathWords.money(sheet.cost))万元"), Line(label: "招聘", text: "\(sheet.hires)人"),
            Line(label: "县内调动", text: "\(sheet.moved)人"), Line(label: "离最省", text: PathWords.gap(sheet.certificate)),
        ]
        standings = [PlanPage.standing("现在", sheet.before), PlanPage.standing("方案实施后", sheet.after)]
        charts = PathChart.all(sheet.spreads)
        chartTitle = PathChart.headline(sheet.spreads)
        isSingle = charts.count == 1
        changes =
            SchoolChanges(sheet.schools, minimum: sheet.minimum, map.beforeAfter(sheet.schools), record.county, site, query).map { [$0] }
            ?? []
        measures = PlanTables.measures(sheet, site).shown(query)
        moves = sheet.moves.isEmpty ? [] : [PlanTables.moves(sheet).shown(query)]
        years = sheet.years.map { [PlanTables.years($0).shown(query), PlanTables.yearlyMeasures($0).shown(query)] } ?? []
        isStaged = !years.isEmpty
        yearsNote = PathWords.years(sheet)
        spreads = PlanTables.spreads(sheet).shown(query)
        prices = sheet.prices.isEmpty ? [] : [PlanTables.prices(sheet).shown(query)]
        check = PathWords.check(sheet.certificate)
        conditions =
            [Line(label: "限制", text: sheet.limits.isEmpty ? "没有限制" : sheet.limits.joined(separator: "；"))]
            + sheet.costs.map {
                Line(label: $0.label, text: "\(Figure.grouped(Double($0.cost)))元/\($0.unit)\($0.isOwn ? "（本单位填写）" : "（缺省值）")")
            }
        costNote = sheet.costNote
        files = [
            PageFrame.Link("方案文本（Word）", site.planFile(record.id, "report.docx")),
            PageFrame.Link("各校措施（Excel）", site.planFile(record.id, "measures.xlsx")),
            PageFrame.Link("实施后的数据表（Excel）", site.planFile(record.id, "applied.xlsx")),
        ]
        again = visit.may(.plan, in: record.county) ? [site.newPlan(record.county) + "&from=\(record.id)"] : []
        adoptURL = isCurrent && record.state != .adopted && visit.may(.adopt, in: record.county) ? [site.adoptPlan(record.id)] : []
        whatIf = visit.may(.plan, in: record.county) ? [WhatIf(record, sheet)] : []
        version = "\(record.version)"
        self.carry = carry
        adopted = record.adopted.map { ["\($0.name)于\(PageTime.text($0.at))采用\(record.state == .superseded ? "，后来换了别的方案" : "")。"] } ?? []
    }

    private static func standing(_ label: String, _ standing: PathSheet.Standing) -> Standing {
        Standing(
            label: label, light: Light(standing.verdict),
            words: "学校单位\(standing.unitsMet)/\(standing.units)达标，差异系数\(standing.spreadsMet)/\(standing.spreads)项达标。\(standing.sentence)")
    }
}

/// The tables of a plan.
enum PlanTables {
    static func measures(_ sheet: PathSheet, _ site: SiteMap) -> DataTable {
        DataTable(
            "measures", "各校措施",
            columns: [
                .init("place", "学校"), .init("action", "措施"), .init("count", "数量", .figure),
                .init("cost", "费用（万元）", .number(1), total: .sum),
            ],
            rows: sheet.measures.map {
                [
                    .init($0.place, url: site.school(sheet.county, $0.school)), .init($0.action),
                    .init(Double($0.count), PathWords.amount($0.count, $0.unit)), .init(Double($0.cost) / 10_000, decimals: 1),
                ]
            })
    }

    static func moves(_ sheet: PathSheet) -> DataTable {
        DataTable(
            "moves", "县内教师调动",
            columns: [
                .init("action", "类别"), .init("from", "从"), .init("to", "到"), .init("count", "人数", .number(0), total: .sum),
                .init("cost", "费用（万元）", .number(1), total: .sum),
            ],
            rows: sheet.moves.map {
                [.init($0.action), .init($0.from), .init($0.to), .init(Double($0.count)), .init(Double($0.cost) / 10_000, decimals: 1)]
            })
    }

    static func years(_ years: [PathSheet.Year]) -> DataTable {
        DataTable(
            "years", "分年安排",
            columns: [
                .init("year", "年度", isTight: true), .init("cost", "费用（万元）", .number(1), total: .sum),
                .init("hires", "招聘（人）", .number(0), total: .sum), .init("moved", "调动（人）", .number(0), total: .sum),
                .init("units", "年末达标的学校单位", .figure), .init("spreads", "年末不超过上限的差异系数", .figure),
            ],
            rows: years.map { year -> [DataTable.Cell] in
                [
                    .init("第\(year.number)年"), .init(Double(year.cost) / 10_000, decimals: 1), .init(Double(year.hires)),
                    .init(Double(year.moved)), .init(Double(year.unitsMet), "\(year.unitsMet)/\(year.units)"),
                    .init(Double(year.spreadsMet), "\(year.spreadsMet)/\(year.spreads)"),
                ]
            })
    }

    static func yearlyMeasures(_ years: [PathSheet.Year]) -> DataTable {
        DataTable(
            "yearly", "各年的措施",
            columns: [
                .init("year", "年度", isTight: true), .init("place", "学校"), .init("action", "措施"), .init("count", "数量", .figure),
                .init("cost", "费用（万元）", .number(1), total: .sum),
            ],
            rows: years.flatMap { year in
                year.lines.map { line -> [DataTable.Cell] in
                    [
                        .init("第\(year.number)年"), .init(line.place), .init(line.action),
                        .init(Double(line.count), PathWords.amount(line.count, line.unit)), .init(Double(line.cost) / 10_000, decimals: 1),
                    ]
                }
            })
    }

    static func spreads(_ sheet: PathSheet) -> DataTable {
        DataTable(
            "spreads", "校际差异系数前后",
            columns: [
                .init("item", "指标"), .init("stage", "学段", isTight: true), .init("before", "现在", .number(4)),
                .init("after", "方案后", .number(4)),
                .init("ceiling", "上限", .number(2)),
            ],
            rows: sheet.spreads.map {
                [
                    .init($0.item), .init($0.stage),
                    .init($0.before, decimals: 4, style: $0.isOver ? "notmet" : ""), .init($0.after, decimals: 4),
                    .init($0.ceiling, decimals: 2),
                ]
            })
    }

    static func prices(_ sheet: PathSheet) -> DataTable {
        DataTable(
            "prices", "各条规则的代价",
            columns: [.init("rule", "去掉这条规则"), .init("saved", "可省（万元）", .number(1)), .init("part", "占总费用", .figure)],
            rows: sheet.prices.sorted { ($0.saved ?? -1) > ($1.saved ?? -1) }.map { price in
                let part = price.saved.flatMap { sheet.cost > 0 ? Double($0) / Double(sheet.cost) * 100 : nil }
                return [
                    .init(price.rule), .init(price.saved.map { Double($0) / 10_000 }, decimals: 1, absent: "限时内没有算出"),
                    .init(part, part.map { "\(Figure.fixed($0, 1))%" }, decimals: 1, absent: "—"),
                ]
            })
    }
}
