internal import Planning

/// Members that ask different loads: worths first and pairings made along them, then a choice among whole groups, and the programme of
/// pairs where neither decides.
extension AlliancePairing {
    func weighted(_ table: PairingTable, goal: Int, until end: Double) throws -> Found {
        var search = WeightedSearch(table)
        var share = clock() + Swift.max(0.2, (end - clock()) * (solver == nil ? 0.6 : 0.35))
        search.run(rounds: 700, goal: goal) { clock() > share || isCancelled() }
        if search.excludes(.min) { return Found(worths: search.worths, bound: search.bound, isInfeasible: true) }
        var found = Found(chosen: search.best, worths: search.worths, bound: search.bound)
        // A few dives often suffice for the rest to be settled for good.
        for times in [4, 200] where isOpen(found, search, goal) {
            share = solver == nil ? end : clock() + (end - clock()) * 0.6
            search.dive(times: times, goal: goal) { clock() > share || isCancelled() }
            found.chosen = search.best
            if let solver, isOpen(found, search, goal) { try close(table, solver, &search, &found, until: end) }
        }
        if let solver, isOpen(found, search, goal) { try solve(table, solver, &search, &found, until: end) }
        return found
    }

    /// The best among all groups a better pairing could be made of, where they are not too many.
    private func close(
        _ table: PairingTable, _ solver: any LinearSolver, _ search: inout WeightedSearch, _ found: inout Found, until end: Double
    ) throws {
        let slack = search.bound - search.bestTotal - 1
        guard search.best != nil, let sets = WeightedSets(table, worths: search.worths, slack: slack, limit: 10_000),
            sets.isComplete(above: search.bestTotal), clock() < end
        else { return }
        let (model, start) = sets.whole(with: search.best)
        var options = SolverOptions(seconds: (end - clock()) * 0.8, gap: gap * 0.5)
        options.start = start
        let answer = try solver.solve(model.linear, options, isCancelled: isCancelled)
        if !answer.values.isEmpty, let chosen = sets.chosen(model, answer.values) { search.better(chosen) }
        found.chosen = search.best
        if let upper = whole(answer.bound) { found.bound = Swift.min(found.bound ?? .max, sets.upper(upper)) }
    }

    /// Whether neither the pairing is known to be good enough nor that there is none.
    private func isOpen(_ found: Found, _ search: WeightedSearch, _ goal: Int) -> Bool {
        let bound = found.bound ?? .max
        return search.bestTotal < bound && bound >= goal && (goal == .min || search.bestTotal < goal)
    }

    /// Gains are whole: a bound of 11.8 says 11.
    private func whole(_ bound: Double) -> Int? { bound.isFinite ? Int((-bound + 1e-4).rounded(.down)) : nil }

    /// The whole programme of pairs.
    private func solve(
        _ table: PairingTable, _ solver: any LinearSolver, _ search: inout WeightedSearch, _ found: inout Found, until end: Double
    ) throws {
        let model = WeightedModel(table)
        var options = SolverOptions(seconds: Swift.max(0.2, end - clock()), gap: gap * 0.5)
        options.start = search.best.map { model.values($0) }
        let answer = try solver.solve(model.linear, options, isCancelled: isCancelled)
        if answer.status == .infeasible, search.best == nil {
            // Its word is only why we reckon it ourselves.
            let proof = try BranchSearch.impossibility(
                model.linear, solver, until: Swift.max(end, clock() + 1), clock: clock, isCancelled: isCancelled)
            (found.isInfeasible, found.proof) = (proof != nil, proof)
        }
        if !answer.values.isEmpty, let chosen = model.chosen(answer.values) { search.better(chosen) }
        found.chosen = search.best
        if let upper = whole(answer.bound) { found.bound = Swift.min(found.bound ?? .max, upper) }
    }
}
