internal import Foundation
internal import Indicators
public import Jobs
internal import PathToStandard
internal import Planning
internal import Reporting
internal import Synchronization
internal import Vocabulary

/// The plan of one county, from its evaluation to the store.
struct PathSearch: Sendable {
    let job: PathJob
    let question: PathQuestion
    let costs: CostList
    let evaluated: Evaluated
    let county: String
    let order: JobOrder

    private struct Found: Sendable {
        var sheet: PathSheet
        var files: [ProposalFile]
    }

    private enum Answer: Sendable {
        case plan(Found)
        case none(PathAnswer)
    }

    func answer(isCancelled: @escaping @Sendable () -> Bool, told: PathTelling) async throws -> PathAnswer {
        guard let before = evaluated.result.county(county) else { throw JobFailure("没有“\(county)”的数据，请先导入它的学校数据表") }
        // Solving takes a thread for itself for as long as it takes.
        let answer = try await OwnThread.run { try search(before, isCancelled, told) }
        if isCancelled() { throw CancellationError() }
        switch answer {
        case .none(let answer): return answer
        case .plan(let found):
            let sheet = found.sheet
            let record = ProposalRecord(
                id: job.newID(), method: PathJob.method,
                title: "\(county)达标方案（\(sheet.cost == 0 ? "不需要投入" : "\(PathWords.money(sheet.cost))万元")）",
                county: county,
                schoolYear: SchoolYear(question.year), standard: question.standard, cost: sheet.cost, problem: sheet.certificate.problem,
                body: try sheet.text, job: order.id, made: ProposalSignature(by: order.person, name: order.name, at: job.now()))
            return try PathAnswer(try await job.plans.add(record, files: found.files))
        }
    }

    private func search(_ before: CountyResult, _ isCancelled: @escaping @Sendable () -> Bool, _ told: PathTelling) throws -> Answer {
        let problem: PathProblem
        do {
            problem = try PathProblem(evaluated.evaluation, county: before, costs: costs, limits: question.limits)
        } catch let refusal as PathRefusal {
            return .none(PathAnswer(county, message: refusal.description))
        }
        do {
            let method = try job.method(Double(question.seconds), isCancelled)
            switch try method.plan(problem) {
            case .infeasible(let rules, let certificate):
                return .none(
                    PathAnswer(county, message: PathWords.none(county, rules.count, certificate.isReduced), rules: rules.map(\.label.zh)))
            case .undecided:
                return .none(PathAnswer(county, message: "\(county)在\(question.seconds)秒内没有找到方案，也没有证明没有方案。请加大时限再算"))
            case .plan(let plan, let certificate):
                let schedule = problem.limits.years == nil ? nil : try method.schedule(problem, plan)
                if problem.limits.years != nil, schedule == nil {
                    return .none(PathAnswer(county, message: "\(county)有方案，但整件的措施没有排进各年的费用。请把每年的费用上限放宽一点，或多分一年"))
                }
                return .plan(try found(problem, plan, certificate, schedule, before, isCancelled, told))
            }
        } catch let failure as SolverFailure {
            throw JobFailure(failure.description)
        }
    }

    /// Holds the plan against every rule once more, and the returns it leads to against the standard itself.
    private func found(
        _ problem: PathProblem, _ plan: PathPlan, _ certificate: Certificate, _ schedule: PathSchedule?, _ before: CountyResult,
        _ isCancelled: @escaping @Sendable () -> Bool, _ told: PathTelling
    ) throws -> Found {
        let violations = verify(problem, plan, certificate) + (schedule.map { verify(problem, plan, $0) } ?? [])
        let rows = AppliedPath.rows(evaluated.evaluation, problem, plan)
        guard violations.isEmpty, let after = AppliedPath.judged(evaluated.evaluation, problem, rows),
            after.stages.filter({ $0.units > 0 }).allSatisfy({ $0.verdict == .met })
        else {
            throw JobFailure("\(county)的方案没有通过复核，没有保存\(violations.first.map { "：\($0.message)" } ?? "")。请告诉系统管理员")
        }
        let prices = question.prices ? try priceList(problem, Int(certificate.objective ?? 0), isCancelled, told) : []
        let source = evaluated.standing(county).source
        let sheet = PathSheet(
            problem, plan, certificate, question: question, source: source, before: before, after: after, prices: prices,
            schedule: schedule)
        let paper = PathPaper(
            problem, plan: plan, certificate: certificate, prices: prices, schedule: schedule, date: job.today(), source: source)
        let form = evaluated.evaluation.catalogue.forms[evaluated.evaluation.schools.form]
        let title = "\(county)按达标方案实施后的数据"
        let files = [
            ProposalFile(
                kind: "report.docx", name: "\(county)达标方案.docx", type: PathBook.docx,
                bytes: [UInt8](try job.papers.document(paper.document))),
            ProposalFile(
                kind: "measures.xlsx", name: "\(county)达标方案.xlsx", type: PathBook.type,
                bytes: [UInt8](try job.papers.books.write(PathBook.measures(sheet)))),
            try form.map {
                ProposalFile(
                    kind: "applied.xlsx", name: "\(county)达标后数据表.xlsx", type: PathBook.type,
                    bytes: [UInt8](try job.papers.returns($0, rows, title)))
            },
        ]
        return Found(sheet: sheet, files: files.compactMap { $0 })
    }

    /// Every rule put aside once, each search bounded: a price is worth less than the plan.
    private func priceList(
        _ problem: PathProblem, _ cost: Int, _ isCancelled: @escaping @Sendable () -> Bool, _ told: PathTelling
    ) throws -> [(rule: PlanRule, saved: Int?)] {
        let method = try job.method(Swift.max(10, Double(question.seconds) / 4), isCancelled)
        let rules = problem.rules
        return try rules.enumerated().map { place, rule in
            told.say("算各条规则的代价，第\(place + 1)条，共\(rules.count)条")
            guard !isCancelled() else { return (rule, nil) }
            var trial = problem
            trial.waived.insert(rule.id)
            guard case .plan(_, let other) = try method.plan(trial), let less = other.objective else { return (rule, nil) }
            return (rule, Swift.max(0, cost - Int(less)))
        }
    }
}

/// Tells second by second how long a county has been worked on.
public final class PathTelling: Sendable {
    private let run: any JobRun
    private let place: Int
    private let total: Int
    private let county: String
    private let seconds: Int
    /// What is being done, and whether the limit of time is about it.
    private let step = Mutex((words: "求解", isTimed: true))

    public init(run: any JobRun, place: Int, of total: Int, county: String, seconds: Int) {
        self.run = run
        self.place = place
        self.total = total
        self.county = county
        self.seconds = seconds
    }

    public func say(_ step: String, isTimed: Bool = false) { self.step.withLock { $0 = (step, isTimed) } }

    public func during<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
        let ticks = Task {
            var spent = 0
            while !Task.isCancelled {
                tell(spent)
                try? await Task.sleep(for: .seconds(1))
                spent += 1
            }
        }
        defer { ticks.cancel() }
        return try await work()
    }

    private func tell(_ spent: Int) {
        let (step, isTimed) = step.withLock { $0 }
        if total > 1 {
            run.report(JobProgress(done: place, total: total, what: "第\(place + 1)个县（共\(total)个）\(county)：\(step)，已算\(spent)秒"))
        } else {
            let time = isTimed ? "已算\(spent)秒，最多\(seconds)秒" : "已算\(spent)秒"
            run.report(JobProgress(done: Swift.min(spent, seconds), total: isTimed ? seconds : nil, what: "\(county)：\(step)，\(time)"))
        }
    }
}

/// Work that would hold up everything else if it ran among the short tasks.
public enum OwnThread {
    public static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Result { try work() }) }
            // The solver works deep in its own calls.
            thread.stackSize = 16 << 20
            thread.start()
        }
    }
}
