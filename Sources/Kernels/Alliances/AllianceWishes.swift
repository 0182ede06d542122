public import Vocabulary

/// An alliance somebody wants founded; schools by their codes.
public struct AllianceWish: Hashable, Sendable {
    public struct Member: Hashable, Sendable {
        public var school: String
        public var role: Alliance.Member.Role
        /// Only this stage; nil for the whole school.
        public var stage: Stage?

        public init(_ school: String, _ role: Alliance.Member.Role = .supported, stage: Stage? = nil) {
            self.school = school
            self.role = role
            self.stage = stage
        }
    }

    public var name: String
    public var form: String
    public var lead: String
    /// Nil where what was written is no day.
    public var founded: Day?
    public var members: [Member]

    public init(name: String, form: String, lead: String, founded: Day?, members: [Member]) {
        self.name = name
        self.form = form
        self.lead = lead
        self.founded = founded
        self.members = members
    }
}

/// Something done that somebody wants written in.
public struct ActivityWish: Hashable, Sendable {
    public var kind: AllianceActivity.Kind
    public var day: Day
    public var count: Int
    public var days: Int?
    public var subject: String
    /// School codes; the second is empty for all members.
    public var from, to: String
    public var evidence: String

    public init(
        _ kind: AllianceActivity.Kind, day: Day, count: Int, days: Int? = nil, subject: String = "", from: String, to: String = "",
        evidence: String
    ) {
        self.kind = kind
        self.day = day
        self.count = count
        self.days = days
        self.subject = subject
        self.from = from
        self.to = to
        self.evidence = evidence
    }
}
