internal import Planning

/// Allocations made without a solver: what an office does with a sorted list, and the better of many such lists.
public struct FundByHand {
    let problem: FundProblem

    public init(_ problem: FundProblem) { self.problem = problem }

    /// The usual way: the units that lack most come first, each gets all its projects, until the money is gone.
    public func worstFirst() -> FundPlan {
        let order = problem.units.indices.filter { !problem.units[$0].isMet }.sorted { gap($0) > gap($1) }
        return fill(order, all: true)
    }

    /// The other usual way: every school gets a part of the money in proportion to what its projects cost, and spends it on its cheapest.
    public func proportional() -> FundPlan {
        var draft = start
        let schools = Dictionary(grouping: problem.projects.indices.filter { !draft.chosen.contains($0) }) { problem.projects[$0].school }
        let costs = schools.mapValues { $0.reduce(0) { $0 + problem.projects[$1].cost } }
        let total = costs.values.reduce(0, +)
        let budget = problem.budget - draft.spent("").all
        guard total > 0, budget > 0 else { return draft.plan }
        for (school, places) in schools.sorted(by: { $0.key < $1.key }) {
            var left = Int(Double(budget) * Double(costs[school] ?? 0) / Double(total))
            for place in places.sorted(by: { problem.projects[$0].cost < problem.projects[$1].cost }) {
                let cost = problem.projects[place].cost
                if cost <= left, draft.take(place) { left -= cost }
            }
        }
        return kept(draft)
    }

    /// The best of several orders, each unit given the cheapest package that brings it to the standard.
    public func best() -> FundPlan {
        let short = problem.units.indices.filter { !problem.units[$0].isMet }
        let packages = Dictionary(short.map { ($0, package($0, start)) }) { first, _ in first }
        func cost(_ unit: Int) -> Int { packages[unit]??.reduce(0) { $0 + problem.projects[$1].cost } ?? .max }
        let cheapest = short.sorted { cost($0) < cost($1) }
        let perPupil = short.sorted {
            Double(cost($0)) / Double(problem.units[$0].pupils + 1) < Double(cost($1)) / Double(problem.units[$1].pupils + 1)
        }
        var orders = [cheapest, perPupil]
        for share in problem.keptShares {
            let marked = Set(
                problem.projects.filter { $0.marks.contains(share.mark) }.flatMap { $0.gains.map(\.unit) })
            orders.append(cheapest.filter { marked.contains($0) } + cheapest.filter { !marked.contains($0) })
        }
        var winner: (plan: FundPlan, outcome: FundOutcome)?
        for plan in orders.map({ fill($0, all: false) }) {
            let outcome = FundOutcome(problem, plan)
            if winner.map({ (outcome.short, outcome.lack) < ($0.outcome.short, $0.outcome.lack) }) ?? true { winner = (plan, outcome) }
        }
        return winner?.plan ?? FundPlan()
    }

    /// The units in this order, each given the cheapest package that brings it to the standard; then whatever else can be paid.
    func inOrder(_ units: [Int]) -> FundPlan { fill(units, all: false) }

    // MARK: Steps

    private var start: FundDraft {
        var draft = FundDraft(problem)
        let required = Set(problem.required.map(\.id))
        for place in problem.projects.indices where required.contains(problem.projects[place].id) { _ = draft.take(place) }
        return draft
    }

    /// How much of its thresholds a unit lacks, summed.
    private func gap(_ unit: Int) -> Fraction {
        problem.units[unit].items.reduce(.zero) { sum, item in
            item.value >= item.threshold ? sum : sum + (item.threshold - item.value) / item.threshold
        }
    }

    private func fill(_ order: [Int], all: Bool) -> FundPlan {
        var draft = start
        for unit in order where !draft.isMet(unit) {
            guard let places = all ? everything(unit) : package(unit, draft) else { continue }
            let before = draft
            let isPaid = places.reduce(true) { $0 && draft.take($1) }
            if !isPaid, !all { draft = before }
        }
        if !all {
            let worths = problem.projects.indices.map { worth($0) }
            for place in problem.projects.indices.sorted(by: { worths[$0] > worths[$1] }) {
                let before = draft
                if draft.take(place), !draft.keepsShares { draft = before }
            }
        }
        return kept(draft)
    }

    /// Pupils' lack closed per yuan.
    private func worth(_ place: Int) -> Double {
        let project = problem.projects[place]
        let closed = project.gains.reduce(0.0) { sum, gain in
            let (unit, item) = (problem.units[gain.unit], problem.units[gain.unit].items[gain.item])
            guard item.value < item.threshold else { return sum }
            return sum + Double(unit.pupils) * (Swift.min(gain.amount, item.threshold - item.value) / item.threshold).approximate
        }
        return closed / Double(Swift.max(1, project.cost))
    }

    private func everything(_ unit: Int) -> [Int] {
        problem.projects.indices.filter { place in problem.projects[place].gains.contains { $0.unit == unit } }
            .sorted { problem.projects[$0].cost > problem.projects[$1].cost }
    }

    /// The cheapest single project for each item below its floor, then for as many thresholds as are missing. Nil where there is none.
    private func package(_ unit: Int, _ draft: FundDraft) -> [Int]? {
        let target = problem.units[unit]
        var (taken, met) = ([Int](), 0)
        var further: [(cost: Int, place: Int)] = []
        for (number, item) in target.items.enumerated() {
            let value = draft.values[unit][number]
            func cheapest(_ goal: Fraction) -> Int? {
                problem.projects.indices.filter { place in
                    !draft.chosen.contains(place)
                        && problem.projects[place].gains.contains { $0.unit == unit && $0.item == number && $0.amount >= goal - value }
                }.min { problem.projects[$0].cost < problem.projects[$1].cost }
            }
            if value >= item.threshold {
                met += 1
                continue
            }
            let full = cheapest(item.threshold)
            if value < item.floor {
                guard let least = cheapest(item.floor) ?? full else { return nil }
                taken.append(least)
                if let full, full != least { further.append((problem.projects[full].cost - problem.projects[least].cost, full)) }
                if full == least { met += 1 }
            } else if let full {
                further.append((problem.projects[full].cost, full))
            }
        }
        let missing = target.minimum - met
        guard missing <= further.count else { return nil }
        for (_, place) in further.sorted(by: { ($0.cost, $0.place) < ($1.cost, $1.place) }).prefix(Swift.max(0, missing)) {
            if let group = problem.projects[place].group { taken.removeAll { problem.projects[$0].group == group } }
            taken.append(place)
        }
        return taken
    }

    /// Gives back what breaks a share: the dearest unmarked project first.
    private func kept(_ draft: FundDraft) -> FundPlan {
        var draft = draft
        let required = Set(problem.required.map(\.id))
        for share in problem.keptShares {
            while true {
                let (own, all) = draft.spent(share.mark)
                if Fraction(own) >= share.part * Fraction(all) { break }
                let others = draft.chosen.filter { place in
                    !problem.projects[place].marks.contains(share.mark) && !required.contains(problem.projects[place].id)
                        && problem.projects[place].cost > 0
                }
                guard let dearest = others.max(by: { (problem.projects[$0].cost, $1) < (problem.projects[$1].cost, $0) }) else { break }
                draft.leave(dearest)
            }
        }
        return draft.plan
    }
}
