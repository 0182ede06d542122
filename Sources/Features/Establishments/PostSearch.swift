public import Foundation
internal import Indicators
public import Jobs
internal import Planning
public import PostMatching
internal import SiteMap
public import Staffing
public import Vocabulary

/// A matching of people and posts as work for a job: out of the roster it was handed, kept under the job's id.
public struct PostSearch: Sendable {
    public static let kind = "plan-posts"
    public static let label = LocalizedText(zh: "匹配岗位", en: "Match people and posts")

    public typealias Method = @Sendable (_ isCancelled: @escaping @Sendable () -> Bool) -> PostMatching

    public struct Found: Sendable {
        var county: String
        var year: SchoolYear
        var record: PostRecord
    }

    let store: any StaffingStore
    let rules: StaffingRules
    let method: Method
    let newID: @Sendable () -> String
    let now: @Sendable () -> Date

    public init(
        store: any StaffingStore, rules: StaffingRules, method: @escaping Method, newID: @escaping @Sendable () -> String,
        now: @escaping @Sendable () -> Date
    ) {
        self.store = store
        self.rules = rules
        self.method = method
        self.newID = newID
        self.now = now
    }

    /// The result of an earlier try that kept its plan and went no further.
    public func kept(_ job: Job) async throws -> JobResult? { try await store.postPlan(ofJob: job.id).flatMap(result) }

    /// Takes a thread as long as it takes. `say` hears what is being done. What comes of a search that was cancelled is of no use.
    public func search(
        _ paper: [UInt8], isCancelled: @escaping @Sendable () -> Bool, say: @escaping @Sendable (String, Bool) -> Void
    ) throws -> Found {
        let roster = try PostRoster(bytes: paper)
        let problem = roster.problem(rules)
        say("给\(problem.vacancies)个空岗找人，\(problem.candidates.count)人可以参加", false)
        switch method(isCancelled).plan(problem) {
        case .infeasible(let rules, _, _):
            throw JobFailure("待岗人员不能全部安置，这几条规则不能同时满足：\(rules.map(\.label.zh).joined(separator: "；"))。请放宽其中一条再做")
        case .plan(let plan, let certificate, let proof):
            say("逐人逐条复核", false)
            if !isCancelled(), let flaw = verify(problem, plan, certificate, proof).first {
                throw JobFailure("岗位匹配没有通过复核，没有保存：\(flaw.message)。请告诉系统管理员")
            }
            return Found(county: problem.region, year: problem.year, record: PostRecord(problem, notes: roster.notes, plan, certificate))
        }
    }

    /// Keeps what was found; where another try was quicker, its plan stands.
    public func keep(_ found: Found, of job: Job) async throws -> JobResult {
        let plan = RosterPlan(
            id: newID(), county: found.county, year: found.year, body: found.record.text, madeBy: job.order.name, madeAt: now(),
            job: job.id)
        guard let result = result(try await store.keep(plan)) else { throw JobFailure("保存的方案读不出来，请告诉系统管理员") }
        return result
    }

    private func result(_ kept: RosterPlan) -> JobResult? {
        PostRecord(text: kept.body).map {
            JobResult(summary: $0.headline(kept.county), page: SiteMap(Scope(year: kept.year)).postPlan(kept.id))
        }
    }
}
