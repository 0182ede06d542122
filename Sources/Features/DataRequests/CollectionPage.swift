internal import Casework
internal import CollectOnce
internal import Pages
internal import SiteMap
internal import Vocabulary

/// The check of a new form: what is handed in, what was found question by question, and, where nothing is held, the request itself.
struct CollectionPage: Sendable {
    struct Row: Sendable {
        var field: String
        var light: Light
        var facts: [Fact]
        /// Asked where something alike is held: name of the input and what stands in it.
        var why: [PageFrame.Choice]
    }
    struct Fact: Sendable {
        var name: String
        var place: String
        var url: String
        var fresh: String
    }

    let page: PageFrame
    let notice: [String]
    let text: String
    let kinds: [PageFrame.Choice]
    let rows: [Row]
    let hasRows: Bool
    let refusal: [String]
    /// The questions that may stay, to be checked again.
    let rest: [String]
    let form: [String]
    let cannot: [String]
    let url: String
    let applyURL: String
    let title: String
    let list: [PageFrame.Link]

    struct Material: Sendable {
        var visit: Visit
        var matches: [FieldMatch]
        var text: String
        var notice: [String]
        var parts: PostedParts
        var kinds: [CaseDefinition]
        var definition: CaseDefinition?
        var approved: Int
        var mayAsk: Bool
        var counties: [String]
    }

    init(_ desk: CollectionDesk, _ material: Material) {
        let (matches, held) = (material.matches, material.matches.held)
        page = CollectionPage.frame(desk, material)
        notice = material.notice
        text = material.text
        kinds = material.kinds.map { PageFrame.Choice(value: $0.id, label: $0.label.zh, isChosen: false) }
        let site = SiteMap(Scope(year: material.visit.today.schoolYear))
        let mayApply = held.isEmpty && material.mayAsk
        rows = matches.enumerated().map { place, match in
            CollectionPage.row(match, place, site, asksWhy: mayApply, material.parts)
        }
        hasRows = !rows.isEmpty
        refusal = CollectionDesk.heldWords(matches).map { [$0 + "，或直接使用已有的数。"] } ?? []
        rest = held.isEmpty ? [] : [AskedForm.text(matches.filter { $0.verdict != .held }.map(\.field))].filter { !$0.isEmpty }
        let isNew = matches.contains { [.new, .likely].contains($0.verdict) }
        form = mayApply && isNew ? material.definition.map { [RequestMarkup($0, material.counties, material.parts).html] } ?? [] : []
        cannot = CollectionPage.cannot(material, isNew: isNew)
        url = SiteMap.collectOnce
        applyURL = SiteMap.collectOnceApply
        title = material.parts["title"] ?? ""
        list =
            material.definition.flatMap { definition in
                definition.publication.map { [PageFrame.Link($0.title.zh, SiteMap.publicList(definition.id))] }
            } ?? []
    }

    private static func frame(_ desk: CollectionDesk, _ material: Material) -> PageFrame {
        let (matches, scope) = (material.matches, Scope(year: material.visit.today.schoolYear))
        let limit = material.definition?.publication?.limit
        let note = limit.map { "，每年不超过\($0.most)份\($0.note.isEmpty ? "" : "（\($0.note)）")" } ?? ""
        return PageFrame(
            title: headline(matches), lead: "向学校收数之前先核对：已经有的数不再收。\(material.visit.today.year)年已批准新表\(material.approved)份\(note)。",
            place: "新表核对", state: "",
            menu: MainMenu.groups(
                SiteMap(scope), county: nil, visit: material.visit, form: "school-return", current: SiteMap.collectOnce),
            scope: scope, years: [], standards: [], organisation: desk.organisation, visit: material.visit)
    }

    private static func headline(_ matches: [FieldMatch]) -> String {
        guard !matches.isEmpty else { return "新表核对：登记里已有的数不再向学校收" }
        let counts = Dictionary(grouping: matches, by: \.verdict).mapValues(\.count)
        if let held = counts[.held] { return "不能收：\(matches.count)栏里\(held)栏已有数据" }
        let likely = counts[.likely].map { "，\($0)栏可能已有，要说明有何不同" } ?? ""
        return counts[.new] == nil && counts[.likely] == nil ? "没有要收的新数据" : "\(matches.count)栏里没有已有的数据\(likely)"
    }

    private static func cannot(_ material: Material, isNew: Bool) -> [String] {
        guard !material.matches.isEmpty, material.matches.held.isEmpty, isNew else { return [] }
        guard let definition = material.definition else { return ["目录里没有新增报表的办事规则，不能在这里申请。"] }
        guard !material.mayAsk else { return [] }
        return ["申请由\(definition.opening.by.map { definition.title($0) }.joined(separator: "、"))提出。"]
    }

    private static func row(_ match: FieldMatch, _ place: Int, _ site: SiteMap, asksWhy: Bool, _ parts: PostedParts) -> Row {
        let facts = match.facts.map { fact in
            Fact(
                name: fact.name, place: "\(fact.holder.label)", url: url(fact.holder, site), fresh: fresh(fact.holder))
        }
        let why = asksWhy && match.verdict == .likely
        return Row(
            field: match.field.text + (match.field.unit.isEmpty ? "" : "（\(match.field.unit)）"), light: match.verdict.light, facts: facts,
            why: why ? [PageFrame.Choice(value: parts["why.\(place)"] ?? "", label: "why.\(place)", isChosen: false)] : [])
    }

    private static func fresh(_ holder: FactHolder) -> String {
        switch holder.kind {
        case .form, .register: holder.newest.map { "\($0.label.zh)，\(holder.rows)行" } ?? "已有此栏，还没有数据"
        case .indicator: "随报表自动算出"
        case .casework: "逐件填报"
        }
    }

    private static func url(_ holder: FactHolder, _ site: SiteMap) -> String {
        switch holder.kind {
        case .form: site.template(holder.id)
        case .register: site.rotation
        case .indicator: site.rules
        case .casework: SiteMap.caseKind(holder.id)
        }
    }
}

extension FieldMatch.Verdict {
    /// As pages show it: word, shape and colour together.
    var light: Light {
        switch self {
        case .held: Light(word: label.zh, shape: "■", style: "notmet")
        case .likely: Light(word: label.zh, shape: "▲", style: "warning")
        case .new: Light(word: label.zh, shape: "●", style: "met")
        case .identifier: Light(word: label.zh, shape: "◇", style: "measured")
        case .formal: Light(word: label.zh, shape: "○", style: "insufficient")
        }
    }
}
