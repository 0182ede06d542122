public import Foundation
public import Vocabulary

/// Somebody of a pool and the post the plan gives: codes, no names.
public struct PostRow: Sendable, Hashable, Codable {
    public var person: String
    public var reason: String
    /// What the person teaches now, and what the post is for.
    public var subject: String
    public var post: String
    public var from: String
    public var to: String
    public var stage: String
    /// Nil where a place is not told.
    public var metres: Int?

    public init(person: String, reason: String, subject: String, post: String, from: String, to: String, stage: String, metres: Int?) {
        self.person = person
        self.reason = reason
        self.subject = subject
        self.post = post
        self.from = from
        self.to = to
        self.stage = stage
        self.metres = metres
    }
}

/// Who of a school and subject may go, and how many of them went.
public struct PostPool: Sendable, Hashable, Codable {
    public var school: String
    public var subject: String
    public var waiting = 0
    public var willing = 0
    public var surplus = 0
    /// People the school may give of the subject besides those waiting.
    public var spare: Int
    public var went = 0

    public init(school: String, subject: String, spare: Int) {
        self.school = school
        self.subject = subject
        self.spare = spare
    }
}

/// Somebody without a post who gets none.
public struct PostLeft: Sendable, Hashable, Codable {
    public var person: String
    public var subject: String
    public var school: String

    public init(person: String, subject: String, school: String) {
        self.person = person
        self.subject = subject
        self.school = school
    }
}

/// Posts nobody takes.
public struct PostEmpty: Sendable, Hashable, Codable {
    public var school: String
    public var subject: String
    public var count: Int

    public init(school: String, subject: String, count: Int) {
        self.school = school
        self.subject = subject
        self.count = count
    }
}

/// A school's stage that takes or gives people under a plan, or has posts nobody takes.
public struct PostSchool: Sendable, Hashable, Codable {
    public var code: String
    public var title: String
    public var stage: Stage
    /// Millionths of a degree; nil where not told.
    public var latitude: Int?
    public var longitude: Int?
    /// Posts that can be filled, before the plan.
    public var vacancies: Int
    /// People by subject: of the posts they take here, and of what those taught who go.
    public var takes: [String: Int]
    public var gives: [String: Int]

    public init(
        code: String, title: String, stage: Stage, latitude: Int?, longitude: Int?, vacancies: Int, takes: [String: Int],
        gives: [String: Int]
    ) {
        (self.code, self.title, self.stage) = (code, title, stage)
        (self.latitude, self.longitude, self.vacancies) = (latitude, longitude, vacancies)
        (self.takes, self.gives) = (takes, gives)
    }

    public var filled: Int { takes.values.reduce(0, +) }
    public var gave: Int { gives.values.reduce(0, +) }
}

/// People who go from one school of a plan to another, by their places in its list.
public struct PostFlow: Sendable, Hashable, Codable {
    public var from: Int
    public var to: Int
    public var count: Int

    public init(from: Int, to: Int, count: Int) { (self.from, self.to, self.count) = (from, to, count) }
}

/// A plan of posts as it is told to whoever asks: codes only to those who arrange staff there.
public struct ToldPostPlan: Sendable, Hashable, Identifiable {
    public var id: String
    public var county: String
    public var year: SchoolYear
    public var madeBy: String
    public var madeAt: Date
    public var adoptedBy: String?
    public var adoptedAt: Date?
    public var vacancies = 0
    public var candidates = 0
    /// Without a post, and how many of them get one.
    public var waiting = 0
    public var placed = 0
    public var rules = ""
    public var proof = ""
    public var notes: [String] = []
    public var rows: [PostRow] = []
    public var empty: [PostEmpty] = []
    public var pool: [PostPool] = []
    public var left: [PostLeft] = []
    /// Empty in plans that were made without them.
    public var schools: [PostSchool] = []
    /// The job that worked it out.
    public var task: String?

    public init(_ kept: RosterPlan) {
        id = kept.id
        county = kept.county
        year = kept.year
        madeBy = kept.madeBy
        madeAt = kept.madeAt
        adoptedBy = kept.adoptedBy
        adoptedAt = kept.adoptedAt
        task = kept.job
    }
}

/// A county's survey with where it comes from.
public struct ToldSurvey: Sendable, Hashable {
    public var survey: StaffingSurvey
    /// Who handed the roster in, and when; nil where there is none and today's returns speak alone.
    public var madeBy: String?
    public var madeAt: Date?

    public init(_ survey: StaffingSurvey, _ kept: KeptSurvey?) {
        self.survey = survey
        madeBy = kept?.madeBy
        madeAt = kept?.madeAt
    }
}
