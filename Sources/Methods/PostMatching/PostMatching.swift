public import Planning
internal import Vocabulary

/// Fills the most posts, places the most people who are without one, and then finds the fewest points. Pure: no solver, no chance.
public struct PostMatching: Sendable {
    public enum Answer: Sendable {
        case plan(PostPlan, Certificate, PostProof)
        /// Not everybody without a post can get one, though the problem asks for it.
        case infeasible([PlanRule], PostShortage, Certificate)
    }

    private let clock: @Sendable () -> Double
    private let isCancelled: @Sendable () -> Bool

    public init(clock: @escaping @Sendable () -> Double, isCancelled: @escaping @Sendable () -> Bool = { false }) {
        self.clock = clock
        self.isCancelled = isCancelled
    }

    /// What comes of a search that was cancelled is no plan: it does not pass `verify`.
    public func plan(_ problem: PostProblem) -> Answer {
        let start = clock()
        let network = PostNetwork(problem)
        // Every vacancy can stay empty, so there is always a flow.
        guard let found = network.flow.proved(isCancelled: isCancelled) else {
            let nothing = Certificate(status: .undecided, solver: "最小费用流", problem: problem.digest, seconds: clock() - start)
            return .plan(PostPlan(), nothing, PostProof(prices: []))
        }
        let plan = network.plan(found.flows)
        let outcome = PostOutcome(problem, plan)
        var certificate = Certificate(
            status: .proved, objective: Double(network.cost(outcome)), bound: network.flow.bound(found.prices).map(Double.init),
            checkedBound: network.flow.bound(found.prices).map(Double.init), solver: "最小费用流", problem: problem.digest, seconds: 0)
        if problem.placesEveryone, outcome.placed < problem.waiting {
            (certificate.status, certificate.objective) = (.infeasible, nil)
            (certificate.bound, certificate.checkedBound) = (nil, nil)
            certificate.seconds = clock() - start
            return .infeasible(conflict(problem), PostShortage(problem, plan, network.posts), certificate)
        }
        certificate.seconds = clock() - start
        return .plan(plan, certificate, PostProof(prices: found.prices))
    }

    /// The rules of which one may be put aside so that everybody gets a post; with the two that always stand in the way.
    private func conflict(_ problem: PostProblem) -> [PlanRule] {
        let all: [(id: String, rule: PlanRule)] = [
            ("distance", PlanRule("distance", LocalizedText(zh: "距离上限"), "两校直线距离不超过规定")),
            ("subject", PlanRule("subject", LocalizedText(zh: "学科对口"), "只到本人能教的学科")),
            ("stage", PlanRule("stage", LocalizedText(zh: "学段资格"), "教师资格与学段相符")),
        ]
        let eased = all.filter { entry in
            var other = problem
            other.waived.insert(entry.id)
            let network = PostNetwork(other)
            guard let flows = network.flow.cheapest() else { return false }
            return PostOutcome(other, network.plan(flows)).placed == problem.waiting
        }
        return [
            PlanRule("everyone", LocalizedText(zh: "待岗人员全部安置"), "待岗\(problem.waiting)人"),
            PlanRule("vacancy", LocalizedText(zh: "只补空岗，不超编"), "空岗\(problem.vacancies)个"),
        ] + eased.map(\.rule)
    }
}

extension PostShortage {
    /// From those left over: the posts they may have, who has those, the posts they may have, and so on until nothing new is reached.
    init(_ problem: PostProblem, _ plan: PostPlan, _ posts: [PostNetwork.Post]) {
        let ids = Dictionary(problem.units.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let waiting = problem.candidates.filter { $0.reason == .waiting }
        var held: [PostNetwork.Post: [String]] = [:]
        var taken: [Int: [String]] = [:]
        for move in plan.moves {
            guard let unit = ids[move.to] else { continue }
            held[.init(unit: unit, subject: move.subject), default: []].append(move.person)
            taken[unit, default: []].append(move.person)
        }
        let byID = Dictionary(waiting.map { ($0.id, $0) }) { first, _ in first }
        let placed = Set(plan.moves.map(\.person))
        var reached = waiting.map(\.id).filter { !placed.contains($0) }
        var (people, fullPosts, fullUnits) = (Set(reached), Set<PostNetwork.Post>(), Set<Int>())
        while let next = reached.popLast() {
            guard let person = byID[next] else { continue }
            for post in posts where problem.bars(person, problem.units[post.unit], post.subject).isEmpty {
                let unit = problem.units[post.unit]
                var others: [String] = []
                if held[post, default: []].count >= unit.posts[post.subject, default: 0] {
                    if fullPosts.insert(post).inserted { others = held[post] ?? [] }
                } else if fullUnits.insert(post.unit).inserted {
                    others = taken[post.unit] ?? []
                }
                for other in others where people.insert(other).inserted { reached.append(other) }
            }
        }
        fullPosts = fullPosts.filter { !fullUnits.contains($0.unit) }
        self.people = people.sorted()
        self.posts = fullPosts.map { [problem.units[$0.unit].id, $0.subject] }.sorted { $0.lexicographicallyPrecedes($1) }
        full = fullUnits.map { problem.units[$0].id }.sorted()
        room = PostShortage.room(problem, posts: self.posts, full: full)
    }

    /// How many the posts and units take at most.
    static func room(_ problem: PostProblem, posts: [[String]], full: [String]) -> Int {
        let units = Dictionary(problem.units.map { ($0.id, $0) }) { first, _ in first }
        var sums: [String: Int] = [:]
        for post in posts where post.count == 2 { sums[post[0], default: 0] += units[post[0]]?.posts[post[1]] ?? 0 }
        return full.reduce(0) { $0 + (units[$1]?.vacancies ?? 0) }
            + sums.reduce(0) { $0 + Swift.min($1.value, units[$1.key]?.vacancies ?? 0) }
    }
}
