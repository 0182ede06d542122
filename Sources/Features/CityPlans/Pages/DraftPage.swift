internal import Pages
internal import Registry
internal import SiteMap
internal import Targets
internal import Vocabulary

/// A draft read from a text, line beside its place, to be kept, changed or dropped, then adopted.
struct DraftPage: Sendable {
    struct Row: Sendable {
        var number: String
        var level: String
        var depth: String
        var label: String
        var amount: String
        var place: String
        var words: String
        var owner: String
        var deadline: String
        var isDropped: Bool
        var isGone: Bool
        var isChanged: Bool
        var isDoubtful: Bool
    }

    let page: PageFrame
    let notice: [String]
    let rows: [Row]
    let url: String
    let adoptURL: String
    let version: String
    let from: String
    let until: String
    let title: String
    let isOpen: Bool
    let adoptedURL: [String]

    init(_ desk: CityPlansDesk, _ reviewed: ReviewedDraft, notice: String?, _ visit: Visit) {
        let site = CityPlansDesk.site(visit)
        let opened = CityPlansDesk.opened(reviewed, today: visit.today)
        let (draft, period, kept) = (opened.read, opened.period, opened.kept)
        let targets = draft.lines.count { $0.quantity != nil }
        page = desk.frame(
            "《\(reviewed.title)》读出\(draft.lines.count)条，其中定量目标\(targets)项", lead: "机器按规则读的，请逐条对照原文：改写、补责任单位和期限，或去掉。去掉一条，它下面的也一并去掉。", visit)
        self.notice = notice.map { [$0] } ?? []
        // Once: counting into a text again for every line would take time by its square.
        let characters = Array(reviewed.text)
        var depths: [Int: Int] = [:]
        rows = draft.lines.map { line in
            let depth = (line.parent.flatMap { depths[$0] } ?? -1) + 1
            depths[line.number] = depth
            let choice = reviewed.choices[line.number]
            return Row(
                number: String(line.number), level: line.level.label.zh, depth: "d\(min(depth, 4))", label: choice?.label ?? line.label,
                amount: line.quantity.map { PlannedAmount($0.comparison, $0.value, unit: $0.unit, period: $0.period).words } ?? "",
                place: line.place.description, words: DraftPage.around(line, characters),
                owner: choice?.owner ?? line.owners.first ?? "", deadline: (choice?.deadline ?? line.deadline)?.description ?? "",
                isDropped: choice?.isDropped ?? false, isGone: !kept.contains(line.number), isChanged: choice != nil,
                isDoubtful: line.quantity?.isDoubtful ?? false)
        }
        url = site.planDraft(reviewed.id)
        adoptURL = site.planDraft(reviewed.id, "adopt")
        version = String(reviewed.version)
        from = period.from.description
        until = period.until.description
        title = reviewed.title
        isOpen = reviewed.adopted == nil && visit.may(.supervise, in: nil)
        adoptedURL = reviewed.adopted.map { [site.cityPlan($0)] } ?? []
    }

    /// The place with a few characters of its surroundings.
    private static func around(_ line: DraftLine, _ text: [Character]) -> String {
        let margin = line.quantity == nil ? 0 : 16
        let (start, end) = (max(0, line.place.start - margin), min(text.count, line.place.end + margin))
        guard start < end else { return "" }
        let words = String(text[start..<end]).replacing("\n", with: " ")
        return words.count > 120 ? String(words.prefix(119)) + "…" : words
    }
}
