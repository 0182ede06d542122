public import Vocabulary

/// What a place decides about teachers' exchange: who is eligible, how many, how far, in which forms. `rotation: …` of a catalogue.
public struct RotationRules: Sendable, Identifiable {
    /// First key of its documents.
    public static let documentKind = "rotation"

    /// What the quota is a part of.
    public enum Basis: String, Sendable, CaseIterable, Codable {
        case eligible
        case fullTime = "full-time"

        public var label: LocalizedText {
            switch self {
            case .eligible: LocalizedText(zh: "符合交流条件的教师", en: "eligible teachers")
            case .fullTime: LocalizedText(zh: "专任教师", en: "full-time teachers")
            }
        }
    }

    /// Who may be asked to move.
    public struct Eligibility: Sendable, Hashable {
        public init() {}

        /// 公办, 民办; empty for all.
        public var sponsors: [String] = []
        /// 在编, 非在编; empty for all.
        public var tenures: [String] = []
        /// Years on end at the same school.
        public var years = 0
        /// Highest age by sex on 1 September; sexes left out have none.
        public var oldest: [String: Int] = [:]
        /// Age of retirement by sex, and the years before it in which nobody moves.
        public var retirement: [String: Int] = [:]
        public var beforeRetirement = 0
        /// Words of the column 免交流情形 that exempt.
        public var exempt: [String] = []
        public var sparesHardship = false
        /// Of a couple only one is on the list of a year.
        public var onePerCouple = false
        /// Years after an exchange before the next.
        public var again = 0
    }

    /// Posts that change with each other only, after so many terms.
    public struct Heads: Sendable, Hashable {
        public var posts: [String]
        public var terms: Int
        public var must: Bool

        public init(posts: [String] = [], terms: Int = 0, must: Bool = false) {
            self.posts = posts
            self.terms = terms
            self.must = must
        }
    }

    /// How far, in metres; nil where nothing is ruled.
    public struct Travel: Sendable, Hashable {
        public init() {}
        public var school: Int?
        public var home: Int?
        public var nearest: Int?
    }

    /// Points by which persons of one group are chosen, fewest first.
    public struct Naming: Sendable, Hashable {
        public init() {}
        public var kilometre = 0
        public var year = 0
        public var wish = 0
    }

    public struct Form: Sendable, Hashable, Identifiable {
        public var id: String
        public var label: String
        /// Whether it counts towards the rate.
        public var counts: Bool

        public init(id: String, label: String, counts: Bool) {
            self.id = id
            self.label = label
            self.counts = counts
        }
    }

    /// What an exchanged teacher has a claim to.
    public struct Incentive: Sendable, Hashable, Identifiable {
        public var id: String
        public var label: String
        /// Settings (乡村, 镇区, 城区) of the receiving school it holds for; empty for all.
        public var settings: [String]
        /// Years to be served there.
        public var years: Int

        public init(id: String, label: String, settings: [String], years: Int) {
            self.id = id
            self.label = label
            self.settings = settings
            self.years = years
        }
    }

    public var id: String
    public var label: LocalizedText
    public var document: String
    public var from: Day?
    public var note: String
    public var eligibility: Eligibility
    public var rate: Share
    public var basis: Basis
    /// How much above the rate the plan may go, as a part of the same basis.
    public var room: Share
    public var backboneShare: Share
    public var backboneLevels: [String]
    /// Degrees that count as above the required one.
    public var degrees: [Stage: [String]]
    public var heads: Heads
    public var travel: Travel
    /// Part of the distance that counts inside an alliance.
    public var alliance: Share
    public var naming: Naming
    public var forms: [Form]
    public var incentives: [Incentive]

    /// Rules without a limit beyond those named.
    public init(
        id: String, label: LocalizedText, document: String, eligibility: Eligibility, rate: Share, basis: Basis, room: Share,
        backboneShare: Share, backboneLevels: [String], degrees: [Stage: [String]], forms: [Form] = [], incentives: [Incentive] = []
    ) {
        self.id = id
        self.label = label
        self.document = document
        note = ""
        self.eligibility = eligibility
        self.rate = rate
        self.basis = basis
        self.room = room
        self.backboneShare = backboneShare
        self.backboneLevels = backboneLevels
        self.degrees = degrees
        heads = Heads()
        travel = Travel()
        alliance = Share(basis: 10_000)
        naming = Naming()
        self.forms = forms
        self.incentives = incentives
    }

    public func form(_ id: String) -> Form? { forms.first { $0.id == id } }
    /// The form meant by its id or label.
    public func form(written text: String) -> Form? { forms.first { $0.id == text || $0.label == text } }

    /// Everything that decides who may move where, for fingerprints of problems.
    public var fingerprint: String {
        let ages = [eligibility.oldest, eligibility.retirement].map { $0.sorted { $0.key < $1.key }.map { "\($0.key)\($0.value)" } }
        let degrees = degrees.sorted { $0.key < $1.key }.map { "\($0.key.rawValue)\($0.value)" }
        return
            "\(id)|\(eligibility.sponsors)|\(eligibility.tenures)|\(eligibility.years)|\(ages)|\(eligibility.beforeRetirement)|\(eligibility.exempt)|\(eligibility.sparesHardship)|\(eligibility.onePerCouple)|\(eligibility.again)|\(rate)|\(basis.rawValue)|\(room)|\(backboneShare)|\(backboneLevels)|\(degrees)|\(heads.posts)|\(heads.terms)|\(heads.must)|\(travel.school ?? -1)|\(travel.home ?? -1)|\(travel.nearest ?? -1)|\(alliance)|\(naming.kilometre)|\(naming.year)|\(naming.wish)"
    }
}
