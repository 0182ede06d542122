internal import Inspection
internal import Pages
internal import SiteMap
internal import Vocabulary

/// One item on a card, for a phone.
struct VisitItemPage: Sendable {
    let page: PageFrame
    let notice: [String]
    let url: String
    let back: String
    let clause: String
    let levels: [PageFrame.Choice]
    let note: String
    let problem: String
    let finishBy: String
    let once: String
    let photos: [String]

    init(
        _ desk: SupervisionDesk, _ one: SchoolVisit, _ rubric: Rubric, _ item: Rubric.Item, _ visit: Visit, notice: [String],
        typed: PostedParts?
    ) {
        let site = desk.site(visit)
        let all = VisitItemPage.all(desk, one)
        let place = (all.firstIndex { $0.rubric == rubric.id && $0.item == item.id } ?? 0) + 1
        page = desk.frame(
            item.label, lead: "第\(place)项，共\(all.count)项。\(rubric.label.zh)。", visit, place: one.schoolName,
            crumbs: [PageFrame.Link("本次督导", site.inspectionVisit(one.id))])
        self.notice = notice
        url = site.visitItem(one.id, rubric.id, item.id)
        back = site.inspectionVisit(one.id)
        clause = "依据：\(rubric.document)，\(item.clause)\(item.isConfirmed ? "" : "（名称待与原文核对）")"
        let mark = one.marks[rubric.id]?[item.id]
        let chosen = typed?["level"] ?? mark?.level ?? ""
        levels =
            rubric.levels.map { PageFrame.Choice(value: $0.id, label: "\($0.label)（\($0.points)）", isChosen: $0.id == chosen) } + [
                PageFrame.Choice(value: VisitMark.notApplicable, label: "不适用", isChosen: chosen == VisitMark.notApplicable)
            ]
        note = typed?["note"] ?? mark?.note ?? ""
        problem = typed?["problem"] ?? ""
        finishBy = typed?["finishBy"] ?? ""
        once = desk.newID()
        photos = one.photos.filter { $0.rubric == rubric.id && $0.item == item.id }.map { site.visitPhoto(one.id, $0.digest) }
    }

    static func all(_ desk: SupervisionDesk, _ one: SchoolVisit) -> [(rubric: String, item: String)] {
        desk.catalogue.rubrics(of: one).flatMap { rubric in rubric.items.map { (rubric.id, $0.id) } }
    }

    static func unjudged(_ desk: SupervisionDesk, _ one: SchoolVisit) -> [(rubric: String, item: String)] {
        all(desk, one).filter { one.marks[$0.rubric]?[$0.item] == nil }
    }

    /// The next item nobody judged, after this one.
    static func following(_ desk: SupervisionDesk, _ one: SchoolVisit, _ rubric: String, _ item: String) -> (rubric: String, item: String)?
    {
        let all = all(desk, one)
        let place = all.firstIndex { $0.rubric == rubric && $0.item == item } ?? -1
        return (all.dropFirst(place + 1) + all.prefix(place + 1)).first { next in
            one.marks[next.rubric]?[next.item] == nil && !(next.rubric == rubric && next.item == item)
        }
    }
}
