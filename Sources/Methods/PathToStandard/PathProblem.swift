public import Planning
public import Vocabulary

/// Everything the cheapest path to the standard depends on. Numbers are exact.
public struct PathProblem: Sendable {
    public struct School: Sendable, Identifiable {
        public var id: String
        public var name: String
        /// What the school reports for all its stages together, by data element.
        public var stock: [String: Fraction]

        public init(id: String, name: String, stock: [String: Fraction]) {
            self.id = id
            self.name = name
            self.stock = stock
        }
    }

    /// A school's stage, the unit of judgement.
    public struct Unit: Sendable, Identifiable {
        public var id: String
        public var title: String
        public var school: Int
        public var stage: Stage
        public var pupils: Int
        /// The part of the school's common resources that counts for this stage.
        public var share: Fraction
        /// What is reported for the stage itself, by data element.
        public var stock: [String: Fraction]

        public init(
            id: String, title: String, school: Int, stage: Stage, pupils: Int, share: Fraction, stock: [String: Fraction]
        ) {
            self.id = id
            self.title = title
            self.school = school
            self.stage = stage
            self.pupils = pupils
            self.share = share
            self.stock = stock
        }
    }

    /// A measured item: value = factor × Σ term × stock ÷ pupils.
    public struct Item: Sendable, Identifiable {
        public var id: String
        public var label: String
        public var factor: Fraction
        public var terms: [String: Fraction]
        public var threshold: [Stage: Fraction]
        public var floor: [Stage: Fraction]
        public var ceiling: [Stage: Fraction]

        public init(
            id: String, label: String, factor: Fraction, terms: [String: Fraction], threshold: [Stage: Fraction],
            floor: [Stage: Fraction], ceiling: [Stage: Fraction]
        ) {
            self.id = id
            self.label = label
            self.factor = factor
            self.terms = terms
            self.threshold = threshold
            self.floor = floor
            self.ceiling = ceiling
        }
    }

    public var county: String
    public var standard: String
    public var schools: [School]
    public var units: [Unit]
    public var items: [Item]
    /// How many items a unit must meet.
    public var minimum: Int
    /// Elements reported for the whole school; the others are the stage's own.
    public var shared: Set<String>
    public var costs: CostList
    public var limits: PathLimits
    /// Rules put aside, by id: for prices of rules and for finding conflicts.
    public var waived: Set<String> = []

    public init(
        county: String, standard: String, schools: [School], units: [Unit], items: [Item], minimum: Int, shared: Set<String>,
        costs: CostList, limits: PathLimits = PathLimits()
    ) {
        self.county = county
        self.standard = standard
        self.schools = schools
        self.units = units
        self.items = items
        self.minimum = minimum
        self.shared = shared
        self.costs = costs
        self.limits = limits
    }

    public var stages: [Stage] { Set(units.map(\.stage)).sorted() }

    /// Whether an action is done at a school as a whole and not at one of its stages.
    public func isShared(_ action: PathAction) -> Bool { action.adds.keys.contains { shared.contains($0) } }

    /// How much of an item's value one unit of an element is worth in a school unit.
    public func worth(_ element: String, _ item: Item, _ unit: Unit) -> Fraction? {
        guard let term = item.terms[element] else { return nil }
        let value = item.factor * term / Fraction(unit.pupils)
        return shared.contains(element) ? value * unit.share : value
    }

    /// The value of an item as reported.
    public func value(_ item: Item, _ unit: Unit) -> Fraction {
        item.terms.keys.sorted().reduce(.zero) { sum, name in
            let stock = shared.contains(name) ? schools[unit.school].stock[name] : unit.stock[name]
            return sum + (worth(name, item, unit) ?? .zero) * (stock ?? .zero)
        }
    }

    /// Tells this problem from any other.
    public var digest: String {
        var digest = ProblemDigest()
        func add(_ stock: [String: Fraction]) {
            for (name, value) in stock.sorted(by: { $0.key < $1.key }) { digest.add("\(name)=\(value)") }
        }
        digest.add("\(county)|\(standard)|\(minimum)|\(waived.sorted())|\(limits)")
        for school in schools {
            digest.add(school.id)
            add(school.stock)
        }
        for unit in units {
            digest.add("\(unit.id)|\(schools[unit.school].id)|\(unit.stage.rawValue)|\(unit.pupils)|\(unit.share)")
            add(unit.stock)
        }
        for item in items {
            digest.add("\(item.id)|\(item.factor)")
            add(item.terms)
            for bound in [item.threshold, item.floor, item.ceiling] {
                digest.add(stages.map { bound[$0]?.description ?? "" }.joined(separator: "|"))
            }
        }
        for action in costs.actions {
            digest.add("\(action.id)|\(action.kind.rawValue)|\(action.cost)")
            add(action.adds)
        }
        digest.add("\(shared.sorted())|\(costs.within.map { [$0.part, $0.whole] })|\(costs.leaving)|\(costs.growth)")
        return digest.hex
    }
}

/// What a bureau allows.
public struct PathLimits: Sendable, CustomStringConvertible {
    /// Yuan.
    public var budget: Int?
    public var hires: Int?
    public var moves: Int?
    /// Codes of schools at which nothing may be built.
    public var noBuilding: Set<String> = []
    /// The most floor and ground together that may be added to a school, ㎡ by its code.
    public var land: [String: Int] = [:]
    /// In how many years all is done, and yuan for each; both or none.
    public var years: Int?
    public var yearly: Int?
    /// Per cent by which every spread stays below the standard's ceiling; nil for the ceiling itself.
    public var margin: Int?
    /// What `margin` may be.
    public static let margins = 1...50

    public init(
        budget: Int? = nil, hires: Int? = nil, moves: Int? = nil, noBuilding: Set<String> = [], land: [String: Int] = [:],
        years: Int? = nil, yearly: Int? = nil, margin: Int? = nil
    ) {
        self.margin = margin
        self.budget = budget
        self.hires = hires
        self.moves = moves
        self.noBuilding = noBuilding
        self.land = land
        (self.years, self.yearly) = (years, yearly)
    }

    public var description: String {
        let caps = land.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let staging = years.flatMap { years in yearly.map { "|\(years)×\($0)" } } ?? ""
        return "\(budget ?? -1)|\(hires ?? -1)|\(moves ?? -1)|\(noBuilding.sorted())|\(caps)\(staging)\(margin.map { "|-\($0)%" } ?? "")"
    }
}
