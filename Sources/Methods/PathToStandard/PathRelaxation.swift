internal import Foundation
internal import Planning
internal import Vocabulary

/// A region's relaxation, solved: no plan in it costs less than `bound`, in the model's money.
struct RelaxedRegion {
    var region: PathRegion
    var bound: Double
    var values: [Double]
    /// What is not zero, by the rows' names: rows come and go with the cuts, their names stay.
    var multipliers: [String: Double]
    /// No plan lies in it, which the multipliers prove.
    var isEmpty = false
    /// Of the region this one is part of: what they prove there they prove here.
    var inherited: [String: Double] = [:]
}

/// Solves relaxations of regions, adding what their solutions show to be missing in the spreads.
struct PathRelaxation {
    let base: PathModel
    let solver: any LinearSolver
    let clock: @Sendable () -> Double
    let isCancelled: @Sendable () -> Bool
    var cuts: [Cone: ConeCuts] = [:]

    private var data: PathData { base.data }

    /// Nil where the time is over or the solver gave up.
    mutating func solve(_ region: PathRegion, until end: Double, rounds: Int = 30) throws -> RelaxedRegion? {
        var last: RelaxedRegion?
        for _ in 0..<rounds {
            let left = end - clock()
            if isCancelled() || (left < 0 && last != nil) { return last }
            let model = base.with(cuts, region)
            if model.linear.columns.contains(where: { $0.lower > $0.upper }) { return empty(region) }
            let options = SolverOptions(seconds: Swift.max(0.5, left))
            let answer = try solver.solve(model.linear.relaxed, options, isCancelled: isCancelled)
            if answer.status == .infeasible { return try conflict(model, region, options) }
            guard answer.status == .optimal else { return last }
            last = RelaxedRegion(
                region: region, bound: answer.objective, values: answer.values, multipliers: named(model.linear, answer.rowDuals))
            if !cut(model, answer.values, region) { return last }
        }
        return last
    }

    private func empty(_ region: PathRegion) -> RelaxedRegion {
        RelaxedRegion(region: region, bound: .infinity, values: [], multipliers: [:], isEmpty: true)
    }

    private func named(_ model: LinearModel, _ duals: [Double]) -> [String: Double] {
        var found: [String: Double] = [:]
        for (row, dual) in zip(model.rows, duals) where SafeBound.onGrid(dual) != 0 { found[row.name] = dual }
        return found
    }

    /// Multipliers that say why a region is empty: of the least sum by which its rows must be broken.
    private func conflict(_ model: PathModel, _ region: PathRegion, _ options: SolverOptions) throws -> RelaxedRegion? {
        let elastic = model.linear.elastic
        let answer = try solver.solve(elastic, options, isCancelled: isCancelled)
        guard answer.status == .optimal, answer.objective > 1e-8 else { return nil }
        var found = empty(region)
        found.multipliers = named(elastic, answer.rowDuals.map { $0 / answer.objective })
        // So little missing may be the solver's own error; then our reckoning decides.
        guard answer.objective < 1e-5 else { return found }
        let multipliers = model.linear.rows.map { found.multipliers[$0.name] ?? 0 }
        return SafeBound.excludesAll(model.linear, multipliers: multipliers, doubt: PathProof.doubt) ? found : nil
    }

    /// Adds what a solution shows to be missing. False when nothing is.
    mutating func cut(_ model: PathModel, _ solution: [Double], _ region: PathRegion, beyond spare: Double = 1e-6) -> Bool {
        let values = model.measured(solution)
        var isCut = false
        for cone in data.cones {
            let square = data.squaredCV(cone, values)
            guard let ceiling = data.ceiling(cone), square.isFinite, square > ceiling * ceiling + spare else { continue }
            var known = cuts[cone] ?? ConeCuts(units: data.members[cone.stage]?.count ?? 0)
            let isNew = cuts[cone] == nil
            let grown = region.spans[cone]?.isNarrow == true ? chords(cone, values, &known) : tangents(cone, values, &known)
            if isNew || grown {
                cuts[cone] = known
                isCut = true
            }
        }
        return isCut
    }

    private func tangents(_ cone: Cone, _ values: [[Double]], _ known: inout ConeCuts) -> Bool {
        var grown = false
        for (place, ratio) in data.ratios(cone, values).enumerated() {
            let touched = Int((ratio * ConeCuts.scale).rounded())
            guard touched > 0, !known.tangents[place].contains(where: { abs($0 - touched) < 2 }) else { continue }
            known.tangents[place].append(touched)
            grown = true
        }
        return grown
    }

    /// The chord over each value, and both that meet where it lies on the lattice.
    private func chords(_ cone: Cone, _ values: [[Double]], _ known: inout ConeCuts) -> Bool {
        var grown = false
        for (number, place) in (data.members[cone.stage] ?? []).enumerated() {
            guard let step = data.latticeStep(cone.item, place) else { continue }
            let count = (values[place][cone.item] - data.base[place][cone.item]) / step
            let below = Int((count + 1e-6).rounded(.down))
            let isOnLattice = abs(count - count.rounded()) < 1e-6
            for chord in isOnLattice ? [below - 1, below] : [below] where !known.chords[number].contains(chord) {
                known.chords[number].append(chord)
                grown = true
            }
        }
        return grown
    }

    /// What of the cuts some multipliers still use.
    func used(_ names: Set<String>) -> [Cone: ConeCuts] {
        var kept = cuts
        for (cone, cut) in cuts {
            for (number, place) in (data.members[cone.stage] ?? []).enumerated() {
                kept[cone]?.tangents[number] = cut.tangents[number].filter { names.contains("tangent \(cone.item) \(place) \($0)") }
                kept[cone]?.chords[number] = cut.chords[number].filter { names.contains("chord \(cone.item) \(place) \($0)") }
            }
        }
        return kept
    }
}
