internal import Foundation
internal import HTTPTypes
internal import Indicators
public import Jobs
public import Pages
public import Planning
internal import Registry
internal import Vocabulary

/// The work with plans, as the pages of 达标方案 do it.
public struct PlanWork: Sendable {
    /// A plan, and whether it still answers for today's data.
    public struct Opened: Sendable {
        var record: ProposalRecord
        var isCurrent: Bool

        public init(record: ProposalRecord, isCurrent: Bool) {
            self.record = record
            self.isCurrent = isCurrent
        }
    }

    /// What came of one county of a question.
    public struct Answer: Sendable {
        var county: String
        var plan: ProposalID?
        var cost: Int?
        var hires: Int?
        var moved: Int?
        var rules: [String]
        var message: String

        public init(county: String, plan: ProposalID?, cost: Int?, hires: Int?, moved: Int?, rules: [String], message: String) {
            self.county = county
            self.plan = plan
            self.cost = cost
            self.hires = hires
            self.moved = moved
            self.rules = rules
            self.message = message
        }
    }

    /// What a step of an action costs where a question names no price of its own.
    public struct Price: Sendable {
        var action: String
        var label: String
        var unit: String
        var cost: Int

        public init(action: String, label: String, unit: String, cost: Int) {
            self.action = action
            self.label = label
            self.unit = unit
            self.cost = cost
        }
    }

    var list: @Sendable (Visit) async throws -> [ProposalRecord]
    var one: @Sendable (ProposalID, Visit) async throws -> Opened
    var file: @Sendable (_ kind: String, ProposalID, Visit) async throws -> ProposalFile
    var ask: @Sendable (PlanConditions, Visit) async throws -> Job
    /// Nil answers while the job is not done.
    var answers: @Sendable (_ task: JobID, Visit) async throws -> (job: Job, answers: [Answer]?)
    var adopt: @Sendable (ProposalID, _ seen: Int?, Visit) async throws -> Opened
    var prices: @Sendable () -> [Price]

    public init(
        list: @escaping @Sendable (Visit) async throws -> [ProposalRecord],
        one: @escaping @Sendable (ProposalID, Visit) async throws -> Opened,
        file: @escaping @Sendable (String, ProposalID, Visit) async throws -> ProposalFile,
        ask: @escaping @Sendable (PlanConditions, Visit) async throws -> Job,
        answers: @escaping @Sendable (JobID, Visit) async throws -> (job: Job, answers: [Answer]?),
        adopt: @escaping @Sendable (ProposalID, Int?, Visit) async throws -> Opened, prices: @escaping @Sendable () -> [Price]
    ) {
        self.list = list
        self.one = one
        self.file = file
        self.ask = ask
        self.answers = answers
        self.adopt = adopt
        self.prices = prices
    }
}

/// What a plan is asked for under: limits, years, own prices.
public struct PlanConditions: Sendable, Codable {
    public var standard: String
    /// First calendar year of the school year.
    public var year: Int
    /// Nil for every county, each for itself.
    public var county: String?
    /// Yuan.
    public var budget: Int?
    public var hires: Int?
    public var moves: Int?
    public var noBuilding: [String]
    /// Square metres that may be added at a school.
    public var land: [String: Int]
    public var years: Int?
    /// Yuan a year.
    public var yearly: Int?
    /// Per cent by which every spread stays below its ceiling; nil for the ceiling itself.
    public var margin: Int?
    /// Yuan a step, by action.
    public var costs: [String: Int]
    public var seconds: Int
    public var prices: Bool
}

extension ApiDesk {
    /// The cheapest paths to the standard: asked for, read with their proof and papers, adopted.
    var planOperations: [Operation] {
        let one = Parameter.path("plan", "方案的编号", .text(1...64))
        return planReadingOperations(one) + planStepOperations(one)
    }

    private func planReadingOperations(_ one: Parameter) -> [Operation] {
        let (plans, tasks) = (work.plans, work.tasks)
        return [
            .list(
                "/plans", "listPlans", .plans, LocalizedText(zh: "方案，最近的在前", en: "Plans, newest first"),
                [
                    .query("county", .text(1...60), "县（市、区）"),
                    .query("state", .choice(ProposalRecord.State.allCases.map(\.rawValue)), "拟定、已采用、已被替换"),
                    .query("method", .text(1...40), "哪一种方案"), .query("task", .text(1...64), "算出它的任务"),
                ], of: PlanEntry.shape, key: \.record.id
            ) { call in
                try await plans.list(call.visit).filter { plan in
                    (call.text("county").map { $0 == plan.county } ?? true)
                        && (call.text("state").map { $0 == plan.state.rawValue } ?? true)
                        && (call.text("method").map { $0 == plan.method } ?? true)
                        && (call.text("task").map { $0 == plan.job } ?? true)
                }.map { PlanEntry(record: $0) }
            },
            .get(
                "/plans/{plan}", "getPlan", .plans, LocalizedText(zh: "一份方案", en: "A plan"), [one],
                note: "问的条件、各校措施、调动、分年安排、前后的结论、离最省还有多远。isCurrent：现在的数据和费用表还是算它时的，方案仍有保证。",
                gives: PlanDetail.shape, version: \.record.version
            ) { call in try PlanDetail(try await plans.one(call.segment("plan"), call.visit)) },
            Operation(
                method: .get, path: "/plans/{plan}/files/{file}", id: "getPlanFile", group: .plans,
                title: LocalizedText(zh: "方案文本、各校措施、实施后的数据表", en: "Paper and workbooks of a plan"), needs: .duty(.look),
                parameters: [one, .path("file", "哪一个文件", .choice(PlanDetail.files), example: .text("report.docx"))],
                success: .file(type: "application/octet-stream")
            ) { call in
                let file = try await plans.file(call.segment("file"), call.segment("plan"), call.visit)
                return Reply(file: Data(file.bytes), name: file.name, type: "application/octet-stream")
            },
            .get(
                "/plan-answers/{task}", "getPlanAnswers", .plans, LocalizedText(zh: "一次提问的各县结果", en: "What came of a question"),
                [.path("task", "任务的编号", .text(1...64))], note: "没有算完时没有 answers：先看 GET /tasks/{task}。", gives: AnsweredEntry.shape
            ) { call in
                let (job, answers) = try await plans.answers(call.segment("task"), call.visit)
                return AnsweredEntry(
                    task: JobEntry(job: job, kind: tasks.label(job.kind), steps: tasks.steps(job, call.visit)), answers: answers)
            },
            .list(
                "/plan-costs", "listPlanCosts", .plans, LocalizedText(zh: "费用表：各项措施的单价", en: "What each action costs"),
                note: "提问时可以用 costs 换成本单位的单价。", of: PlanWork.Price.shape, key: \.action
            ) { _ in plans.prices() },
        ]
    }

    private func planStepOperations(_ one: Parameter) -> [Operation] {
        let (plans, tasks) = (work.plans, work.tasks)
        return [
            .post(
                "/plans", "askForPlan", .plans, LocalizedText(zh: "算一份达标方案", en: "Have a plan worked out"), needs: .duty(.plan),
                body: PlanConditions.body, status: 202, note: "在后台算：用 GET /tasks/{task} 看算到哪里，算完用 GET /plan-answers/{task} 看结果。",
                gives: JobEntry.shape
            ) { call in
                let county = call.body["county"]?.string
                try call.require(.plan, in: county)
                let asked = try await Asked(
                    call, self, year: call.body.whole("year").map { SchoolYear($0) }, standard: call.body["standard"]?.string)
                let job = try await plans.ask(
                    PlanConditions(call.body, county: county, standard: asked.standard.id, year: asked.year), call.visit)
                call.note.say(job.order.title)
                return JobEntry(job: job, kind: tasks.label(job.kind), steps: tasks.steps(job, call.visit))
            },
            .post(
                "/plans/{plan}/adopt", "adoptPlan", .plans, LocalizedText(zh: "采用", en: "Adopt"), needs: .duty(.adopt), [one],
                isVersioned: true, note: "这个县从此照它办，以前采用的被替换。数据或费用表变了的不能采用。", gives: PlanDetail.shape, version: \.record.version
            ) { call in
                let detail = try PlanDetail(try await plans.adopt(call.segment("plan"), call.seen, call.visit))
                call.note.say(detail.record.title)
                return detail
            },
        ]
    }
}

extension PlanConditions {
    private static let yuan = Schema.integer(0...1_000_000_000_000)
    private static let amount = Schema.integer(0...1_000_000_000)

    static let body = Operation.Body.json(
        .object([
            Property("county", .text(1...60), "县（市、区）；不写则各县各算一份", isRequired: false),
            Property("standard", .text(1...60), "标准的编号；不写则是 2017 年优质均衡", isRequired: false),
            Property("year", .integer(1949...2200), "学年；不写则是有数据的最近一年", isRequired: false),
            Property("budget", yuan, "总费用上限，元；不写就是不限制，下同", isRequired: false),
            Property("hires", amount, "招聘人数上限", isRequired: false), Property("moves", amount, "县内调动人数上限", isRequired: false),
            Property("noBuilding", .list(.text(1...20), most: 2_000), "不新建的学校，标识码", isRequired: false),
            Property("land", .map(amount), "各校最多还能新建多少平方米，按标识码", isRequired: false),
            Property("years", .integer(1...10), "分几年做完；与 yearly 一起写", isRequired: false),
            Property("yearly", yuan, "每年的费用上限，元", isRequired: false),
            Property("margin", .integer(1...50), "每项差异系数要比上限再低百分之几；不写就是不超过上限", isRequired: false),
            Property("costs", .map(amount), "本单位的单价，元，按措施的编号：见 /plan-costs", isRequired: false),
            Property("seconds", .integer(5...600), "每个县最多算几秒；默认60", isRequired: false),
            Property("prices", .flag, "是否算出每条规则的代价", isRequired: false),
        ]), example: .object(("county", .text("清河县")), ("budget", .integer(20_000_000)), ("hires", .integer(30))))

    init(_ body: JSON, county: String?, standard: String, year: SchoolYear) {
        self.standard = standard
        self.year = year.start
        self.county = county
        (budget, hires, moves) = (body.whole("budget"), body.whole("hires"), body.whole("moves"))
        noBuilding = Array(Set(body["noBuilding"]?.items?.compactMap(\.string) ?? [])).sorted()
        (land, costs) = (body.wholes("land"), body.wholes("costs"))
        (years, yearly, margin) = (body.whole("years"), body.whole("yearly"), body.whole("margin"))
        seconds = body.whole("seconds") ?? 60
        prices = body["prices"]?.truth ?? false
    }
}

extension JSON {
    /// A member that is a whole number.
    func whole(_ name: String) -> Int? { if case .integer(let number) = self[name] { number } else { nil } }

    /// The texts of a member that is an object.
    func texts(_ name: String) -> [String: String] {
        guard case .object(let members) = self[name] else { return [:] }
        return Dictionary(members.compactMap { member in member.value.string.map { (member.name, $0) } }) { first, _ in first }
    }

    fileprivate func wholes(_ name: String) -> [String: Int] {
        guard case .object(let members) = self[name] else { return [:] }
        let pairs = members.compactMap { member in if case .integer(let number) = member.value { (member.name, number) } else { nil } }
        return Dictionary(pairs) { first, _ in first }
    }
}

struct AnsweredEntry: Sendable {
    var task: JobEntry
    var answers: [PlanWork.Answer]?

    private static let answer = Shape<PlanWork.Answer>.object(
        "PlanAnswer",
        [
            Field("county", .text) { $0.county }, .maybe("plan", .text, "方案的编号；没有可行的方案就没有") { $0.plan },
            .maybe("cost", .count, "元") { $0.cost }, .maybe("hires", .count) { $0.hires }, .maybe("moved", .count) { $0.moved },
            Field("rules", Shape.text.list, "不能同时做到的规则") { $0.rules }, Field("message", .text) { $0.message },
        ])

    static let shape = Shape<AnsweredEntry>.object(
        "PlanAnswers", [Field("task", JobEntry.shape) { $0.task }, .maybe("answers", answer.list, "没有算完时没有") { $0.answers }])
}
