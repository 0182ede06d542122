internal import Exchanges
internal import Foundation
internal import Pages
internal import Planning
internal import Registry
internal import SiteMap
internal import Vocabulary

/// One plan of exchange: what it brings, the flows between schools, the list, and adopting it.
struct RotationPlanPage: Sendable {
    struct Spread: Sendable {
        var label: String
        var before: String
        var after: String
    }

    let page: PageFrame
    let notice: [String]
    let proof: String
    let spreads: [Spread]
    let chart: String
    let chartNote: String
    let hasChart: Bool
    let schools: ShownTable
    let moves: ShownTable
    let reasons: ShownTable
    let mayAdopt: Bool
    let adopt: String
    let adopted: [String]
    let forms: [PageFrame.Choice]
    var all: [ShownTable] { [schools, moves, reasons] }

    init(
        _ desk: RotationDesk, _ kept: KeptRotation, _ record: RotationRecord, _ query: PageQuery, _ visit: Visit, notice: String? = nil
    ) {
        let scope = desk.scope(kept.year)
        let site = SiteMap(scope)
        let seesPersons = visit.may(.arrangeStaff, in: kept.county)
        let count = record.moves.count
        let rate = record.base > 0 ? RotationFigures.percent(Double(count) / Double(record.base)) : "—"
        let least = record.spreads.min { $0.after - $0.before < $1.after - $1.before }
        let gain =
            least.map { "，\($0.label)的差异系数由\(RotationFigures.decimals($0.before, 3))降到\(RotationFigures.decimals($0.after, 3))" } ?? ""
        page = desk.frame(
            "\(kept.county)交流\(count)人\(gain)",
            lead:
                "占\(record.basisLabel)\(record.base)人的\(rate)（按不低于\(record.rate)安排），骨干教师\(record.backbones)人（规定不低于\(record.backboneShare)）。每校每学科进出人数相等。",
            visit, scope, years: [], place: kept.county,
            crumbs: [PageFrame.Link("交流轮岗", site.rotation), PageFrame.Link(kept.county, site.rotation(kept.county))])
        self.notice = notice.map { [$0] } ?? []
        proof =
            "\(record.proof)。规则：\(record.rules)，依据\(record.document)。求解：\(record.certificate.solver)，用时\(RotationFigures.decimals(record.certificate.seconds, 1))秒；方案逐人逐条复核过。"
        spreads = record.spreads.map {
            Spread(label: $0.label, before: RotationFigures.decimals($0.before, 3), after: RotationFigures.decimals($0.after, 3))
        }
        let drawn = FlowChart(record)
        (chart, chartNote) = (drawn.svg, drawn.note)
        hasChart = !chart.isEmpty
        schools = RotationPlanPage.schools(record).shown(query)
        moves = RotationPlanPage.moves(record, seesPersons).shown(query)
        reasons = DataTable(
            "reasons", "不列入本学年名单的教师", columns: [.init("reason", "情形"), .init("count", "人数", .number(0), total: .sum)],
            rows: record.reasons.map { [.init($0.words), .init(Double($0.count))] }, hasTools: false
        ).shown(query)
        mayAdopt = seesPersons && kept.adoptedAt == nil
        adopt = site.rotationAdopt(kept.id)
        adopted = kept.adoptedAt.map { ["已由\(kept.adoptedBy ?? "")于\(PageTime.text($0))采用，名单已登记为拟交流。"] } ?? []
        forms = desk.rules.forms.filter(\.counts).enumerated().map {
            PageFrame.Choice(value: $1.id, label: $1.label, isChosen: $0 == 0)
        }
    }

    private static func schools(_ record: RotationRecord) -> DataTable {
        DataTable(
            "schools", "各校进出",
            columns: [
                .init("school", "学校"), .init("out", "派出", .number(0), total: .sum), .init("into", "接收", .number(0), total: .sum),
                .init("backbone", "骨干教师", .figure), .init("qualified", "高于规定学历教师", .figure),
            ],
            rows: record.schools.map { school in
                [.init(school.title), .init(Double(school.out)), .init(Double(school.into))]
                    + (0..<2).map { kind in
                        DataTable.Cell(
                            Double(school.after[kind] - school.before[kind]), "\(school.before[kind])→\(school.after[kind])")
                    }
            })
    }

    private static func moves(_ record: RotationRecord, _ seesPersons: Bool) -> DataTable {
        DataTable(
            "moves", "交流名单",
            columns: [
                .init("teacher", "教师编号", isTight: true), .init("post", "学科", isTight: true), .init("backbone", "骨干", isTight: true),
                .init("from", "从"), .init("to", "到"),
            ],
            rows: record.moves.map { move in
                [
                    .init(seesPersons ? move.teacher : PublishedList.masked(code: move.teacher)), .init(move.post),
                    .init(move.isBackbone ? "骨干" : ""), .init(record.schools[move.from].title), .init(record.schools[move.to].title),
                ]
            })
    }
}
