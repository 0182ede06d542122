import ArgumentParser
import Foundation
import FundAllocation
import HighsSolver
import Planning

/// A county's special fund, against sorting by worst and against splitting in proportion; the same programmes written for other solvers.
struct Funds: ParsableCommand {
    @Option var schools = 300
    @Option(help: "of what all projects cost, in thousandths") var budget = 180
    @Option var seconds = 10.0
    @Option var seed: UInt64 = 1
    @Option(help: "where to write the two programmes, plain and tight: PATH.plain.units.mps and so on") var write: String?

    func run() throws {
        let problem = InventedFund.problem(schools: schools, budget: budget, seed: seed)
        let method = FundAllocation(using: try HighsSolver.found(), seconds: seconds, clock: { ProcessInfo.processInfo.systemUptime })
        guard case .plan(let plan, let units, let lack) = try method.plan(problem) else { throw ValidationError("no plan") }
        let outcome = FundOutcome(problem, plan)
        let byHand = FundByHand(problem)
        func helped(_ plan: FundPlan) -> Double {
            zip(problem.units, FundOutcome(problem, plan).met).reduce(0) { $0 + (!$1.0.isMet && $1.1 ? Double($1.0.pupils) : 0) }
        }
        if let write {
            for (name, isPlain) in [("plain", true), ("tight", false)] {
                let programme = FundProgramme(problem, isPlain: isPlain)
                try ModelText(programme.units).write("\(write).\(name).units.mps")
                try ModelText(programme.lack(unitsShort: outcome.short)).write("\(write).\(name).lack.mps")
            }
        }
        try tell([
            "projects": Double(problem.projects.count), "short": Double(outcome.short), "shortBound": units.bound ?? 0,
            "shortChecked": units.checkedBound ?? 0, "lack": outcome.lack.approximate, "lackGap": lack.gap ?? 1, "seconds": lack.seconds,
            "violations": Double(verify(problem, plan, units: units, lack: lack).count),
            "constant": FundProgramme(problem).constant(unitsShort: outcome.short), "pupils": helped(plan),
            "pupilsProportional": helped(byHand.proportional()), "pupilsWorstFirst": helped(byHand.worstFirst()),
            "shortProportional": Double(FundOutcome(problem, byHand.proportional()).short),
            "shortWorstFirst": Double(FundOutcome(problem, byHand.worstFirst()).short),
        ])
    }
}

/// A county's projects, the same for the same seed: for every item a school lacks one that reaches the threshold and one that reaches
/// half way, of which at most one is done.
struct InventedFund {
    private var luck: Chance

    private static let kinds: [(kind: String, threshold: Double, yuan: Double)] = [
        ("train", 4.2, 300), ("hire", 1, 900), ("hire", 0.9, 1_100), ("build", 4.5, 2_600), ("build", 7.5, 420), ("equip", 2_000, 1),
        ("equip", 2.3, 310),
    ]

    static func problem(schools: Int, budget: Int, seed: UInt64) -> FundProblem {
        var fund = InventedFund(luck: Chance(seed &* 2_654_435_769 &+ 77))
        var (units, projects): ([FundProblem.Unit], [FundProblem.Project]) = ([], [])
        for number in 0..<schools {
            let (size, isRural) = (fund.luck.next(), fund.luck.next() < 0.45)
            let pupils = Int(60 + 1_900 * size * size)
            let level = 0.72 + 0.5 * fund.luck.next() - (isRural ? 0.08 : 0)
            var items: [FundProblem.Item] = []
            for (place, kind) in kinds.enumerated() {
                let threshold = Fraction(Int(kind.threshold * 1_000), over: 1_000)
                let part = Fraction(Int((level + 0.5 * fund.luck.next()) * 1_000), over: 1_000)
                items.append(
                    .init(
                        id: "L\(place + 1)", label: "L\(place + 1)", value: threshold * part, threshold: threshold,
                        floor: threshold * Fraction(17, over: 20)))
            }
            units.append(.init(id: "s\(number)", title: "S\(number)", pupils: pupils, items: items, minimum: 6))
            for (place, item) in items.enumerated() where item.value < item.threshold {
                let gap = item.threshold - item.value
                for (size, part) in [("whole", Fraction.one), ("half", Fraction(1, over: 2))] {
                    let cost = (gap * part).approximate * kinds[place].yuan * Double(pupils) * (0.8 + 0.4 * fund.luck.next())
                    projects.append(
                        .init(
                            id: "s\(number).\(place).\(size)", title: "", school: "s\(number)", kind: kinds[place].kind,
                            cost: Int(cost / 100).advanced(by: 10) * 100, gains: [.init(unit: number, item: place, amount: gap * part)],
                            group: "s\(number).\(place)", marks: isRural ? ["rural"] : []))
                }
            }
        }
        let all = projects.filter { $0.id.hasSuffix("whole") }.reduce(0) { $0 + $1.cost }
        let money = all / 1_000 * budget
        return FundProblem(
            title: "Invented", units: units, projects: projects,
            sources: [
                .init(id: "general", label: "general", amount: money / 2),
                .init(id: "works", label: "works", amount: money / 3, kinds: ["build"]),
                .init(id: "equipment", label: "equipment", amount: money / 6, kinds: ["equip", "train"]),
            ], shares: [.init(mark: "rural", label: "rural", part: Fraction(3, over: 10))])
    }
}
