internal import Foundation
internal import Planning
internal import Vocabulary

/// A plan being mended: a solver's solution rounded, its spreads brought under their ceilings, its needless steps taken off.
struct PathDraft {
    private let data: PathData
    private let model: PathModel
    private var counts: [Int]
    private var flows: [(out: Int, into: Int)]
    private var values: [[Double]]
    private let effects: [[(unit: Int, item: Int, amount: Double)]]
    /// Ceilings are kept with this much to spare, more than sums in floating point may err.
    private static let spare = 1e-10

    init(_ model: PathModel, _ solution: [Double]) {
        data = model.data
        self.model = model
        let data = model.data
        let actions = data.problem.costs.actions
        counts = model.steps.map { Swift.max(0, Int(solution[$0.column].rounded())) }
        flows = model.flows.map { (Swift.max(0, Int(solution[$0.out].rounded())), Swift.max(0, Int(solution[$0.into].rounded()))) }
        effects = model.steps.map { step in
            let action = actions[step.action]
            let units = data.problem.isShared(action) ? data.unitsOf[step.place] : [step.place]
            return units.flatMap { unit in data.effect(action, on: unit).map { (unit, $0.item, $0.amount) } }
        }
        values = data.base
        for (number, count) in counts.enumerated() { apply(number, count) }
        for (number, flow) in model.flows.enumerated() {
            let net = Double(flows[number].into - flows[number].out)
            for (item, amount) in data.effect(actions[flow.action], on: flow.unit) { values[flow.unit][item] += net * amount }
        }
    }

    private mutating func apply(_ number: Int, _ count: Int) {
        for (unit, item, amount) in effects[number] { values[unit][item] += Double(count) * amount }
    }

    private var broken: [Cone] {
        data.cones.filter { cone in
            let ceiling = data.ceiling(cone) ?? .infinity
            return data.squaredCV(cone, values) > ceiling * ceiling - PathDraft.spare
        }
    }

    /// Adds the steps that bring broken spreads down most per yuan. False where no step helps.
    mutating func mend() -> Bool {
        for _ in 0..<20_000 {
            let cones = broken
            if cones.isEmpty { return true }
            let before = excess(cones)
            var best: (number: Int, rate: Double)?
            for number in counts.indices where counts[number] < Int(model.linear.columns[model.steps[number].column].upper) {
                guard effects[number].contains(where: { effect in cones.contains { $0.item == effect.item } }) else { continue }
                apply(number, 1)
                let gain = before - excess(cones)
                apply(number, -1)
                let rate = gain / Swift.max(1, Double(data.problem.costs.actions[model.steps[number].action].cost))
                if gain > 1e-15, rate > best?.rate ?? 0 { best = (number, rate) }
            }
            guard let best else { return false }
            counts[best.number] += 1
            apply(best.number, 1)
        }
        return false
    }

    private func excess(_ cones: [Cone]) -> Double {
        cones.reduce(0) { sum, cone in
            let ceiling = data.ceiling(cone) ?? .infinity
            return sum + Swift.max(0, data.squaredCV(cone, values) - ceiling * ceiling + PathDraft.spare)
        }
    }

    /// Takes off steps, dearest first, while every rule still holds.
    mutating func trim() {
        let actions = data.problem.costs.actions
        let order = counts.indices.sorted { (actions[model.steps[$0].action].cost, $1) > (actions[model.steps[$1].action].cost, $0) }
        for number in order {
            // Fewer teachers could leave a part greater than its whole; who is hired stays.
            guard actions[model.steps[number].action].adds["teachers"] == nil else { continue }
            while counts[number] > 0 {
                apply(number, -1)
                let holds = effects[number].allSatisfy {
                    keeps($0.unit) && keeps(Cone(item: $0.item, stage: data.problem.units[$0.unit].stage))
                }
                guard holds else {
                    apply(number, 1)
                    break
                }
                counts[number] -= 1
            }
        }
    }

    private func keeps(_ cone: Cone) -> Bool {
        guard let ceiling = data.ceiling(cone) else { return true }
        return data.squaredCV(cone, values) <= ceiling * ceiling - PathDraft.spare
    }

    private func keeps(_ unit: Int) -> Bool {
        let problem = data.problem
        let stage = problem.units[unit].stage
        let judged = problem.items.indices.filter { problem.items[$0].threshold[stage] != nil }
        let met = judged.count { values[unit][$0] >= 1 - PathDraft.spare }
        if !problem.waived.contains("schools"), met < Swift.min(problem.minimum, judged.count) { return false }
        if problem.waived.contains("floor") { return true }
        return judged.allSatisfy { item in
            let floor = (problem.items[item].floor[stage]?.approximate ?? 0) / data.scale(item, stage)
            return values[unit][item] >= floor - PathDraft.spare
        }
    }

    /// The plan with its moves named from whom to whom, in the order of the units.
    var plan: PathPlan {
        let problem = data.problem
        let actions = problem.costs.actions
        var plan = PathPlan()
        for (number, step) in model.steps.enumerated() where counts[number] > 0 {
            let action = actions[step.action]
            let place = problem.isShared(action) ? problem.schools[step.place].id : problem.units[step.place].id
            plan.steps.append(.init(action: action.id, place: place, count: counts[number]))
        }
        let groups = Dictionary(grouping: model.flows.indices) {
            "\(model.flows[$0].action)/\(problem.units[model.flows[$0].unit].stage.rawValue)"
        }
        for (_, members) in groups.sorted(by: { $0.key < $1.key }) {
            var leaving = members.map { Swift.max(0, flows[$0].out - flows[$0].into) }
            for (place, number) in members.enumerated() {
                var wanted = flows[number].into - flows[number].out
                for (other, from) in members.enumerated() where wanted > 0 && leaving[other] > 0 && other != place {
                    let count = Swift.min(wanted, leaving[other])
                    let (source, target) = (problem.units[model.flows[from].unit].id, problem.units[model.flows[number].unit].id)
                    plan.moves.append(.init(action: actions[model.flows[number].action].id, from: source, to: target, count: count))
                    wanted -= count
                    leaving[other] -= count
                }
            }
        }
        return plan
    }
}
