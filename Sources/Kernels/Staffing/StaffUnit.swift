public import Vocabulary

/// A school's stage as the returns and the staffing sheet tell it. What they do not tell is nil.
public struct StaffUnit: Sendable, Hashable, Identifiable {
    public var id: String
    public var school: String
    public var title: String
    public var stage: Stage
    /// 城区, 镇区 or 乡村; empty where not told.
    public var setting: String
    public var sponsor: String
    /// Millionths of a degree, as written.
    public var latitude: Int?
    public var longitude: Int?
    public var pupils: Int?
    public var classes: Int?
    /// What the office for establishments has approved.
    public var approved: Int?
    public var boarders: Int?
    /// Posts approved on top of the rule.
    public var extra: Int?
    /// Pupils by grade, lowest first; empty where not told grade by grade.
    public var grades: [Int] = []
    /// New pupils of the lowest grade in one, two … years.
    public var intakes: [Int?] = []
    /// All pupils in one, two … years as somebody else foresees them.
    public var foreseen: [Int?] = []

    public init(
        id: String, school: String, title: String, stage: Stage, setting: String = "", sponsor: String = "公办", pupils: Int? = nil,
        classes: Int? = nil
    ) {
        self.id = id
        self.school = school
        self.title = title
        self.stage = stage
        self.setting = setting
        self.sponsor = sponsor
        self.pupils = pupils
        self.classes = classes
    }
}

/// One of the staff as the roster tells: a code, no name.
public struct StaffMember: Sendable, Hashable, Identifiable {
    public var id: String
    /// Place among the units.
    public var unit: Int
    /// 专任教师, 行政管理, 教学辅助, 工勤; empty where not told.
    public var category: String
    /// Subject, or the post of a head.
    public var subject: String
    public var title = ""
    public var sex = ""
    public var born: Month?
    /// 在编, 非在编; empty where not told.
    public var tenure = ""
    /// Other subjects the person may teach.
    public var subjects: [String] = []
    /// The stage the person is qualified for; nil where not told.
    public var qualified: Stage?
    /// 待岗 or 自愿; empty for everybody else.
    public var pool = ""
    public var exempt = ""
    public var isHardship = false
    /// Codes of the schools the person would like to go to.
    public var wishes: [String] = []

    public init(id: String, unit: Int, category: String = "", subject: String) {
        self.id = id
        self.unit = unit
        self.category = category
        self.subject = subject
    }
}
