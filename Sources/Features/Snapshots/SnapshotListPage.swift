internal import Indicators
internal import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

/// Every county of a school year on the line 填报—上报—审核—冻结, with the next step as a button.
struct SnapshotListPage: Sendable {
    struct Row: Sendable {
        var county: String
        var url: [String]
        var state: String
        var style: String
        var schools: String
        var seal: String
        var last: String
        var steps: [SnapshotButton]
    }

    let page: PageFrame
    let notice: [String]
    let rows: [Row]
    let reminders: [String]
    let hasReminders: Bool

    struct Material: Sendable {
        var years: [SchoolYear]
        /// Rows of the school form by county.
        var counts: [String: Int]
        var latest: [Snapshot]
        var reminders: [Reminder]
        var notice: String?
    }

    init(_ desk: SnapshotsDesk, _ material: Material, _ visit: Visit, _ scope: Scope) {
        let site = SiteMap(scope)
        let known = Dictionary(material.latest.map { ($0.county, $0) }) { first, _ in first }
        let counties = Set(material.counts.keys).union(known.keys).sorted().filter { visit.may(.look, in: $0) }
        let frozen = counties.count { known[$0]?.state == .frozen }
        let waiting = counties.count { known[$0]?.state == .submitted }
        let only = counties.count == 1 ? counties.first : nil
        let title =
            only.map { "\($0)\(scope.year.label.zh)：\(known[$0]?.state.label.zh ?? "尚未上报")" }
            ?? (counties.isEmpty
                ? "\(scope.year.label.zh)还没有数据"
                : frozen == counties.count ? "\(scope.year.label.zh)\(frozen)个县全部冻结" : "\(counties.count)个县中\(frozen)个已冻结，\(waiting)个等待审核")
        page = desk.frame(
            title, lead: "县里核对后上报，市里审核，冻结后作为正式数据：冻结的数不能再改，更正另开新版。", visit, scope, years: material.years, place: "全市", isList: true)
        notice = material.notice.map { [$0] } ?? []
        rows = counties.map { SnapshotListPage.row($0, known[$0], material.counts[$0] ?? 0, visit, site) }
        let owed = material.reminders.filter { visit.may(.look, in: $0.county) }
        reminders = owed.map(\.message)
        hasReminders = !owed.isEmpty
    }

    private static func row(_ county: String, _ snapshot: Snapshot?, _ schools: Int, _ visit: Visit, _ site: SiteMap) -> Row {
        Row(
            county: county, url: snapshot.map { [site.snapshot($0.id)] } ?? [],
            state: (snapshot?.state.label.zh ?? "尚未上报") + (snapshot.map { $0.number > 1 ? "（第\($0.number)版）" : "" } ?? ""),
            style: SnapshotWords.style(snapshot?.state), schools: "\(schools)",
            seal: snapshot?.seal.map(\.shortHash) ?? "—",
            last: snapshot?.steps.last.map { "\($0.signature.name)，\(PageTime.text($0.signature.at))" } ?? "—",
            steps: SnapshotButton.list(county, snapshot, visit, site).filter { !$0.asksReason })
    }
}

/// A step as a button; some ask for a reason.
struct SnapshotButton: Sendable {
    var label: String
    var url: String
    var version: String
    var asksReason: Bool
    var isMain: Bool

    /// Exactly the steps that the state allows and the visitor may take.
    static func list(_ county: String, _ snapshot: Snapshot?, _ visit: Visit, _ site: SiteMap) -> [SnapshotButton] {
        guard let snapshot else {
            guard visit.may(.submit, in: county) else { return [] }
            return [SnapshotButton(label: "上报", url: site.openSnapshot(county), version: "0", asksReason: false, isMain: true)]
        }
        var buttons = snapshot.availableActions.filter { visit.may($0.duty, in: county) }.map { action in
            SnapshotButton(
                label: action.label.zh, url: site.snapshotStep(snapshot.id, action.rawValue), version: "\(snapshot.version)",
                asksReason: action == .giveBack, isMain: action != .giveBack)
        }
        if snapshot.state == .frozen, visit.may(.freeze, in: county) {
            buttons.append(
                SnapshotButton(label: "另开新版更正", url: site.openSnapshot(county), version: "0", asksReason: true, isMain: false))
        }
        return buttons
    }
}

extension SnapshotAction {
    /// What a person must answer for to take the action.
    var duty: Duty {
        switch self {
        case .open, .submit: .submit
        case .giveBack, .approve: .review
        case .freeze: .freeze
        }
    }
}
