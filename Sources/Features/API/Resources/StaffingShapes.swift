internal import Foundation
internal import Staffing
internal import Vocabulary

extension UnitStaffing.Leaving {
    static let shape = Shape<UnitStaffing.Leaving>.object(
        "Retirements",
        [
            Field("year", .year, "日历年") { $0.year }, Field("subject", .text, "学科或岗位") { $0.subject },
            Field("count", .count, "到法定退休年龄的在编人数") { $0.count }, Field("early", .count, "从这一年起可以弹性提前退休的") { $0.early },
        ])
}

extension UnitStaffing.Subject {
    static let shape = Shape<UnitStaffing.Subject>.object(
        "SubjectStaff",
        [
            Field("subject", .text) { $0.name },
            Field("need", .quantity, "按课时需要的教师") { Quantity($0.need.map { Double($0) / 1_000 }) },
            Field("teachers", .count, "专任教师") { $0.teachers }, Field("established", .count, "其中在编") { $0.established },
            Field("balance", .quantity, "在编余（缺，负数）") { Quantity(count: $0.balance) },
        ])
}

extension UnitStaffing.Ahead {
    static let shape = Shape<UnitStaffing.Ahead>.object(
        "StaffAhead",
        [
            Field("year", .year, "秋季") { $0.year }, Field("pupils", .quantity) { Quantity(count: $0.pupils) },
            Field("isAssumed", .flag, "新生数假定与今年相同") { $0.isAssumed }, Field("classes", .quantity) { Quantity(count: $0.classes) },
            Field("establishment", .quantity, "标准编制") { Quantity(count: $0.establishment) },
            Field("remaining", .quantity, "现有在编留任") { Quantity(count: $0.remaining) },
            Field("need", .quantity, "要补充（多余是负数）") { Quantity(count: $0.need) },
        ])
}

/// A unit of a county with whether a roster is known.
struct StaffUnitEntry: Sendable {
    var unit: UnitStaffing
    var hasRoster: Bool

    private func counted(_ number: Int) -> Quantity { Quantity(count: hasRoster ? number : nil, else: .noRoster) }

    private static let fields: [Field<StaffUnitEntry>] = [
        Field("school", .text) { $0.unit.school }, Field("title", .text) { $0.unit.title },
        Field("stage", Shape<Stage>.word) { $0.unit.stage },
        .maybe("setting", .text, "城区、镇区、乡村") { $0.unit.setting.isEmpty ? nil : $0.unit.setting },
        Field("standing", Shape<StaffStanding>.word, "over 超编、short 缺编、even 满编、unknown 资料不足") { $0.unit.standing },
        Field("standingLabel", .label) { $0.unit.standing.label }, Field("pupils", .quantity) { Quantity(count: $0.unit.pupils) },
        Field("classes", .quantity) { Quantity(count: $0.unit.classes) },
        Field("establishment", .quantity, "按标准应有的编制") { Quantity(count: $0.unit.establishment) },
        Field("approved", .quantity, "编制部门核定") { Quantity(count: $0.unit.approved) },
        Field("posted", .quantity, "在编实有") { Quantity(count: $0.unit.posted, else: .noRoster) },
        Field("known", .quantity, "名册里在编的，至少有这些") { $0.counted($0.unit.known) },
        Field("balance", .quantity, "超（缺，负数）") { Quantity(count: $0.unit.balance) },
        Field("offEstablishment", .quantity, "编外") { $0.counted($0.unit.offEstablishment) },
        Field("retiring", .quantity, "预测的几年里退休") { entry in entry.counted(entry.unit.leaving.reduce(0) { $0 + $1.count }) },
        .maybe("gap", .text, "缺什么资料") { $0.unit.gap.isEmpty ? nil : $0.unit.gap },
    ]

    static let brief = Shape<StaffUnitEntry>.object("StaffUnit", fields)
    static let whole = Shape<StaffUnitEntry>.object(
        "StaffUnitInFull",
        fields + [
            Field("steps", Shape.text.list, "编制一步一步怎么算的") { $0.unit.steps },
            Field("subjects", UnitStaffing.Subject.shape.list) { $0.unit.subjects },
            Field("retirements", UnitStaffing.Leaving.shape.list, "有名册才有") { $0.unit.leaving },
            Field("ahead", UnitStaffing.Ahead.shape.list, "今后各年") { $0.unit.ahead },
            Field("overdue", .quantity, "已到退休年龄仍在册") { $0.counted($0.unit.overdue) },
            Field("ageless", .quantity, "没有出生年月或性别，算不出退休时间") { $0.counted($0.unit.ageless) },
        ])
}

/// A county's survey, or the part of one school.
struct SurveyEntry: Sendable {
    var told: ToldSurvey
    var survey: StaffingSurvey { told.survey }

    init(_ told: ToldSurvey) { self.told = told }

    private func counted(_ number: Int) -> Quantity { Quantity(count: survey.hasRoster ? number : nil, else: .noRoster) }

    /// Subjects of one stage.
    private struct StageSubjects: Sendable {
        var stage: Stage
        var subjects: [UnitStaffing.Subject]
        static let shape = Shape<StageSubjects>.object(
            "StageSubjects",
            [Field("stage", Shape<Stage>.word) { $0.stage }, Field("subjects", UnitStaffing.Subject.shape.list) { $0.subjects }])
    }

    private static let sum = Shape<StaffingSurvey.Sum>.object(
        "StaffYear",
        [
            Field("year", .year, "秋季") { $0.year }, Field("pupils", .quantity) { Quantity(count: $0.pupils) },
            Field("establishment", .quantity, "标准编制") { Quantity(count: $0.establishment) },
            Field("remaining", .quantity, "现有在编留任") { Quantity(count: $0.remaining) },
            Field("need", .quantity, "要补充（多余是负数）") { Quantity(count: $0.need) },
            Field("missing", .count, "资料不足的单位") { $0.missing }, Field("isAssumed", .flag, "有的学校新生数是假定") { $0.isAssumed },
        ])

    private static let outlook = Shape<SubjectOutlook>.object(
        "SubjectOutlook",
        [
            Field("stage", Shape<Stage>.word) { $0.stage }, Field("year", .year, "秋季") { $0.year },
            Field("subject", .text) { $0.subject },
            Field("need", .quantity, "按课时需要") { Quantity($0.need.map { Double($0) / 1_000 }) },
            Field("remaining", .quantity, "现有在编留任") { Quantity(count: $0.remaining) },
            Field("balance", .quantity, "余（缺，负数）") { Quantity(count: $0.balance) },
        ])

    private static let head: [Field<SurveyEntry>] = [
        Field("county", .text) { $0.survey.county }, Field("schoolYear", .year) { $0.survey.year.start },
        Field("rules", .text, "按什么算的") { $0.survey.rules }, Field("hasRoster", .flag, "上传过名册") { $0.survey.hasRoster },
    ]

    private static let sums: [Field<SurveyEntry>] = [
        Field("standing", Shape<StaffStanding>.word, "全县合计") { $0.survey.standing },
        Field("standingLabel", .label) { $0.survey.standing.label },
        Field("establishment", .quantity, "标准编制") { Quantity(count: $0.survey.establishment()) },
        Field("posted", .quantity, "在编实有") { Quantity(count: $0.survey.posted(), else: .noRoster) },
        Field("balance", .quantity, "超（缺，负数）") { Quantity(count: $0.survey.balance) },
        Field("over", .quantity, "超编单位") { $0.counted($0.survey.count(.over)) },
        Field("surplus", .quantity, "超编单位共多几人") { $0.counted($0.survey.surplus) },
        Field("short", .quantity, "缺编单位") { $0.counted($0.survey.count(.short)) },
        Field("shortage", .quantity, "缺编单位共缺几人") { $0.counted($0.survey.shortage) },
        Field("unknown", .count, "资料不足的单位") { $0.survey.count(.unknown) },
    ]

    static let brief = Shape<SurveyEntry>.object("CountyStaff", head + sums)
    static let whole = Shape<SurveyEntry>.object(
        "CountyStaffInFull",
        head + sums + [
            .maybe("made", SignatureEntry.shape, "谁上传的名册；没有则只有学校数据") { entry in
                entry.told.madeAt.map { SignatureEntry(name: entry.told.madeBy ?? "", at: $0) }
            },
            Field("subjects", StageSubjects.shape.list) { entry in
                entry.survey.stages.map { StageSubjects(stage: $0, subjects: entry.survey.subjects($0)) }
            },
            Field("ahead", sum.list, "今后各年") { $0.survey.sums() },
            Field("outlook", outlook.list, "今后各年各学科；有名册才有") { $0.survey.hasRoster ? $0.survey.outlook : [] },
            Field("notes", Shape.text.list) { $0.survey.notes },
        ])
    static let ofSchool = Shape<SurveyEntry>.object(
        "SchoolStaff",
        head + [
            Field("units", StaffUnitEntry.whole.list, "各学段") { entry in
                entry.survey.units.map { StaffUnitEntry(unit: $0, hasRoster: entry.survey.hasRoster) }
            }
        ])
}

/// What taking a roster in came to.
struct StaffTaken: Sendable {
    var survey: SurveyEntry
    var task: JobEntry?

    static let shape = Shape<StaffTaken>.object(
        "StaffTaken",
        [
            Field("county", SurveyEntry.whole) { $0.survey },
            .maybe("task", JobEntry.shape, "岗位匹配；没有人员池或空岗就没有") { $0.task },
        ])
}

extension ToldPostPlan {
    private static let row = Shape<PostRow>.object(
        "PostMove",
        [
            Field("person", .text, "教师编号") { $0.person }, Field("reason", .text) { $0.reason },
            Field("subject", .text, "现教") { $0.subject }, Field("post", .text, "岗位学科") { $0.post }, Field("from", .text) { $0.from },
            Field("to", .text) { $0.to }, Field("stage", .text) { $0.stage },
            Field("metres", .quantity) { Quantity(count: $0.metres, else: .noPosition) },
        ])
    private static let vacancy = Shape<PostEmpty>.object(
        "PostEmpty",
        [Field("school", .text) { $0.school }, Field("subject", .text) { $0.subject }, Field("count", .count) { $0.count }])
    private static let group = Shape<PostPool>.object(
        "PostPool",
        [
            Field("school", .text) { $0.school }, Field("subject", .text) { $0.subject }, Field("waiting", .count, "待岗") { $0.waiting },
            Field("willing", .count, "自愿") { $0.willing }, Field("surplus", .count, "可动员") { $0.surplus },
            Field("spare", .count, "最多派出，不含待岗") { $0.spare }, Field("went", .count, "已匹配") { $0.went },
        ])
    private static let school = Shape<PostSchool>.object(
        "PostSchool",
        [
            Field("code", .text) { $0.code }, Field("title", .text) { $0.title }, Field("stage", Shape<Stage>.word) { $0.stage },
            Field("vacancies", .count, "现在的空岗") { $0.vacancies }, Field("filled", .count, "补上的") { $0.filled },
            Field("gave", .count, "派出的人") { $0.gave },
        ])
    private static let unplaced = Shape<PostLeft>.object(
        "PostLeft",
        [Field("person", .text) { $0.person }, Field("subject", .text) { $0.subject }, Field("school", .text) { $0.school }])

    private static let fields: [Field<ToldPostPlan>] = [
        Field("id", .text) { $0.id }, Field("county", .text) { $0.county }, Field("schoolYear", .year) { $0.year.start },
        Field("made", SignatureEntry.shape) { SignatureEntry(name: $0.madeBy, at: $0.madeAt) },
        .maybe("adopted", SignatureEntry.shape, "没有则没有采用") { plan in
            plan.adoptedAt.map { SignatureEntry(name: plan.adoptedBy ?? "", at: $0) }
        },
        Field("vacancies", .count, "空岗") { $0.vacancies }, Field("filled", .count, "补上的") { $0.rows.count },
        Field("candidates", .count, "可以参加的人") { $0.candidates }, Field("waiting", .count, "待岗的人") { $0.waiting },
        Field("placed", .count, "安置了的待岗的人") { $0.placed },
        .maybe("task", .text, "算出它的任务") { $0.task },
    ]

    static let brief = Shape<ToldPostPlan>.object("PostPlan", fields)
    static let whole = Shape<ToldPostPlan>.object(
        "PostPlanInFull",
        fields + [
            Field("rules", .text) { $0.rules }, Field("proof", .text) { $0.proof }, Field("notes", Shape.text.list) { $0.notes },
            Field("moves", row.list, "名单") { $0.rows }, Field("empty", vacancy.list, "没有补上的空岗") { $0.empty },
            Field("pool", group.list, "人员池") { $0.pool }, Field("left", unplaced.list, "没有岗位的待岗人员") { $0.left },
            Field("schools", school.list, "各校空岗，方案前后") { $0.schools },
        ])
}

extension Quantity {
    static let noRoster = Quantity.unknown(reason: "noRoster", label: LocalizedText(zh: "没有名册或名册不全", en: "No roster, or not all of it"))

    init(count: Int?, else absent: Quantity = .missing) { self.init(count.map(Double.init), else: absent) }
}
