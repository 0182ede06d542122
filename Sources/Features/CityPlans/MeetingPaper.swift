internal import Pages
internal import Reporting
internal import SiteMap
internal import Targets
internal import Vocabulary

/// 联席研判会议材料 from what stands in the system when it is asked for.
struct MeetingPaper {
    let look: PlanLook
    let meeting: Meeting
    let earlier: [Meeting]
    let slips: [Slip]?

    var document: OfficialDocument {
        let counts = look.assessment.counts
        var blocks: [OfficialDocument.Block] = [.heading(1, "总体进展")]
        blocks.append(.paragraph("\(look.plan.label.zh)共\(PlanAssessment.words(counts))。"))
        blocks.append(programmes)
        blocks += carried + slipped + urgent + open
        blocks.append(.heading(1, "本次议定事项"))
        if meeting.decisions.isEmpty {
            blocks.append(.paragraph("（会上填写：事项、责任单位、完成期限。）"))
        } else {
            blocks.append(decisions("本次议定事项", meeting.decisions.map { ($0, meeting) }))
        }
        return OfficialDocument(
            title: "\(meeting.title)材料", subtitle: look.plan.label.zh, blocks: blocks, signature: look.desk.organisation,
            date: meeting.day.chinese,
            source: "按\(look.today.chinese)的数据生成；规划第\(look.adoption.version)版。灯由佐证计算，人工定的灯已注明。")
    }

    private var programmes: OfficialDocument.Block {
        let items = look.plan.all.filter { $0.level == .programme || ($0.level == .goal && $0.items.allSatisfy { $0.level > .programme }) }
        let rows = items.compactMap { item -> [String]? in
            guard let found = look.assessment(item.id) else { return nil }
            return [
                item.label.zh, found.light.label.zh, "\(found.count(.done))/\(found.leaves)", String(found.count(.late)),
                String(found.count(.atRisk)), String(found.count(.insufficient)),
            ]
        }
        return .table(
            .init(
                caption: "各项行动进展", headers: ["行动", "灯", "完成", "滞后", "预警", "资料不足"], widths: [5, 1.6, 1.2, 1, 1, 1.4], rows: rows,
                numeric: [2, 3, 4, 5]))
    }

    private var carried: [OfficialDocument.Block] {
        let list = meeting.carried(from: earlier)
        guard !list.isEmpty else { return [.heading(1, "以前议定事项落实情况"), .paragraph("没有以前议定的事项。")] }
        let open = list.count { $0.0.state == .open }
        return [
            .heading(1, "以前议定事项落实情况"), .paragraph("共\(list.count)项，办结\(list.count { $0.0.state == .done })项，还在办理\(open)项。"),
            decisions("以前议定事项", list),
        ]
    }

    private func decisions(_ caption: String, _ list: [(Decision, Meeting)]) -> OfficialDocument.Block {
        let rows = list.map { decision, from in
            [
                "第\(from.number)次", decision.text, decision.owner, decision.due.chinese,
                decision.state == .open
                    ? decision.light(look.today, warnDays: look.plan.warnDays).label.zh : "\(decision.state.label.zh)：\(decision.outcome)",
            ]
        }
        return .table(
            .init(caption: caption, headers: ["会议", "事项", "责任单位", "期限", "情况"], widths: [1, 4, 2, 2.2, 2.5], rows: rows))
    }

    private var slipped: [OfficialDocument.Block] {
        guard let slips else { return [.heading(1, "本周滑落"), .paragraph("还没有上一周的记录，暂不能比较。")] }
        guard !slips.isEmpty else { return [.heading(1, "本周滑落"), .paragraph("与上次记录相比，没有滑落的事项。")] }
        let rows = slips.map { [$0.item.label.zh, "\($0.before.label.zh)→\($0.now.label.zh)", look.owner($0.id)] }
        return [
            .heading(1, "本周滑落"),
            .table(.init(caption: "本周滑落的事项", headers: ["事项", "变化", "牵头单位"], widths: [5, 2.5, 2.5], rows: rows)),
        ]
    }

    private var urgent: [OfficialDocument.Block] {
        let list = MeetingPage.urgent(look)
        guard !list.isEmpty else { return [.heading(1, "滞后和预警事项"), .paragraph("没有。")] }
        let rows = list.map { leaf, found in
            [
                leaf.label.zh, found.light.label.zh + (found.override == nil ? "" : "（人工定灯）"), look.owner(leaf.id),
                found.due?.chinese ?? "未定", found.reasons.joined(separator: "；"),
            ]
        }
        return [
            .heading(1, "滞后和预警事项"),
            .table(.init(caption: "滞后和预警事项", headers: ["事项", "灯", "牵头单位", "期限", "原因"], widths: [3, 1.4, 1.8, 2.2, 4.5], rows: rows)),
        ]
    }

    private var open: [OfficialDocument.Block] {
        let unknown = look.plan.leaves.filter { look.assessment($0.id)?.light == .insufficient }
        guard !unknown.isEmpty else { return [] }
        let byOwner = Dictionary(grouping: unknown) { look.owner($0.id) }.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        let words = byOwner.map { "\($0.key)\($0.value.count)项" }.joined(separator: "、")
        return [.heading(1, "资料不足、请抓紧填报的事项"), .paragraph("共\(unknown.count)项：\(words)。")]
    }
}
