internal import Planning

/// The problem as a network: from all vacancies through units, subjects and people to posts and to the units that lack them. A post
/// nobody takes costs more than anything that can be gained, then everybody who is not waiting, then the points.
struct PostNetwork {
    /// A vacant post of a unit and subject.
    struct Post: Hashable {
        var unit: Int
        var subject: String
    }

    let problem: PostProblem
    let posts: [Post]
    private(set) var flow: FlowNetwork
    /// The arcs that put a person to a post.
    private(set) var ways: [(arc: Int, person: Int, post: Int)] = []
    /// What a post left empty costs, and a person who was not waiting.
    let (empty, asked): (Int, Int)
    private let unfilled: Int

    init(_ problem: PostProblem) {
        self.problem = problem
        let units = problem.units
        posts = units.indices.flatMap { unit in
            units[unit].vacancies < 1
                ? [] : units[unit].posts.filter { $0.value > 0 }.keys.sorted().map { Post(unit: unit, subject: $0) }
        }
        var pairs: [(person: Int, post: Int, points: Int)] = []
        var bySubject: [String: [Int]] = [:]
        for post in posts.indices { bySubject[posts[post].subject, default: []].append(post) }
        let isFree = problem.waived.contains("subject")
        for (place, person) in problem.candidates.enumerated() {
            let near = isFree ? Array(posts.indices) : person.subjects.sorted().flatMap { bySubject[$0] ?? [] }
            for post in near {
                let unit = units[posts[post].unit]
                guard problem.bars(person, unit, posts[post].subject).isEmpty else { continue }
                pairs.append((place, post, problem.points(person, unit, posts[post].subject)))
            }
        }
        let most = pairs.map(\.points).max() ?? 0
        let count = Swift.min(problem.candidates.count, problem.vacancies)
        asked = count * most + 1
        empty = count * (asked + most) + 1
        // Nodes: the source, the end, people, posts, receiving units, giving units, giving units' subjects.
        let giving = PostNetwork.giving(problem)
        let firstPost = 2 + problem.candidates.count
        let firstIn = firstPost + posts.count
        let firstOut = firstIn + units.count
        flow = FlowNetwork(nodes: firstOut + units.count + giving.count)
        flow.supply[0] = problem.vacancies
        flow.supply[1] = -problem.vacancies
        unfilled = flow.arc(0, 1, capacity: problem.vacancies, cost: empty)
        for (unit, vacancy) in units.enumerated() {
            if vacancy.vacancies > 0 { flow.arc(firstIn + unit, 1, capacity: vacancy.vacancies, cost: 0) }
            if vacancy.surplus > 0 { flow.arc(0, firstOut + unit, capacity: vacancy.surplus, cost: 0) }
        }
        for (post, place) in posts.enumerated() {
            flow.arc(firstPost + post, firstIn + place.unit, capacity: units[place.unit].posts[place.subject] ?? 0, cost: 0)
        }
        for (number, group) in giving.enumerated() {
            let node = firstOut + units.count + number
            flow.arc(firstOut + group.unit, node, capacity: units[group.unit].spare[group.subject] ?? 0, cost: 0)
        }
        let groups = Dictionary(giving.enumerated().map { ($1, firstOut + units.count + $0) }) { first, _ in first }
        for (place, person) in problem.candidates.enumerated() {
            if person.reason == .waiting {
                flow.arc(0, 2 + place, capacity: 1, cost: 0)
            } else if let node = groups[Post(unit: person.unit, subject: person.subject)] {
                flow.arc(node, 2 + place, capacity: 1, cost: asked)
            }
        }
        ways = pairs.map { (flow.arc(2 + $0.person, firstPost + $0.post, capacity: 1, cost: $0.points), $0.person, $0.post) }
    }

    /// Units and subjects that have people to spare, in a fixed order.
    private static func giving(_ problem: PostProblem) -> [Post] {
        problem.units.indices.flatMap { unit in
            problem.units[unit].surplus < 1
                ? [] : problem.units[unit].spare.filter { $0.value > 0 }.keys.sorted().map { Post(unit: unit, subject: $0) }
        }
    }

    /// The plan of a flow.
    func plan(_ flows: [Int]) -> PostPlan {
        PostPlan(
            moves: ways.filter { flows[$0.arc] > 0 }.map { way in
                let person = problem.candidates[way.person]
                return PostPlan.Move(
                    person: person.id, from: problem.units[person.unit].id, to: problem.units[posts[way.post].unit].id,
                    subject: posts[way.post].subject)
            }.sorted { $0.person < $1.person })
    }

    /// What a plan costs in the network's terms.
    func cost(_ outcome: PostOutcome) -> Int {
        (problem.vacancies - outcome.filled) * empty + (outcome.filled - outcome.placed) * asked + outcome.points
    }
}
