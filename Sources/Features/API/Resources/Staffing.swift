public import Foundation
internal import HTTPTypes
public import Jobs
public import Pages
internal import Registry
public import Staffing
public import Vocabulary

/// The work with establishments, as the pages of 编制与配置 do it.
public struct StaffingWork: Sendable {
    var counties: @Sendable (SchoolYear?, Visit) async throws -> [StaffingSurvey]
    var county: @Sendable (_ county: String, SchoolYear?, Visit) async throws -> ToldSurvey
    var leaving: @Sendable (_ county: String, SchoolYear?, Visit) async throws -> [UnitStaffing.Leaving]
    var school: @Sendable (_ school: String, _ county: String, SchoolYear?, Visit) async throws -> ToldSurvey
    var takeIn: @Sendable (_ file: URL, SchoolYear?, _ county: String, Visit) async throws -> TakenIn<(survey: ToldSurvey, task: Job?)>
    var plans: @Sendable (_ county: String, SchoolYear?, Visit) async throws -> [ToldPostPlan]
    var plan: @Sendable (_ plan: String, Visit) async throws -> ToldPostPlan
    var adopt: @Sendable (_ plan: String, Visit) async throws -> ToldPostPlan
    var carry: CarryWork

    public init(
        counties: @escaping @Sendable (SchoolYear?, Visit) async throws -> [StaffingSurvey],
        county: @escaping @Sendable (String, SchoolYear?, Visit) async throws -> ToldSurvey,
        leaving: @escaping @Sendable (String, SchoolYear?, Visit) async throws -> [UnitStaffing.Leaving],
        school: @escaping @Sendable (String, String, SchoolYear?, Visit) async throws -> ToldSurvey,
        takeIn: @escaping @Sendable (URL, SchoolYear?, String, Visit) async throws -> TakenIn<(survey: ToldSurvey, task: Job?)>,
        plans: @escaping @Sendable (String, SchoolYear?, Visit) async throws -> [ToldPostPlan],
        plan: @escaping @Sendable (String, Visit) async throws -> ToldPostPlan,
        adopt: @escaping @Sendable (String, Visit) async throws -> ToldPostPlan, carry: CarryWork
    ) {
        self.counties = counties
        self.county = county
        self.leaving = leaving
        self.school = school
        self.takeIn = takeIn
        self.plans = plans
        self.plan = plan
        self.adopt = adopt
        self.carry = carry
    }
}

extension ApiDesk {
    /// 编制与配置: who is over and short, retirements, plans of posts. None without rules of establishment.
    var staffingOperations: [Operation] {
        guard let staffing = work.staffing else { return [] }
        let carry = carryOperations(
            "/staffing/plans/{plan}", "OfPostPlan", .staffing, needs: .arrangeStaff,
            cases: LocalizedText(zh: "照采用的岗位匹配给各校下达任务", en: "Tasks of an adopted plan of posts"),
            note: "每所补上空岗或派出人员的学校一件，写明各学科进出几人，不写教师。没有立成的写明为什么；一校一学年没办结的不再立。",
            targets: LocalizedText(zh: "照采用的岗位匹配生成督办草稿", en: "A draft of targets of an adopted plan of posts"), staffing.carry)
        return staffingReadingOperations(staffing) + postPlanOperations(staffing) + carry
    }

    private func staffingReadingOperations(_ staffing: StaffingWork) -> [Operation] {
        let tasks = work.tasks
        return [
            .list(
                "/staffing/counties", "listStaffingCounties", .staffing, LocalizedText(zh: "各县的编制和实有", en: "Staff by county"), [.year],
                note: "编制按教职工算，只数在编的人；没有上传名册的县不下超缺编的结论。", of: SurveyEntry.brief, key: \.survey.county
            ) { call in try await staffing.counties(call.schoolYear, call.visit).map { SurveyEntry(ToldSurvey($0, nil)) } },
            .get(
                "/staffing/counties/{county}", "getStaffingCounty", .staffing,
                LocalizedText(zh: "一个县：合计、学科、今后各年", en: "A county: sums, subjects, years to come"), [.county, .year],
                gives: SurveyEntry.whole
            ) { call in SurveyEntry(try await staffing.county(call.segment("county"), call.schoolYear, call.visit)) },
            .list(
                "/staffing/counties/{county}/units", "listStaffingUnits", .staffing,
                LocalizedText(zh: "一个县各学校单位的编制和实有", en: "A county's units"), [.county, .year], of: StaffUnitEntry.brief, key: \.unit.id
            ) { call in
                let survey = try await staffing.county(call.segment("county"), call.schoolYear, call.visit).survey
                return survey.units.map { StaffUnitEntry(unit: $0, hasRoster: survey.hasRoster) }
            },
            .list(
                "/staffing/counties/{county}/retirements", "listRetirements", .staffing,
                LocalizedText(zh: "一个县各年退休人数", en: "Retirements of a county by year"), [.county, .year],
                note: "按年和学科；没有的年份和学科是没有人退休。没有上传名册的得到 409。", of: UnitStaffing.Leaving.shape,
                key: { "\($0.year) \($0.subject)" }
            ) { call in try await staffing.leaving(call.segment("county"), call.schoolYear, call.visit) },
            .get(
                "/staffing/counties/{county}/schools/{school}", "getStaffingSchool", .staffing,
                LocalizedText(zh: "一所学校：编制怎么算的、学科、退休、今后各年", en: "A school's staff"), [.county, .school, .year], isOfSchool: true,
                gives: SurveyEntry.ofSchool
            ) { call in
                SurveyEntry(
                    try await staffing.school(call.segment("school"), call.segment("county"), call.schoolYear, call.visit))
            },
            .post(
                "/staffing/counties/{county}/rosters", "takeInStaffRoster", .staffing,
                LocalizedText(zh: "上传教职工名册", en: "Take a roster in"), needs: .duty(.arrangeStaff), [.county],
                body: .file(fields: [Property("year", .integer(1949...2200), "学年，表里没有写明时用", isRequired: false)]), status: 201,
                note: "名册读完即弃，编制当场核好，只留人数。有人员池和空岗的在后台匹配岗位：task 是那项任务，用 GET /tasks/{task} 看算到哪里，算完的方案在本县的列表里（按 task 找）。",
                gives: StaffTaken.shape
            ) { call in
                let upload = try call.file()
                let (survey, job) = try call.taken(
                    try await staffing.takeIn(upload.file, upload.schoolYear, call.segment("county"), call.visit))
                call.note.say("\(survey.survey.county)\(survey.survey.year.label.zh)")
                return StaffTaken(
                    survey: SurveyEntry(survey),
                    task: job.map { JobEntry(job: $0, kind: tasks.label($0.kind), steps: tasks.steps($0, call.visit)) })
            },
        ]
    }

    private func postPlanOperations(_ staffing: StaffingWork) -> [Operation] {
        let one = Parameter.path("plan", "方案的编号", .text(1...64))
        return [
            .list(
                "/staffing/counties/{county}/plans", "listPostPlans", .staffing,
                LocalizedText(zh: "一个县的岗位匹配，最近的在前", en: "A county's plans of posts, newest first"), [.county, .year],
                of: ToldPostPlan.brief, key: \.id
            ) { call in try await staffing.plans(call.segment("county"), call.schoolYear, call.visit) },
            .get(
                "/staffing/plans/{plan}", "getPostPlan", .staffing, LocalizedText(zh: "一份岗位匹配", en: "A plan of posts"), [one],
                note: "有“安排教师交流”权限的看得到教师编号，别人只看到后几位。", gives: ToldPostPlan.whole
            ) { call in try await staffing.plan(call.segment("plan"), call.visit) },
            .post(
                "/staffing/plans/{plan}/adopt", "adoptPostPlan", .staffing, LocalizedText(zh: "采用岗位匹配", en: "Adopt a plan of posts"),
                needs: .duty(.arrangeStaff), [one], note: "一个县一学年只采用一份。", gives: ToldPostPlan.whole
            ) { call in
                let plan = try await staffing.adopt(call.segment("plan"), call.visit)
                call.note.say("\(plan.county)\(plan.rows.count)人")
                return plan
            },
        ]
    }
}
