internal import Exchanges
internal import Geography
internal import Pages
internal import SiteMap
internal import Vocabulary

/// Plans of exchange side by side.
enum RotationComparison {
    static func column(_ kept: RosterPlan, _ record: RotationRecord, _ boundaries: any Boundaries, _ site: SiteMap) -> SideBySidePage.Column
    {
        typealias Cell = DataTable.Cell
        let count = record.moves.count
        var lines: [(label: String, cell: Cell)] = [
            ("学年", Cell(kept.year.label.zh)), ("规则", Cell(record.rules)), ("按不低于多少安排", Cell("\(record.basisLabel)的\(record.rate)")),
            ("基数（人）", Cell(Double(record.base))), ("交流（人）", Cell(Double(count))),
            ("交流比例", Cell(record.base > 0 ? RotationFigures.percent(Double(count) / Double(record.base)) : "—")),
            ("其中骨干（人）", Cell(Double(record.backbones))), ("平均相距（公里）", Cell(record.kilometres ?? "—")),
        ]
        lines += record.spreads.map {
            ("\($0.label)差异系数", Cell(RotationFigures.decimals($0.before, 3) + " → " + RotationFigures.decimals($0.after, 3)))
        }
        lines += [("离最均衡", Cell(record.proof)), ("采用", Cell(kept.adoptedAt == nil ? "未采用" : "已采用"))]
        return SideBySidePage.Column(
            link: PageFrame.Link("\(kept.county)，\(PageTime.text(kept.madeAt))\(kept.madeBy)做", site.rotationPlan(kept.id)), lines: lines,
            schools: record.schools.indices.map { place in
                let school = record.schools[place]
                return (
                    school.title,
                    Cell("出\(school.out) 进\(school.into)，骨干\(school.before[0])→\(school.after[0])")
                )
            }, map: RotationMap(record, boundaries, site, width: 560).svg)
    }

    /// What the difference is, in a sentence.
    static func title(_ plans: [(kept: RosterPlan, record: RotationRecord)]) -> String {
        guard plans.count > 1 else { return "请在列表里勾选两份以上的方案" }
        guard Set(plans.map(\.kept.county)).count == 1 else { return "\(plans.count)份方案分属不同的县，不能直接相比" }
        let label = plans[0].record.spreads.min { $0.after - $0.before < $1.after - $1.before }?.label
        let after = plans.map { plan in plan.record.spreads.first { $0.label == label }?.after }
        guard let label, let best = after.compactMap({ $0 }).min(), let place = after.firstIndex(of: best) else {
            return "\(plans.count)份方案并排看"
        }
        let moved = plans.map { $0.record.moves.count }
        return
            "\(label)的差异系数最低的是方案\(place + 1)：\(RotationFigures.decimals(best, 3))，交流\(moved[place])人；交流最少的是方案\((moved.indices.min { moved[$0] < moved[$1] } ?? 0) + 1)：\(moved.min() ?? 0)人"
    }
}
