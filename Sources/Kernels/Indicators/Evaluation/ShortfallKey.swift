public import Vocabulary

/// What a shortfall is about, whatever the school year and however large it is: a school's stage under one item of a standard.
public struct ShortfallKey: Hashable, Sendable, CustomStringConvertible {
    public var standard: String
    public var school: String
    /// nil for tests of a school as a whole.
    public var stage: Stage?
    public var code: String

    public init(standard: String, school: String, stage: Stage?, code: String) {
        self.standard = standard
        self.school = school
        self.stage = stage
        self.code = code
    }

    public init(_ shortfall: Shortfall, standard: String) {
        self.init(standard: standard, school: shortfall.school, stage: shortfall.stage, code: shortfall.code)
    }

    /// `balance-2017/2137020001/primary/L1`.
    public var description: String { "\(standard)/\(school)/\(stage?.rawValue ?? "school")/\(code)" }

    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        let stage = Stage(rawValue: parts[2])
        guard stage != nil || parts[2] == "school" else { return nil }
        self.init(standard: parts[0], school: parts[1], stage: stage, code: parts[3])
    }
}

extension StandardResult {
    /// The county a school was judged in.
    public func county(ofSchool school: String) -> CountyResult? {
        counties.first { county in county.units.contains { $0.school == school } }
    }
}

/// How far a shortfall is to be made good.
public enum ShortfallGoal: String, Sendable, CaseIterable {
    /// To the threshold of the item.
    case threshold
    /// To the floor no item may fall under: enough where the school may miss this item.
    case floor
}

/// How a school's unit stands on one item now: the number against its bound, with nobody's word for it.
public struct ItemStanding: Hashable, Sendable {
    public var verdict: Verdict
    public var value: Double?
    public var bound: Double?
    public var cv: Double?
    /// In the user's words.
    public var sentence: String

    public init(verdict: Verdict, value: Double?, bound: Double?, cv: Double?, sentence: String) {
        self.verdict = verdict
        self.value = value
        self.bound = bound
        self.cv = cv
        self.sentence = sentence
    }
}

extension StandardResult {
    /// nil where the school was not judged at all. Held against what the goal asks, by itself the threshold. A miss the rule allows still is a miss here: what was asked for is not there.
    public func standing(_ key: ShortfallKey, upTo goal: ShortfallGoal = .threshold) -> ItemStanding? {
        guard let county = county(ofSchool: key.school) else { return nil }
        let label = schoolYear.label.zh
        guard let stage = key.stage else {
            let gap = county.shortfalls.first { $0.school == key.school && $0.stage == nil && $0.code == key.code }
            guard let gap else {
                // Without a gap the test may have been answered or not; only an answered one is met.
                let item = county.parts.flatMap(\.items).first { $0.code == key.code }
                let isOpen = item?.tests.contains { $0.unanswered > 0 } ?? true
                return ItemStanding(
                    verdict: isOpen ? .insufficient : .met, value: nil, bound: nil, cv: nil,
                    sentence: isOpen ? "\(label)\(key.code)还有资料没有上报" : "\(label)\(key.code)已没有缺口")
            }
            return ItemStanding(
                verdict: .notMet, value: gap.value, bound: gap.threshold, cv: nil, sentence: "\(label)\(key.code)仍有缺口：\(gap.ruleText)")
        }
        guard let unit = county.units(of: key.school).first(where: { $0.stage == stage }) else { return nil }
        let indicator = county.stage(stage)?.indicator(key.code)
        guard let value = unit.values[key.code] else {
            return ItemStanding(
                verdict: .insufficient, value: nil, bound: indicator?.threshold, cv: indicator?.cv, sentence: "\(label)\(key.code)没有算得出的值")
        }
        guard let bound = indicator?.threshold else {
            return ItemStanding(
                verdict: .measured, value: value, bound: nil, cv: indicator?.cv,
                sentence: "\(label)\(key.code)现值\(ItemStanding.short(value))")
        }
        let floor = goal == .floor ? indicator?.floor : nil
        let isMet = Comparison.atLeast.holds(value, floor ?? bound)
        let asked = floor.map { "要求补到底线\(ItemStanding.short($0))（标准\(ItemStanding.short(bound))）" } ?? "标准\(ItemStanding.short(bound))"
        return ItemStanding(
            verdict: isMet ? .met : .notMet, value: value, bound: floor ?? bound, cv: indicator?.cv,
            sentence: "\(label)\(key.code)现值\(ItemStanding.short(value))，\(asked)")
    }
}

extension ItemStanding {
    /// At most three decimals, for sentences; comparisons use the number itself.
    static func short(_ number: Double) -> String {
        let rounded = (number * 1_000).rounded() / 1_000
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int(rounded)) : String(rounded)
    }
}
