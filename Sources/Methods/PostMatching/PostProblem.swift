public import Planning
public import Staffing
public import Vocabulary

/// Who may go to which vacant post of a county (县管校聘). No names: a person is a code.
public struct PostProblem: Sendable {
    public typealias Place = GroundPoint

    /// A school's stage with its vacancies, or with people to spare.
    public struct Unit: Sendable, Identifiable, Codable {
        public var id: String
        public var school: String
        public var title: String
        public var stage: Stage
        /// Nil where not told: then no distance can be checked.
        public var place: Place?
        /// People it may take in all, and for each subject.
        public var vacancies: Int
        public var posts: [String: Int]
        /// People it may give besides those who are out already, in all and of each subject.
        public var surplus: Int
        public var spare: [String: Int]

        public init(
            id: String, school: String, title: String, stage: Stage, place: Place?, vacancies: Int = 0, posts: [String: Int] = [:],
            surplus: Int = 0, spare: [String: Int] = [:]
        ) {
            self.id = id
            self.school = school
            self.title = title
            self.stage = stage
            self.place = place
            self.vacancies = vacancies
            self.posts = posts
            self.surplus = surplus
            self.spare = spare
        }
    }

    /// Why somebody may be asked to go.
    public enum Reason: String, Sendable, Codable, CaseIterable {
        /// 待岗, 自愿, 超编.
        case waiting
        case willing
        case surplus

        public var label: LocalizedText {
            switch self {
            case .waiting: LocalizedText(zh: "待岗", en: "Without a post")
            case .willing: LocalizedText(zh: "自愿", en: "Willing")
            case .surplus: LocalizedText(zh: "超编", en: "Over establishment")
            }
        }
    }

    public struct Candidate: Sendable, Identifiable, Codable {
        public var id: String
        /// Place in `units`.
        public var unit: Int
        public var subject: String
        /// Subjects the person may teach, the own one included.
        public var subjects: Set<String>
        /// The highest stage the person is qualified for.
        public var qualified: Stage
        public var reason: Reason
        /// Codes of schools.
        public var wishes: [String]

        public init(
            id: String, unit: Int, subject: String, subjects: Set<String> = [], qualified: Stage, reason: Reason, wishes: [String] = []
        ) {
            self.id = id
            self.unit = unit
            self.subject = subject
            self.subjects = subjects.union([subject])
            self.qualified = qualified
            self.reason = reason
            self.wishes = wishes
        }
    }

    public var region: String
    public var year: SchoolYear
    public private(set) var units: [Unit]
    public private(set) var candidates: [Candidate]
    public var rules: StaffingRules
    /// Whether everybody without a post must get one.
    public var placesEveryone: Bool
    /// Rules put aside, by id: to find which are in conflict.
    public var waived: Set<String> = []

    /// Sorts units and people, so that the order in which they are told changes nothing.
    public init(region: String, year: SchoolYear, units: [Unit], candidates: [Candidate], rules: StaffingRules, placesEveryone: Bool) {
        self.region = region
        self.year = year
        self.rules = rules
        self.placesEveryone = placesEveryone
        let order = units.indices.sorted { units[$0].id < units[$1].id }
        var places = Array(repeating: 0, count: units.count)
        for (place, old) in order.enumerated() { places[old] = place }
        self.units = order.map { units[$0] }
        self.candidates = candidates.map { candidate in
            var copy = candidate
            copy.unit = places[candidate.unit]
            return copy
        }.sorted { $0.id < $1.id }
    }

    /// Vacant posts that can be filled: no unit takes more than it lacks, nor more of a subject.
    public var vacancies: Int { units.reduce(0) { $0 + Swift.min($1.vacancies, $1.posts.values.reduce(0, +)) } }
    public var waiting: Int { candidates.count { $0.reason == .waiting } }

    /// The rules somebody breaks at a post; empty where nothing is in the way.
    public func bars(_ candidate: Candidate, _ unit: Unit, _ subject: String) -> [String] {
        let from = units[candidate.unit]
        var found: [String] = []
        if unit.school == from.school { found.append("own") }
        if unit.vacancies < 1 || unit.posts[subject, default: 0] < 1 { found.append("vacancy") }
        let isLower = rules.posts.downward ? unit.stage <= candidate.qualified : unit.stage == candidate.qualified
        if unit.stage != from.stage, !isLower { found.append("stage") }
        if !candidate.subjects.contains(subject) { found.append("subject") }
        if let most = rules.posts.distance, unit.school != from.school, metres(from, unit).map({ $0 > most }) ?? true {
            found.append("distance")
        }
        return found.filter { !waived.contains($0) }
    }

    /// Points of somebody at a post, fewest first.
    public func points(_ candidate: Candidate, _ unit: Unit, _ subject: String) -> Int {
        let (from, weights) = (units[candidate.unit], rules.posts.points)
        var sum = ((metres(from, unit) ?? rules.posts.distance ?? 0) + 500) / 1_000 * weights.kilometre
        if subject != candidate.subject { sum += weights.subject }
        if unit.stage != from.stage { sum += weights.stage }
        if !candidate.wishes.isEmpty, !candidate.wishes.contains(unit.school) { sum += weights.wish }
        if candidate.reason == .surplus { sum += weights.unasked }
        return sum
    }

    /// Nil where one of the two is not told.
    public func metres(_ from: Unit, _ to: Unit) -> Int? { from.place.flatMap { here in to.place.map { here.metres(to: $0) } } }

    /// Tells this problem from any other.
    public var digest: String {
        var digest = ProblemDigest()
        digest.add("\(region)|\(year.start)|\(rules.postsFingerprint)|\(placesEveryone)|\(waived.sorted())")
        func counts(_ counts: [String: Int]) -> String {
            counts.sorted { $0.key < $1.key }.map { "\($0.key)\($0.value)" }.joined(separator: ",")
        }
        for unit in units {
            let place = unit.place.map { "\($0.latitude),\($0.longitude)" } ?? ""
            digest.add(
                "\(unit.id)|\(unit.school)|\(unit.stage.rawValue)|\(place)|\(unit.vacancies)|\(counts(unit.posts))|\(unit.surplus)|\(counts(unit.spare))"
            )
        }
        for person in candidates {
            digest.add(
                "\(person.id)|\(person.unit)|\(person.subject)|\(person.subjects.sorted())|\(person.qualified.rawValue)|\(person.reason.rawValue)|\(person.wishes)"
            )
        }
        return digest.hex
    }
}
