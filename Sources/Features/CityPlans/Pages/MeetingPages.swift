internal import Pages
internal import Registry
internal import SiteMap
internal import Targets
internal import Vocabulary

/// The joint meetings of a plan.
struct MeetingListPage: Sendable {
    struct Row: Sendable {
        var title: String
        var url: String
        var day: String
        var decisions: String
        var open: String
    }

    let page: PageFrame
    let tabs: [PageFrame.Link]
    let notice: [String]
    let rows: [Row]
    let hasRows: Bool
    let mayCall: Bool
    let url: String
    let today: String
    let nextTitle: String

    init(_ look: PlanLook, _ meetings: [Meeting], notice: String?) {
        let open = meetings.flatMap(\.decisions).count { $0.state == .open }
        let title = meetings.isEmpty ? "还没有开过联席会议" : open > 0 ? "还有\(open)项议定事项在办" : "议定事项全部办结"
        page = look.frame(title, lead: "会前按实时数据出材料，会上把议定事项记成任务，下次会先看落实。")
        tabs = look.tabs("meetings")
        self.notice = notice.map { [$0] } ?? []
        rows = meetings.map { meeting in
            Row(
                title: meeting.title, url: look.site.planMeeting(look.plan.id, meeting.id), day: meeting.day.chinese,
                decisions: String(meeting.decisions.count), open: String(meeting.decisions.count { $0.state == .open }))
        }
        hasRows = !rows.isEmpty
        mayCall = look.visit.may(.supervise, in: nil)
        url = look.site.cityPlan(look.plan.id, "meetings")
        today = look.today.description
        nextTitle = "第\((meetings.first?.number ?? 0) + 1)次联席研判会议"
    }
}

/// One meeting: what the last one left, what needs talking about, what is decided.
struct MeetingPage: Sendable {
    struct Row: Sendable {
        var text: String
        var light: Light
        var owner: String
        var due: String
        var state: String
        var url: [String]
        var meeting: String
    }
    struct Topic: Sendable {
        var label: String
        var url: String
        var light: Light
        var owner: String
        var why: String
    }

    let page: PageFrame
    let tabs: [PageFrame.Link]
    let notice: [String]
    let before: [Row]
    let hasBefore: Bool
    let beforeTitle: String
    let topics: [Topic]
    let hasTopics: Bool
    let rows: [Row]
    let hasRows: Bool
    let mayDecide: Bool
    let url: String
    let packURL: String
    let version: String
    let today: String
    let owners: [PageFrame.Choice]
    let lines: [PageFrame.Choice]

    init(_ look: PlanLook, _ meeting: Meeting, earlier: [Meeting], notice: String?) {
        let site = look.site
        let mayDecide = look.visit.may(.supervise, in: nil)
        func row(_ decision: Decision, _ from: Meeting) -> Row {
            Row(
                text: decision.text, light: Light(decision.light(look.today, warnDays: look.plan.warnDays)), owner: decision.owner,
                due: decision.due.chinese, state: MeetingPage.words(decision),
                url: decision.state == .open && mayDecide ? [site.planDecision(look.plan.id, from.id, decision.id)] : [],
                meeting: "第\(from.number)次")
        }
        let carried = meeting.carried(from: earlier)
        before = carried.map { row($0.0, $0.1) }
        hasBefore = !before.isEmpty
        let open = carried.count { $0.decision.state == .open }
        beforeTitle = open > 0 ? "以前议定的还有\(open)项没有办结" : "以前议定的都已办结"
        let urgent = MeetingPage.urgent(look)
        topics = urgent.map { leaf, found in
            Topic(
                label: leaf.label.zh, url: look.url(leaf.id), light: Light(found.light), owner: look.owner(leaf.id),
                why: found.reasons.joined(separator: "；"))
        }
        hasTopics = !topics.isEmpty
        rows = meeting.decisions.map { row($0, meeting) }
        hasRows = !rows.isEmpty
        page = look.desk.frame(
            "\(meeting.title)：\(meeting.decisions.isEmpty ? "还没有记议定事项" : "议定\(meeting.decisions.count)项")",
            lead: "\(meeting.day.chinese)，\(meeting.by.name)召集。", look.visit,
            crumbs: [
                PageFrame.Link(look.plan.label.zh, site.cityPlan(look.plan.id)),
                PageFrame.Link("联席研判", site.cityPlan(look.plan.id, "meetings")),
            ])
        tabs = look.tabs("meeting")
        self.notice = notice.map { [$0] } ?? []
        self.mayDecide = mayDecide
        url = site.planMeeting(look.plan.id, meeting.id, "decisions")
        packURL = site.planMeeting(look.plan.id, meeting.id, "pack.docx")
        version = String(meeting.version)
        today = look.today.description
        owners = look.plan.offices.map { PageFrame.Choice(value: $0.label.zh, label: $0.label.zh, isChosen: false) }
        lines =
            [PageFrame.Choice(value: "", label: "不对应某一条", isChosen: true)]
            + urgent.prefix(60).map { PageFrame.Choice(value: $0.0.id, label: $0.0.label.zh, isChosen: false) }
    }

    private static func words(_ decision: Decision) -> String {
        guard let ended = decision.ended else { return decision.state.label.zh }
        return "\(decision.state.label.zh)：\(decision.outcome)（\(ended.name)）"
    }

    /// Late lines, then those at risk.
    static func urgent(_ look: PlanLook) -> [(PlanItem, ItemAssessment)] {
        let leaves = look.plan.leaves.compactMap { leaf in look.assessment(leaf.id).map { (leaf, $0) } }
        return leaves.filter { $0.1.light == .late } + leaves.filter { $0.1.light == .atRisk }
    }
}
