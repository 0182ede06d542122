internal import Foundation
internal import Indicators
public import Jobs
public import Pages
public import PathToStandard
public import Planning
internal import Registry
public import Vocabulary

/// A plan as its page shows it.
public struct OpenedPlan: Sendable {
    public var record: ProposalRecord
    public var sheet: PathSheet
    /// Today's data still pose the problem it answers, and it still holds.
    public var isCurrent: Bool
}

/// What came of a question: nothing yet while its job is not done.
public struct AnsweredQuestion: Sendable {
    public var job: Job
    public var question: PathQuestion
    /// Of the counties the visitor may see; nil while the job is not done.
    public var answers: [PathAnswer]?
}

/// Why a question cannot be asked so, sentence by sentence.
public struct QuestionRefusal: Refusal, Hashable {
    public var complaints: [String]
    public var message: String { complaints.joined(separator: "；") }
    public var ground: RefusalGround { .input }
}

/// What can be done with plans, whoever asks: pages draw the answers, the interface for programs writes them down.
extension PlansDesk {
    /// Newest first, of the counties the visitor may see.
    public func list(_ visit: Visit) async throws -> [ProposalRecord] {
        if !visit.mayAnywhere(.look) { try visit.require(.look, in: nil) }
        return try await plans.plans(visit.person.counties(.look, today: visit.today), limit: PlansDesk.shown)
    }

    func record(_ id: ProposalID, _ visit: Visit) async throws -> ProposalRecord {
        guard let record = try await plans.plan(id) else { throw PageMissing("没有这份方案，可能链接有误。请回到“达标方案”重新选择") }
        guard visit.may(.look, in: record.county) else { throw PageForbidden("这份方案不是您所在县的，不能查看") }
        return record
    }

    /// Throws `PageMissing`, `PageForbidden`, and `StoreRefusal` where the plan does not read back.
    public func one(_ id: ProposalID, _ visit: Visit) async throws -> OpenedPlan { try await opened(try await record(id, visit)) }

    func opened(_ record: ProposalRecord) async throws -> OpenedPlan {
        guard record.method == PathJob.method else { throw PageMissing("这份不是达标方案，请从“达标方案”的列表打开") }
        let sheet = try PathSheet(record)
        return OpenedPlan(record: record, sheet: sheet, isCurrent: try await isCurrent(record, sheet))
    }

    /// Whether today's data still pose the problem the plan answers, and the plan still holds.
    private func isCurrent(_ record: ProposalRecord, _ sheet: PathSheet) async throws -> Bool {
        guard let costs, let evaluated = try await evaluations.evaluated(record.standard, record.schoolYear, .official),
            let county = evaluated.result.county(record.county)
        else { return false }
        let question = sheet.question
        guard
            let problem = try? PathProblem(evaluated.evaluation, county: county, costs: question.priced(costs), limits: question.limits),
            problem.digest == record.problem
        else { return false }
        return verify(problem, sheet.plan, sheet.certificate).isEmpty
    }

    /// A paper or workbook of a plan.
    public func keptFile(_ kind: String, of id: ProposalID, _ visit: Visit) async throws -> ProposalFile {
        let record = try await record(id, visit)
        guard let file = try await plans.file(kind, of: record.id) else { throw PageMissing("这份方案没有这个文件") }
        return file
    }

    /// What came of a question that was asked as a job.
    public func answers(of task: JobID, _ visit: Visit) async throws -> AnsweredQuestion {
        guard let job = try await jobs.job(task), job.kind == PathJob.kind else {
            throw PageMissing("没有这项任务，可能链接有误。请回到“任务”重新选择")
        }
        guard job.order.person == visit.person.id || visit.may(.look, in: job.order.county) else {
            throw PageForbidden("这项任务不是您所在县的，不能查看")
        }
        let answers = try job.result.map { result in
            do {
                return try JSONDecoder().decode([PathAnswer].self, from: Data(result.json.utf8)).filter { visit.may(.look, in: $0.county) }
            } catch {
                throw StoreRefusal(.damaged, "这项任务的结果读不出来，请照原来的条件重算")
            }
        }
        return AnsweredQuestion(job: job, question: try question(of: job), answers: answers)
    }

    private func question(of job: Job) throws -> PathQuestion {
        do {
            return try PathQuestion(text: job.order.input)
        } catch {
            throw StoreRefusal(.damaged, "这项任务的内容读不出来，请重新提交")
        }
    }

    /// Has a question worked out by a job. Throws `QuestionRefusal`, and `PageMissing` where there are no data to plan with.
    public func ask(_ question: PathQuestion, _ visit: Visit) async throws -> Job {
        try visit.require(.plan, in: question.county)
        guard let costs else { throw PageProblem("目录里没有费用表，算不了方案。请系统管理员核对目录") }
        let complaints = question.complaints(costs)
        guard complaints.isEmpty else { throw QuestionRefusal(complaints: complaints) }
        let year = SchoolYear(question.year)
        try await requireData(question.standard, year, question.county)
        return try await order(
            JobOrder(
                id: newID(), kind: PathJob.kind, title: "算\(question.county ?? "各县")达标方案（\(year.label.zh)）", input: question.text,
                duty: "plan", county: question.county, person: visit.person.id, name: visit.person.name, at: now()))
    }

    /// The evaluation a question is about. Throws `PageMissing` where there is none.
    @discardableResult
    func requireData(_ standard: String, _ year: SchoolYear, _ county: String?) async throws -> Evaluated {
        guard let evaluated = try await evaluations.evaluated(standard, year, .official) else {
            throw PageMissing("\(year.label.zh)没有可用的数据。请先在“数据导入”里导入学校数据表")
        }
        if let county, evaluated.result.county(county) == nil { throw PageMissing("没有“\(county)”的数据，请先导入它的学校数据表") }
        return evaluated
    }

    /// The plan its county goes by from now on. `seen` is the version that was looked at, nil for whichever there is. Throws
    /// `StoreRefusal`.
    public func adopt(_ id: ProposalID, seen: Int?, _ visit: Visit) async throws -> OpenedPlan {
        let record = try await record(id, visit)
        try visit.require(.adopt, in: record.county)
        let opened = try await opened(record)
        guard opened.isCurrent else {
            throw PlansDesk.outdated(record.county)
        }
        let by = ProposalSignature(by: visit.person.id, name: visit.person.name, at: now())
        return OpenedPlan(
            record: try await plans.adopt(record.id, seen: seen ?? record.version, by: by), sheet: opened.sheet, isCurrent: true)
    }

    /// What a step of each action costs where a question names no price of its own; empty where the catalogue has no costs.
    public var actions: [PathAction] { costs?.actions ?? [] }
    /// Where those prices come from.
    public var costNote: String { costs?.note ?? "" }
}
