public import AlliancePairing
internal import Documents
public import Foundation
internal import HighsSolver
public import Indicators
internal import PathToStandard
public import Planning
public import Plans
internal import Reporting
internal import Vocabulary

/// An evaluated workbook in, the pairing of its strong and weak schools out.
public struct PlanPairing: Sendable {
    public let drawn: DrawPairing
    public var problem: PairingProblem { drawn.problem }

    /// Throws `PathRefusal`. `county` may be nil where the workbook holds one.
    public init(_ evaluation: Evaluation, _ result: StandardResult, county: String?, _ wishes: PairingWishes) throws {
        let names = result.counties.map(\.county)
        guard let name = county ?? (names.count == 1 ? names.first : nil), let found = result.county(name) else {
            throw PathRefusal("请用 --county 指明一个县，表中有：\(names.joined(separator: "、"))")
        }
        drawn = try DrawPairing(evaluation, found, wishes)
    }

    /// With HiGHS where it is installed. `missing` says what is to be done where it isn't; schools that all ask the same need none.
    public static func method(
        seconds: Double, isCancelled: @escaping @Sendable () -> Bool = { false }
    ) -> (method: AlliancePairing, missing: String?) {
        let clock: @Sendable () -> Double = { ProcessInfo.processInfo.systemUptime }
        do {
            let candidates = HighsLibrary.candidates(ProcessInfo.processInfo.environment, home: NSHomeDirectory())
            let solver = HighsSolver(try HighsLibrary(candidates: candidates))
            return (AlliancePairing(using: solver, seconds: seconds, clock: clock, isCancelled: isCancelled), nil)
        } catch {
            return (AlliancePairing(using: nil, seconds: seconds, clock: clock, isCancelled: isCancelled), "\(error)")
        }
    }

    public func report(_ paper: PairingPaper) throws -> Data { try OfficialDocuments(python: "").docx(paper.document) }
}

/// The answer as JSON.
public enum PairingJSON {
    private struct Answer: Encodable {
        var county: String
        var leads: Int
        var members: Int
        var total: Certificate
        var least: Certificate?
        var proof: PairingProof?
        var totalGain: Int?
        var leastGain: Int?
        var pairs: [PairingProblem.Pair] = []
        var rows: [PairingWords.Row] = []
        var unchecked: [String] = []
        var conflict: [String] = []
        var shortages: [String] = []
    }

    public static func plan(
        _ drawn: DrawPairing, _ plan: PairingPlan, total: Certificate, least: Certificate, _ proof: PairingProof
    ) throws -> Data {
        let outcome = PairingOutcome(drawn.problem, plan)
        return try encode(
            Answer(
                county: drawn.problem.title, leads: drawn.problem.leads.count, members: drawn.problem.members.count, total: total,
                least: least, proof: proof, totalGain: outcome.total, leastGain: outcome.least, pairs: plan.pairs,
                rows: PairingWords.rows(drawn, plan), unchecked: PairingWords.unchecked(drawn)))
    }

    public static func infeasible(
        _ drawn: DrawPairing, _ rules: [PlanRule], _ shortages: [PairingShortage], _ certificate: Certificate
    ) throws -> Data {
        try encode(
            Answer(
                county: drawn.problem.title, leads: drawn.problem.leads.count, members: drawn.problem.members.count, total: certificate,
                unchecked: PairingWords.unchecked(drawn), conflict: rules.map(\.label.zh), shortages: shortages.map(\.words)))
    }

    private static func encode(_ answer: Answer) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(answer)
    }
}
