internal import Exchanges
internal import Foundation
internal import Pages
internal import Planning
internal import Registry
internal import SiteMap
internal import Vocabulary

/// One plan of exchange: what it brings, the flows between schools, the list, and adopting it.
struct RotationPlanPage: Sendable, Tabled {
    let page: PageFrame
    let notice: [String]
    let proof: String
    let chart: String
    let map: String
    let mapNote: String
    let hasMap: Bool
    let rates: ShownTable
    let hasRates: Bool
    let ratesNote: String
    let carry: CarryPart
    let schools: ShownTable
    let moves: ShownTable
    let reasons: ShownTable
    let mayAdopt: Bool
    let adopt: String
    let adopted: [String]
    let forms: [PageFrame.Choice]
    var tables: [ShownTable] { [rates, schools, moves, reasons] }

    init(
        _ desk: RotationDesk, _ kept: RosterPlan, _ record: RotationRecord, _ carry: CarryPart, _ query: PageQuery, _ visit: Visit,
        notice: String? = nil
    ) {
        let scope = desk.scope(kept.year)
        self.carry = carry
        let site = SiteMap(scope)
        let seesPersons = visit.may(.arrangeStaff, in: kept.county)
        let count = record.moves.count
        let rate = record.base > 0 ? RotationFigures.percent(Double(count) / Double(record.base)) : "—"
        page = desk.frame(
            record.headline,
            lead:
                "占\(record.basisLabel)\(record.base)人的\(rate)（按不低于\(record.rate)安排），骨干教师\(record.backbones)人（规定不低于\(record.backboneShare)）。\(record.kilometres.map { "两校平均相距\($0)公里。" } ?? "")每校每学科进出人数相等。",
            visit, scope, years: [], place: kept.county,
            crumbs: [PageFrame.Link("交流轮岗", site.rotation), PageFrame.Link(kept.county, site.rotation(kept.county))])
        self.notice = notice.map { [$0] } ?? []
        proof =
            "\(record.proof)。规则：\(record.rules)，依据\(record.document)。求解：\(record.certificate.solver)，用时\(RotationFigures.decimals(record.certificate.seconds, 1))秒；方案逐人逐条复核过。"
        chart =
            BeforeAfterChart(
                "方案前后的校际差异系数",
                record.spreads.map {
                    .init(
                        $0.label, before: $0.before, after: $0.after,
                        text: "\(RotationFigures.decimals($0.before, 3))→\(RotationFigures.decimals($0.after, 3))")
                }
            ).svg
        let drawn = RotationMap(record, desk.boundaries, site)
        (map, mapNote, hasMap) = (drawn.svg, drawn.note, !drawn.svg.isEmpty)
        rates = RotationPlanPage.rates(record).shown(query)
        hasRates = record.rates != nil
        ratesNote = "同一份名册，只改比例，各算一次。离最均衡：这一行的方案与证明过的下界最多差多少；没有求解器就没有下界。"
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

    /// The same at other rates.
    private static func rates(_ record: RotationRecord) -> DataTable {
        let labels = record.spreads.map(\.label)
        return DataTable(
            "rates", "不同交流比例的效果",
            columns: [.init("rate", "比例", isTight: true), .init("moved", "交流人数", .number(0))]
                + labels.enumerated().map { .init("s\($0)", "\($1)差异系数", .figure) }
                + [.init("gap", "离最均衡", .figure), .init("metres", "平均相距（公里）", .number(1))],
            rows: (record.rates ?? []).map { rate in
                let why = rate.isImpossible ? "做不到" : "限时内没有算出"
                let far = rate.moved.flatMap { $0 > 0 ? Double(rate.metres ?? 0) / Double($0) / 1_000 : nil }
                return [.init(rate.rate), .init(rate.moved.map(Double.init), absent: why)]
                    + labels.map { label in
                        let spread = rate.spreads.first { $0.label == label }
                        return .init(spread?.after, spread.map { RotationFigures.decimals($0.after, 3) })
                    }
                    + [.init(rate.gap, rate.gap.map { RotationFigures.percent(Swift.max(0, $0), 2) }), .init(far, decimals: 1)]
            })
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
