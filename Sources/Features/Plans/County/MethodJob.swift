public import Foundation
public import Indicators
public import Jobs
public import Planning
public import Vocabulary

/// Has a county's method look for a plan, and keeps the plan that holds.
public struct MethodJob: JobKind {
    let method: any CountyMethod
    let evaluations: any Evaluations
    let plans: any ProposalStore
    let papers: PlanPapers
    let newID: @Sendable () -> String
    let now: @Sendable () -> Date
    let today: @Sendable () -> Day

    public init(
        _ method: any CountyMethod, evaluations: any Evaluations, plans: any ProposalStore, papers: PlanPapers,
        newID: @escaping @Sendable () -> String, now: @escaping @Sendable () -> Date, today: @escaping @Sendable () -> Day
    ) {
        self.method = method
        self.evaluations = evaluations
        self.plans = plans
        self.papers = papers
        self.newID = newID
        self.now = now
        self.today = today
    }

    static func kind(_ method: String) -> String { "plan-\(method)" }

    public var id: String { MethodJob.kind(method.id) }
    public var label: LocalizedText { LocalizedText(zh: "算\(method.label.zh)", en: "Plan: \(method.label.en)") }
    public var isLong: Bool { true }

    public func run(_ job: Job, _ run: any JobRun) async throws -> JobResult {
        let question = try MethodQuestion(text: job.order.input)
        let year = SchoolYear(question.year)
        if let record = try await plans.plans(ofJob: job.id).first { return try result(record) }
        guard let evaluated = try await evaluations.evaluated(question.standard, year, .official),
            let county = evaluated.result.county(question.county)
        else { throw JobFailure("\(year.label.zh)没有“\(question.county)”可用的数据，请先导入学校数据表") }
        let seconds = Int(question.values["seconds"] ?? "") ?? 30
        let telling = PathTelling(run: run, place: 0, of: 1, county: question.county, seconds: seconds)
        let tools = MethodRun(isCancelled: { run.isCancelled }, say: { telling.say($0) }, today: today(), papers: papers)
        let answer = try await telling.during {
            try await OwnThread.run { try method.search(question, evaluated, county, tools) }
        }
        if run.isCancelled { throw CancellationError() }
        switch answer {
        case .none(let message, let rules):
            guard !rules.isEmpty else { throw JobFailure(message) }
            return JobResult(summary: "\(message)：\(rules.joined(separator: "；"))", page: PlanAddress(question).again(job.id))
        case .plan(let sheet, let files):
            let record = ProposalRecord(
                id: newID(), method: method.id,
                title: "\(question.county)\(method.label.zh)方案\(sheet.cost > 0 ? "（\(PathWords.money(sheet.cost))万元）" : "")",
                county: question.county, schoolYear: year,
                standard: question.standard, cost: sheet.cost, problem: sheet.problem, body: try sheet.text, job: job.id,
                made: ProposalSignature(by: job.order.person, name: job.order.name, at: now()))
            return try result(try await plans.add(record, files: files))
        }
    }

    private func result(_ record: ProposalRecord) throws -> JobResult {
        let sheet = try MethodSheet(record)
        return JobResult(summary: sheet.headline, page: PlanAddress(sheet.question).plan(record.id))
    }
}
