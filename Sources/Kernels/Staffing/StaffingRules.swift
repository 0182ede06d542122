public import Vocabulary

/// What a place decides about schools' staff: how many, of which subjects, until which age, and how posts are filled.
/// `staffing: …` of a catalogue. Parts of a whole are kept in thousandths, so that nothing is lost.
public struct StaffingRules: Sendable, Identifiable {
    /// First key of its documents.
    public static let documentKind = "staffing"

    /// Small schools whose staff is counted by classes besides pupils.
    public struct Small: Sendable, Hashable {
        public var label: String
        public var stage: Stage
        /// 城区, 镇区, 乡村.
        public var settings: [String]
        /// Pupils below which the rule holds.
        public var below: Int
        /// Staff for a class, in thousandths.
        public var perClass: Int
        public var least: Int

        public func holds(_ unit: StaffUnit, pupils: Int) -> Bool {
            unit.stage == stage && settings.contains(unit.setting) && pupils < below
        }
    }

    /// So many posts for every so many boarders.
    public struct Boarding: Sendable, Hashable {
        public var every: Int
        public var add: Int
    }

    /// Lessons a class has in a week and lessons a teacher gives, in thousandths.
    public struct Curriculum: Sendable {
        public var stage: Stage
        public var load: Int
        public var loads: [String: Int]
        public var hours: [(subject: String, lessons: Int)]

        /// Teachers needed for so many classes, in thousandths, cut off.
        public func need(_ subject: String, classes: Int) -> Int? {
            guard let lessons = hours.first(where: { $0.subject == subject })?.lessons else { return nil }
            return lessons * classes * 1_000 / Swift.max(1, loads[subject] ?? load)
        }
    }

    /// How pupils of the years to come are counted.
    public struct Forecast: Sendable, Hashable {
        /// What is taken for new pupils where nobody has told how many.
        public enum Intake: String, Sendable, CaseIterable {
            case hold
            case unknown
        }
        public var ahead = 0
        public var classSize: [Stage: Int] = [:]
        /// Part that goes up a grade, and from primary to junior school, in thousandths.
        public var progress = 1_000
        public var transfer = 1_000
        public var intake = Intake.unknown

        public init() {}
    }

    /// Who may go to which vacant post.
    public struct Posts: Sendable, Hashable {
        /// Points by which one post is better than another, fewest first.
        public struct Points: Sendable, Hashable {
            public var kilometre = 0
            public var subject = 0
            public var stage = 0
            public var wish = 0
            public var unasked = 0

            public init() {}
        }
        /// Metres; nil where nothing is ruled.
        public var distance: Int?
        /// Years before retirement in which nobody is asked to go.
        public var beforeRetirement = 0
        public var exempt: [String] = []
        public var sparesHardship = false
        /// Whoever is qualified for a higher stage may teach the lower ones.
        public var downward = false
        public var points = Points()

        public init() {}
    }

    public var id: String
    public var label: LocalizedText
    public var document: String
    public var from: Day?
    public var note: String
    public var sponsors: [String]
    public var tenures: [String]
    /// Pupils for one of the staff, in thousandths.
    public var ratios: [Stage: Int]
    public var small: [Small]
    public var boarding: Boarding?
    public var teaching: [String]
    public var heads: [String]
    public var curricula: [Curriculum]
    /// The subject meant by another word for it.
    public var aliases: [String: String]
    public var retirement: RetirementRules
    public var forecast: Forecast
    public var posts: Posts

    public func curriculum(_ stage: Stage) -> Curriculum? { curricula.first { $0.stage == stage } }
    /// A subject under its usual name.
    public func subject(_ written: String) -> String { aliases[written] ?? written }

    /// Whether a person teaches a subject. Whose kind of work is not told is taken for a teacher.
    public func teaches(_ member: StaffMember) -> Bool {
        (member.category.isEmpty || teaching.contains(member.category)) && !heads.contains(member.subject)
    }

    /// The words papers and pages cite the rules with.
    public var citation: String { "\(label.zh)，依据\(document)" }

    /// Everything that decides who may go to which post, for fingerprints of problems.
    public var postsFingerprint: String {
        let points = posts.points
        return
            "\(id)|\(posts.distance ?? -1)|\(posts.downward)|\(points.kilometre)|\(points.subject)|\(points.stage)|\(points.wish)|\(points.unasked)"
    }
}
