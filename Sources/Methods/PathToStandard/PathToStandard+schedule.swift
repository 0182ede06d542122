internal import Foundation
internal import Planning
internal import Vocabulary

extension PathToStandard {
    /// Spreads a plan over the years of its problem's limits. Nil where its steps, each done as a whole, do not fit into the years' money
    /// in the time there is, or the limits name no years. Every schedule handed out has passed `verify`. Throws `SolverFailure`.
    public func schedule(_ problem: PathProblem, _ plan: PathPlan) throws -> PathSchedule? {
        guard let (years, yearly) = problem.staging else { return nil }
        let data = PathData(problem)
        guard years > 1, !(plan.steps.isEmpty && plan.moves.isEmpty) else {
            let schedule = PathSchedule([plan])
            return verify(problem, plan, schedule).isEmpty ? schedule : nil
        }
        var model = ScheduleModel(data, plan, years: years, yearly: yearly)
        let end = clock() + Swift.min(seconds, 30)
        for _ in 0..<40 {
            let left = end - clock()
            if isCancelled() || left < 0 { return nil }
            let options = SolverOptions(seconds: Swift.max(1, left * 0.5), gap: 1e-3)
            let answer = try solver.solve(model.linear, options, isCancelled: isCancelled)
            guard !answer.values.isEmpty else { return nil }
            let schedule = model.schedule(answer.values, plan, years)
            if verify(problem, plan, schedule).isEmpty { return schedule.trimmed }
            guard model.mend(schedule) else { return nil }
        }
        return nil
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
