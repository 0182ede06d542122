internal import Foundation
internal import Planning
internal import Vocabulary

extension PathToStandard {
    /// Spreads a plan over the years of its problem's limits, so that the units that meet the standard at the ends of the years, added up
    /// over all years, are as many as can be; its proof says how many no order of the same work exceeds. Nil where its steps, each done
    /// as a whole, do not fit into the years' money in the time there is, or the limits name no years. Every schedule handed out has
    /// passed `verify`. Throws `SolverFailure`.
    public func schedule(_ problem: PathProblem, _ plan: PathPlan) throws -> PathSchedule? {
        guard let (years, yearly) = problem.staging else { return nil }
        let data = PathData(problem)
        guard years > 1, !(plan.steps.isEmpty && plan.moves.isEmpty) else {
            let schedule = PathSchedule([plan])
            return verify(problem, plan, schedule).isEmpty ? schedule : nil
        }
        var model = ScheduleModel(data, plan, years: years, yearly: yearly)
        let begin = clock()
        let end = begin + Swift.min(seconds, 30)
        let gap = Swift.min(1e-3, 0.4 / Double(years * problem.units.count))
        for _ in 0..<40 {
            let left = end - clock()
            if isCancelled() || left < 0 { return nil }
            let options = SolverOptions(seconds: Swift.max(1, left * 0.5), gap: gap)
            let answer = try solver.solve(model.linear, options, isCancelled: isCancelled)
            guard !answer.values.isEmpty else { return nil }
            let schedule = model.schedule(answer.values, plan, years)
            if verify(problem, plan, schedule).isEmpty { return try proved(schedule.trimmed, problem, data, plan, until: end) }
            guard model.mend(schedule) else { return nil }
        }
        return nil
    }

    /// The schedule with a proof of how early any can be.
    private func proved(
        _ schedule: PathSchedule, _ problem: PathProblem, _ data: PathData, _ plan: PathPlan, until end: Double
    ) throws -> PathSchedule {
        guard let (years, yearly) = problem.staging else { return schedule }
        let reached = schedule.reached(problem, years: years)
        let bare = ScheduleModel(data, plan, years: years, yearly: yearly, prefersItems: false)
        var search = BranchSearch(solver, isCancelled: isCancelled)
        // One more than reached is out of reach where the bound is above its cost.
        let enough = Double(bare.settled - reached) - 1 + 1e-6
        let limit = Swift.max(end, clock() + 2)
        guard let proof = try search.prove(bare.linear, enough: enough, until: limit, clock: clock), let most = bare.most(proof),
            let witness = proof.text
        else { return schedule }
        var schedule = schedule
        schedule.proof = ScheduleProof(reached: reached, most: Swift.max(most, reached), witness: witness)
        return schedule
    }
}

extension ScheduleModel {
    /// More units than this, added up over the ends of all years, meet the standard in no order of the work. Nil where nothing is proved.
    func most(_ proof: BranchProof) -> Int? {
        guard let bound = proof.bound(linear, doubt: PathProof.doubt) else { return nil }
        // The costs are whole numbers below zero: a bound of −7.4 means no more than 7.
        var count = Int((-bound).approximate.rounded(.up))
        while Fraction(count) > -bound { count -= 1 }
        return settled + count
    }
}

extension PathSchedule {
    /// Without years at the end in which nothing is left to do.
    var trimmed: PathSchedule {
        var years = years
        while years.count > 1, let last = years.last, last.steps.isEmpty, last.moves.isEmpty { years.removeLast() }
        return PathSchedule(years)
    }
}

extension ScheduleModel {
    func schedule(_ values: [Double], _ plan: PathPlan, _ years: Int) -> PathSchedule {
        var parts = Array(repeating: PathPlan(), count: years)
        for (number, work) in works.enumerated() {
            var before = 0
            for year in 0..<years {
                let now = year == years - 1 ? work.count : Int(values[done[number][year]].rounded())
                if now > before {
                    if number < plan.steps.count {
                        let step = plan.steps[number]
                        parts[year].steps.append(.init(action: step.action, place: step.place, count: now - before))
                    } else {
                        let move = plan.moves[number - plan.steps.count]
                        parts[year].moves.append(.init(action: move.action, from: move.from, to: move.to, count: now - before))
                    }
                }
                before = now
            }
        }
        return PathSchedule(parts)
    }

    /// Adds what keeps the spreads that a schedule lets rise again. False where none does.
    mutating func mend(_ schedule: PathSchedule) -> Bool {
        let problem = data.problem
        var isMended = false
        var before = PathStanding(PathOutcome(problem, PathPlan()))
        for year in schedule.years.indices.dropLast() {
            let outcome = PathOutcome(problem, schedule.upTo(year))
            let after = PathStanding(outcome)
            let lost = before.spreads.subtracting(after.spreads)
            for cone in data.cones where lost.contains(PathProblem.dispersionID(problem.items[cone.item], cone.stage)) {
                let values = outcome.problem.units.map { unit in
                    problem.items.enumerated().map {
                        outcome.problem.value($1, unit).approximate / data.scale($0, unit.stage)
                    }
                }
                for later in year..<schedule.years.count - 1 { keep(cone, later, values) }
                isMended = true
            }
            before = after
        }
        return isMended
    }
}
