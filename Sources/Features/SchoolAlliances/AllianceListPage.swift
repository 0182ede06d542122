internal import Alliances
internal import Indicators
internal import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

/// The alliances of the city, or of one county with what may be done to them.
struct AllianceListPage: Sendable, Tabled {
    struct Material: Sendable {
        /// Nil for all counties.
        var county: String?
        var year: SchoolYear
        var alliances: [Alliance]
        var activities: [AllianceActivity]
        var schools: SchoolBook
        var notice: [String] = []
        var done: [String] = []
        /// What somebody had filled in before it was refused.
        var fields: [String: String] = [:]
        var chosen: Set<String> = []
        /// Adopted plans of pairs; none for who may not keep alliances.
        var pairings: [OfferedPairing] = []
    }
    struct Pairing: Sendable {
        var id, title, url, adopted: String
        var obstacles: [String]
        var hasObstacles: Bool
        var table: ShownTable
    }
    struct Fields: Sendable {
        var name, lead, others, founded: String
    }
    struct School: Sendable {
        var code: String
        var name: String
        var isWeak: Bool
        var isChosen: Bool
    }

    let page: PageFrame
    let notice: [String]
    let hasNotice: Bool
    let done: [String]
    let years: [PageFrame.Choice]
    let isCity: Bool
    let counties, alliances, idle, register: ShownTable
    let hasIdle: Bool
    let mayKeep: Bool
    let fields: Fields
    let forms: [PageFrame.Choice]
    let leads: [School]
    let free: [School]
    let hasSchools: Bool
    let (found, upload, plan, pairing): (String, String, String, String)
    let pairings: [Pairing]
    let hasPairings: Bool
    let templates: [PageFrame.Link]
    let limit: String

    var tables: [ShownTable] { [counties, alliances, idle, register] }

    init(_ desk: AlliancesDesk, _ given: Material, _ query: PageQuery, _ visit: Visit) {
        let site = SiteMap(Scope(year: visit.today.schoolYear))
        let seen = given.alliances.filter { alliance in
            visit.sees(alliance) && (given.county.map { alliance.concerns($0) } ?? true)
        }
        let view = AllianceView(seen, given.activities, given.year, today: visit.today)
        let lead = "本学年算到\(view.day.chinese)。每次活动按开始那天算到学年；一人去几次算几人次。"
        page = desk.frame(
            view.headline, lead: lead, visit, place: given.county ?? "教联体",
            crumbs: given.county == nil ? [] : [PageFrame.Link("教联体", site.alliances)],
            actions: AllianceListPage.papers(given, visit))
        (notice, hasNotice, done) = (given.notice, !given.notice.isEmpty, given.done)
        years = AllianceListPage.years(given.year, seen, visit)
        isCity = given.county == nil
        let names = Set(given.schools.schools.values.map(\.county)).filter { visit.may(.look, in: $0) }
        counties = AllianceTables.counties(view, Array(names), site).shown(query)
        alliances = AllianceTables.alliances(view, desk.rules, site).shown(query)
        idle = AllianceTables.idle(view, site).shown(query)
        hasIdle = view.standing.contains { !view.idle($0).isEmpty }
        register = AllianceTables.register(seen, desk.rules).shown(query)
        mayKeep = given.county.map { visit.may(.keepAlliances, in: $0) } ?? false
        fields = Fields(
            name: given.fields["name"] ?? "", lead: given.fields["lead"] ?? "", others: given.fields["others"] ?? "",
            founded: given.fields["founded"] ?? visit.today.description)
        forms = desk.rules.open(on: visit.today).map {
            PageFrame.Choice(value: $0.id, label: $0.label.zh, isChosen: $0.id == given.fields["form"])
        }
        let own = mayKeep ? given.schools.of(given.county ?? "") : []
        let taken = Set(
            given.alliances.flatMap { $0.members(on: visit.today) }.filter { $0.role == .supported && $0.stage == nil }.map(\.school.code))
        let all = own.map { school in
            School(
                code: school.code, name: school.name, isWeak: given.schools.isWeak(school.code),
                isChosen: given.chosen.contains(school.code))
        }
        leads = all
        // Weak ones first: they are what an alliance is for.
        free = all.filter { !taken.contains($0.code) }.filter(\.isWeak) + all.filter { !taken.contains($0.code) && !$0.isWeak }
        hasSchools = !all.isEmpty
        let county = given.county ?? ""
        (found, upload) = (site.allianceStep(county, "groups"), site.allianceStep(county, "workbooks"))
        (plan, pairing) = (site.allianceStep(county, "plans"), site.allianceStep(county, "pairings"))
        pairings = given.pairings.map { offered in
            Pairing(
                id: offered.plan.id, title: offered.plan.title, url: site.plan(offered.plan.id),
                adopted: "\(offered.plan.adoptedBy)于\(PageTime.text(offered.plan.adoptedAt))采用", obstacles: offered.obstacles,
                hasObstacles: !offered.obstacles.isEmpty, table: AllianceTables.planned(offered.alliances).shown(query))
        }
        hasPairings = !pairings.isEmpty
        let catalogue = desk.evaluations.catalogue
        templates = [AlliancesDesk.registerForm, AlliancesDesk.activityForm].compactMap { id in
            catalogue.rosters[id].map { PageFrame.Link($0.label.zh, site.template(id)) }
        }
        let special = desk.rules.forms.compactMap { form in form.most.map { "\(form.label.zh)\($0)所" } }
        limit =
            "一个教联体最多\(desk.rules.most)所学校\(special.isEmpty ? "" : "（\(special.joined(separator: "、"))）")。\(desk.rules.mostNote)"
    }

    private static func papers(_ given: Material, _ visit: Visit) -> [PageFrame.Link] {
        guard let county = given.county, visit.may(.look, in: county) else { return [] }
        let site = SiteMap(Scope(year: given.year))
        return [("Word", "docx"), ("PDF", "pdf")].map { label, kind in
            PageFrame.Link("工作报告\(label)", site.allianceStep(county, "report.\(kind)"))
        }
    }

    /// The years there is something to show of, newest first.
    static func years(_ chosen: SchoolYear, _ alliances: [Alliance], _ visit: Visit) -> [PageFrame.Choice] {
        let now = visit.today.schoolYear
        let first = alliances.map(\.founded.schoolYear.start).min() ?? now.start - 2
        let all = Set(Swift.min(first, now.start)...now.start).union([chosen.start])
        return all.sorted(by: >).prefix(30).map {
            PageFrame.Choice(value: "\($0)", label: SchoolYear($0).label.zh, isChosen: $0 == chosen.start)
        }
    }
}
