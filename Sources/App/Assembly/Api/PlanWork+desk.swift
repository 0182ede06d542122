internal import API
internal import PathToStandard
internal import Plans
internal import Vocabulary

extension PlanWork {
    /// As the pages of 达标方案 do it.
    init(_ desk: PlansDesk) {
        self.init(
            list: { try await desk.list($0) }, one: { Opened(try await desk.one($0, $1)) },
            file: { try await desk.keptFile($0, of: $1, $2) }, ask: { try await desk.ask(PathQuestion($0), $1) },
            answers: { task, visit in
                let found = try await desk.answers(of: task, visit)
                return (found.job, found.answers?.map { Answer($0) })
            }, adopt: { Opened(try await desk.adopt($0, seen: $1, $2)) },
            prices: { desk.actions.map { Price(action: $0.id, label: $0.label, unit: $0.unit, cost: $0.cost) } })
    }
}

extension PlanWork.Opened {
    fileprivate init(_ plan: OpenedPlan) { self.init(record: plan.record, isCurrent: plan.isCurrent) }
}

extension PlanWork.Answer {
    fileprivate init(_ answer: PathAnswer) {
        self.init(
            county: answer.county, plan: answer.plan, cost: answer.cost, hires: answer.hires, moved: answer.moved, rules: answer.rules,
            message: answer.message)
    }
}

extension PathQuestion {
    fileprivate init(_ wish: PlanConditions) {
        self.init(standard: wish.standard, year: SchoolYear(wish.year), county: wish.county)
        (budget, hires, moves) = (wish.budget, wish.hires, wish.moves)
        (noBuilding, land) = (wish.noBuilding, wish.land)
        (years, yearly, margin) = (wish.years, wish.yearly, wish.margin)
        (costs, seconds, prices) = (wish.costs, wish.seconds, wish.prices)
    }
}
