internal import Casework
internal import Foundation
internal import Pages
internal import SiteMap
internal import Vocabulary

/// One case: where it stands, what is next, how it came there.
struct CaseDetailPage: Sendable {
    struct Button: Sendable {
        var label: String
        var url: String
        var revision: Int
        /// Done by pressing; otherwise a page asks for more first.
        var isPlain: Bool
        var isMain: Bool
        var obstacle: [String]
    }
    struct Fact: Sendable {
        var label: String
        var text: String
    }
    struct Table: Sendable {
        var label: String
        var headers: [String]
        var rows: [[String]]
    }
    struct Aside: Sendable {
        var title: String
        var lines: [Fact]
    }
    struct Picture: Sendable {
        var url: String
        var label: String
        var isShown: Bool
    }
    struct Step: Sendable {
        var time: String
        var what: String
        var state: String
        var who: String
        var words: [String]
        var notice: [PageFrame.Link]
    }

    /// Something a case has to do with; without an address where it has no page of its own.
    struct Related: Sendable {
        var label: String
        var urls: [String]

        init(label: String, url: String?) {
            self.label = label
            urls = url.map { [$0] } ?? []
        }
    }

    let page: PageFrame
    let notice: [String]
    let light: Light
    let buttons: [Button]
    let hasButtons: Bool
    let nobody: [String]
    let facts: [Fact]
    let answers: [Fact]
    let hasAnswers: Bool
    let tables: [Table]
    let asides: [Aside]
    let pictures: [Picture]
    let hasPictures: Bool
    let steps: [Step]
    let links: [Related]
    let hasLinks: Bool
    let noteURL: String
    let revision: Int
    let flow: String
    let mayNote: Bool

    struct Material: Sendable {
        var item: Case
        var definition: CaseDefinition
        var actions: [AvailableAction]
        var related: [CaseSummary]
        var notice: String?
        var linkURLs: [String: String]
        var asides: [CaseAside]
    }

    init(_ desk: CasesDesk, _ material: Material, _ visit: Visit) {
        let (item, definition) = (material.item, material.definition)
        let state = definition.state(item.state)
        let isOver = state?.isEnd == true
        light = CaseLight(item.due, isClosed: isOver, today: visit.today).light
        page = desk.frame(
            "\(item.title)：\(state?.label.zh ?? item.state)\(CaseDetailPage.pressing(item, isOver, visit.today))",
            lead: "\(definition.label.zh) \(item.number)，\(item.place.label)，\(item.openedDay.chinese)立件。", visit, place: item.place.label,
            crumbs: [PageFrame.Link("办件", CaseAddress.list)])
        notice = material.notice.map { [$0] } ?? []
        buttons = material.actions.map { found in
            let action = found.action
            return Button(
                label: action.label.zh, url: CaseAddress.act(item.id, action.id), revision: item.revision,
                isPlain: action.isPlain && action.reason == .none && action.joint == nil, isMain: !action.isAside,
                // What a rule that asks for facts would say is known only when it is asked in earnest.
                obstacle: found.obstacle.isEmpty || !action.asks.isEmpty ? [] : [found.obstacle])
        }
        hasButtons = !buttons.isEmpty
        let next = isOver ? [] : definition.waitingWords(item)
        nobody = hasButtons || next.isEmpty ? [] : ["现在由\(next.joined(separator: "、"))办理。"]
        facts = CaseDetailPage.facts(item, definition, visit.today)
        answers = definition.fields.compactMap { field in
            guard field.type != .table, let value = item.answers[field.id] else { return nil }
            return Fact(label: field.label.zh, text: field.words(value))
        }
        hasAnswers = !answers.isEmpty
        tables = definition.fields.compactMap { CaseDetailPage.table($0, item.answers[$0.id]) }
        asides = material.asides.map { aside in
            Aside(title: aside.title, lines: aside.lines.map { Fact(label: $0.label, text: $0.text) })
        }
        pictures = CaseDetailPage.pictures(item)
        hasPictures = !pictures.isEmpty
        steps = item.history.enumerated().reversed().map { CaseDetailPage.step($1, $0, item, definition) }
        links =
            item.links.map { link in Related(label: link.label, url: material.linkURLs["\(link.kind)|\(link.target)"]) }
            + material.related.map { Related(label: "\($0.number) \($0.title)", url: CaseAddress.one($0.id)) }
        hasLinks = !links.isEmpty
        noteURL = CaseAddress.note(item.id)
        revision = item.revision
        flow = FlowGraph(definition, current: item.state).svg
        mayNote = !isOver
    }

    private static func pressing(_ item: Case, _ isOver: Bool, _ today: Day) -> String {
        guard !isOver, let day = item.due.day else { return "" }
        if today > day { return "，已超期\(today.ordinal - day.ordinal)天" }
        return day == today ? "，今天到期" : "，\(day.chinese)前办理"
    }

    private static func facts(_ item: Case, _ definition: CaseDefinition, _ today: Day) -> [Fact] {
        var facts = [
            Fact(label: "责任单位", text: item.owner.map { definition.title($0, at: item.place) } ?? "未定"),
            Fact(label: "承办人", text: item.assignee?.name ?? "未定"),
        ]
        if !item.coOwners.isEmpty {
            facts.append(Fact(label: "协办单位", text: item.coOwners.map { definition.title($0, at: item.place) }.joined(separator: "、")))
        }
        if let day = item.due.day {
            facts.append(Fact(label: "期限", text: day.chinese + (item.due.isProvisional ? "（当年节假日尚未公布，按周一至周五暂算）" : "")))
        }
        if !item.signed.isEmpty {
            facts.append(Fact(label: "已会签", text: item.signed.map { definition.title($0, at: item.place) }.joined(separator: "、")))
        }
        facts.append(
            Fact(
                label: "办事规则",
                text: "\(definition.label.zh) \(definition.version)版\(definition.basis.isEmpty ? "" : "，依据\(definition.basis)")"))
        return facts
    }

    private static func table(_ field: FormField, _ value: FieldValue?) -> Table? {
        guard case .table(let rows)? = value else { return nil }
        return Table(
            label: field.label.zh, headers: field.columns.map(\.label.zh),
            rows: rows.map { row in field.columns.map { column in row[column.id].map(column.words) ?? "—" } })
    }

    private static func pictures(_ item: Case) -> [Picture] {
        var pictures = item.evidence.compactMap { piece -> Picture? in
            guard let file = piece.file else { return nil }
            let when = piece.takenAt.map { "，" + PageTime.text($0) } ?? ""
            return Picture(
                url: CaseAddress.file(item.id, file.digest),
                label: "\(piece.kind.label.zh)：\(piece.note.isEmpty ? file.name : piece.note)\(when)",
                isShown: FileKind.isShown(file.type))
        }
        for value in item.answers.values {
            guard case .files(let files) = value else { continue }
            pictures += files.map {
                Picture(url: CaseAddress.file(item.id, $0.digest), label: $0.name, isShown: FileKind.isShown($0.type))
            }
        }
        return pictures
    }

    private static func step(_ event: CaseEvent, _ place: Int, _ item: Case, _ definition: CaseDefinition) -> Step {
        var words = event.reason.isEmpty ? [] : ["理由：\(event.reason)"]
        words += definition.fields.compactMap { field in
            event.answers[field.id].map { "\(field.label.zh)：\(field.words($0))" }
        }
        words += event.evidence.compactMap { piece in
            switch piece.kind {
            case .location: piece.position.map { "到场定位：\($0.longitude)，\($0.latitude)" }
            case .measurement: piece.value.map { "实测：\($0)\(piece.unit)" }
            case .photo, .document: piece.file.map { "\(piece.kind.label.zh)：\($0.name)" }
            }
        }
        words += event.findings.map { "核对：\($0.message)" }
        if let unit = event.owner, place > 0 { words.append("转给：\(definition.title(unit, at: item.place))") }
        let post = definition.roles[event.role]?.label.zh ?? ""
        let notice = definition.notice(event, of: item).map { text in
            ["docx", "pdf"].map { PageFrame.Link("\(text.title)（\($0 == "pdf" ? "PDF" : "Word")）", CaseAddress.notice(item.id, place, $0)) }
        }
        return Step(
            time: PageTime.text(event.at), what: event.label.isEmpty ? CaseDetailPage.kind(event.kind) : event.label,
            state: event.from == event.to ? "" : definition.state(event.to)?.label.zh ?? event.to,
            who: post.isEmpty ? event.name : "\(event.name)（\(post)）", words: words, notice: notice ?? [])
    }

    private static func kind(_ kind: CaseEvent.Kind) -> String {
        switch kind {
        case .opened: "立件"
        case .acted: "办理"
        case .signed: "会签"
        case .escalated: "超期提醒"
        case .noted: "备注"
        }
    }
}

extension CaseDefinition {
    /// The offices a case waits for, in words.
    func waitingWords(_ item: Case) -> [String] { summary(item).waiting.map { title($0, at: item.place) } }
}
