internal import Planning

/// Projects taken up one by one, with how they are paid and what they bring, in exact numbers.
struct FundDraft {
    let problem: FundProblem
    private(set) var chosen: Set<Int> = []
    private var split: FundSplit
    private var groups: Set<String> = []
    private(set) var values: [[Fraction]]

    init(_ problem: FundProblem) {
        self.problem = problem
        split = FundSplit(problem)
        values = problem.units.map { $0.items.map(\.value) }
    }

    /// Nil where not all can be paid, or two are of one group.
    init?(_ problem: FundProblem, _ projects: Set<Int>) {
        self.init(problem)
        for place in projects.sorted() where !take(place) { return nil }
    }

    /// False, and nothing changed, where the project can't be paid or another of its group is done.
    mutating func take(_ place: Int) -> Bool {
        let project = problem.projects[place]
        if chosen.contains(place) { return true }
        if let group = project.group, groups.contains(group) { return false }
        guard split.pay(place) else { return false }
        chosen.insert(place)
        if let group = project.group { groups.insert(group) }
        for gain in project.gains { values[gain.unit][gain.item] += gain.amount }
        return true
    }

    mutating func leave(_ place: Int) {
        guard chosen.remove(place) != nil else { return }
        let project = problem.projects[place]
        split.refund(place)
        if let group = project.group { groups.remove(group) }
        for gain in project.gains { values[gain.unit][gain.item] = values[gain.unit][gain.item] - gain.amount }
    }

    /// Whether a project that is done changes neither which units meet the standard nor what pupils lack.
    func isIdle(_ place: Int) -> Bool {
        let gains = Dictionary(grouping: problem.projects[place].gains, by: \.unit)
        return gains.allSatisfy { unit, gains in
            var before = values[unit]
            for gain in gains { before[gain.item] = before[gain.item] - gain.amount }
            let items = problem.units[unit].items
            let isCovered = gains.allSatisfy { gain in
                before[gain.item] >= items[gain.item].threshold || before[gain.item] == values[unit][gain.item]
            }
            return isCovered && problem.units[unit].meets(before) == isMet(unit)
        }
    }

    func isMet(_ unit: Int) -> Bool { problem.units[unit].meets(values[unit]) }

    var keepsShares: Bool {
        problem.keptShares.allSatisfy { share in
            let (own, all) = spent(share.mark)
            return Fraction(own) >= share.part * Fraction(all)
        }
    }

    /// Yuan for projects with the mark, and for all.
    func spent(_ mark: String) -> (own: Int, all: Int) {
        chosen.reduce(into: (0, 0)) { sum, place in
            let project = problem.projects[place]
            sum.1 += project.cost
            if project.marks.contains(mark) { sum.0 += project.cost }
        }
    }

    var plan: FundPlan {
        FundPlan(projects: chosen.sorted().map { problem.projects[$0].id }, payments: split.payments)
    }
}
