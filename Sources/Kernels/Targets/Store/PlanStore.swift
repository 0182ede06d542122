public import Vocabulary

/// What happened to an adopted plan so far.
public struct PlanRecord: Sendable {
    /// By day, then as entered.
    public var entries: [EvidenceEntry]
    /// Lights set by hand that hold, by line.
    public var overrides: [String: LightOverride]
    /// How often a line was written to: whoever writes tells which state was seen.
    public var versions: [String: Int]

    public init(entries: [EvidenceEntry] = [], overrides: [String: LightOverride] = [:], versions: [String: Int] = [:]) {
        self.entries = entries
        self.overrides = overrides
        self.versions = versions
    }

    public func version(_ item: String) -> Int { versions[item] ?? 0 }
    public func entries(of item: String) -> [EvidenceEntry] { entries.filter { $0.item == item } }
}

/// A plan a bureau works by, in the text it was adopted in.
public struct PlanAdoption: Hashable, Sendable {
    public var plan: String
    /// Counts from 1 for every plan; the newest holds.
    public var version: Int
    public var title: String
    /// The definition as YAML.
    public var body: String
    public var by: PlanSignature

    public init(plan: String, version: Int, title: String, body: String, by: PlanSignature) {
        self.plan = plan
        self.version = version
        self.title = title
        self.body = body
        self.by = by
    }
}

/// Adopted plans with evidence, lights set by hand and weekly history. Refusals are `PlanRefusal`s in the user's words.
public protocol PlanStore: Sendable {
    /// Makes a plan, or a new version of it, the one worked by. Throws `stale` when somebody adopted another meanwhile.
    func adopt(_ plan: String, title: String, body: String, seen version: Int, by: PlanSignature) async throws -> PlanAdoption
    /// The newest version of every plan, in order of first adoption.
    func adoptions() async throws -> [PlanAdoption]
    /// All versions of one, newest first.
    func versions(of plan: String) async throws -> [PlanAdoption]

    func record(of plan: String) async throws -> PlanRecord
    /// Throws `stale` when the line was written to since `seen`.
    func enter(_ entry: EvidenceEntry, seen version: Int) async throws
    /// A document that comes later. Throws `state` for an entry taken back.
    func attach(_ document: EvidenceDocument, to entry: String) async throws
    func withdraw(_ entry: String, reason: String, seen version: Int, by: PlanSignature) async throws
    /// Sets a light by hand, or with nil lifts it. Both need a reason.
    func override(_ light: PlanLight?, of item: String, in plan: String, reason: String, seen version: Int, by: PlanSignature) async throws
    /// Every light set or lifted by hand, newest first, with nil for lifting.
    func overrideHistory(of item: String, in plan: String) async throws -> [OverrideStep]

    /// Keeps how the leaves stand; the same week is written over.
    func keep(_ records: [WeekRecord], of plan: String) async throws
    func history(of plan: String) async throws -> [WeekRecord]
}

/// A light set or lifted by hand, as kept.
public struct OverrideStep: Hashable, Sendable {
    public var light: PlanLight?
    public var reason: String
    public var by: PlanSignature

    public init(light: PlanLight?, reason: String, by: PlanSignature) {
        self.light = light
        self.reason = reason
        self.by = by
    }
}

/// A plan's "no" in the user's words.
public struct PlanRefusal: Refusal, Hashable {
    public enum Code: String, Hashable, Sendable {
        /// There is no such thing.
        case unknown
        /// The thing stands where the step is not allowed.
        case state
        /// Somebody else was quicker.
        case stale
        /// What was filled in cannot be taken.
        case invalid
    }

    public var code: Code
    public var message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var ground: RefusalGround {
        switch code {
        case .unknown: .unknown
        case .state: .rule
        case .stale: .stale
        case .invalid: .input
        }
    }

    public static let stale = PlanRefusal(.stale, "这一条刚刚有人改过，您看到的已不是最新的。请看过现在的内容再办理，刚才填的没有保存")

    /// A reason must be given and bearable.
    public static func check(reason: String) throws(PlanRefusal) {
        if reason.allSatisfy(\.isWhitespace) { throw PlanRefusal(.invalid, "请写明理由，没有理由不能保存") }
        if reason.count > 500 { throw PlanRefusal(.invalid, "理由最多500字，现在有\(reason.count)字，请缩短") }
    }
}
