public import Exchanges
public import Foundation
internal import Indicators
public import Jobs
internal import Planning
internal import SiteMap
public import TeacherRotation
public import Vocabulary

/// A plan of exchange as work for a job: out of the roster it was handed, kept under the job's id.
public struct RotationSearch: Sendable {
    public static let kind = "plan-rotation"
    public static let label = LocalizedText(zh: "做轮岗方案", en: "Plan teachers' exchange")

    /// The method within so many seconds.
    public typealias Method =
        @Sendable (
            _ seconds: Double, _ isCancelled: @escaping @Sendable () -> Bool, _ told: @escaping @Sendable (RotationProgress) -> Void
        ) -> TeacherRotation

    public enum Found: Sendable {
        /// The record, and what the county's rates are counted of.
        case plan(RotationRecord, ExchangeBase)
        /// The rules that cannot be kept together, in words.
        case conflict([String])
    }

    let store: any ExchangeStore
    let rules: RotationRules
    let method: Method
    let newID: @Sendable () -> String
    let now: @Sendable () -> Date

    public init(
        store: any ExchangeStore, rules: RotationRules, method: @escaping Method, newID: @escaping @Sendable () -> String,
        now: @escaping @Sendable () -> Date
    ) {
        self.store = store
        self.rules = rules
        self.method = method
        self.newID = newID
        self.now = now
    }

    /// How long a job may search, for telling how far it is.
    public static func seconds(_ job: Job) -> Int { (try? RotationOrder(text: job.order.input).wish.seconds) ?? RotationWish.usualSeconds }

    /// The result of an earlier try that kept its plan and went no further.
    public func kept(_ job: Job) async throws -> JobResult? {
        try await store.plan(ofJob: job.id).flatMap { kept in RotationRecord(text: kept.body).map { result(kept.id, $0) } }
    }

    /// Takes a thread as long as it takes. `say` hears what is being done and whether the limit of time is about it.
    public func search(
        _ job: Job, _ paper: [UInt8], isCancelled: @escaping @Sendable () -> Bool, say: @escaping @Sendable (String, Bool) -> Void
    ) throws -> Found {
        let wish = try RotationOrder(text: job.order.input).wish
        let problem = try RotationRoster(bytes: paper).problem(try wish.applied(to: rules))
        do {
            let method = method(Double(wish.seconds), isCancelled) { say(RotationSearch.words($0), true) }
            switch try method.plan(problem) {
            case .plan(let plan, let certificate):
                var record = RotationRecord(problem, plan, certificate)
                if wish.whatIf { record.rates = try rates(problem, Double(wish.seconds) / 2, isCancelled, say) }
                let base = ExchangeBase(
                    county: problem.region, year: problem.year, eligible: problem.standings.count { $0.isEligible },
                    fullTime: problem.teachers.count)
                return .plan(record, base)
            case .infeasible(let rules, _): return .conflict(rules.map { "\($0.label.zh)（\($0.justification)）" })
            case .undecided:
                throw JobFailure("在\(wish.seconds)秒内没有找到方案，也没有证明没有方案。请降低比例或加长时限，重新上传名册再做")
            }
        } catch let failure as SolverFailure {
            throw JobFailure(failure.description)
        }
    }

    /// The other rates one after another, each within its own limit.
    private func rates(
        _ problem: RotationProblem, _ seconds: Double, _ isCancelled: @escaping @Sendable () -> Bool,
        _ say: @escaping @Sendable (String, Bool) -> Void
    ) throws -> [RotationRecord.Rate] {
        var found: [RotationRecord.Rate] = []
        for (place, rate) in RotationRate.steps.enumerated() where !isCancelled() {
            say("另算按\(rate)安排会怎样，第\(place + 1)种，共\(RotationRate.steps.count)种", false)
            found += try method(seconds, isCancelled) { _ in }.rates(problem, [rate]).map { RotationRecord.Rate(problem, $0) }
        }
        return found
    }

    static func words(_ progress: RotationProgress) -> String {
        switch progress.step {
        case .bound: return "算最多能均衡到什么程度"
        case .draft: return "排第一份方案"
        case .polish:
            return progress.gap.map { "已有方案，离最均衡的不超过\(RotationFigures.percent(Swift.max(0, $0), 2))，还在改进" } ?? "已有方案，还在改进"
        case .names: return "把人数落实到人，逐条复核"
        }
    }

    /// Keeps what was found; where another try was quicker, its plan stands.
    public func keep(_ found: Found, of job: Job) async throws -> JobResult {
        switch found {
        case .conflict(let rules):
            let year = SchoolYear(try RotationOrder(text: job.order.input).year)
            return JobResult(
                summary: "没有可行的方案，这几条规则不能同时满足，请放宽其中一条再做：\(rules.joined(separator: "；"))",
                page: SiteMap(Scope(year: year)).rotation(job.order.county ?? ""))
        case .plan(let record, let base):
            try await store.set(base)
            let kept = try await store.keep(
                RosterPlan(
                    id: newID(), county: base.county, year: base.year, body: record.text, madeBy: job.order.name, madeAt: now(),
                    job: job.id))
            return result(kept.id, RotationRecord(text: kept.body) ?? record)
        }
    }

    private func result(_ plan: String, _ record: RotationRecord) -> JobResult {
        JobResult(summary: record.headline, page: SiteMap(Scope(year: SchoolYear(record.year))).rotationPlan(plan))
    }
}
