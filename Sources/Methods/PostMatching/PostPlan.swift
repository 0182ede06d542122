/// Who goes to which post.
public struct PostPlan: Sendable, Hashable, Codable {
    public struct Move: Sendable, Hashable, Codable {
        public var person: String
        /// Ids of units.
        public var from: String
        public var to: String
        /// The subject of the post.
        public var subject: String

        public init(person: String, from: String, to: String, subject: String) {
            self.person = person
            self.from = from
            self.to = to
            self.subject = subject
        }
    }

    /// In the order of the persons' codes.
    public var moves: [Move]

    public init(moves: [Move] = []) { self.moves = moves }
}

/// What a plan comes to, recounted from the problem alone.
public struct PostOutcome: Sendable, Hashable {
    public private(set) var filled = 0
    /// People without a post who get one.
    public private(set) var placed = 0
    public private(set) var points = 0
    public private(set) var metres = 0
    /// What names no person, unit or post, or a person twice.
    public private(set) var mistakes: [String] = []

    public init(_ problem: PostProblem, _ plan: PostPlan) {
        let people = Dictionary(problem.candidates.map { ($0.id, $0) }) { first, _ in first }
        let units = Dictionary(problem.units.map { ($0.id, $0) }) { first, _ in first }
        var seen: Set<String> = []
        for move in plan.moves {
            guard let person = people[move.person], let unit = units[move.to], problem.units[person.unit].id == move.from else {
                mistakes.append("“\(move.person)”到“\(move.to)”：没有这样的人或学校")
                continue
            }
            if !seen.insert(move.person).inserted { mistakes.append("“\(move.person)”不止一个岗位") }
            filled += 1
            if person.reason == .waiting { placed += 1 }
            points += problem.points(person, unit, move.subject)
            metres += problem.metres(problem.units[person.unit], unit) ?? 0
        }
    }
}

/// Prices of the network's nodes: what proves that no plan is better.
public struct PostProof: Sendable, Hashable, Codable {
    public var prices: [Int]
    public init(prices: [Int]) { self.prices = prices }
}

/// People without a post of whom not all can get one: the posts they may have are fewer than they are.
public struct PostShortage: Sendable, Hashable, Codable {
    public var people: [String]
    /// Posts as unit ids with their subjects.
    public var posts: [[String]]
    /// Units that are full whatever the subject.
    public var full: [String]
    public var room: Int
}
