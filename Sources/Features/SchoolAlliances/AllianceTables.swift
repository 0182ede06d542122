internal import Alliances
internal import Pages
internal import SiteMap
internal import Vocabulary

/// What the pages of 教联体 show as tables.
enum AllianceTables {
    private static let tallyColumns: [DataTable.Column] = [
        .init("teachers", "共享教师（人次）", .figure, total: .sum), .init("days", "人·天", .figure, total: .sum),
        .init("lessons", "共享课程（节）", .figure, total: .sum), .init("visits", "教研走访（次）", .figure, total: .sum),
    ]

    private static func count(_ number: Int) -> DataTable.Cell { DataTable.Cell(Double(number)) }

    private static func cells(_ tally: AllianceTally) -> [DataTable.Cell] {
        [count(tally.teachers), count(tally.teacherDays), count(tally.lessons), count(tally.visits)]
    }

    static func counties(_ view: AllianceView, _ names: [String], _ site: SiteMap) -> DataTable {
        DataTable(
            "counties", "各县教联体",
            columns: [
                .init("county", "县（市、区）", isTight: true), .init("alliances", "教联体", .figure, total: .sum),
                .init("schools", "学校", .figure, total: .sum), .init("supported", "成员校", .figure, total: .sum),
            ] + tallyColumns + [.init("idle", "没有活动的成员校", .figure, total: .sum)],
            rows: Set(names + view.alliances.map(\.county)).sorted().map { name in
                let own = view.standing.filter { $0.county == name }
                let schools = Set(own.flatMap { $0.members(on: view.day).map(\.school.code) + [$0.lead.code] })
                let supported = Set(own.flatMap { $0.members(on: view.day) }.filter { $0.role == .supported }.map(\.school.code))
                let idle = own.reduce(0) { $0 + view.idle($1).count }
                return [.init(name, url: site.alliances(name)), count(own.count), count(schools.count), count(supported.count)]
                    + cells(view.tally(view.alliances.filter { $0.county == name }))
                    + [DataTable.Cell(Double(idle), style: idle > 0 ? "notmet" : "")]
            })
    }

    static func alliances(_ view: AllianceView, _ rules: AllianceRules, _ site: SiteMap) -> DataTable {
        DataTable(
            "alliances", "教联体",
            columns: [
                .init("name", "名称"), .init("county", "县（市、区）", isTight: true), .init("form", "形式", isTight: true), .init("lead", "牵头学校"),
                .init("strong", "强校", .figure), .init("supported", "成员校", .figure),
            ] + tallyColumns + [.init("state", "本学年", isTight: true)],
            rows: view.alliances.map { alliance in
                let members = alliance.members(on: view.day)
                let tally = view.tally([alliance])
                let state: DataTable.Cell =
                    alliance.ended.map { DataTable.Cell("\($0)结束") }
                    ?? (tally.isEmpty ? DataTable.Cell("还没有活动", style: "notmet") : DataTable.Cell("有活动"))
                return [
                    .init(alliance.name, url: site.alliance(alliance.id)), .init(alliance.county),
                    .init(rules.form(alliance.form)?.label.zh ?? alliance.form), .init(alliance.lead.name),
                    count(members.count { $0.role == .strong }), count(members.count { $0.role == .supported }),
                ] + cells(tally) + [state]
            })
    }

    static func idle(_ view: AllianceView, _ site: SiteMap) -> DataTable {
        DataTable(
            "idle", "本学年还没有得到帮扶的成员校",
            columns: [
                .init("school", "成员校"), .init("county", "县（市、区）", isTight: true), .init("alliance", "教联体"),
                .init("from", "加入日期", isTight: true),
            ],
            rows: view.standing.flatMap { alliance in
                view.idle(alliance).map { member in
                    [
                        .init(member.title), .init(member.school.county), .init(alliance.name, url: site.alliance(alliance.id)),
                        .init(member.from.description),
                    ]
                }
            })
    }

    /// The columns of the form one hands in, so that what is taken out can be read again elsewhere.
    static func register(_ alliances: [Alliance], _ rules: AllianceRules) -> DataTable {
        let columns = ["名册编号", "教联体名称", "形式", "学校标识码", "学校名称", "角色", "学段", "加入日期", "退出日期", "退出理由"]
        var rows: [[DataTable.Cell]] = []
        for alliance in alliances {
            let form = rules.form(alliance.form)?.label.zh ?? alliance.form
            func add(_ school: AllianceSchool, _ role: String, _ stage: Stage?, _ from: Day, _ until: Day?, _ reason: String) {
                rows.append(
                    ["\(rows.count + 1)", alliance.name, form, school.code, school.name, role, stage?.label.zh ?? ""].map { .init($0) }
                        + [.init(from.description), .init(until?.description ?? ""), .init(reason)])
            }
            add(alliance.lead, AllianceReading.leadWord, nil, alliance.founded, alliance.ended, alliance.reason)
            for member in alliance.members {
                add(member.school, member.role.label.zh, member.stage, member.from, member.until, member.reason)
            }
        }
        return DataTable("register", "教联体名册", columns: texts(columns), rows: rows)
    }

    private static func texts(_ labels: [String]) -> [DataTable.Column] {
        labels.enumerated().map { .init("c\($0)", $1, isTight: ["名册编号", "加入日期", "退出日期", "角色"].contains($1)) }
    }

    static func members(_ alliance: Alliance, _ view: AllianceView) -> DataTable {
        let gave: [DataTable.Column] = [.init("gaveTeachers", "派出教师（人次）", .figure), .init("gaveLessons", "提供课程（节）", .figure)]
        let columns: [DataTable.Column] =
            [
                .init("school", "学校"), .init("county", "县（市、区）", isTight: true), .init("role", "角色", isTight: true),
                .init("from", "加入日期", isTight: true), .init("until", "退出日期", isTight: true),
            ] + tallyColumns.map { .init($0.key, "得到" + $0.label, .figure) } + gave + [.init("reason", "退出理由")]
        func row(_ school: AllianceSchool, _ title: String, _ role: String, _ from: Day, _ until: Day?, _ reason: String) -> [DataTable
            .Cell]
        {
            let tally = AllianceTally.ofSchool(school.code, in: alliance, view.activities, view.year)
            return [
                .init(title), .init(school.county), .init(role), .init(from.description), .init(until?.description ?? "—"),
            ] + cells(tally.received) + [count(tally.given.teachers), count(tally.given.lessons), .init(reason)]
        }
        return DataTable(
            "members", "学校", columns: columns,
            rows: [row(alliance.lead, alliance.lead.name, AllianceReading.leadWord, alliance.founded, alliance.ended, alliance.reason)]
                + alliance.members.map { row($0.school, $0.title, $0.role.label.zh, $0.from, $0.until, $0.reason) })
    }

    static func years(_ alliance: Alliance, _ activities: [AllianceActivity], today: Day) -> DataTable {
        DataTable(
            "years", "各学年",
            columns: [.init("year", "学年", isTight: true)] + tallyColumns + [.init("entries", "登记（项）", .figure, total: .sum)],
            rows: AllianceTally.byYear(alliance, activities, today: today).map { year, tally in
                [.init(year.description)] + cells(tally) + [DataTable.Cell(Double(tally.entries), style: tally.isEmpty ? "notmet" : "")]
            }, hasTools: false)
    }

    /// The columns of the form one hands in, then who wrote it in and what became of it.
    static func activities(_ alliance: Alliance, _ activities: [AllianceActivity]) -> DataTable {
        let columns = ["帮扶编号", "教联体名称", "帮扶类型", "帮扶日期", "帮扶数量", "每人天数", "学科", "提供学校标识码", "提供学校", "接受学校标识码", "接受学校", "帮扶依据", "登记人", "状态"]
        return DataTable(
            "activities", "教联体活动",
            columns: columns.enumerated().map { .init("c\($0)", $1, ["帮扶数量", "每人天数"].contains($1) ? .figure : .text, isTight: $0 < 4) },
            rows: activities.reversed().enumerated().map { place, activity in
                let strike = activity.struck.map { "\($0.by)撤销：\($0.reason)" } ?? ""
                return [
                    .init("\(place + 1)"), .init(alliance.name), .init(activity.kind.label.zh), .init(activity.day.description),
                    count(activity.count), DataTable.Cell(activity.days.map { Double($0) }, absent: ""), .init(activity.subject),
                    .init(activity.from), .init(alliance.school(activity.from)?.name ?? activity.from), .init(activity.to),
                    .init(activity.to.isEmpty ? "各成员" : alliance.school(activity.to)?.name ?? activity.to), .init(activity.evidence),
                    .init(activity.madeBy), .init(strike, style: strike.isEmpty ? "" : "notmet"),
                ]
            })
    }

    /// What an adopted pairing would make.
    static func planned(_ alliances: [Alliance]) -> DataTable {
        DataTable(
            "planned", "将要登记的教联体",
            columns: [.init("name", "名称"), .init("lead", "牵头学校"), .init("members", "成员校"), .init("count", "成员校数", .figure, total: .sum)],
            rows: alliances.map { alliance in
                [
                    .init(alliance.name), .init(alliance.lead.name), .init(alliance.members.map(\.title).joined(separator: "、")),
                    count(alliance.members.count),
                ]
            }, hasTools: false)
    }

    static func effect(_ rows: [AllianceEffect.Row], _ items: [EffectItem]) -> DataTable {
        let known = Dictionary(items.map { ($0.code, $0) }) { first, _ in first }
        return DataTable(
            "effect", "成员校指标变化与县内其他学校对照",
            columns: [
                .init("school", "成员校"), .init("stage", "学段", isTight: true), .init("item", "指标"), .init("base", "加入前", isTight: true),
                .init("before", "加入前的值", .figure), .init("year", "学年", isTight: true), .init("now", "当年的值", .figure),
                .init("change", "变化", .figure), .init("others", "其他学校平均变化", .figure), .init("count", "其他学校", .figure),
                .init("ahead", "比其他学校多变化", .figure),
            ],
            rows: rows.map { row in
                let item = known[row.code]
                func number(_ value: Double?, sign: Bool = false) -> DataTable.Cell {
                    let decimals = item?.decimals ?? 2
                    return .init(value, value.map { sign ? Figure.change($0, decimals) : Figure.grouped($0, decimals) }, absent: "资料不足")
                }
                return [
                    .init(row.member.school.name), .init(row.stage.label.zh),
                    .init((item?.label.zh ?? row.code) + (item.map { $0.unit.isEmpty ? "" : "（\($0.unit)）" } ?? "")),
                    .init(row.base.description), number(row.before), .init(row.year.description), number(row.now),
                    number(row.change, sign: true), number(row.othersChange, sign: true), .init(Double(row.others), "\(row.others)所"),
                    number(row.ahead, sign: true),
                ]
            })
    }
}

/// The alliances a page shows with what they did in a school year.
struct AllianceView: Sendable {
    let alliances: [Alliance]
    let activities: [AllianceActivity]
    let year: SchoolYear
    /// The day who is in is told for: today, or the last of a year gone.
    let day: Day

    init(_ alliances: [Alliance], _ activities: [AllianceActivity], _ year: SchoolYear, today: Day) {
        self.alliances = alliances
        self.activities = activities
        self.year = year
        let last = Day(year: year.start + 1, month: 8, day: 31)
        day = Swift.max(Swift.min(today, last), year.countDay)
    }

    var standing: [Alliance] { alliances.filter { $0.lasts(on: day) } }
    func idle(_ alliance: Alliance) -> [Alliance.Member] { AllianceTally.idle(alliance, activities, year, on: day) }

    func tally(_ of: [Alliance]) -> AllianceTally {
        let ids = Set(of.map(\.id))
        return AllianceTally(activities.filter { ids.contains($0.alliance) && $0.day.schoolYear == year })
    }

    var headline: String {
        let tally = tally(alliances)
        if standing.isEmpty { return "\(year.label.zh)还没有登记教联体" }
        let schools = Set(standing.flatMap { $0.members(on: day).map(\.school.code) + [$0.lead.code] })
        let quiet = standing.count { self.tally([$0]).isEmpty }
        return
            "\(standing.count)个教联体\(schools.count)所学校，共享教师\(tally.teachers)人次、课程\(tally.lessons)节、教研走访\(tally.visits)次"
            + (quiet > 0 ? "，\(quiet)个还没有活动" : "")
    }
}
