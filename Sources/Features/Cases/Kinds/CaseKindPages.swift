internal import Casework
internal import Pages
internal import Registry
internal import Vocabulary

/// Every kind of work, with what it rests on.
struct CaseKindsPage: Sendable {
    struct Row: Sendable {
        var label: String
        var url: String
        var version: String
        var subject: String
        var states: String
        var openers: String
    }
    let page: PageFrame
    let rows: [Row]
    /// For whoever keeps the installation.
    let rebuildURL: [String]

    init(_ desk: CasesDesk, _ definitions: [CaseDefinition], _ visit: Visit) {
        page = desk.frame(
            "\(definitions.count)类事项，各有一份办事规则", lead: "新增一类事项只写一个文件，放在目录的 cases 文件夹；规则自带演练，启动时逐条跑通。", visit,
            current: CaseAddress.kinds, crumbs: [PageFrame.Link("办件", CaseAddress.list)])
        rebuildURL = visit.may(.manageAccounts, in: nil) ? [CaseAddress.rebuild] : []
        rows = definitions.map { definition in
            Row(
                label: definition.label.zh, url: CaseAddress.kind(definition.id),
                version: "\(definition.version)版，\(definition.from.chinese)起",
                subject: definition.subject.label.zh, states: definition.states.map(\.label.zh).joined(separator: "—"),
                openers: definition.opening.by.map { definition.title($0) }.joined(separator: "、"))
        }
    }
}

/// One kind of work: its flow as a picture and in words.
struct CaseKindPage: Sendable {
    struct State: Sendable {
        var label: String
        var deadline: String
        var late: String
    }
    struct Action: Sendable {
        var label: String
        var from: String
        var to: String
        var by: String
        var needs: String
    }
    let page: PageFrame
    let flow: String
    let states: [State]
    let actions: [Action]
    let journeys: [String]
    let hasJourneys: Bool
    let reportURL: [String]
    let openURL: [String]
    let figures: String
    let publicURL: [PageFrame.Link]

    init(_ desk: CasesDesk, _ definition: CaseDefinition, mayOpen: Bool, _ visit: Visit) {
        page = desk.frame(
            "\(definition.label.zh)：\(definition.states.count)种状态，\(definition.actions.count)种办理",
            lead:
                "\(definition.version)版，\(definition.from.chinese)起适用\(definition.basis.isEmpty ? "" : "，依据\(definition.basis)")。办件一直按立件时的版本办理。",
            visit, crumbs: [PageFrame.Link("办件", CaseAddress.list), PageFrame.Link("办事规则", CaseAddress.kinds)])
        flow = FlowGraph(definition).svg
        states = definition.states.map { state in
            State(
                label: state.label.zh, deadline: CaseKindPage.deadline(state, definition),
                late: state.escalations.map { "超期\($0.after)个工作日：\($0.label.zh)" }.joined(separator: "；"))
        }
        actions = definition.actions.map { CaseKindPage.action($0, definition) }
        journeys = definition.journeys.map(\.name)
        hasJourneys = !journeys.isEmpty
        let isPublic = definition.opening.by.contains { definition.roles[$0]?.level == .everyone }
        reportURL = isPublic ? [CaseAddress.report(definition.id) + "/poster"] : []
        openURL = mayOpen ? [CaseAddress.open(definition.id)] : []
        figures = CaseAddress.figures + "?kind=\(definition.id)"
        publicURL = definition.publication.map { [PageFrame.Link($0.title.zh, CaseAddress.published(definition.id))] } ?? []
    }

    private static func deadline(_ state: CaseState, _ definition: CaseDefinition) -> String {
        guard let deadline = state.deadline else { return state.isEnd ? "办结" : "无期限" }
        return switch deadline.span {
        case .workingDays(let days): "\(days)个工作日内"
        case .days(let days): "\(days)天内"
        case .field(let name): "按“\(definition.field(name)?.label.zh ?? name)”"
        }
    }

    private static func action(_ action: CaseAction, _ definition: CaseDefinition) -> Action {
        var needs: [String] = []
        if let form = definition.form(action.form) { needs.append("填写“\(form.label.zh)”") }
        needs += action.evidence.map { "\($0.label.zh)\($0.atLeast)份" }
        if action.reason == .required { needs.append("写明理由") }
        if let joint = action.joint { needs.append(joint.need == .all ? "有关单位全部会签" : "有关单位之一会签") }
        if action.waitsForSubCases { needs.append("子办件全部办结") }
        if !action.notAfter.isEmpty {
            needs.append(
                "与“\(action.notAfter.compactMap { $0 == CaseAction.opening ? "立件" : definition.action($0)?.label.zh }.joined(separator: "、"))”不为同一人"
            )
        }
        if action.rule != nil { needs.append("系统核对通过") }
        if let limit = definition.publication?.limit, definition.publishes(action) {
            needs.append("每年不超过\(limit.most)次\(limit.refuses ? "" : "（超过只提醒）")")
        }
        let from =
            action.from.count == definition.states.count(where: { !$0.isEnd })
            ? "任一在办状态" : action.from.map { definition.state($0)?.label.zh ?? $0 }.joined(separator: "、")
        return Action(
            label: action.label.zh, from: from, to: action.to.map { definition.state($0)?.label.zh ?? $0 } ?? "不变",
            by: action.by.isEmpty ? "会签单位" : action.by.map { definition.title($0) }.joined(separator: "、"),
            needs: needs.isEmpty ? "—" : needs.joined(separator: "，"))
    }
}

/// What has a deadline in a month, day by day.
struct CaseCalendarPage: Sendable {
    struct Item: Sendable {
        var title: String
        var url: String
        var style: String
    }
    struct Cell: Sendable {
        var day: String
        var style: String
        var items: [Item]
        var more: [PageFrame.Link]
    }
    struct Week: Sendable {
        var cells: [Cell]
    }
    let page: PageFrame
    let weeks: [Week]
    let before: String
    let after: String
    let month: String

    static func bounds(_ month: String, today: Day) -> (first: Day, last: Day) {
        let start = Day(iso: month + "-01") ?? Day(year: today.year, month: today.month, day: 1)
        let next = Day(ordinal: start.ordinal + 31)
        return (start, Day(ordinal: Day(year: next.year, month: next.month, day: 1).ordinal - 1))
    }

    init(
        _ desk: CasesDesk, _ rows: [CaseSummary], first: Day, last: Day, calendar: WorkingCalendar, whose: String, _ visit: Visit
    ) {
        let today = visit.today
        let late = rows.count { $0.light(today) == .overdue }
        month = "\(first.year)年\(first.month)月"
        page = desk.frame(
            "\(month)有\(rows.count)件到期\(late > 0 ? "，\(late)件已超期" : "")", lead: "\(whose)。灰底是休息日，按国务院办公厅放假通知。", visit,
            current: CaseAddress.calendar, crumbs: [PageFrame.Link("办件", CaseAddress.list)])
        let byDay = Dictionary(grouping: rows) { $0.due.day?.ordinal ?? 0 }
        // Weeks begin on Monday; 1 January 1970 was a Thursday.
        let start = first.ordinal - ((first.ordinal + 3) % 7 + 7) % 7
        let end = last.ordinal + 6 - ((last.ordinal + 3) % 7 + 7) % 7
        weeks = stride(from: start, through: end, by: 7).map { monday in
            Week(
                cells: (monday..<monday + 7).map { ordinal in
                    let day = Day(ordinal: ordinal)
                    guard day >= first, day <= last else { return Cell(day: "", style: "out", items: [], more: []) }
                    let items = byDay[ordinal] ?? []
                    let style = (calendar.isWorkingDay(day) ? "" : "rest") + (day == today ? " today" : "")
                    return Cell(
                        day: "\(day.day)", style: style,
                        items: items.prefix(4).map {
                            Item(title: $0.title, url: CaseAddress.one($0.id), style: $0.light(today).light.style)
                        },
                        more: items.count > 4
                            ? [PageFrame.Link("共\(items.count)件", CaseAddress.list + "?tray=all&day=\(day)")] : [])
                })
        }
        func address(_ ordinal: Int) -> String {
            let day = Day(ordinal: ordinal)
            return CaseAddress.calendar + "?month=" + String("\(day)".prefix(7))
        }
        before = address(first.ordinal - 1)
        after = address(last.ordinal + 1)
    }
}

/// Figures of cases by county, school, kind, state or office.
struct CaseFiguresPage: Tabled, Sendable {
    let page: PageFrame
    let tables: [ShownTable]
    let groups: [PageFrame.Choice]
    let kinds: [PageFrame.Choice]
    let from: String
    let until: String

    init(
        _ desk: CasesDesk, _ figures: [CaseFigures], by group: CaseGrouping, kind: String, kinds: [CaseDefinition], from: String,
        until: String,
        names: [String: String], query: PageQuery, _ visit: Visit
    ) {
        let sum = figures.reduce((0, 0, 0, 0)) { ($0.0 + $1.opened, $0.1 + $1.closed, $0.2 + $1.open, $0.3 + $1.overdue) }
        let rate = sum.0 > 0 ? "，办结率\(Figure.fixed(Double(sum.1) / Double(sum.0) * 100, 1))%" : ""
        page = desk.frame(
            sum.0 == 0 ? "没有符合条件的办件" : "立件\(sum.0)件，办结\(sum.1)件\(rate)，超期\(sum.3)件", lead: "办结用时的中位数以自然日计；撤销、不属实的不计入办结。", visit,
            current: CaseAddress.figures, crumbs: [PageFrame.Link("办件", CaseAddress.list)])
        groups = CaseGrouping.allCases.map {
            PageFrame.Choice(value: $0.rawValue, label: CaseFiguresPage.label($0), isChosen: $0 == group)
        }
        self.kinds =
            [PageFrame.Choice(value: "", label: "各类", isChosen: kind.isEmpty)]
            + kinds.map { PageFrame.Choice(value: $0.id, label: $0.label.zh, isChosen: $0.id == kind) }
        self.from = from
        self.until = until
        let table = DataTable(
            "figures", "办件统计（按\(CaseFiguresPage.label(group))）",
            columns: [
                .init("group", CaseFiguresPage.label(group)), .init("opened", "立件", .number(0), total: .sum),
                .init("closed", "办结", .number(0), total: .sum), .init("open", "在办", .number(0), total: .sum),
                .init("overdue", "超期", .number(0), total: .sum), .init("abandoned", "撤销或不属实", .number(0), total: .sum),
                .init("rate", "办结率（%）", .number(1)), .init("days", "办结用时中位数（天）", .number(1)),
            ],
            rows: figures.map { figure in
                [
                    .init(names[figure.group] ?? (figure.group.isEmpty ? "全市" : figure.group)), .init(Double(figure.opened)),
                    .init(Double(figure.closed)), .init(Double(figure.open)),
                    .init(Double(figure.overdue), style: figure.overdue > 0 ? "notmet" : ""), .init(Double(figure.abandoned)),
                    .init(figure.opened > 0 ? Double(figure.closed) / Double(figure.opened) * 100 : nil, decimals: 1),
                    .init(figure.medianDays, decimals: 1),
                ]
            })
        tables = [table.shown(query)]
    }

    static func label(_ group: CaseGrouping) -> String {
        switch group {
        case .county: "县（市、区）"
        case .school: "学校"
        case .definition: "类别"
        case .state: "状态"
        case .owner: "责任单位"
        }
    }
}

/// 扫码报告: a page to print and hang up, and the page after a report was sent.
struct CasePublicPage: Sendable {
    let title: String
    let lead: String
    let organisation: String
    let code: [String]
    let address: String
    let isPoster: Bool
}
