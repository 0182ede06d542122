internal import Pages
internal import Reporting
internal import SiteMap
internal import Targets
internal import Vocabulary

/// 调度清单: what needs somebody's hand, worst first, and open decisions of joint meetings.
struct DispatchTable {
    let look: PlanLook
    let meetings: [Meeting]
    /// Lines that are done or under way too.
    let isWhole: Bool

    var table: DataTable {
        let rows = DispatchEntry.list(look.assessment, meetings, isWhole: isWhole).map { entry in
            switch entry {
            case .line(let leaf, let found): row(leaf, found)
            case .decision(let decision, let meeting, let light): row(decision, meeting, light)
            }
        }
        return DataTable(
            "dispatch", "调度清单",
            columns: [
                .init("line", "事项"), .init("light", "灯", isTight: true), .init("owner", "牵头单位", isTight: true), .init("others", "配合单位"),
                .init("due", "期限", isTight: true), .init("goal", "目标", isTight: true), .init("now", "现状", isTight: true),
                .init("why", "为什么"),
                .init("under", "属于"), .init("last", "最近填报", isTight: true), .init("hand", "人工定灯"),
            ], rows: rows)
    }

    private func row(_ leaf: PlanItem, _ found: ItemAssessment) -> [DataTable.Cell] {
        let charge = look.charges[leaf.id]
        let others = (charge?.coOwners ?? []).map { look.office($0) }.joined(separator: "、")
        let last = look.record.entries(of: leaf.id).last { $0.withdrawn == nil }
        let path = look.plan.path(to: leaf.id).dropLast().map(\.label.zh).joined(separator: " › ")
        let hand = found.override.map { "\($0.light.label.zh)：\($0.reason)（\($0.by.name)）" } ?? ""
        return [
            .init(leaf.label.zh, url: look.url(leaf.id)), .init(Light(found.light)), .init(look.owner(leaf.id)), .init(others),
            .init(found.due?.description ?? "未定"), .init(leaf.amount?.words ?? "办结"),
            .init(leaf.amount == nil ? "" : found.value.map { leaf.required.text($0) } ?? "—"), .init(found.reasons.joined(separator: "；")),
            .init(path), .init(last?.day.description ?? ""), .init(hand),
        ]
    }

    private func row(_ decision: Decision, _ meeting: Meeting, _ light: PlanLight) -> [DataTable.Cell] {
        [
            .init(decision.text, url: look.site.planMeeting(look.plan.id, meeting.id)), .init(Light(light)), .init(decision.owner),
            .init(""),
            .init(decision.due.description), .init("办结"), .init(decision.state.label.zh), .init(decision.outcome),
            .init("第\(meeting.number)次联席会议议定"), .init(""), .init(""),
        ]
    }
}
