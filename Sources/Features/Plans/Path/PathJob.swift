public import Foundation
public import Indicators
public import Jobs
public import PathToStandard
public import Planning
public import Reporting
public import Vocabulary

/// What writes a plan's papers.
public struct PlanPapers: Sendable {
    var document: @Sendable (OfficialDocument) throws -> Data
    var returns: @Sendable (ReturnForm, [ReturnRow], _ title: String) throws -> Data
    var books: any SheetBookWriter

    public init(
        document: @escaping @Sendable (OfficialDocument) throws -> Data,
        returns: @escaping @Sendable (ReturnForm, [ReturnRow], String) throws -> Data, books: any SheetBookWriter
    ) {
        self.document = document
        self.returns = returns
        self.books = books
    }
}

/// Looks for the cheapest path to the standard, of one county or of every county in turn, and keeps the plans that hold.
public struct PathJob: JobKind {
    public typealias Method = @Sendable (_ seconds: Double, _ isCancelled: @escaping @Sendable () -> Bool) throws -> PathToStandard

    static let kind = "path-to-standard"
    /// In the records of its plans.
    public static let method = "path"

    let evaluations: any Evaluations
    let plans: any ProposalStore
    let costs: CostList?
    let method: Method
    let papers: PlanPapers
    let newID: @Sendable () -> String
    let now: @Sendable () -> Date
    let today: @Sendable () -> Day

    public init(
        evaluations: any Evaluations, plans: any ProposalStore, costs: CostList?, method: @escaping Method, papers: PlanPapers,
        newID: @escaping @Sendable () -> String, now: @escaping @Sendable () -> Date, today: @escaping @Sendable () -> Day
    ) {
        self.evaluations = evaluations
        self.plans = plans
        self.costs = costs
        self.method = method
        self.papers = papers
        self.newID = newID
        self.now = now
        self.today = today
    }

    public var id: String { PathJob.kind }
    public var label: LocalizedText { LocalizedText(zh: "算达标方案", en: "Plan the path to the standard") }

    public var isLong: Bool { true }

    public func run(_ job: Job, _ run: any JobRun) async throws -> JobResult {
        let question = try PathQuestion(text: job.order.input)
        let year = SchoolYear(question.year)
        guard let costs else { throw JobFailure("目录里没有费用表，算不了方案。请系统管理员核对目录") }
        guard let evaluated = try await evaluations.evaluated(question.standard, year, .official) else {
            throw JobFailure("\(year.label.zh)没有可用的数据，请先导入学校数据表")
        }
        let counties = question.county.map { [$0] } ?? evaluated.result.counties.map(\.county)
        let known = Dictionary(try await plans.plans(ofJob: job.id).map { ($0.county, $0) }) { first, _ in first }
        var answers: [PathAnswer] = []
        for (place, county) in counties.enumerated() {
            if let record = known[county] {
                answers.append(try PathAnswer(record))
                continue
            }
            let search = PathSearch(
                job: self, question: question, costs: question.priced(costs), evaluated: evaluated, county: county, order: job.order)
            let telling = PathTelling(run: run, place: place, of: counties.count, county: county, seconds: question.seconds)
            answers.append(try await telling.during { try await search.answer(isCancelled: { run.isCancelled }, told: telling) })
            if run.isCancelled { throw CancellationError() }
        }
        return try result(job, question, answers)
    }

    private func result(_ job: Job, _ question: PathQuestion, _ answers: [PathAnswer]) throws -> JobResult {
        let json = String(decoding: try JSONEncoder().encode(answers), as: UTF8.self)
        let page = PlanAddress(question)
        if question.county != nil, let answer = answers.first {
            if answer.plan == nil, answer.rules.isEmpty { throw JobFailure(answer.message) }
            return JobResult(
                summary: answer.message, page: answer.plan.map { page.plan($0, beside: question.from) } ?? page.answers(job.id), json: json)
        }
        let found = answers.count { $0.plan != nil }
        let book = PathBook.city(answers, year: SchoolYear(question.year), sentence: "\(found)个县有方案，\(answers.count - found)个县没有")
        let file = JobFile(name: "各县达标方案汇总.xlsx", type: PathBook.type, bytes: [UInt8](try papers.books.write(book)))
        let cost = answers.reduce(0) { $0 + ($1.cost ?? 0) }
        return JobResult(
            summary: "\(answers.count)个县算完，\(found)个有方案，共需\(PathWords.money(cost))万元", page: page.answers(job.id), json: json, file: file)
    }
}

/// What came of one county.
public struct PathAnswer: Sendable, Codable {
    public var county: String
    /// The plan kept; nil where there is none.
    public var plan: ProposalID?
    /// Yuan.
    public var cost: Int?
    public var hires: Int?
    public var moved: Int?
    /// Rules that cannot all be kept.
    public var rules: [String] = []
    /// In one sentence.
    public var message: String

    init(_ county: String, message: String, rules: [String] = []) {
        self.county = county
        self.message = message
        self.rules = rules
    }

    init(_ record: ProposalRecord) throws {
        let sheet = try PathSheet(record)
        self.init(record.county, message: PathWords.summary(sheet))
        (plan, cost, hires, moved) = (record.id, sheet.cost, sheet.hires, sheet.moved)
    }
}
