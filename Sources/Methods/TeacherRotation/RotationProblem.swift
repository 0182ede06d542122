public import Exchanges
public import Planning
public import Vocabulary

/// Everything a plan of teachers' exchange depends on. No names: a teacher is a code.
public struct RotationProblem: Sendable {
    public typealias Place = GroundPoint

    /// A school's stage: what has pupils, teachers and figures of its own.
    public struct Unit: Sendable, Identifiable, Codable {
        public var id: String
        public var school: String
        public var title: String
        public var stage: Stage
        public var pupils: Int
        public var sponsor: String
        /// 城区, 镇区 or 乡村; empty where not told.
        public var setting: String
        /// Nil where not told: then no distance can be checked and nobody moves from or to it.
        public var place: Place?
        public var alliance: String

        public init(
            id: String, school: String, title: String, stage: Stage, pupils: Int, sponsor: String = "公办", setting: String = "",
            place: Place?, alliance: String = ""
        ) {
            self.id = id
            self.school = school
            self.title = title
            self.stage = stage
            self.pupils = pupils
            self.sponsor = sponsor
            self.setting = setting
            self.place = place
            self.alliance = alliance
        }
    }

    /// A teacher as the roster tells. What it does not tell is nil or empty.
    public struct Teacher: Sendable, Identifiable, Codable {
        public var id: String
        /// Place in `units`.
        public var unit: Int
        /// Subject, or the post of a head.
        public var post: String
        public var isBackbone: Bool
        public var isQualified: Bool
        public var years: Int?
        public var age: Int?
        public var sex = ""
        public var tenure = ""
        public var exempt = ""
        public var isHardship = false
        /// Code of the husband or wife.
        public var couple = ""
        public var terms: Int?
        /// First calendar year of the school year of the last exchange.
        public var exchanged: Int?
        public var home: Place?
        /// Codes of the schools the teacher would like to go to.
        public var wishes: [String] = []

        public init(id: String, unit: Int, post: String, isBackbone: Bool, isQualified: Bool) {
            self.id = id
            self.unit = unit
            self.post = post
            self.isBackbone = isBackbone
            self.isQualified = isQualified
        }
    }

    public var region: String
    public var year: SchoolYear
    /// In the order of their ids.
    public private(set) var units: [Unit]
    /// In the order of their codes.
    public private(set) var teachers: [Teacher]
    public var rules: RotationRules
    /// Rules put aside, by id: to find which are in conflict.
    public var waived: Set<String> = []

    /// Sorts units and teachers, so that the order in which they are told changes nothing.
    public init(region: String, year: SchoolYear, units: [Unit], teachers: [Teacher], rules: RotationRules) {
        self.region = region
        self.year = year
        self.rules = rules
        let order = units.indices.sorted { units[$0].id < units[$1].id }
        var places = Array(repeating: 0, count: units.count)
        for (place, old) in order.enumerated() { places[old] = place }
        self.units = order.map { units[$0] }
        self.teachers = teachers.map { teacher in
            var copy = teacher
            copy.unit = places[teacher.unit]
            return copy
        }.sorted { $0.id < $1.id }
    }

    public func isHead(_ teacher: Teacher) -> Bool { rules.heads.posts.contains(teacher.post) }

    /// Tells this problem from any other.
    public var digest: String {
        var digest = ProblemDigest()
        digest.add("\(region)|\(year.start)|\(rules.fingerprint)|\(waived.sorted())")
        for unit in units {
            digest.add(
                "\(unit.id)|\(unit.pupils)|\(unit.sponsor)|\(unit.place.map { "\($0.latitude),\($0.longitude)" } ?? "")|\(unit.alliance)")
        }
        for teacher in teachers {
            digest.add(
                "\(teacher.id)|\(teacher.unit)|\(teacher.post)|\(teacher.isBackbone)|\(teacher.isQualified)|\(teacher.years ?? -1)|\(teacher.age ?? -1)|\(teacher.sex)|\(teacher.tenure)|\(teacher.exempt)|\(teacher.isHardship)|\(teacher.couple)|\(teacher.terms ?? -1)|\(teacher.exchanged ?? -1)|\(teacher.home.map { "\($0.latitude),\($0.longitude)" } ?? "")|\(teacher.wishes)"
            )
        }
        return digest.hex
    }
}
