internal import Pages
internal import Registry
internal import SiteMap
internal import Staffing
internal import Vocabulary

/// One school's staff: how its establishment was counted, its subjects, retirements and years to come, stage by stage.
struct StaffingSchoolPage: Sendable, Tabled {
    struct Unit: Sendable {
        var title: String
        var light: Light
        var sum: String
        var steps: [String]
        var subjects: ShownTable
        var leaving: ShownTable
        var hasLeaving: Bool
        var ahead: ShownTable
    }

    let page: PageFrame
    let units: [Unit]
    let note: String
    var tables: [ShownTable] { units.flatMap { [$0.subjects, $0.leaving, $0.ahead] } }

    init(
        _ desk: EstablishmentDesk, _ survey: StaffingSurvey, _ own: [UnitStaffing], _ query: PageQuery, _ visit: Visit, _ scope: Scope,
        _ known: [SchoolYear]
    ) {
        let site = SiteMap(scope)
        let words = own.map { unit in
            (own.count > 1 ? unit.stage.label.zh : "")
                + (unit.balance.map(StaffingWords.balance) ?? StaffingWords.light(unit.standing).word)
        }
        let name = StaffingSchoolPage.name(own)
        let crumbs =
            [PageFrame.Link("编制与配置", site.staffing)]
            + (visit.may(.look, in: survey.county) ? [PageFrame.Link(survey.county, site.staffing(survey.county))] : [])
        page = desk.frame(
            "\(name)：\(words.joined(separator: "，"))", lead: "\(survey.rules)。只数在编的人；编制按教职工算。", visit, scope, years: known,
            place: survey.county, crumbs: crumbs)
        units = own.map { unit in
            let leaving = StaffingTables.leaving(unit.leaving, survey.years, id: "leaving-\(unit.stage.rawValue)")
            return Unit(
                title: unit.title, light: StaffingWords.light(unit.standing), sum: StaffingSchoolPage.sum(unit, survey.hasRoster),
                steps: unit.steps,
                subjects: StaffingTables.subjects(
                    unit.subjects, id: "subjects-\(unit.stage.rawValue)", "\(unit.title)各学科教师"
                ).shown(query), leaving: leaving.shown(query), hasLeaving: !unit.leaving.isEmpty,
                ahead: StaffingTables.ahead(unit).shown(query))
        }
        note = StaffingCountyPage.retirement(desk.rules)
    }

    /// The school's own name where its stages stand behind it in brackets.
    private static func name(_ own: [UnitStaffing]) -> String {
        guard own.count > 1, let title = own.first?.title, let cut = title.lastIndex(of: "（") else { return own.first?.title ?? "" }
        return String(title[..<cut])
    }

    private static func sum(_ unit: UnitStaffing, _ hasRoster: Bool) -> String {
        var words = ["标准编制\(unit.establishment.map { "\($0)名" } ?? "资料不足")"]
        if let approved = unit.approved { words.append("编制部门核定\(approved)名") }
        if hasRoster {
            words.append(unit.isWhole ? "在编实有\(unit.known)人" : "名册里在编\(unit.known)人（\(unit.gap)）")
            if unit.offEstablishment > 0 { words.append("编外\(unit.offEstablishment)人") }
            if unit.overdue > 0 { words.append("\(unit.overdue)人已到退休年龄仍在册") }
            if unit.ageless > 0 { words.append("\(unit.ageless)人没有出生年月或性别") }
        } else {
            words.append(unit.gap)
        }
        return words.joined(separator: "；") + "。"
    }
}
