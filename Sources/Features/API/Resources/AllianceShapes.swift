internal import Alliances
internal import Foundation
internal import Indicators
internal import Vocabulary

extension AllianceSchool {
    static let shape = Shape<AllianceSchool>.object(
        "AllianceSchool",
        [Field("school", .text) { $0.code }, Field("name", .text) { $0.name }, Field("county", .text) { $0.county }])
}

extension AllianceTally {
    static let shape = Shape<AllianceTally>.object(
        "AllianceTally",
        [
            Field("teachers", .count, "共享教师，人次") { $0.teachers }, Field("teacherDays", .count, "人·天") { $0.teacherDays },
            Field("lessons", .count, "共享课程，节") { $0.lessons }, Field("visits", .count, "教研走访，次") { $0.visits },
            Field("entries", .count, "登记了几项，撤销的不算") { $0.entries },
        ])
}

/// A school's time in an alliance, with what came to it in the school year asked for.
private struct AllianceMemberEntry: Sendable {
    var number: Int
    var member: Alliance.Member
    var received: AllianceTally
    var given: AllianceTally

    init(_ number: Int, _ told: ToldAlliance) {
        (self.number, member) = (number, told.alliance.members[number])
        (received, given) = AllianceTally.ofSchool(member.school.code, in: told.alliance, told.activities, told.year)
    }

    static let shape = Shape<AllianceMemberEntry>.object(
        "AllianceMember",
        [
            Field("number", .count, "第几个成员，退出时用") { $0.number }, Field("school", AllianceSchool.shape) { $0.member.school },
            Field("role", Shape<Alliance.Member.Role>.word, "strong 强校、supported 成员校") { $0.member.role },
            Field("roleLabel", .label) { $0.member.role.label }, .maybe("stage", Shape<Stage>.word, "没有则整校加入") { $0.member.stage },
            Field("from", .day, "加入日期") { $0.member.from }, .maybe("until", .day, "最后一天；没有则还在") { $0.member.until },
            .maybe("reason", .text, "退出理由") { $0.member.reason.isEmpty ? nil : $0.member.reason },
            Field("received", AllianceTally.shape, "这一学年得到的") { $0.received },
            Field("given", AllianceTally.shape, "这一学年提供的") { $0.given },
        ])
}

extension ToldAlliance {
    /// A school year of an alliance.
    private struct YearEntry: Sendable {
        var year: SchoolYear
        var tally: AllianceTally

        static let shape = Shape<YearEntry>.object(
            "AllianceYear",
            [Field("schoolYear", .year) { $0.year.start }, Field("tally", AllianceTally.shape) { $0.tally }])
    }

    private static let fields: [Field<ToldAlliance>] = [
        Field("id", .text) { $0.alliance.id }, Field("name", .text) { $0.alliance.name },
        Field("county", .text, "由哪个县登记") { $0.alliance.county }, Field("form", .text) { $0.alliance.form },
        Field("formLabel", .label) { $0.form }, Field("lead", AllianceSchool.shape) { $0.alliance.lead },
        Field("founded", .day, "成立日期") { $0.alliance.founded }, .maybe("ended", .day, "最后一天；没有则还在") { $0.alliance.ended },
        .maybe("reason", .text, "结束的理由") { $0.alliance.reason.isEmpty ? nil : $0.alliance.reason },
        Field("isFromPlan", .flag, "由结对方案登记") { !$0.alliance.plan.isEmpty },
        Field("schools", .count, "那一天有几所学校，含牵头学校；结束了的是零") { told in
            told.alliance.lasts(on: told.day) ? told.alliance.size(on: told.day) : 0
        },
        Field("supported", .count, "那一天有几所成员校") { told in told.alliance.members(on: told.day).count { $0.role == .supported } },
        Field("schoolYear", .year, "合计的是哪一学年") { $0.year.start }, Field("countedTo", .day, "成员算到哪一天") { $0.day },
        Field("tally", AllianceTally.shape) { $0.tally },
        Field("idle", Shape.text.list, "这一学年还没有得到帮扶的成员校，标识码") { told in told.idle.map(\.school.code) },
        Field("version", .count) { $0.alliance.version },
    ]

    static let brief = Shape<ToldAlliance>.object("Alliance", fields)
    static let whole = Shape<ToldAlliance>.object(
        "AllianceInFull",
        fields + [
            Field("members", AllianceMemberEntry.shape.list, "谁在什么时候加入过，退出的也在") { told in
                told.alliance.members.indices.map { AllianceMemberEntry($0, told) }
            },
            Field("years", YearEntry.shape.list, "到所问学年为止的各学年，没有活动的也在") { told in
                AllianceTally.byYear(told.alliance, told.activities, today: told.day).map { YearEntry(year: $0.year, tally: $0.tally) }
            },
            Field("made", SignatureEntry.shape) { SignatureEntry(name: $0.alliance.madeBy, at: $0.alliance.madeAt) },
        ])
}

extension AllianceActivity {
    private static let strike = Shape<Strike>.object(
        "AllianceStrike",
        [Field("by", SignatureEntry.shape) { SignatureEntry(name: $0.by, at: $0.at) }, Field("reason", .text) { $0.reason }])

    static let shape = Shape<AllianceActivity>.object(
        "AllianceActivity",
        [
            Field("id", .text) { $0.id }, Field("kind", Shape<Kind>.word, "staff 共享教师、lesson 共享课程、visit 教研走访") { $0.kind },
            Field("kindLabel", .label) { $0.kind.label }, Field("day", .day) { $0.day }, Field("count", .count, "人次、节、次") { $0.count },
            .maybe("days", .count, "共享教师每人的天数") { $0.days }, .maybe("subject", .text) { $0.subject.isEmpty ? nil : $0.subject },
            Field("from", .text, "由哪所学校，标识码") { $0.from },
            .maybe("to", .text, "到哪所学校，标识码；没有则是各成员") { $0.to.isEmpty ? nil : $0.to },
            Field("evidence", .text, "依据") { $0.evidence },
            Field("made", SignatureEntry.shape) { SignatureEntry(name: $0.madeBy, at: $0.madeAt) },
            .maybe("struck", strike, "撤销；没有则算数") { $0.struck },
        ])
}

extension ToldEffect {
    /// One item of a supported school's stage, beside the county's other schools.
    private struct Entry: Sendable {
        var row: AllianceEffect.Row
        var item: AllianceEffect.Item?

        static let shape = Shape<Entry>.object(
            "AllianceChange",
            [
                Field("school", .text) { $0.row.member.school.code }, Field("name", .text) { $0.row.member.school.name },
                Field("stage", Shape<Stage>.word) { $0.row.stage }, Field("code", .text, "指标") { $0.row.code },
                Field("label", .label) { entry in entry.item?.label ?? LocalizedText(zh: entry.row.code, en: entry.row.code) },
                .maybe("unit", .text) { entry in entry.item.flatMap { $0.unit.isEmpty ? nil : $0.unit } },
                Field("base", .year, "加入前最近一次统计的学年") { $0.row.base.start }, Field("schoolYear", .year) { $0.row.year.start },
                Field("before", .quantity) { Quantity($0.row.before) }, Field("now", .quantity) { Quantity($0.row.now) },
                Field("change", .quantity) { Quantity($0.row.change) },
                Field("othersChange", .quantity, "其他学校平均变化") { Quantity($0.row.othersChange, else: .noOthers) },
                Field("others", .count, "有几所其他学校可比") { $0.row.others },
                Field("ahead", .quantity, "比其他学校多变化多少；不是因果") { Quantity($0.row.ahead) },
            ])
    }

    static let shape = Shape<ToldEffect>.object(
        "AllianceEffect",
        [
            Field("note", .text, "这些数说明什么、不说明什么") { $0.note },
            Field("changes", Entry.shape.list) { told in told.rows.map { Entry(row: $0, item: told.item($0.code)) } },
        ])
}

extension OfferedPairing {
    /// What would be founded.
    private static let planned = Shape<Alliance>.object(
        "PlannedAlliance",
        [
            Field("name", .text) { $0.name }, Field("lead", AllianceSchool.shape) { $0.lead },
            Field("members", AllianceSchool.shape.list) { $0.members.map(\.school) },
        ])

    static let shape = Shape<OfferedPairing>.object(
        "OfferedPairing",
        [
            Field("plan", .text, "方案的编号") { $0.plan.id }, Field("title", .text) { $0.plan.title },
            Field("adopted", SignatureEntry.shape) { SignatureEntry(name: $0.plan.adoptedBy, at: $0.plan.adoptedAt) },
            Field("alliances", planned.list, "将要登记的教联体") { $0.alliances },
            Field("obstacles", Shape.text.list, "为什么现在不能登记；没有则可以") { $0.obstacles },
        ])
}

/// How much a workbook brought.
struct AlliancesTaken: Sendable {
    var alliances: Int
    var activities: Int

    static let shape = Shape<AlliancesTaken>.object(
        "AlliancesTaken", [Field("alliances", .count) { $0.alliances }, Field("activities", .count) { $0.activities }])
}

extension Quantity {
    static let noOthers = Quantity.unknown(reason: "noOthers", label: LocalizedText(zh: "没有其他学校可比", en: "No school to compare with"))
}
