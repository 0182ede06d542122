public import FundAllocation
public import PathToStandard
internal import Planning
internal import Vocabulary

/// Projects drawn from a county's shortfalls: for every gap of a unit, what closes it to the floor and what closes it to the threshold,
/// at the cost list's prices.
public struct DrawProjects: Sendable {
    public let problem: FundProblem
    /// What is bought by project, so that a plan can be applied to the returns.
    public let steps: [String: [PathPlan.Step]]
    let path: PathProblem

    /// The mark of units with an item below the floor.
    public static let weak = "薄弱"

    /// `settings` are the units' 城乡 by unit id, which become marks. Throws `PathRefusal` for a share or earmark nothing can bear.
    public init(
        _ path: PathProblem, settings: [String: String], sources: [FundProblem.Source], shares: [FundProblem.Share]
    ) throws {
        self.path = path
        let judged = path.units.map { unit in path.items.filter { $0.threshold[unit.stage] != nil } }
        let units = zip(path.units, judged).map { unit, items in
            FundProblem.Unit(
                id: unit.id, title: unit.title, pupils: unit.pupils,
                items: items.map { item in
                    FundProblem.Item(
                        id: item.id, label: item.label, value: path.value(item, unit), threshold: item.threshold[unit.stage] ?? .zero,
                        floor: item.floor[unit.stage] ?? .zero)
                }, minimum: path.minimum)
        }
        var drawer = Drawer(path: path, units: units, judged: judged, settings: settings)
        drawer.draw()
        let marks = drawer.projects.reduce(into: Set<String>()) { $0.formUnion($1.marks) }
        for share in shares where !marks.contains(share.mark) && share.part > .zero {
            throw PathRefusal("没有一个项目属于“\(share.mark)”，无法保证它的比例。可用的有：\(marks.sorted().joined(separator: "、"))")
        }
        for source in sources where !drawer.projects.contains(where: { source.mayPay($0) }) {
            throw PathRefusal("“\(source.label)”指定的用途没有一个项目用得上，请核对用途")
        }
        problem = FundProblem(title: path.county, units: units, projects: drawer.projects, sources: sources, shares: shares)
        steps = drawer.steps
    }

    /// What a plan buys, to be applied to the returns.
    public func bought(_ plan: FundPlan) -> PathPlan {
        var counts: [PathPlan.Step: Int] = [:]
        for step in plan.projects.flatMap({ steps[$0] ?? [] }) {
            counts[PathPlan.Step(action: step.action, place: step.place, count: 0), default: 0] += step.count
        }
        return PathPlan(
            steps: counts.map { PathPlan.Step(action: $0.key.action, place: $0.key.place, count: $0.value) }.sorted {
                ($0.place, $0.action) < ($1.place, $1.action)
            })
    }
}

private struct Drawer {
    let path: PathProblem
    let units: [FundProblem.Unit]
    let judged: [[PathProblem.Item]]
    let settings: [String: String]
    private(set) var projects: [FundProblem.Project] = []
    private(set) var steps: [String: [PathPlan.Step]] = [:]

    init(path: PathProblem, units: [FundProblem.Unit], judged: [[PathProblem.Item]], settings: [String: String]) {
        self.path = path
        self.units = units
        self.judged = judged
        self.settings = settings
    }

    mutating func draw() {
        for item in path.items {
            guard let element = item.terms.keys.sorted().first(where: { name in path.costs.actions.contains { buys($0, name) } }) else {
                continue
            }
            if path.shared.contains(element) {
                for school in path.schools.indices { draw(item, element, path.units.indices.filter { path.units[$0].school == school }) }
            } else {
                for unit in path.units.indices { draw(item, element, [unit]) }
            }
        }
    }

    private func buys(_ action: PathAction, _ element: String) -> Bool { action.kind != .move && action.adds[element] != nil }

    /// The sizes that bring one of the places to its floor or threshold, each a project, of which one is done at most.
    private mutating func draw(_ item: PathProblem.Item, _ element: String, _ places: [Int]) {
        var goals: [(amount: Fraction, words: String)] = []
        for place in places {
            guard let number = judged[place].firstIndex(where: { $0.id == item.id }),
                let worth = path.worth(element, item, path.units[place]), worth > .zero
            else { continue }
            let state = units[place].items[number]
            for (goal, words) in [(state.floor, "补到底线"), (state.threshold, "补到门槛")] where state.value < goal {
                goals.append(((goal - state.value) / worth, words))
            }
        }
        var known: Set<Int> = []
        for goal in goals.sorted(by: { $0.amount < $1.amount }) {
            guard let bundle = bundle(element, goal.amount, places[0]), known.insert(bundle.cost).inserted else { continue }
            add(bundle, item, goal.words, places)
        }
    }

    private struct Bundle {
        var steps: [(action: PathAction, count: Int)]
        var cost: Int { steps.reduce(0) { $0 + $1.action.cost * $1.count } }
    }

    /// The cheapest way to so much of an element: what only turns one kind into another (training) as far as there is somebody to
    /// train, the rest by what brings both. Nil where nothing brings enough.
    private func bundle(_ element: String, _ amount: Fraction, _ place: Int) -> Bundle? {
        let unit = path.units[place]
        func price(_ action: PathAction) -> Fraction { Fraction(action.cost) / (action.adds[element] ?? .one) }
        let actions = path.costs.actions.filter { buys($0, element) }.sorted { price($0) < price($1) }
        var (left, steps) = (amount, [(PathAction, Int)]())
        for action in actions where left > .zero {
            let each = action.adds[element] ?? .one
            var count = (left / each).roundedUp
            for pair in path.costs.within where pair.part == element && action.adds[pair.whole] == nil {
                let room = (unit.stock[pair.whole] ?? .zero) - (unit.stock[element] ?? .zero)
                count = Swift.min(count, Swift.max(0, (room / each).roundedDown))
            }
            guard count > 0 else { continue }
            steps.append((action, count))
            left = left - each * Fraction(count)
        }
        return left > .zero ? nil : Bundle(steps: steps)
    }

    private mutating func add(_ bundle: Bundle, _ item: PathProblem.Item, _ words: String, _ places: [Int]) {
        let unit = path.units[places[0]]
        let isShared = bundle.steps.contains { path.isShared($0.action) }
        let place = isShared ? path.schools[unit.school].id : unit.id
        let name = isShared ? path.schools[unit.school].name : unit.title
        let what = bundle.steps.map { "\($0.action.label)\(PathWords.amount($0.count, $0.action.unit))" }.joined(separator: "，")
        let id = "\(place)|\(item.id)|\(bundle.cost)"
        let dearest = bundle.steps.max { $0.action.cost * $0.count < $1.action.cost * $1.count }?.action.kind
        projects.append(
            FundProblem.Project(
                id: id, title: "\(name)：\(what)（\(item.label)\(words)）", school: path.schools[unit.school].id,
                kind: dearest?.rawValue ?? "", cost: bundle.cost, gains: gains(bundle, places), group: "\(place)|\(item.id)",
                marks: marks(places)))
        steps[id] = bundle.steps.map { PathPlan.Step(action: $0.action.id, place: place, count: $0.count) }
    }

    private func gains(_ bundle: Bundle, _ places: [Int]) -> [FundProblem.Gain] {
        places.flatMap { place in
            judged[place].enumerated().compactMap { number, item -> FundProblem.Gain? in
                let amount = bundle.steps.reduce(Fraction.zero) { sum, step in
                    step.action.adds.reduce(sum) { sum, added in
                        guard let worth = path.worth(added.key, item, path.units[place]) else { return sum }
                        return sum + worth * added.value * Fraction(step.count)
                    }
                }
                return amount > .zero ? FundProblem.Gain(unit: place, item: number, amount: amount) : nil
            }
        }
    }

    private func marks(_ places: [Int]) -> Set<String> {
        var marks = Set(places.compactMap { settings[path.units[$0].id] }.filter { !$0.isEmpty })
        if places.contains(where: { units[$0].items.contains { $0.value < $0.floor } }) { marks.insert(DrawProjects.weak) }
        return marks
    }
}

extension Fraction {
    var roundedDown: Int {
        var whole = Int(approximate.rounded(.down))
        while Fraction(whole) > self { whole -= 1 }
        while Fraction(whole + 1) <= self { whole += 1 }
        return whole
    }
    var roundedUp: Int { roundedDown + (Fraction(roundedDown) == self ? 0 : 1) }
}
