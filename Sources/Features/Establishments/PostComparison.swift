internal import Geography
internal import Pages
internal import SiteMap
internal import Staffing
internal import Vocabulary

/// Matchings of people and posts side by side.
enum PostComparison {
    static func column(_ kept: RosterPlan, _ record: PostRecord, _ boundaries: any Boundaries, _ site: SiteMap) -> SideBySidePage.Column {
        typealias Cell = DataTable.Cell
        let lines: [(label: String, cell: Cell)] = [
            ("学年", Cell(kept.year.label.zh)), ("规则", Cell(record.rules)), ("空岗（个）", Cell(Double(record.vacancies))),
            ("补上（个）", Cell(Double(record.rows.count))), ("还空（个）", Cell(Double(record.empty.reduce(0) { $0 + $1.count }))),
            ("可以参加（人）", Cell(Double(record.candidates))), ("待岗（人）", Cell(Double(record.waiting))),
            ("安置待岗（人）", Cell(Double(record.placed))), ("平均相距（公里）", Cell(record.kilometres ?? "—")),
            ("证明", Cell(record.proof)), ("采用", Cell(kept.adoptedAt == nil ? "未采用" : "已采用")),
        ]
        return SideBySidePage.Column(
            link: PageFrame.Link("\(kept.county)，\(PageTime.text(kept.madeAt))\(kept.madeBy)做", site.postPlan(kept.id)), lines: lines,
            schools: (record.schools ?? []).map { school in
                let posts = school.vacancies > 0 ? "空岗\(school.vacancies)→\(school.vacancies - school.filled)" : ""
                let gone = school.gave > 0 ? "派出\(school.gave)" : ""
                return (school.title, Cell([posts, gone].filter { !$0.isEmpty }.joined(separator: "，")))
            }, map: PostMap(kept.county, record, boundaries, site, width: 560).svg)
    }

    /// What the difference is, in a sentence.
    static func title(_ plans: [(kept: RosterPlan, record: PostRecord)]) -> String {
        guard plans.count > 1 else { return "请在列表里勾选两份以上的方案" }
        guard Set(plans.map(\.kept.county)).count == 1 else { return "\(plans.count)份方案分属不同的县，不能直接相比" }
        let filled = plans.map(\.record.rows.count)
        let most = filled.max() ?? 0
        guard filled.contains(where: { $0 != most }) else { return "\(plans.count)份方案都补上\(most)个空岗" }
        return "补上空岗最多的是方案\((filled.firstIndex(of: most) ?? 0) + 1)：\(most)个"
    }
}
