internal import Planning

/// The groups each lead could have in a very good pairing, and the choice among them: with worths near the best ones few groups come
/// into question, and the choice among whole groups is much tighter than that among pairs.
struct WeightedSets {
    fileprivate struct Group {
        var lead: Int
        var members: [Int]
    }

    private let table: PairingTable
    private var groups: [Group] = []
    /// What a group of those kept may cost its lead, against the group the lead would like best at these worths.
    private(set) var slack: Int
    /// The bound of these worths.
    let upper: Int

    private static let largestTable = 4_000_000
    private static let longestListing = 400_000

    /// All groups within `slack` of each lead's favourite, or within less, so that they are no more than `limit`.
    /// Nil where even the favourites are too many, or loads too fine to count in.
    init?(_ table: PairingTable, worths: [Int], slack most: Int, limit: Int) {
        guard let upper = PairingBound.upper(table, worths), most >= 0 else { return nil }
        (self.table, self.upper, slack) = (table, upper, most)
        while true {
            groups = []
            let isComplete = table.leads.allSatisfy { add($0, worths, limit) }
            if isComplete { return }
            if slack == 0 { return nil }
            slack = slack * 3 / 4
        }
    }

    /// Whether a pairing better than one that gains `total` is made of these groups alone.
    func isComplete(above total: Int) -> Bool { upper - slack <= total + 1 }

    /// No pairing gains more, when none of these groups alone gains more than `bound`.
    func upper(_ bound: Int) -> Int { Swift.max(bound, upper - slack - 1) }

    // MARK: Listing

    /// False where there are too many.
    private mutating func add(_ lead: Int, _ worths: [Int], _ limit: Int) -> Bool {
        let items = PairingBound.items(table, lead, worths, above: -slack - 1).sorted { ($1.value, $0.member) < ($0.value, $1.member) }
        let width = table.capacities[lead] + 1
        guard (items.count + 1) * width <= WeightedSets.largestTable else { return false }
        // The most the items from a place on can bring in so much room.
        var rest = [Int](repeating: 0, count: (items.count + 1) * width)
        for number in items.indices.reversed() {
            for room in 0..<width {
                var value = rest[(number + 1) * width + room]
                if items[number].load <= room {
                    value = Swift.max(value, rest[(number + 1) * width + room - items[number].load] + items[number].value)
                }
                rest[number * width + room] = value
            }
        }
        var listing = Listing(items: items, rest: rest, width: width, least: rest[width - 1] - slack, places: table.places)
        listing.most = limit - groups.count
        listing.descend(0, width - 1, 0)
        groups += listing.found.map { Group(lead: lead, members: $0) }
        return groups.count <= limit && listing.steps <= WeightedSets.longestListing
    }

    private struct Listing {
        let items: [PairingBound.Item]
        let rest: [Int]
        let width: Int
        let least: Int
        let places: Int
        var most = 0
        var steps = 0
        var taken: [Int] = []
        var found: [[Int]] = []

        mutating func descend(_ number: Int, _ room: Int, _ value: Int) {
            steps += 1
            guard found.count <= most, steps <= WeightedSets.longestListing, value + rest[number * width + room] >= least else { return }
            guard number < items.count else {
                if !taken.isEmpty { found.append(taken) }
                return
            }
            let item = items[number]
            if item.load <= room, taken.count < places {
                taken.append(item.member)
                descend(number + 1, room - item.load, value + item.value)
                taken.removeLast()
            }
            descend(number + 1, room, value)
        }
    }

    // MARK: Choosing

    /// Groups as a programme in whole numbers.
    struct Model {
        fileprivate(set) var linear = LinearModel()
        fileprivate var groups: [Group]
    }

    private func model(_ groups: [Group]) -> Model {
        var model = Model(groups: groups)
        var (own, led) = (table.members.map { _ in [LinearModel.Term]() }, table.leads.map { _ in [LinearModel.Term]() })
        for (number, group) in groups.enumerated() {
            let gain = group.members.reduce(0) { $0 + (table.gain($1, group.lead) ?? 0) }
            let column = model.linear.column("g\(number)", 0, 1, cost: -Double(gain), isWhole: true)
            for member in group.members { own[member].append(.init(column, 1)) }
            led[group.lead].append(.init(column, 1))
        }
        for member in table.members { model.linear.row("member.\(member)", own[member], atLeast: 1, atMost: 1) }
        for lead in table.leads { model.linear.row("lead.\(lead)", led[lead], atMost: 1) }
        return model
    }

    /// All groups, and those of a pairing already known with a solution that takes them.
    func whole(with known: [Int]?) -> (model: Model, start: [Double]?) {
        guard let known else { return (model(groups), nil) }
        var own = table.leads.map { lead in Group(lead: lead, members: []) }
        for (member, lead) in known.enumerated() { own[lead].members.append(member) }
        let all = groups + own.filter { !$0.members.isEmpty }
        return (model(all), all.indices.map { $0 < groups.count ? 0 : 1 })
    }

    /// Nil where a member has no lead.
    func chosen(_ model: Model, _ values: [Double]) -> [Int]? {
        var chosen = table.members.map { _ in -1 }
        for (group, value) in zip(model.groups, values) where value > 0.5 { for member in group.members { chosen[member] = group.lead } }
        return chosen.contains(-1) ? nil : chosen
    }
}
