internal import Alliances
internal import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

/// One alliance: its schools, what they did, how its supported schools changed.
struct AlliancePage: Sendable, Tabled {
    struct Material: Sendable {
        var alliance: Alliance
        var activities: [AllianceActivity]
        var year: SchoolYear
        var schools: SchoolBook
        var effect: ToldEffect
        var notice: [String] = []
        var done: [String] = []
        var fields: [String: String] = [:]
    }
    struct Chart: Sendable {
        var title: String
        var svg: String
    }
    struct Fields: Sendable {
        var day, count, days, evidence, reason: String
    }

    let page: PageFrame
    let notice: [String]
    let hasNotice: Bool
    let done: [String]
    let years: [PageFrame.Choice]
    let members, tallies, activities, effect: ShownTable
    let effectNote: String
    let hasEffect: Bool
    let charts: [Chart]
    let mayKeep: Bool
    let mayChange: Bool
    let version: Int
    let kinds, subjects, givers, takers, open, roles, stages, leaving: [PageFrame.Choice]
    let hasOpen, hasLeaving: Bool
    let candidates: [PageFrame.Choice]
    let fields: Fields
    let today: String
    let (record, strike, join, leave, end): (String, String, String, String, String)

    var tables: [ShownTable] { [members, tallies, activities, effect] }

    init(_ desk: AlliancesDesk, _ given: Material, _ query: PageQuery, _ visit: Visit) {
        let site = SiteMap(Scope(year: visit.today.schoolYear))
        let alliance = given.alliance
        let view = AllianceView([alliance], given.activities, given.year, today: visit.today)
        let form = desk.rules.form(alliance.form)?.label.zh ?? alliance.form
        page = desk.frame(
            AlliancePage.headline(alliance, view), lead: AlliancePage.lead(alliance, form), visit, place: alliance.name,
            state: alliance.ended == nil ? "" : "已结束",
            crumbs: [PageFrame.Link("教联体", site.alliances), PageFrame.Link(alliance.county, site.alliances(alliance.county))])
        (notice, hasNotice, done) = (given.notice, !given.notice.isEmpty, given.done)
        years = AllianceListPage.years(given.year, [alliance], visit)
        members = AllianceTables.members(alliance, view).shown(query)
        tallies = AllianceTables.years(alliance, given.activities, today: visit.today).shown(query)
        activities = AllianceTables.activities(alliance, given.activities).shown(query)
        let (rows, items) = (given.effect.rows, given.effect.items)
        effect = AllianceTables.effect(rows, items).shown(query)
        (hasEffect, effectNote) = (!rows.isEmpty, given.effect.note)
        charts = EffectChart.all(rows, items).map { Chart(title: $0.title, svg: $0.svg) }
        mayKeep = visit.may(.keepAlliances, in: alliance.county)
        mayChange = mayKeep && alliance.ended == nil
        version = alliance.version
        func choices(_ pairs: [(String, String)], _ field: String) -> [PageFrame.Choice] {
            pairs.map { PageFrame.Choice(value: $0.0, label: $0.1, isChosen: $0.0 == given.fields[field]) }
        }
        kinds = choices(AllianceActivity.Kind.allCases.map { ($0.rawValue, "\($0.label.zh)（\($0.unit)）") }, "kind")
        subjects = choices(desk.rules.subjects.map { ($0, $0) }, "subject")
        let schools = alliance.schools.map { ($0.code, $0.name) }
        (givers, takers) = (choices(schools, "from"), choices(schools, "to"))
        let standing = given.activities.filter { $0.struck == nil }
        open = choices(standing.reversed().map { ($0.id, AlliancePage.words($0, alliance)) }, "activity")
        hasOpen = !open.isEmpty
        roles = choices(Alliance.Member.Role.allCases.reversed().map { ($0.rawValue, $0.label.zh) }, "role")
        stages = choices([Stage.primary, .junior, .senior].map { ($0.rawValue, "只\($0.label.zh)") }, "stage")
        leaving = choices(
            alliance.members.enumerated().filter { $0.element.until == nil }.map {
                ("\($0.offset)", "\($0.element.title)，\($0.element.from)加入")
            },
            "member")
        hasLeaving = !leaving.isEmpty
        candidates = (mayChange ? given.schools.of(alliance.county) : []).filter { alliance.school($0.code) == nil }.map {
            PageFrame.Choice(value: $0.code, label: $0.name + (given.schools.isWeak($0.code) ? "（不达标）" : ""), isChosen: false)
        }
        fields = Fields(
            day: given.fields["day"] ?? visit.today.description, count: given.fields["count"] ?? "1", days: given.fields["days"] ?? "",
            evidence: given.fields["evidence"] ?? "", reason: given.fields["reason"] ?? "")
        today = visit.today.description
        (record, strike) = (site.alliance(alliance.id, "activities"), site.alliance(alliance.id, "strikes"))
        (join, leave) = (site.alliance(alliance.id, "members"), site.alliance(alliance.id, "leave"))
        end = site.alliance(alliance.id, "end")
    }

    private static func headline(_ alliance: Alliance, _ view: AllianceView) -> String {
        let tally = view.tally([alliance])
        if let ended = alliance.ended, ended < view.year.countDay { return "\(alliance.name)已在\(ended.chinese)结束" }
        if tally.isEmpty { return "\(alliance.name)\(view.year.label.zh)还没有活动" }
        return
            "\(alliance.name)\(view.year.label.zh)共享教师\(tally.teachers)人次（\(tally.teacherDays)人·天）、课程\(tally.lessons)节、教研走访\(tally.visits)次"
    }

    private static func lead(_ alliance: Alliance, _ form: String) -> String {
        let end = alliance.ended.map { "，\($0.chinese)结束：\(alliance.reason)" } ?? ""
        let origin = alliance.plan.isEmpty ? "" : "由结对方案登记。"
        return "\(form)，\(alliance.lead.name)牵头，\(alliance.founded.chinese)成立\(end)。\(origin)\(alliance.madeBy)登记。"
    }

    /// An entry in a list to choose from.
    private static func words(_ activity: AllianceActivity, _ alliance: Alliance) -> String {
        let to = activity.to.isEmpty ? "各成员" : alliance.school(activity.to)?.name ?? activity.to
        let from = alliance.school(activity.from)?.name ?? activity.from
        return "\(activity.day)　\(activity.kind.label.zh)\(activity.count)\(activity.kind.unit)　\(activity.subject)　\(from)→\(to)"
    }
}
