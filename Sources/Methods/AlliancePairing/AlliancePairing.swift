public import Planning
internal import Vocabulary

/// Which strong school leads which weak ones: the most gain in all, then the most for the one that gains least.
///
/// Where all members ask the same of a lead the answer is exact without a solver. Where they differ, a search with its own bound comes
/// first and the solver closes what is open.
public struct AlliancePairing: Sendable {
    /// Nil: pairings with different loads are made without one, and may stay unproved.
    let solver: (any LinearSolver)?
    /// Wall-clock limit for one plan, and the gap at which it counts as proved.
    public var seconds: Double
    public var gap: Double
    let isCancelled: @Sendable () -> Bool
    /// Seconds since some fixed moment.
    let clock: @Sendable () -> Double

    public init(
        using solver: (any LinearSolver)?, seconds: Double = 30, gap: Double = 1e-6, clock: @escaping @Sendable () -> Double,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) {
        self.solver = solver
        self.seconds = seconds
        self.gap = gap
        self.clock = clock
        self.isCancelled = isCancelled
    }

    /// Throws `SolverFailure`.
    public func plan(_ problem: PairingProblem) throws -> PairingAnswer {
        let begin = clock()
        let table = PairingTable(problem)
        var total = Certificate(status: .undecided, solver: name(table), problem: problem.digest, seconds: 0)
        let first = try best(table, until: begin + seconds * 0.5)
        total.seconds = clock() - begin
        guard let chosen = first.chosen else {
            guard first.isInfeasible else { return .undecided(total) }
            (total.status, total.witness) = (.infeasible, first.proof?.text)
            return .infeasible(try conflict(problem), shortages(problem, first), total)
        }
        let floor = table.floor(table.total(chosen), concession: problem.concession)
        let second = try fairest(table, chosen, floor, first.worths, until: begin + seconds)
        // Where the first step ran out of time, the second may come upon a better pairing.
        let value = Swift.max(table.total(chosen), table.total(second.chosen))
        total.objective = -Double(value)
        total.checkedBound = PairingBound.upper(table, first.worths).map { -Double($0) }
        total.bound = [first.bound.map { -Double($0) }, total.checkedBound].compactMap { $0 }.max().map { Swift.min($0, -Double(value)) }
        total.status = (total.gap ?? 1) <= gap ? .proved : .feasible
        var least = total
        least.objective = table.least(second.chosen).map { -Double($0) }
        least.checkedBound = second.isChecked ? least.objective : nil
        least.bound = second.isProved ? least.objective : nil
        least.status = second.isProved ? .proved : .feasible
        (total.seconds, least.seconds) = (clock() - begin, clock() - begin)
        let proof = PairingProof(total: first.worths, least: second.isChecked ? second.worths : [])
        let plan = table.plan(problem, second.chosen)
        let violations = verify(problem, plan, total: total, least: least, proof: proof)
        return violations.isEmpty ? .plan(plan, total: total, least: least, proof) : .undecided(total)
    }

    private func name(_ table: PairingTable) -> String {
        table.commonLoad != nil ? "均衡自带的最小费用流" : solver?.version ?? "没有求解器"
    }

    // MARK: Step one

    struct Found {
        var chosen: [Int]?
        var worths: [Int] = []
        /// No pairing gains more; the solver's word or our own.
        var bound: Int?
        var isInfeasible = false
        /// That there is none, where neither worths nor a shortage of room say so.
        var proof: BranchProof?
        var short: (members: [Int], leads: [Int])?
    }

    /// With `goal`, any pairing that gains as much will do, or the proof that there is none.
    private func best(_ table: PairingTable, goal: Int = .min, until end: Double) throws -> Found {
        if let load = table.commonLoad {
            var matching = UnitMatching(table, load: Swift.max(1, load))
            switch matching.run() {
            case .best(let chosen, let worths): return Found(chosen: chosen, worths: worths, bound: table.total(chosen))
            case .short(let members, let leads, let worths):
                return Found(worths: worths, bound: PairingBound.upper(table, worths), isInfeasible: true, short: (members, leads))
            }
        }
        return try weighted(table, goal: goal, until: end)
    }

    // MARK: Step two

    private struct Fairest {
        var chosen: [Int]
        /// Prove that nobody can gain more than the least does now.
        var worths: [Int] = []
        var isProved = false
        var isChecked = false
    }

    /// Raises the least gain level by level, halving what is open, as long as the total stays above the floor.
    private func fairest(
        _ table: PairingTable, _ chosen: [Int], _ floor: Int, _ known: [Int], until end: Double
    ) throws -> Fairest {
        var result = Fairest(chosen: chosen)
        guard var least = table.least(chosen) else { return result }
        let levels = table.levels
        // Levels below `low` can be reached; at `high` and above it isn't known, or they can't.
        var (low, high) = ((levels.firstIndex { $0 > least } ?? levels.count), levels.count)
        var proof: Found?
        while low < high || proof == nil, table.commonLoad != nil || clock() < end {
            let middle = low < high ? (low + high) / 2 : high
            let part = table.atLeast(middle < levels.count ? levels[middle] : (levels.last ?? 0) + 1)
            // Worths already known may say no at once.
            if let upper = PairingBound.upper(part, known), upper < Swift.max(floor, part.lowest) {
                (high, proof) = (middle, Found(worths: known, bound: upper))
                if low >= high { break }
                continue
            }
            let share = clock() + Swift.max(0.2, (end - clock()) / 4)
            let found = try best(part, goal: floor, until: share)
            if let better = found.chosen, part.total(better) >= floor {
                result.chosen = better
                least = table.least(better) ?? least
                low = levels.firstIndex { $0 > least } ?? levels.count
            } else {
                high = middle
                proof = found
                if low >= high { break }
            }
        }
        guard let proof else { return result }
        let above = table.atLeast(least + 1)
        let goal = Swift.max(floor, above.lowest)
        result.worths = proof.worths
        result.isChecked = PairingBound.upper(above, proof.worths).map { $0 < goal } ?? false
        result.isProved = result.isChecked || low >= high && (proof.isInfeasible || (proof.bound ?? .max) < goal)
        return result
    }

    // MARK: Why not

    private func shortages(_ problem: PairingProblem, _ found: Found) -> [PairingShortage] {
        let table = PairingTable(problem)
        let alone = table.members.filter { table.gains($0).isEmpty }
        if !alone.isEmpty { return alone.map { PairingShortage(members: [problem.members[$0].title], leads: [], room: 0) } }
        guard let short = found.short, let load = table.commonLoad else { return [] }
        return [
            PairingShortage(
                members: short.members.map { problem.members[$0].title }, leads: short.leads.map { problem.leads[$0].title },
                room: short.leads.reduce(0) { $0 + table.room($1, load: Swift.max(1, load)) })
        ]
    }

    /// A smallest set of rules that can't be kept together: each is put aside in turn, and stays aside if the rest are still in conflict.
    func conflict(_ problem: PairingProblem) throws -> [PlanRule] {
        var trial = problem
        var kept: [PlanRule] = []
        for rule in problem.rules {
            trial.waived.insert(rule.id)
            if try best(PairingTable(trial), until: clock() + Swift.min(seconds, 10)).isInfeasible { continue }
            trial.waived.remove(rule.id)
            kept.append(rule)
        }
        return kept.isEmpty ? [PairingProblem.everyone] : kept
    }
}
