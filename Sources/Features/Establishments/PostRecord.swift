internal import Foundation
public import Planning
public import PostMatching
public import Staffing
internal import Vocabulary

/// A plan of posts as it is kept and shown: titles instead of places, codes instead of names.
public struct PostRecord: Sendable, Hashable, Codable {
    public typealias Row = PostRow
    public typealias Pool = PostPool
    public typealias Left = PostLeft
    public typealias Empty = PostEmpty

    public var rows: [Row]
    public var empty: [Empty]
    public var pool: [Pool]
    public var left: [Left]
    public var vacancies: Int
    public var candidates: Int
    public var waiting: Int
    public var placed: Int
    public var certificate: Certificate
    public var rules: String
    public var notes: [String]
    /// Nil in plans of before they were written down.
    public var schools: [PostSchool]?
    public var flows: [PostFlow]?

    public init(_ draw: PostDraw, _ plan: PostPlan, _ certificate: Certificate) {
        self.init(draw.problem, notes: draw.notes, plan, certificate)
    }

    public init(_ problem: PostProblem, notes: [String], _ plan: PostPlan, _ certificate: Certificate) {
        let people = Dictionary(problem.candidates.map { ($0.id, $0) }) { first, _ in first }
        let units = Dictionary(problem.units.map { ($0.id, $0) }) { first, _ in first }
        rows = plan.moves.compactMap { move in
            guard let person = people[move.person], let from = units[move.from], let to = units[move.to] else { return nil }
            return Row(
                person: move.person, reason: person.reason.label.zh, subject: person.subject, post: move.subject, from: from.title,
                to: to.title, stage: to.stage.label.zh, metres: problem.metres(from, to))
        }.sorted { ($0.to, $0.post, $0.person) < ($1.to, $1.post, $1.person) }
        empty = PostRecord.empty(problem, plan)
        pool = PostRecord.pool(problem, plan)
        let gone = Set(plan.moves.map(\.person))
        left = problem.candidates.filter { $0.reason == .waiting && !gone.contains($0.id) }.map {
            Left(person: $0.id, subject: $0.subject, school: problem.units[$0.unit].title)
        }
        (vacancies, candidates, waiting) = (problem.vacancies, problem.candidates.count, problem.waiting)
        placed = PostOutcome(problem, plan).placed
        self.certificate = certificate
        rules = problem.rules.citation
        self.notes = notes
        let (schools, flows) = PostRecord.schools(problem, plan)
        (self.schools, self.flows) = (schools, flows)
    }

    /// Whoever has posts to be filled, takes or gives, in the order of the units, and who goes where between them.
    private static func schools(_ problem: PostProblem, _ plan: PostPlan) -> ([PostSchool], [PostFlow]) {
        let subjects = Dictionary(problem.candidates.map { ($0.id, $0.subject) }) { first, _ in first }
        var (takes, gives) = ([String: [String: Int]](), [String: [String: Int]]())
        var counts: [[String]: Int] = [:]
        for move in plan.moves {
            takes[move.to, default: [:]][move.subject, default: 0] += 1
            gives[move.from, default: [:]][subjects[move.person] ?? move.subject, default: 0] += 1
            counts[[move.from, move.to], default: 0] += 1
        }
        let shown = problem.units.filter { $0.vacancies > 0 && !$0.posts.isEmpty || takes[$0.id] != nil || gives[$0.id] != nil }
        let places = Dictionary(shown.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let schools = shown.map { unit in
            PostSchool(
                code: unit.school, title: unit.title, stage: unit.stage, latitude: unit.place?.latitude, longitude: unit.place?.longitude,
                vacancies: Swift.min(unit.vacancies, unit.posts.values.reduce(0, +)), takes: takes[unit.id] ?? [:],
                gives: gives[unit.id] ?? [:])
        }
        let flows = counts.sorted { ($0.key[0], $0.key[1]) < ($1.key[0], $1.key[1]) }.compactMap { way, count in
            places[way[0]].flatMap { from in places[way[1]].map { PostFlow(from: from, to: $0, count: count) } }
        }
        return (schools, flows)
    }

    /// What it brings, in one sentence.
    func headline(_ county: String) -> String { "\(county)\(vacancies)个空岗补上\(rows.count)个，待岗\(waiting)人安置\(placed)人" }

    /// Of whoever goes; nil where nobody does or no distance is known.
    var kilometres: String? {
        let known = rows.compactMap(\.metres)
        return known.isEmpty ? nil : PostRecord.kilometres(known.reduce(0, +) / known.count)
    }

    private static func pool(_ problem: PostProblem, _ plan: PostPlan) -> [Pool] {
        let gone = Set(plan.moves.map(\.person))
        var found: [String: Pool] = [:]
        for person in problem.candidates {
            let unit = problem.units[person.unit]
            let key = "\(unit.id)|\(person.subject)"
            var row =
                found[key]
                ?? Pool(
                    school: unit.title, subject: person.subject, spare: Swift.min(unit.surplus, unit.spare[person.subject, default: 0]))
            switch person.reason {
            case .waiting: row.waiting += 1
            case .willing: row.willing += 1
            case .surplus: row.surplus += 1
            }
            if gone.contains(person.id) { row.went += 1 }
            found[key] = row
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func empty(_ problem: PostProblem, _ plan: PostPlan) -> [Empty] {
        var taken: [String: Int] = [:]
        for move in plan.moves {
            taken[move.to, default: 0] += 1
            taken["\(move.to)|\(move.subject)", default: 0] += 1
        }
        return problem.units.flatMap { unit -> [Empty] in
            var rest = unit.vacancies - taken[unit.id, default: 0]
            return unit.posts.sorted { $0.key < $1.key }.compactMap { subject, count in
                let open = Swift.min(count - taken["\(unit.id)|\(subject)", default: 0], rest)
                guard open > 0 else { return nil }
                rest -= open
                return Empty(school: unit.title, subject: subject, count: open)
            }
        }
    }

    public var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).flatMap { String(data: $0, encoding: .utf8) } ?? "{}"
    }

    public init?(text: String) {
        guard let record = try? JSONDecoder().decode(PostRecord.self, from: Data(text.utf8)) else { return nil }
        self = record
    }

    /// The last four characters of a code, and no more than half of a short one.
    static func masked(_ code: String) -> String { "＊＊" + code.suffix(Swift.min(4, code.count / 2)) }

    /// `3.2公里`, or nothing.
    static func kilometres(_ metres: Int?) -> String { metres.map { "\(($0 + 50) / 100 / 10).\(($0 + 50) / 100 % 10)" } ?? "" }

    var proof: String {
        certificate.status == .proved ? "经证明没有补得更多、安置得更多、分数更低的方案（复核不靠搜索过程）" : "没有证明"
    }
}
