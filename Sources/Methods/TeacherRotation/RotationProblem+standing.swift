internal import Exchanges
internal import Vocabulary

/// Whether a teacher may be asked to move this year, and by which rule not.
public enum Standing: Sendable, Hashable {
    case eligible
    /// The id of a rule that could be put aside, or a fact that could not; and the reason in words.
    case spared(String, String)
    /// The roster does not tell what the rules ask.
    case unknown(String)

    public var isEligible: Bool { self == .eligible }
    public var words: String {
        switch self {
        case .eligible: "符合"
        case .spared(_, let words): words
        case .unknown(let what): "资料不足：\(what)"
        }
    }
}

extension RotationProblem {
    /// The standing of every teacher, in their order.
    public var standings: [Standing] {
        var found = teachers.map(ownStanding)
        guard rules.eligibility.onePerCouple, !waived.contains("couples") else { return found }
        let own = found
        for (one, other) in couples where own[one].isEligible && own[other].isEligible {
            found[goes(teachers[one], before: teachers[other]) ? other : one] = .spared("couples", "配偶列入本学年名单")
        }
        return found
    }

    /// Places of husbands and wives, where at least one of the two rows names the other.
    var couples: [(Int, Int)] {
        let places = Dictionary(teachers.enumerated().map { ($1.id, $0) }) { first, _ in first }
        var pairs: Set<[Int]> = []
        for (place, teacher) in teachers.enumerated() where !teacher.couple.isEmpty {
            if let other = places[teacher.couple], other != place { pairs.insert([place, other].sorted()) }
        }
        return pairs.map { ($0[0], $0[1]) }.sorted { $0 < $1 }
    }

    /// Which one of a couple is on the list.
    private func goes(_ first: Teacher, before second: Teacher) -> Bool {
        func rank(_ teacher: Teacher) -> (Int, Int) { (teacher.isBackbone ? 1 : 0, teacher.years ?? 0) }
        return rank(first) == rank(second) ? first.id < second.id : rank(first) > rank(second)
    }

    private func ownStanding(_ teacher: Teacher) -> Standing {
        let (unit, rule) = (units[teacher.unit], rules.eligibility)
        if !rule.sponsors.isEmpty, !rule.sponsors.contains(unit.sponsor) {
            return unit.sponsor.isEmpty ? .unknown("学校的举办者") : .spared("", "\(unit.sponsor)学校")
        }
        if !rule.tenures.isEmpty, !rule.tenures.contains(teacher.tenure) {
            return teacher.tenure.isEmpty ? .unknown("编制") : .spared("", teacher.tenure)
        }
        if rule.exempt.contains(teacher.exempt) { return .spared("exempt", teacher.exempt) }
        if !teacher.exempt.isEmpty { return .unknown("不认识的免交流情形“\(teacher.exempt.prefix(20))”") }
        if rule.sparesHardship, teacher.isHardship, !waived.contains("hardship") { return .spared("hardship", "家庭困难") }
        if let last = teacher.exchanged, year.start - last < rule.again, !waived.contains("again") {
            return .spared("again", "\(last)学年交流过，不满\(rule.again)年")
        }
        if isHead(teacher) {
            guard let terms = teacher.terms else { return .unknown("任期届数") }
            return terms >= rules.heads.terms || waived.contains("terms") ? .eligible : .spared("terms", "任职不满\(rules.heads.terms)届")
        }
        if !waived.contains("years") {
            guard let years = teacher.years else { return .unknown("本校连续任教年数") }
            if years < rule.years { return .spared("years", "在本校任教不满\(rule.years)年") }
        }
        return waived.contains("age") ? .eligible : byAge(teacher)
    }

    private func byAge(_ teacher: Teacher) -> Standing {
        let rule = rules.eligibility
        if rule.oldest.isEmpty, rule.retirement.isEmpty { return .eligible }
        guard let age = teacher.age else { return .unknown("出生年月") }
        if teacher.sex.isEmpty { return .unknown("性别") }
        if let oldest = rule.oldest[teacher.sex], age > oldest { return .spared("age", "超过\(oldest)周岁") }
        if let retirement = rule.retirement[teacher.sex], retirement - age < rule.beforeRetirement {
            return .spared("age", "距退休不足\(rule.beforeRetirement)年")
        }
        return .eligible
    }

    /// What the quota is a part of, in people.
    public func base(_ standings: [Standing]) -> Int {
        rules.basis == .eligible ? standings.count { $0.isEligible } : teachers.count
    }

    /// The fewest and the most people a plan moves.
    public func quota(_ standings: [Standing]) -> (least: Int, most: Int) {
        let base = base(standings)
        let least = waived.contains("quota") ? 0 : rules.rate.least(of: base)
        let most = Share(basis: rules.rate.basis + rules.room.basis).least(of: base)
        return (least, waived.contains("room") ? teachers.count : Swift.max(most, least))
    }
}
