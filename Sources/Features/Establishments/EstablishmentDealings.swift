public import Foundation
internal import Indicators
public import Jobs
public import Pages
internal import PostMatching
internal import Registry
public import Staffing
public import Vocabulary

/// What can be done with establishments, whoever asks: pages draw the answers, the interface for programs writes them down.
extension EstablishmentDesk {
    private func year(_ asked: SchoolYear?, _ visit: Visit) async throws -> SchoolYear {
        if let asked { return asked }
        return try await returns.schoolYears(form: EstablishmentDesk.schoolForm).first ?? visit.today.schoolYear
    }

    /// Every county the visitor may see whole.
    public func counties(_ asked: SchoolYear?, _ visit: Visit) async throws -> [StaffingSurvey] {
        try await surveys(try await year(asked, visit)).filter { visit.may(.look, in: $0.county) }
    }

    /// One county. Throws `NotAllowed`, and `PageMissing` where it has no schools.
    public func county(_ county: String, _ asked: SchoolYear?, _ visit: Visit) async throws -> ToldSurvey {
        try visit.require(.look, in: county)
        return try await told(county, try await year(asked, visit))
    }

    private func told(_ county: String, _ year: SchoolYear) async throws -> ToldSurvey {
        guard let (survey, kept) = try await survey(county, year) else { throw PageMissing("\(county)\(year.label.zh)没有学校数据") }
        return ToldSurvey(survey, kept)
    }

    /// Retirements of a county year by year. Throws `StaffingRefusal` where nobody has handed a roster in: they are not none then.
    public func leaving(_ county: String, _ asked: SchoolYear?, _ visit: Visit) async throws -> [UnitStaffing.Leaving] {
        let survey = try await self.county(county, asked, visit).survey
        guard survey.hasRoster else { throw StaffingRefusal("\(county)\(survey.year.label.zh)还没有上传教职工名册，退休人数资料不足") }
        return survey.leaving
    }

    /// A school's stages. Throws `NotAllowed`, `PageMissing`.
    public func school(_ school: String, in county: String, _ asked: SchoolYear?, _ visit: Visit) async throws -> ToldSurvey {
        try visit.requireSight(of: school, in: county)
        var told = try await told(county, try await year(asked, visit))
        told.survey.units = told.survey.units.filter { $0.school == school }
        guard !told.survey.units.isEmpty else { throw PageMissing("这个县没有这所学校，或它不核编（民办、没有学生）") }
        return told
    }

    /// A workbook with a roster: the county's survey at once, and the job that matches people and posts where there are some of both.
    /// The roster itself is read and not kept; what the job needs of it is kept sealed until the job ends. Throws `NotAllowed`.
    public func takeIn(
        _ file: URL, _ asked: SchoolYear?, in county: String, _ visit: Visit
    ) async throws -> TakenIn<(survey: ToldSurvey, task: Job?)> {
        try visit.require(.arrangeStaff, in: county)
        switch try await read(file, county, asked ?? visit.today.schoolYear) {
        case .refused(let sentences): return .refused(Upload.first(of: sentences))
        case .read(let survey, let draw):
            let kept = KeptSurvey(
                county: county, year: survey.year, body: SurveyText.write(survey), madeBy: visit.person.name, madeAt: now())
            try await store.keep(kept)
            guard let draw else { return .taken((ToldSurvey(survey, kept), nil)) }
            return .taken((ToldSurvey(survey, kept), try await match(draw, visit)))
        }
    }

    private func match(_ draw: PostDraw, _ visit: Visit) async throws -> Job {
        let (county, year) = (draw.problem.region, draw.problem.year)
        return try await order(
            JobOrder(
                id: newID(), kind: PostSearch.kind, title: "匹配\(county)岗位（\(year.label.zh)）", input: "", duty: Duty.arrangeStaff.rawValue,
                county: county, person: visit.person.id, name: visit.person.name, at: now()),
            try PostRoster(draw).bytes)
    }

    // MARK: Plans of posts

    /// A county's plans of a school year, newest first. Throws `NotAllowed`.
    public func plans(of county: String, _ asked: SchoolYear?, _ visit: Visit) async throws -> [ToldPostPlan] {
        try visit.require(.look, in: county)
        return try await store.postPlans(county, try await year(asked, visit)).compactMap { kept in
            PostRecord(text: kept.body).map { told(kept, $0, visit) }
        }
    }

    /// Throws `PageMissing`, `NotAllowed`.
    public func plan(_ id: String, _ visit: Visit) async throws -> ToldPostPlan {
        let (kept, record) = try await found(id, visit, .look)
        return told(kept, record, visit)
    }

    func found(_ id: String, _ visit: Visit, _ duty: Duty) async throws -> (RosterPlan, PostRecord) {
        guard let kept = try await store.postPlan(id), let record = PostRecord(text: kept.body) else {
            throw PageMissing("没有这份方案，可能链接有误。请回到“编制与配置”重新选择")
        }
        try visit.require(duty, in: kept.county)
        return (kept, record)
    }

    /// Throws `StaffingRefusal`, `PageMissing`, `NotAllowed`.
    public func adopt(_ id: String, _ visit: Visit) async throws -> ToldPostPlan {
        let (kept, record) = try await found(id, visit, .arrangeStaff)
        return told(try await store.adopt(kept.id, by: visit.person.name, at: now()), record, visit)
    }

    /// Codes are for whoever arranges staff there.
    private func told(_ kept: RosterPlan, _ record: PostRecord, _ visit: Visit) -> ToldPostPlan {
        let seesPersons = visit.may(.arrangeStaff, in: kept.county)
        func code(_ person: String) -> String { seesPersons ? person : PostRecord.masked(person) }
        var plan = ToldPostPlan(kept)
        (plan.vacancies, plan.candidates, plan.waiting, plan.placed) = (record.vacancies, record.candidates, record.waiting, record.placed)
        (plan.rules, plan.proof, plan.notes) = (record.rules, record.proof, record.notes)
        (plan.empty, plan.pool) = (record.empty, record.pool)
        plan.schools = record.schools ?? []
        plan.rows = record.rows.map { row in
            var shown = row
            shown.person = code(row.person)
            return shown
        }
        plan.left = record.left.map { PostLeft(person: code($0.person), subject: $0.subject, school: $0.school) }
        return plan
    }
}
