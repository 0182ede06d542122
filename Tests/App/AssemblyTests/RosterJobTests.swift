import Establishments
import Exchanges
import Foundation
import Jobs
import Logging
import Planning
import PostMatching
import Rotation
import Staffing
import Storage
import TeacherRotation
import Testing
import Vocabulary

@testable import Assembly

@Suite("名册排成任务去算") struct RosterJobTests {
    private func order(_ id: JobID, _ kind: String, _ input: String = "") -> JobOrder {
        JobOrder(
            id: id, kind: kind, title: "试", input: input, duty: "arrangeStaff", county: "清河县", person: "u", name: "李局长", at: Date())
    }

    private func ended(_ storage: Storage, _ id: JobID) async throws -> Job {
        for _ in 0..<3_000 {
            if let job = try await storage.jobs.job(id), !job.state.isOpen { return job }
            try await Task.sleep(for: .milliseconds(10))
        }
        return try #require(try await storage.jobs.job(id))
    }

    /// A worker over every kind of work of an installation, until `body` is through.
    private func working<Value>(_ desk: Desk, _ body: (Storage) async throws -> Value) async throws -> Value {
        let installation = desk.installation.ruled(by: try CatalogueFolder())
        var pace = Worker.Pace()
        (pace.poll, pace.report) = (.milliseconds(20), .milliseconds(20))
        let worker = Worker(
            jobs: installation.storage.jobs, kinds: installation.jobKinds(desk.evaluations, program: "t"), owner: "甲", slots: 2, pace: pace,
            logger: Logger(label: "test"))
        let running = Task { await worker.run() }
        let value = try await body(installation.storage)
        _ = await worker.stop(within: .seconds(5))
        await running.value
        return value
    }

    /// Two schools: one has somebody without a post, the other a post for them.
    private func posts() throws -> PostDraw {
        let rules = try StaffingFile.rules(nil, CatalogueFolder())
        let units = [("1", 100, 100), ("2", 380, 100)].map { code, pupils, place in
            var unit = StaffUnit(
                id: "\(code)/primary", school: code, title: "第\(code)小学", stage: .primary, setting: "城区", sponsor: "公办", pupils: pupils,
                classes: pupils / 40)
            (unit.latitude, unit.longitude) = (37_000_000 + place, 118_000_000)
            return unit
        }
        let members = (0..<16).map { number in
            let isThere = number > 11
            var member = StaffMember(id: "T\(number)", unit: isThere ? 1 : 0, category: "专任教师", subject: isThere ? "数学" : "语文")
            (member.tenure, member.pool, member.qualified) = ("在编", number < 3 ? "待岗" : "", .primary)
            return member
        }
        let survey = StaffingSurvey(county: "清河县", year: Desk.year, units: units, members: members, rules: rules)
        return PostDraw(survey, units: units, members: members, rules: rules)
    }

    @Test("匹配做完，方案存在任务名下，名册不再有；没有名册的说请重新上传") func matched() async throws {
        let desk = try await Desk()
        let draw = try posts()
        #expect(draw.problem.waiting == 3 && draw.problem.vacancies > 0)
        let paper = try PostRoster(draw).bytes
        #expect(try PostRoster(bytes: paper).problem(draw.problem.rules).digest == draw.problem.digest)
        try await working(desk) { storage in
            _ = try await storage.jobs.add(order("j1", PostSearch.kind), handing: paper)
            _ = try await storage.jobs.add(order("j2", PostSearch.kind))
            let (job, without) = (try await ended(storage, "j1"), try await ended(storage, "j2"))
            let kept = try #require(try await storage.staffing.postPlan(ofJob: "j1"))
            #expect(job.state == .done && job.result?.page.hasPrefix("/staffing/plans/\(kept.id)") == true, "\(job.error)")
            let record = try #require(PostRecord(text: kept.body))
            #expect(record.placed == 3 && record.schools?.reduce(0) { $0 + $1.filled } == 3 && kept.madeBy == "李局长")
            #expect(try await storage.jobs.paper(of: "j1") == nil)
            #expect(without.state == .failed && without.error.contains("重新上传"))
        }
    }

    @Test("存下方案之后才断的，重新做时认得那份方案，不再算一份") func brokenOff() async throws {
        let desk = try await Desk()
        let draw = try posts()
        let certificate = Certificate(status: .proved, objective: 0, solver: "", problem: draw.problem.digest, seconds: 0)
        let before = RosterPlan(
            id: "p0", county: "清河县", year: Desk.year, body: PostRecord(draw, PostPlan(), certificate).text, madeBy: "李局长", madeAt: Date(),
            job: "j1")
        try await desk.installation.storage.staffing.keep(before)
        try await working(desk) { storage in
            _ = try await storage.jobs.add(order("j1", PostSearch.kind), handing: try PostRoster(draw).bytes)
            let job = try await ended(storage, "j1")
            #expect(job.result?.page.hasPrefix("/staffing/plans/p0") == true)
            #expect(try await storage.staffing.postPlans("清河县", Desk.year).map(\.id) == ["p0"])
        }
    }

    /// A county of two schools with teachers of one subject, all of whom may go.
    private func exchange() throws -> RotationProblem {
        let rules = try PlanRotation.rules(nil, CatalogueFolder())
        let units = ["1", "2"].map { code in
            RotationProblem.Unit(
                id: "\(code)/primary", school: code, title: "第\(code)小学", stage: .primary, pupils: 400,
                place: .init(latitude: 37_000_000 + (Int(code) ?? 0) * 9_000, longitude: 118_000_000))
        }
        let teachers = (0..<40).map { number in
            var teacher = RotationProblem.Teacher(
                id: "T\(number + 100)", unit: number % 2, post: "语文", isBackbone: number % 2 == 0, isQualified: true)
            (teacher.years, teacher.age, teacher.sex, teacher.tenure) = (8, 35, "女", "在编")
            return teacher
        }
        return RotationProblem(region: "清河县", year: Desk.year, units: units, teachers: teachers, rules: rules)
    }

    @Test("轮岗做完，另算的比例都在，登记的基数有了；做不到的说哪几条规则相冲突") func exchanged() async throws {
        let desk = try await Desk()
        let problem = try exchange()
        let paper = try RotationRoster(problem).bytes
        #expect(try RotationRoster(bytes: paper).problem(problem.rules).digest == problem.digest)
        try await working(desk) { storage in
            _ = try await storage.jobs.add(
                order("j1", RotationSearch.kind, #"{"year":2025,"wish":{"percent":20,"seconds":20,"whatIf":true}}"#), handing: paper)
            _ = try await storage.jobs.add(
                order("j2", RotationSearch.kind, #"{"year":2025,"wish":{"percent":100,"seconds":20,"whatIf":false}}"#),
                handing: try RotationRoster(alone(problem)).bytes)
            let (job, conflict) = (try await ended(storage, "j1"), try await ended(storage, "j2"))
            let kept = try #require(try await desk.installation.exchanges.plan(ofJob: "j1"), "\(job.error)")
            #expect(job.result?.page.hasPrefix("/rotation/plans/\(kept.id)") == true && kept.madeBy == "李局长")
            let shown = try #require(RotationRecord(text: kept.body))
            #expect(kept.body.contains("\"rates\"") && shown.text == kept.body)
            #expect(try await desk.installation.exchanges.base("清河县", Desk.year)?.fullTime == 40)
            #expect(conflict.state == .done && conflict.result?.summary.contains("不能同时满足") == true, "\(conflict.error)")
            #expect(conflict.result?.page.hasPrefix("/rotation/counties/") == true)
            #expect(try await storage.jobs.paper(of: "j2") == nil)
        }
    }

    /// The same with nobody to change places with.
    private func alone(_ problem: RotationProblem) -> RotationProblem {
        RotationProblem(
            region: problem.region, year: problem.year, units: [problem.units[0]], teachers: problem.teachers.filter { $0.unit == 0 },
            rules: problem.rules)
    }
}
