public import Vocabulary

/// One teacher's turn at another school, as the register keeps it.
public struct Exchange: Hashable, Sendable, Identifiable {
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// Planned, not begun.
        case planned
        /// At the other school now.
        case serving
        /// The turn is over.
        case finished
        case cancelled

        public var label: LocalizedText {
            switch self {
            case .planned: LocalizedText(zh: "拟交流", en: "Planned")
            case .serving: LocalizedText(zh: "交流中", en: "Serving")
            case .finished: LocalizedText(zh: "已期满", en: "Finished")
            case .cancelled: LocalizedText(zh: "已取消", en: "Cancelled")
            }
        }

        /// The states that may follow.
        public var next: [State] {
            switch self {
            case .planned: [.serving, .cancelled]
            case .serving: [.finished, .cancelled]
            case .finished, .cancelled: []
            }
        }
    }

    /// A school as it is named in the register.
    public struct School: Hashable, Sendable {
        public var code: String
        public var name: String
        /// 城区, 镇区 or 乡村; empty where not told.
        public var setting: String

        public init(code: String, name: String, setting: String = "") {
            self.code = code
            self.name = name
            self.setting = setting
        }
    }

    public var id: String
    public var county: String
    /// The school year in which the turn begins.
    public var year: SchoolYear
    /// The teacher's code in the roster.
    public var teacher: String
    /// Empty where the register keeps none.
    public var name: String
    public var stage: Stage
    public var post: String
    public var isBackbone: Bool
    public var from: School
    public var to: School
    /// Id of a form of exchange in the rules.
    public var form: String
    public var state: State
    /// The last school year of the turn; nil while it goes on.
    public var ended: SchoolYear?
    /// The plan it comes from; nil for what was written in by hand.
    public var plan: String?
    /// Counts the changes.
    public var version: Int

    public init(
        id: String, county: String, year: SchoolYear, teacher: String, name: String = "", stage: Stage, post: String, isBackbone: Bool,
        from: School, to: School, form: String, state: State, ended: SchoolYear? = nil, plan: String? = nil, version: Int = 1
    ) {
        self.id = id
        self.county = county
        self.year = year
        self.teacher = teacher
        self.name = name
        self.stage = stage
        self.post = post
        self.isBackbone = isBackbone
        self.from = from
        self.to = to
        self.form = form
        self.state = state
        self.ended = ended
        self.plan = plan
        self.version = version
    }

    /// Whole school years served at the other school when the school year `last` has ended.
    public func served(by last: SchoolYear) -> Int {
        switch state {
        case .planned, .cancelled: 0
        case .serving: Swift.max(0, last.start - year.start + 1)
        case .finished: Swift.max(0, Swift.min(ended ?? last, last).start - year.start + 1)
        }
    }

    /// What the teacher has earned when the school year `last` has ended.
    public func earned(_ rules: RotationRules, by last: SchoolYear) -> [RotationRules.Incentive] {
        rules.incentives.filter { incentive in
            let fits = incentive.settings.isEmpty || incentive.settings.contains(to.setting)
            return fits && served(by: last) >= incentive.years && state != .cancelled && state != .planned
        }
    }
}

/// How many teachers a county's rates are counted of.
public struct ExchangeBase: Hashable, Sendable {
    public var county: String
    public var year: SchoolYear
    public var eligible: Int
    public var fullTime: Int

    public init(county: String, year: SchoolYear, eligible: Int, fullTime: Int) {
        self.county = county
        self.year = year
        self.eligible = eligible
        self.fullTime = fullTime
    }

    public func count(_ basis: RotationRules.Basis) -> Int { basis == .eligible ? eligible : fullTime }
}
