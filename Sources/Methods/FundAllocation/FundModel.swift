internal import Planning

/// An allocation as a mixed-integer programme. Money is in 万元, gains and gaps as parts of the item's threshold.
struct FundModel {
    /// What is made as small as possible.
    enum Aim {
        /// Units left short of the standard.
        case units
        /// What pupils still lack, with no more units short than this.
        case lack(unitsShort: Int)
    }

    let problem: FundProblem
    private let isPlain: Bool
    private(set) var linear = LinearModel()
    /// Column by project.
    private(set) var done: [Int] = []
    /// Columns of the units short of the standard now, of the items below their threshold, and of what is lacking of them.
    private(set) var short: [(unit: Int, column: Int)] = []
    private var meets: [(unit: Int, item: Int, column: Int)] = []
    private var lacking: [(unit: Int, item: Int, column: Int)] = []
    /// What a source pays for projects of one kind.
    private var flows: [(source: Int, projects: [Int], column: Int)] = []
    /// Part of the objective no column holds.
    private(set) var constant = 0.0

    static let money = 10_000.0
    /// How far numbers of the model are from the true ones: some roundings of 2⁻⁵³ each.
    static let doubt = 0x1p-48

    /// `isPlain`: without what only keeps the relaxation tight, as one would write it down first.
    init(_ problem: FundProblem, _ aim: Aim, unlike plans: [FundPlan] = [], isPlain: Bool = false) {
        self.problem = problem
        self.isPlain = isPlain
        let required = Set(problem.required.map(\.id))
        done = problem.projects.map { linear.column("done.\($0.id)", required.contains($0.id) ? 1 : 0, 1, isWhole: true) }
        addMoney()
        addGroups()
        addShares()
        addUnits(aim)
        for (number, plan) in plans.enumerated() { exclude(plan, number) }
    }

    // MARK: Money

    /// Projects that the same sources may pay share one flow from each of them.
    private mutating func addMoney() {
        var classes: [[Bool]: [Int]] = [:]
        for (place, project) in problem.projects.enumerated() {
            classes[problem.sources.map { $0.mayPay(project) }, default: []].append(place)
        }
        var paid: [[LinearModel.Term]] = problem.sources.map { _ in [] }
        for (number, group) in classes.sorted(by: { $0.value[0] < $1.value[0] }).enumerated() {
            var terms = group.value.map { LinearModel.Term(done[$0], Double(problem.projects[$0].cost) / FundModel.money) }
            for (source, mayPay) in group.key.enumerated() where mayPay {
                let most = group.value.reduce(0) { $0 + problem.projects[$1].cost }
                let flow = linear.column("pays.\(problem.sources[source].id).\(number)", 0, Double(most) / FundModel.money)
                terms.append(.init(flow, -1))
                paid[source].append(.init(flow, 1))
                flows.append((source, group.value, flow))
            }
            linear.row("paid.\(number)", terms, atLeast: 0, atMost: 0)
        }
        for (source, terms) in zip(problem.sources, paid) {
            guard let amount = problem.amount(source), !terms.isEmpty else { continue }
            linear.row(FundProblem.sourceID(source), terms, atMost: Double(amount) / FundModel.money)
        }
    }

    private mutating func addGroups() {
        var groups: [String: [Int]] = [:]
        for (place, project) in problem.projects.enumerated() {
            if let group = project.group { groups[group, default: []].append(place) }
        }
        for (name, places) in groups.sorted(by: { $0.key < $1.key }) where places.count > 1 {
            linear.row("group.\(name)", places.map { .init(done[$0], 1) }, atMost: 1)
        }
    }

    private mutating func addShares() {
        for share in problem.keptShares {
            let terms = problem.projects.enumerated().map { place, project in
                let counted = (project.marks.contains(share.mark) ? 1 : 0) - share.part.approximate
                return LinearModel.Term(done[place], counted * Double(project.cost) / FundModel.money)
            }
            linear.row(FundProblem.shareID(share), terms, atLeast: 0)
        }
    }

    // MARK: Units

    private mutating func addUnits(_ aim: Aim) {
        var gains: [[[(project: Int, amount: Fraction)]]] = problem.units.map { $0.items.map { _ in [] } }
        for (place, project) in problem.projects.enumerated() {
            for gain in project.gains { gains[gain.unit][gain.item].append((place, gain.amount)) }
        }
        for (place, unit) in problem.units.enumerated() where !unit.isMet {
            let column = linear.column("short.\(unit.id)", 0, 1, cost: cost(unit, aim), isWhole: true)
            short.append((place, column))
            let needed = Double(unit.minimum - unit.items.count { $0.value >= $0.threshold })
            var reach: [LinearModel.Term] = []
            for (number, item) in unit.items.enumerated() where item.value < item.threshold {
                let gained = gains[place][number]
                if needed > 0 { reach.append(.init(addMeets(place, number, gained, column), 1)) }
                guard item.value < item.floor else { continue }
                // Not short ⇒ the floor is reached.
                let terms = covers(gained, item.floor - item.value)
                linear.row("floor.\(unit.id).\(item.id)", terms + [.init(column, 1)], atLeast: 1)
            }
            if needed > 0 { linear.row("items.\(unit.id)", reach + [.init(column, needed)], atLeast: needed) }
        }
        if case .lack(let most) = aim {
            linear.row("units", short.map { .init($0.column, 1) }, atMost: Double(most))
            addLack(gains)
        }
    }

    private func cost(_ unit: FundProblem.Unit, _ aim: Aim) -> Double {
        if case .lack = aim { Double(unit.pupils) } else { 1 }
    }

    /// A column that is 1 only where the item's threshold is reached, and only in units that are not short: items reached elsewhere
    /// are worth nothing here, and saying so keeps the relaxation tight.
    private mutating func addMeets(_ place: Int, _ number: Int, _ gained: [(project: Int, amount: Fraction)], _ short: Int) -> Int {
        let (unit, item) = (problem.units[place], problem.units[place].items[number])
        let column = linear.column("meets.\(unit.id).\(item.id)", 0, 1, isWhole: true)
        meets.append((place, number, column))
        let terms = covers(gained, item.threshold - item.value)
        linear.row("threshold.\(unit.id).\(item.id)", terms + [.init(column, -1)], atLeast: 0)
        if !isPlain { linear.row("counts.\(unit.id).\(item.id)", [.init(column, 1), .init(short, 1)], atMost: 1) }
        return column
    }

    /// The parts of a gap that projects close, none above the whole: a larger gain is worth no more here. Projects too small by
    /// themselves count for nothing where all of them together are too small.
    private func covers(_ gained: [(project: Int, amount: Fraction)], _ gap: Fraction) -> [LinearModel.Term] {
        let enough = gained.filter { $0.amount >= gap }
        if !isPlain, enough.count < gained.count, !reaches(gained.filter { $0.amount < gap }, gap) {
            return enough.map { .init(done[$0.project], 1) }
        }
        return gained.map { .init(done[$0.project], $0.amount >= gap ? 1 : ($0.amount / gap).approximate) }
    }

    /// Whether some of these projects could close the gap together; of one group at most one is done.
    private func reaches(_ gained: [(project: Int, amount: Fraction)], _ gap: Fraction) -> Bool {
        guard gained.allSatisfy({ $0.amount > .zero }) else { return true }
        var (sum, groups) = (Fraction.zero, [String: Fraction]())
        for (project, amount) in gained {
            if let group = problem.projects[project].group {
                groups[group] = Swift.max(groups[group] ?? .zero, amount)
            } else {
                sum += amount
            }
        }
        return groups.values.reduce(sum, +) >= gap
    }

    /// The part of each threshold that stays missing, times the unit's pupils.
    private mutating func addLack(_ gains: [[[(project: Int, amount: Fraction)]]]) {
        for (place, unit) in problem.units.enumerated() {
            for (number, item) in unit.items.enumerated() where item.value < item.threshold {
                let gap = ((item.threshold - item.value) / item.threshold).approximate
                let gained = gains[place][number]
                guard !gained.isEmpty else {
                    constant += Double(unit.pupils) * gap
                    continue
                }
                let column = linear.column("lack.\(unit.id).\(item.id)", 0, gap, cost: Double(unit.pupils))
                lacking.append((place, number, column))
                let terms = gained.map { LinearModel.Term(done[$0.project], ($0.amount / item.threshold).approximate) }
                linear.row("lack.\(unit.id).\(item.id)", terms + [.init(column, 1)], atLeast: gap)
            }
        }
    }

    // MARK: Plans

    /// Leaves out a plan and all that differ from it in fewer than a tenth of its projects.
    private mutating func exclude(_ plan: FundPlan, _ number: Int) {
        let chosen = Set(plan.projects)
        let distance = Swift.max(1, chosen.count / 10)
        let terms = problem.projects.enumerated().map { place, project in
            LinearModel.Term(done[place], chosen.contains(project.id) ? -1 : 1)
        }
        linear.row("unlike.\(number)", terms, atLeast: Double(distance - chosen.count))
    }

    /// The projects a solution does, paid in whole yuan; nil where rounding leaves no way to pay.
    func plan(_ values: [Double]) -> FundPlan? {
        FundDraft(problem, Set(problem.projects.indices.filter { values[done[$0]] > 0.5 }))?.plan
    }

    /// The same, with units settled that the relaxation leaves clearly short or clearly not: of those in between, `open` stay open.
    func settled(_ relaxed: [Double], unitsShort: Int, open: Int) -> LinearModel {
        var model = linear
        let order = short.sorted { (relaxed[$1.column], $0.unit) < (relaxed[$0.column], $1.unit) }
        for (place, unit) in order.enumerated() {
            if place < unitsShort - open / 2 { model.setBounds(unit.column, 1, 1) }
            if place >= unitsShort + (open + 1) / 2 { model.setBounds(unit.column, 0, 0) }
        }
        return model
    }

    /// The plan as a solution to begin from.
    func values(_ plan: FundPlan) -> [Double] {
        var values = [Double](repeating: 0, count: linear.columns.count)
        let outcome = FundOutcome(problem, plan)
        for (place, project) in problem.projects.enumerated() where outcome.chosen.contains(project.id) { values[done[place]] = 1 }
        let payments = Dictionary(grouping: plan.payments) { $0.source }.mapValues { own in
            Dictionary(own.map { ($0.project, $0.amount) }) { $0 + $1 }
        }
        for (source, projects, column) in flows {
            let own = payments[problem.sources[source].id] ?? [:]
            values[column] = Double(projects.reduce(0) { $0 + (own[problem.projects[$1].id] ?? 0) }) / FundModel.money
        }
        for (unit, column) in short where !outcome.met[unit] { values[column] = 1 }
        for (unit, item, column) in meets where outcome.met[unit] && outcome.values[unit][item] >= problem.units[unit].items[item].threshold
        {
            values[column] = 1
        }
        for (unit, item, column) in lacking {
            let (value, threshold) = (outcome.values[unit][item], problem.units[unit].items[item].threshold)
            if value < threshold { values[column] = ((threshold - value) / threshold).approximate }
        }
        return values
    }
}
