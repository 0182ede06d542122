internal import Exchanges
internal import Planning
internal import Vocabulary

/// A problem as groups of teachers that are alike for the plan, and the ways they may go.
struct RotationGroups {
    /// Eligible teachers of one unit and post with the same titles and the same schools in reach.
    struct Group {
        var unit: Int
        var port: Int
        /// Bits of `SpreadKind`: 1 backbone, 2 qualified; 0 for heads, who are in no school's figures.
        var kinds: Int
        /// Whether they count as backbone among those who move.
        var isBackbone: Bool
        /// Places in the problem's teachers.
        var members: [Int]
        var arcs: Range<Int>
        /// All of them have to go.
        var must: Bool
    }

    struct Arc {
        var group: Int
        var to: Int
        /// The port of the same post at the other end.
        var port: Int
        /// One, and a hundredth of the metres; inside an alliance the part the rules name.
        var cost: Int
    }

    /// A post at a unit.
    struct Port {
        var unit: Int
        var post: Int
        var groups: [Int] = []
    }

    let problem: RotationProblem
    let standings: [Standing]
    let spread: SpreadCosts
    let posts: [String]
    private(set) var ports: [Port] = []
    private(set) var groups: [Group] = []
    private(set) var arcs: [Arc] = []
    let quota: (least: Int, most: Int)
    /// The least and the most a unit's count of a kind may become, two places a unit.
    private(set) var ranges: [(low: Int, high: Int)] = []
    /// Groups all of whose members have to go.
    private(set) var musts: [Int] = []
    /// The costs of the counts in reach, for speed.
    private var costTable: [[Int]] = []

    init(_ problem: RotationProblem) {
        self.problem = problem
        standings = problem.standings
        spread = SpreadCosts(problem)
        quota = problem.quota(standings)
        // With staffing put aside all posts are one; heads still change with heads only.
        let isOnePost = problem.waived.contains("staffing")
        func post(_ teacher: RotationProblem.Teacher) -> String { isOnePost && !problem.isHead(teacher) ? "" : teacher.post }
        posts = Set(problem.teachers.map(post)).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: posts.enumerated().map { ($1, $0) })
        let reach = RotationReach(problem)
        var members: [Key: [Int]] = [:]
        for (place, teacher) in problem.teachers.enumerated() where standings[place].isEligible {
            let ways = RotationGroups.ways(teacher, problem, reach)
            let kinds = SpreadKind.allCases.reduce(0) { $1.holds(teacher) && !problem.isHead(teacher) ? $0 | 1 << $1.rawValue : $0 }
            let key = Key(
                unit: teacher.unit, post: numbers[post(teacher)] ?? 0, kinds: kinds, isBackbone: teacher.isBackbone, ways: ways,
                isHead: problem.isHead(teacher))
            members[key, default: []].append(place)
        }
        build(members.sorted { $0.key < $1.key }, reach)
        ranges = reachable()
        musts = groups.indices.filter { groups[$0].must }
        costTable = ranges.enumerated().map { place, range in
            (range.low - 1...range.high + 1).map { spread.cost(place / 2, place % 2, $0) }
        }
    }

    /// What a unit with `count` of a kind adds to the spread.
    func cost(_ unit: Int, _ kind: Int, _ count: Int) -> Int {
        let place = unit * 2 + kind
        let offset = count - ranges[place].low + 1
        return costTable[place].indices.contains(offset) ? costTable[place][offset] : spread.cost(unit, kind, count)
    }

    private struct Key: Hashable, Comparable {
        var unit: Int
        var post: Int
        var kinds: Int
        var isBackbone: Bool
        /// Units in reach where the home narrows them; nil for all the unit's neighbours.
        var ways: [Int]?
        var isHead: Bool

        static func < (left: Key, right: Key) -> Bool {
            let a = (left.unit, left.post, left.kinds, left.isBackbone ? 1 : 0)
            let b = (right.unit, right.post, right.kinds, right.isBackbone ? 1 : 0)
            return a == b ? (left.ways ?? [-1]).lexicographicallyPrecedes(right.ways ?? [-1]) : a < b
        }
    }

    private static func ways(_ teacher: RotationProblem.Teacher, _ problem: RotationProblem, _ reach: RotationReach) -> [Int]? {
        guard let limit = problem.rules.travel.home, !problem.waived.contains("home"), let home = teacher.home else { return nil }
        let all = reach.neighbours[teacher.unit].map(\.unit)
        let near = all.filter { problem.units[$0].place.map { $0.metres(to: home) <= limit } ?? false }
        return near.count == all.count ? nil : near
    }

    private mutating func build(_ members: [(key: Key, value: [Int])], _ reach: RotationReach) {
        var places: [[Int]: Int] = [:]
        for (key, _) in members where places[[key.unit, key.post]] == nil {
            places[[key.unit, key.post]] = ports.count
            ports.append(Port(unit: key.unit, post: key.post))
        }
        let (units, discount) = (problem.units, problem.rules.alliance)
        for (key, people) in members {
            let (start, port) = (arcs.count, places[[key.unit, key.post]] ?? 0)
            let isMust = key.isHead && problem.rules.heads.must && !problem.waived.contains("heads")
            for (to, metres) in reach.neighbours[key.unit] where key.ways?.contains(to) ?? true {
                guard let other = places[[to, key.post]] else { continue }
                let isAllied = !units[to].alliance.isEmpty && units[to].alliance == units[key.unit].alliance
                let cost = 1 + (isAllied ? metres * discount.basis / 10_000 : metres) / 100
                arcs.append(Arc(group: groups.count, to: to, port: other, cost: cost))
            }
            ports[port].groups.append(groups.count)
            groups.append(
                Group(
                    unit: key.unit, port: port, kinds: key.kinds, isBackbone: key.isBackbone, members: people, arcs: start..<arcs.count,
                    must: isMust))
        }
    }

    private func reachable() -> [(low: Int, high: Int)] {
        var found = spread.base.map { (low: $0, high: $0) }
        for group in groups where !group.arcs.isEmpty {
            for kind in 0..<2 {
                let place = group.unit * 2 + kind
                if group.kinds >> kind & 1 == 1 {
                    found[place].low -= group.members.count
                } else {
                    found[place].high += group.members.count
                }
            }
        }
        return found
    }
}
