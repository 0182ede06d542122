internal import Planning
internal import Vocabulary

/// Which steps of a plan are done by the end of each year but the last, as a whole programme: the units that meet the standard at the ends
/// of the years, added up, are as many as can be; what met stays met; every year keeps its money.
struct ScheduleModel {
    /// A step or a move of the plan, and its share done by the end of a year by column.
    struct Work {
        var action: Int
        var count: Int
        /// Units it reaches, with what one is worth: 1, or −1 where it leaves.
        var reaches: [(unit: Int, sign: Double)]
    }
    private(set) var linear = LinearModel()
    private(set) var done: [[Int]] = []
    let data: PathData
    let works: [Work]
    private let years: Int
    private let started: PathStanding
    /// What an item met counts beside a unit that meets the standard: all of them together less than one unit.
    private let side: Double

    /// Without `prefersItems` nothing counts but the units, as the bound needs it.
    init(_ data: PathData, _ plan: PathPlan, years: Int, yearly: Int, prefersItems: Bool = true) {
        self.data = data
        self.years = years
        side = prefersItems ? 0.5 / Double(years * data.problem.units.count * data.problem.items.count + 1) : 0
        let problem = data.problem
        started = PathStanding(PathOutcome(problem, PathPlan()))
        let actions = Dictionary(problem.costs.actions.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let schools = Dictionary(problem.schools.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let units = Dictionary(problem.units.enumerated().map { ($1.id, $0) }) { first, _ in first }
        works =
            plan.steps.compactMap { step in
                guard let action = actions[step.action] else { return nil }
                let isShared = problem.isShared(problem.costs.actions[action])
                let reached = isShared ? schools[step.place].map { data.unitsOf[$0] } : units[step.place].map { [$0] }
                return Work(action: action, count: step.count, reaches: (reached ?? []).map { ($0, 1) })
            }
            + plan.moves.compactMap { move in
                guard let action = actions[move.action], let from = units[move.from], let to = units[move.to] else { return nil }
                return Work(action: action, count: move.count, reaches: [(from, -1), (to, 1)])
            }
        addWork(yearly)
        for unit in touched { addUnit(unit) }
    }

    private var touched: [Int] { Set(works.flatMap { $0.reaches.map(\.unit) }).sorted() }

    /// Units that meet the standard at the ends of the years where no work is done at them, and everybody at the end of the last.
    var settled: Int {
        let (all, touched) = (data.problem.units.count, touched.count)
        return (all - touched) * (years - 1) + all
    }

    private mutating func addWork(_ yearly: Int) {
        for (number, work) in works.enumerated() {
            done.append((0..<years - 1).map { linear.column("\(number) by \($0)", 0, Double(work.count), isWhole: true) })
            for year in 1..<Swift.max(1, years - 1) {
                linear.row("later \(number) \(year)", [.init(done[number][year], 1), .init(done[number][year - 1], -1)], atLeast: 0)
            }
        }
        let costs = works.map { Double(data.problem.costs.actions[$0.action].cost) / data.money }
        let most = Double(yearly) / data.money
        for year in 0..<years - 1 {
            let spent = costs.indices.map { LinearModel.Term(done[$0][year], costs[$0]) }
            let before = year == 0 ? [] : costs.indices.map { LinearModel.Term(done[$0][year - 1], -costs[$0]) }
            linear.row("money \(year)", spent + before, atMost: most)
        }
        let total = zip(costs, works).reduce(0) { $0 + $1.0 * Double($1.1.count) }
        linear.row("money last", costs.indices.map { .init(done[$0][years - 2], costs[$0]) }, atLeast: total - most)
    }

    /// What has changed in a unit by the end of a year; `worth` says what one step of an action counts.
    private func changes(_ unit: Int, _ year: Int, _ worth: (Int) -> Double) -> [LinearModel.Term] {
        works.indices.flatMap { number in
            works[number].reaches.filter { $0.unit == unit }.map { .init(done[number][year], $0.sign * worth(works[number].action)) }
        }
    }

    private mutating func addUnit(_ place: Int) {
        let unit = data.problem.units[place]
        var before: Int?
        for year in 0..<years - 1 {
            let met = linear.column("met \(unit.id) \(year)", started.units.contains(unit.id) ? 1 : 0, 1, cost: -1, isWhole: true)
            if let before { linear.row("stays \(unit.id) \(year)", [.init(met, 1), .init(before, -1)], atLeast: 0) }
            before = met
            addNeeds(place, year, met)
            addNature(place, year)
        }
    }

    private mutating func addNeeds(_ place: Int, _ year: Int, _ met: Int) {
        let (problem, unit) = (data.problem, data.problem.units[place])
        var (good, fixed, judged): ([LinearModel.Term], Int, Int) = ([], 0, 0)
        for (number, item) in problem.items.enumerated() {
            guard let threshold = item.threshold[unit.stage] else { continue }
            judged += 1
            let sum: [LinearModel.Term]
            let full, floor: Double
            if let lattice = data.lattices[place][number] {
                sum = changes(place, year) { Double(lattice.amounts[$0]) }
                (full, floor) = (Double(lattice.steps(to: threshold)), Double(lattice.steps(to: item.floor[unit.stage] ?? .zero)))
            } else {
                let (scale, base) = (data.scale(number, unit.stage), data.base[place][number])
                sum = changes(place, year) { action in
                    data.effect(problem.costs.actions[action], on: place).first { $0.item == number }?.amount ?? 0
                }
                (full, floor) = (threshold.approximate / scale - base, (item.floor[unit.stage]?.approximate ?? 0) / scale - base)
            }
            // The lowest and the highest it can be on the way: only what takes away is done, or only what adds.
            let (low, high) = sum.reduce((0.0, 0.0)) { ends, term in
                let most = term.factor * linear.columns[term.column].upper
                return (ends.0 + Swift.min(0, most), ends.1 + Swift.max(0, most))
            }
            if low < floor { linear.row("floor \(number) \(place) \(year)", sum + [.init(met, low - floor)], atLeast: low) }
            if low >= full {
                fixed += 1
                continue
            }
            if high < full - 1e-9 { continue }
            let isGood = linear.column("good \(number) \(place) \(year)", 0, 1, cost: -side, isWhole: true)
            linear.row("good \(number) \(place) \(year)", sum + [.init(isGood, low - full)], atLeast: low)
            good.append(.init(isGood, 1))
        }
        let needed = Swift.min(problem.minimum, judged) - fixed
        linear.row("met \(place) \(year)", good + [.init(met, -Double(needed))], atLeast: 0)
        // Where none of them can be spared, a unit meets no sooner than each.
        if needed == good.count {
            for (number, item) in good.enumerated() {
                linear.row("each \(number) \(place) \(year)", [item, .init(met, -1)], atLeast: 0)
            }
        }
    }

    /// Nobody is counted among whom there are not, and nothing grows beyond what is allowed on the way.
    private mutating func addNature(_ place: Int, _ year: Int) {
        let (problem, unit) = (data.problem, data.problem.units[place])
        for pair in problem.costs.within {
            guard let part = unit.stock[pair.part]?.approximate, let whole = unit.stock[pair.whole]?.approximate else { continue }
            let row = changes(place, year) { (data.adds[$0][pair.part] ?? 0) - (data.adds[$0][pair.whole] ?? 0) }
            linear.row("within \(pair.part) \(place) \(year)", row, atMost: whole - part)
        }
        guard works.contains(where: { $0.reaches.contains { $0.unit == place && $0.sign < 0 } }) else { return }
        for (name, stock) in unit.stock {
            linear.row("stock \(name) \(place) \(year)", changes(place, year) { data.adds[$0][name] ?? 0 }, atLeast: -stock.approximate)
        }
        for number in problem.items.indices {
            let row = values(number, place, year)
            linear.row("growth \(number) \(place) \(year)", row, atMost: (data.growth[number][unit.stage] ?? 0) - data.base[place][number])
        }
    }

    private func values(_ item: Int, _ place: Int, _ year: Int) -> [LinearModel.Term] {
        changes(place, year) { action in
            data.effect(data.problem.costs.actions[action], on: place).first { $0.item == item }?.amount ?? 0
        }
    }

    /// Keeps a spread under its ceiling in a year, where `values` break it: the cone's tangent there.
    mutating func keep(_ cone: Cone, _ year: Int, _ values: [[Double]]) {
        let places = data.members[cone.stage] ?? []
        let ceiling = data.ceiling(cone) ?? .infinity
        let norm = places.reduce(0) { $0 + data.weight[$1] * values[$1][cone.item] * values[$1][cone.item] }.squareRoot()
        var (row, base): ([LinearModel.Term], Double) = ([], 0)
        for place in places {
            let slope = data.weight[place] * (values[place][cone.item] / norm - (1 + ceiling * ceiling).squareRoot())
            base += slope * data.base[place][cone.item]
            row += self.values(cone.item, place, year).map { .init($0.column, $0.factor * slope) }
        }
        linear.row("spread \(cone.item) \(year) \(linear.rows.count)", row, atMost: -base - 1e-9)
    }
}
