internal import Foundation
internal import HTTPTypes
public import Indicators
public import Jobs
public import Pages
public import Planning
internal import Registry
public import Vocabulary

/// The methods asked county by county (a special fund, pairing of schools), and what an adopted plan leads to, as the pages of
/// 达标方案 do it.
public struct MethodWork: Sendable {
    /// What a method asks.
    public struct Field: Sendable {
        var name: String
        var label: String
        /// `text`, `number`, `flag` or `choice`.
        var kind: String
        var unit: String
        var note: String
        var usual: String
        var choices: [(value: String, label: String)]

        public init(
            name: String, label: String, kind: String, unit: String, note: String, usual: String, choices: [(value: String, label: String)]
        ) {
            (self.name, self.label, self.kind) = (name, label, kind)
            (self.unit, self.note, self.usual, self.choices) = (unit, note, usual, choices)
        }
    }
    public struct Method: Sendable {
        var id: String
        var label: LocalizedText
        var question: String
        var lead: String
        var fields: [Field]

        public init(id: String, label: LocalizedText, question: String, lead: String, fields: [Field]) {
            (self.id, self.label, self.question, self.lead, self.fields) = (id, label, question, lead, fields)
        }
    }
    /// What somebody asks of a method.
    public struct Wish: Sendable {
        public var method: String
        public var standard: String
        public var year: SchoolYear
        public var county: String
        public var values: [String: String]
    }
    /// With the fields for a county where one is given: some ask by what its schools are.
    var methods: @Sendable (CountyResult?) -> [Method]
    var ask: @Sendable (Wish, Visit) async throws -> Job
    var one: @Sendable (ProposalID, Visit) async throws -> PlanWork.Opened
    var adopt: @Sendable (ProposalID, _ seen: Int?, Visit) async throws -> PlanWork.Opened
    var carry: CarryWork

    public init(
        methods: @escaping @Sendable (CountyResult?) -> [Method], ask: @escaping @Sendable (Wish, Visit) async throws -> Job,
        one: @escaping @Sendable (ProposalID, Visit) async throws -> PlanWork.Opened,
        adopt: @escaping @Sendable (ProposalID, Int?, Visit) async throws -> PlanWork.Opened, carry: CarryWork
    ) {
        self.methods = methods
        self.ask = ask
        self.one = one
        self.adopt = adopt
        self.carry = carry
    }
}

extension ApiDesk {
    /// 专项经费怎样分、强弱校怎样结对: asked for, read, adopted; plans carried on to cases and targets.
    var methodOperations: [Operation] {
        guard let methods = work.methods else { return [] }
        let one = Parameter.path("plan", "方案的编号", .text(1...64))
        let carry = carryOperations(
            "/plans/{plan}", "OfPlan", .plans, needs: .handle, cases: LocalizedText(zh: "照采用的方案下发整改", en: "Cases of an adopted plan"),
            note: "哪一种方案都可以；要有能立整改任务的岗位。逐项给出结果，没有立成的写明为什么；同一短板没办结的不再立。",
            targets: LocalizedText(zh: "照采用的方案生成督办草稿", en: "A draft of targets of an adopted plan"), methods.carry)
        return methodPlanOperations(methods, one) + carry
    }

    private func methodPlanOperations(_ methods: MethodWork, _ one: Parameter) -> [Operation] {
        let tasks = work.tasks
        return [
            .list(
                "/plan-methods", "listPlanMethods", .plans, LocalizedText(zh: "逐县算的方案，各问些什么", en: "Methods asked county by county"),
                [.query("county", .text(1...60), "县（市、区）；写了就有按它的学校问的项"), .year, .standard], of: MethodWork.Method.shape, key: \.id
            ) { call in
                guard let name = call.text("county") else { return methods.methods(nil) }
                try call.require(.look, in: name)
                let asked = try await Asked(call, self)
                guard let county = asked.evaluated.result.county(name) else {
                    throw Problem(.notFound, "\(asked.year.label.zh)没有“\(name)”的数据", "There are no data of this county and year")
                }
                return methods.methods(county)
            },
            .post(
                "/plan-methods/{method}/plans", "askForMethodPlan", .plans, LocalizedText(zh: "算一份", en: "Have one worked out"),
                needs: .duty(.plan), [.path("method", "哪一种方案", .text(1...40), example: .text("funds"))], body: MethodWork.body, status: 202,
                note: "在后台算：用 GET /tasks/{task} 看算到哪里，算完的方案在 GET /plans（按 task 找）。", gives: JobEntry.shape
            ) { call in
                let county = call.body["county"]?.string ?? ""
                try call.require(.plan, in: county)
                guard methods.methods(nil).contains(where: { $0.id == call.segment("method") }) else {
                    throw Problem(.notFound, "没有这种方案，有的见 GET /plan-methods", "There is no such method, see GET /plan-methods")
                }
                let asked = try await Asked(
                    call, self, year: call.body.whole("year").map { SchoolYear($0) }, standard: call.body["standard"]?.string)
                let job = try await methods.ask(try wish(call, county, asked, methods), call.visit)
                call.note.say(job.order.title)
                return JobEntry(job: job, kind: tasks.label(job.kind), steps: tasks.steps(job, call.visit))
            },
            .get(
                "/method-plans/{plan}", "getMethodPlan", .plans, LocalizedText(zh: "一份逐县算的方案", en: "A plan of such a method"), [one],
                note: "isCurrent：现在的数据和费用表还是算它时的，方案仍有保证。", gives: MethodPlan.shape, version: \.record.version
            ) { call in try MethodPlan(try await methods.one(call.segment("plan"), call.visit)) },
            .post(
                "/method-plans/{plan}/adopt", "adoptMethodPlan", .plans, LocalizedText(zh: "采用", en: "Adopt"), needs: .duty(.adopt), [one],
                isVersioned: true, note: "这个县从此照它办，以前采用的同一种方案被替换。", gives: MethodPlan.shape, version: \.record.version
            ) { call in
                let plan = try MethodPlan(try await methods.adopt(call.segment("plan"), call.seen, call.visit))
                call.note.say(plan.record.title)
                return plan
            },
        ]
    }

    /// What is not asked is not ignored: somebody meant something by it.
    private func wish(_ call: Call, _ county: String, _ asked: Asked, _ methods: MethodWork) throws -> MethodWork.Wish {
        guard case .object(let members) = call.body["values"] else { throw Problem(.body) }
        let values = Dictionary(members.map { ($0.name, $0.value.string ?? "") }) { first, _ in first }
        let fields = methods.methods(asked.evaluated.result.county(county)).first { $0.id == call.segment("method") }?.fields ?? []
        let strange = values.keys.filter { name in !fields.contains { $0.name == name } }.sorted()
        guard strange.isEmpty else {
            throw Problem(
                .body, "values 里没有这些项：\(strange.prefix(5).joined(separator: "、"))。有哪些见 GET /plan-methods",
                "values holds what this method does not ask, see GET /plan-methods",
                complaints: strange.prefix(50).map {
                    .init(pointer: "/values/\($0.replacing("~", with: "~0").replacing("/", with: "~1"))", zh: "没有这一项", en: "is not known")
                })
        }
        return MethodWork.Wish(
            method: call.segment("method"), standard: asked.standard.id, year: asked.year, county: county, values: values)
    }
}
