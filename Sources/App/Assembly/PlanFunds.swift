internal import Documents
public import Foundation
public import FundAllocation
internal import HighsSolver
public import Indicators
public import PathToStandard
public import Planning
public import Plans
internal import Reporting
internal import Vocabulary

/// An evaluated workbook and a fund in, the allocation out.
public struct PlanFunds: Sendable {
    public let path: PlanPath
    public let drawn: DrawProjects
    public var problem: FundProblem { drawn.problem }

    /// Throws `PathRefusal`.
    public init(
        _ evaluation: Evaluation, _ result: StandardResult, county: String?, costs: CostList, sources: [FundProblem.Source],
        shares: [FundProblem.Share]
    ) throws {
        path = try PlanPath(evaluation, result, county: county, costs: costs, limits: PathLimits())
        let units = result.county(path.problem.county)?.units ?? []
        let settings = Dictionary(units.map { ($0.id, $0.setting) }) { first, _ in first }
        drawn = try DrawProjects(path.problem, settings: settings, sources: sources, shares: shares)
    }

    /// With HiGHS where it is installed; otherwise plans are made without a proof, and `missing` says what is to be done.
    public static func method(
        seconds: Double, isCancelled: @escaping @Sendable () -> Bool = { false }
    ) -> (method: FundAllocation, missing: String?) {
        let clock: @Sendable () -> Double = { ProcessInfo.processInfo.systemUptime }
        do {
            let candidates = HighsLibrary.candidates(ProcessInfo.processInfo.environment, home: NSHomeDirectory())
            let solver = HighsSolver(try HighsLibrary(candidates: candidates))
            return (FundAllocation(using: solver, seconds: seconds, clock: clock, isCancelled: isCancelled), nil)
        } catch {
            return (FundAllocation(using: nil, seconds: seconds, clock: clock, isCancelled: isCancelled), "\(error)")
        }
    }

    public func report(_ paper: FundPaper) throws -> Data { try OfficialDocuments(python: "").docx(paper.document) }

    /// The school returns with what the plan buys, as a workbook that can be evaluated.
    public func applied(_ plan: FundPlan) throws -> Data { try path.applied(drawn.bought(plan)) }
}

/// The answer as JSON.
public enum FundJSON {
    private struct Answer: Encodable {
        struct Project: Encodable {
            var id: String
            var title: String
            var cost: Int
            var kind: String
        }
        struct Point: Encodable {
            var budget: Int
            var spent: Int
            var met: Int
            var most: Int?
        }
        struct Runner: Encodable {
            var projects: [String]
            var reasons: [String]
        }
        var county: String
        var budget: Int
        var units: Certificate?
        var lack: Certificate?
        var spent: Int?
        var metBefore: Int?
        var metAfter: Int?
        var projects: [Project] = []
        var payments: [FundPlan.Payment] = []
        var runnerUp: Runner?
        var front: [Point] = []
        var conflict: [String] = []
    }

    public static func plan(
        _ problem: FundProblem, _ plan: FundPlan, units: Certificate, lack: Certificate, runnerUp: FundPlan?, front: [FundPoint]
    ) throws -> Data {
        let (before, after) = (FundOutcome(problem, FundPlan()), FundOutcome(problem, plan))
        let chosen = Set(plan.projects)
        return try encode(
            Answer(
                county: problem.title, budget: problem.budget, units: units, lack: lack, spent: after.spent,
                metBefore: problem.units.count - before.short, metAfter: problem.units.count - after.short,
                projects: problem.projects.filter { chosen.contains($0.id) }.map {
                    .init(id: $0.id, title: $0.title, cost: $0.cost, kind: $0.kind)
                }, payments: plan.payments,
                runnerUp: runnerUp.map { .init(projects: $0.projects, reasons: FundWords.difference(problem, plan, $0)) },
                front: front.map { .init(budget: $0.budget, spent: $0.spent, met: $0.met, most: $0.most) }))
    }

    public static func infeasible(_ problem: FundProblem, _ rules: [PlanRule], _ certificate: Certificate) throws -> Data {
        try encode(Answer(county: problem.title, budget: problem.budget, units: certificate, conflict: rules.map(\.label.zh)))
    }

    private static func encode(_ answer: Answer) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(answer)
    }
}
