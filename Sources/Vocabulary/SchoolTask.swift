/// What a plan of staff asks of one school: how many it sends and takes, by subject. Never who.
public struct SchoolTask: Sendable, Hashable {
    public struct Line: Sendable, Hashable {
        public var subject: String
        public var out: Int
        public var into: Int

        public init(subject: String, out: Int, into: Int) {
            self.subject = subject
            self.out = out
            self.into = into
        }
    }

    /// What it is about, in a word: `教师交流`.
    public var matter: String
    /// Code and name.
    public var school: String
    public var schoolName: String
    public var title: String
    /// In the order of their subjects.
    public var lines: [Line]

    public init(matter: String, school: String, schoolName: String, title: String, lines: [Line]) {
        self.matter = matter
        self.school = school
        self.schoolName = schoolName
        self.title = title
        self.lines = lines
    }

    public var out: Int { lines.reduce(0) { $0 + $1.out } }
    public var into: Int { lines.reduce(0) { $0 + $1.into } }
}
